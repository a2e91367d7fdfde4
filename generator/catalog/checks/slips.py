"""Slips of typing, looked for in each text of a record that ``wording.py`` suspects."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from ..lines import Lines
from ..problems import Problem
from .texts import DOMAINS, PAIRS, strings
from .traditional import SIMPLIFIED

CODES = {
    "punctuation-ascii": "中文里用了半角标点",
    "punctuation-double": "两个标点连在一起，或者一句话以标点开头",
    "punctuation-pair": "括号、书名号或者引号没有成对",
    "markup-inside": "写了网页或者 Markdown 的标记，页面上会原样显示",
    "quotes-around": "整段内容套在中文引号里",
    "space-inside": "两个汉字之间有空格",
    "character-wide": "用了全角的数字或者字母",
    "character-traditional": "用了繁体字",
    "english-chinese": "英文里有汉字或者中文标点",
    "commercial-url": "写了政府网站以外的网址",
}

_NARROW = re.compile(r"[^\x00-\x7f](?:[,;:?!](?=[^\x00-\x7f])|\.(?=[^\x00-\x7f]|$)|\()|\)[^\x00-\x7f]")
_QUOTED = re.compile(r"""[^\x00-\x7f](["'])|(["'])[^\x00-\x7f]""")
_DOUBLE = re.compile(r"[，。、；：？！]{2,}|^[，。、；：？！]")
_SPACE = re.compile(r"[^\x00-\x7f][ \u3000]+(?=[^\x00-\x7f])|\u3000+")
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|\*\*|&(?:nbsp|lt|gt|amp|quot);|\]\(http")
_AROUND = re.compile("“([^“”]*[\u4e00-\u9fff][^“”]*)”")
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]+")
_HOST = re.compile(rf"(?:https?://)?(?:[A-Za-z0-9-]+\.)+(?:{DOMAINS})\b")
_NOT_ENGLISH = re.compile("[\u2018-\u201d\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。", "(": "（", ")": "）"}
_TO_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_CLOSING = {pair[1]: pair[0] for pair in PAIRS}
_OPENING = {pair[0]: pair[1] for pair in PAIRS}

ADDRESSED = {("online", "address"), ("online", "mobile"), ("contact", "online"), ("complaint", "online")}
"""Fields whose addresses ``elements.py`` judges."""

Told = Iterator[tuple[str, str, str]]
"""(code, sentence, hint)."""


def check_slips(record: msgspec.Struct, lines: Lines) -> Iterator[Problem]:
    """Every slip of every text. What is copied from a source is passed over; a text in
    English (a field ``…_en``) has rules of its own."""
    for field, text in strings(record):
        english = any(isinstance(step, str) and step.endswith("_en") for step in field)
        rules = (_english, _addresses) if english else (_punctuation, _pairs, _around, _characters, _addresses)
        if field[-2:] in ADDRESSED or "online_hosts" in field or field[-1:] == ("field",):
            rules = ()
        for rule in rules:
            for told in rule(text):
                yield lines.problem(field, *told)


def _punctuation(text: str) -> Told:
    for found in _NARROW.finditer(text):
        mark = next(mark for mark in found[0] if mark in _FULL)
        sentence = f"“{found[0]}”里的标点 `{mark}` 是半角"
        hint = "括号改为“（）”" if mark in "()" else f"改为“{_FULL[mark]}”"
        yield "punctuation-ascii", sentence, hint
    if found := _QUOTED.search(text):
        yield "punctuation-ascii", f"引号 `{found[1] or found[2]}` 是半角", "改为中文引号“”"
    for found in _DOUBLE.finditer(text):
        if found.start() == 0 and len(found[0]) == 1:
            yield "punctuation-double", f"以“{found[0]}”开头", "删去开头的标点"
        else:
            yield "punctuation-double", f"“{found[0]}”是连着的标点", "只留一个"
    for found in _SPACE.finditer(text):
        around = text[max(0, found.start() - 1) : found.end() + 2]
        yield "space-inside", f"“{around}”中间有空格", "删去空格；要分开的，用逗号或者另起一项"


def _pairs(text: str) -> Told:
    """At most one: after it, what belongs to what is a guess."""
    waiting: list[str] = []
    for character in text:
        if character in _OPENING:
            waiting.append(character)
        elif character in _CLOSING:
            if not waiting or waiting[-1] != _CLOSING[character]:
                first = _CLOSING[character]
                hint = f"补上 `{first}`，或者删去 `{character}`"
                yield "punctuation-pair", f"有 `{character}`，前面没有对应的 `{first}`", hint
                return
            waiting.pop()
    if waiting:
        last = _OPENING[waiting[-1]]
        yield (
            "punctuation-pair",
            f"有 `{waiting[-1]}`，后面没有对应的 `{last}`",
            f"补上 `{last}`，或者删去 `{waiting[-1]}`",
        )


def check_markup(record: msgspec.Struct, lines: Lines) -> Iterator[Problem]:
    """Marks of pages and of Markdown, which nobody writes to be read. Advice: they are shown as they stand, and
    do no harm."""
    for field, text in strings(record):
        if found := _MARKUP.search(text):
            sentence = f"“{found[0]}”会原样显示在页面上"
            yield lines.problem(field, "markup-inside", sentence, f"删去 `{found[0]}`，只写文字")


def _around(text: str) -> Told:
    if found := _AROUND.fullmatch(text):
        yield (
            "quotes-around",
            f"“{found[1][:12]}”两边的引号会显示在页面上",
            '删去两边的“”；要给 YAML 加引号，用半角的 `"`',
        )


def _characters(text: str) -> Told:
    for found in _WIDE.finditer(text):
        yield "character-wide", f"“{found[0]}”是全角", f"改为 {found[0].translate(_TO_NARROW)}"
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        for character in dict.fromkeys(text):
            if character in SIMPLIFIED:
                yield "character-traditional", f"“{character}”是繁体字", f"改为“{SIMPLIFIED[character]}”"


def _english(text: str) -> Told:
    if found := _NOT_ENGLISH.search(text):
        yield "english-chinese", f"英文里有“{found[0]}”", "译成英文，标点用半角；没有译名写 null"


def _addresses(text: str) -> Told:
    for found in _HOST.finditer(text):
        if not found[0].endswith(".gov.cn"):
            hint = "删去网址，写出发布单位和标题；政府网站（.gov.cn）可以保留"
            yield "commercial-url", f"写了网址 {found[0]}", hint
