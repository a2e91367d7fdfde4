"""Text as Chinese readers expect it, in every file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from ..lines import Field, Lines
from ..problems import Problem

CODES = {
    "punctuation-ascii": "中文里用了半角标点",
    "character-wide": "用了全角的数字或者字母",
    "commercial-url": "写了政府网站以外的网址",
}

# "Chinese" is anything beyond ASCII: as a class of its own, the range of Chinese characters
# costs 14 ms to compile. The bytes are those of a record in JSON, in UTF-8.
_NARROW = re.compile(r"[^\x00-\x7f](?:[,;:?!](?=[^\x00-\x7f])|\()|\)[^\x00-\x7f]")
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]+")
_DOMAINS = "com|cn|net|org|io|info|top|vip|cc|xyz|wang|app|site"
_HOST = re.compile(rf"(?:https?://)?(?:[A-Za-z0-9-]+\.)+(?:{_DOMAINS})\b")
_SUSPECT = re.compile(
    rb"[\x80-\xff](?:[,;:?!][\x80-\xff]|\()|\)[\x80-\xff]"
    rb"|\xef\xbc[\x90-\x99\xa1-\xba]|\xef\xbd[\x81-\x9a]"
    rb"|\.(?:" + _DOMAINS.encode() + rb")\b"
)
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_TO_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}

VERBATIM = frozenset({"quote"})
"""Fields copied from a source letter by letter."""


def strings(record: Any, field: Field = ()) -> Iterator[tuple[Field, str]]:
    """Every text of a record with its field."""
    if isinstance(record, str):
        yield field, record
    elif isinstance(record, tuple):
        for position, item in enumerate(record):
            yield from strings(item, (*field, position))
    elif isinstance(record, msgspec.Struct):
        for name in record.__struct_fields__:
            if name not in VERBATIM:
                yield from strings(getattr(record, name), (*field, name))


def check_text(record: msgspec.Struct, lines: Lines) -> Iterator[Problem]:
    """Punctuation, widths and addresses of every text of any record."""
    # One search over the whole record; in JSON no two texts stand next to each other.
    if not _SUSPECT.search(msgspec.json.encode(record)):
        return
    for field, text in strings(record):
        for found in _NARROW.finditer(text):
            mark = next(mark for mark in found[0] if mark in _FULL)
            sentence = f"“{found[0]}”里的标点 `{mark}` 是半角"
            hint = "括号改为“（）”" if mark in "()" else f"改为“{_FULL[mark]}”"
            yield lines.problem(field, "punctuation-ascii", sentence, hint)
        for found in _WIDE.finditer(text):
            hint = f"改为 {found[0].translate(_TO_NARROW)}"
            yield lines.problem(field, "character-wide", f"“{found[0]}”是全角", hint)
        for found in _HOST.finditer(text):
            if not found[0].endswith(".gov.cn"):
                hint = "删去网址，写出发布单位和标题；政府网站（.gov.cn）可以保留"
                yield lines.problem(field, "commercial-url", f"写了网址 {found[0]}", hint)
