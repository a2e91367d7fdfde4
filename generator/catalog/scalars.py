"""Text → dates, times, numbers and choices; what is none of them is told with what to write instead."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date, time
from typing import Any

from .articles import number, numeral
from .nodes import Node
from .problems import Report

CODES = {
    "value-missing": "必须有内容的地方是空的",
    "type-text": "这里应当是文字",
    "value-choice": "不是允许的取值",
    "value-bool": "不是 true 或者 false",
    "value-int": "不是整数",
    "value-date": "不是日期",
    "value-time": "不是时刻",
}

BAD: Any = object()
"""What a reader gives back for a node that it has reported."""

Reader = Callable[[Node, Report, str], Any]

_INT = re.compile(r"0|[1-9][0-9]{0,8}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}")
# Asked of mistakes only, so made for them.
_LOOSE_DATE = r"(\d{4})(?:\D(\d{1,2})\D(\d{1,2})|(\d\d)(\d\d))\D?(?:[ T].*)?"
_SHORT_YEAR = r"(\d\d)\D(\d{1,2})\D(\d{1,2})\D?"
_LOOSE_TIME = r"(上午|下午|晚上)?(\d{1,2})(?:\D?(\d\d)|\D(\d|半)?)(?:\D\d{1,2})?\D?"
_CHINESE = r"([零〇一二两三四五六七八九十百千]+)(个?工作日|个|天|日|次|份|元|年|月|个月|小时|分钟)?"
_NARROW = {ord("０") + n: ord("0") + n for n in range(10)} | {ord("："): ":", ord("－"): "-"}
_TRUE = {"yes", "on", "y", "1", "是", "有", "true"}
_FALSE = {"no", "off", "n", "0", "否", "无", "false"}


def _scalar(node: Node, report: Report, name: str, what: str) -> str | None:
    """The text of a node that must be a scalar with content; reports any other."""
    value = node.value
    if type(value) is str:
        text = value.strip()
        if text:
            return text
        report.say(node.line, "value-missing", f"{name}是空的", f"写上{what}")
    elif value is None:
        hint = f"写上{what}" + ("；以 `#` 开头的文字要加引号" if what == "文字" else "")
        report.say(node.line, "value-missing", f"{name}不能为空", hint)
    else:
        form = "列表" if type(value) is list else "若干“键: 内容”"
        hint = "文字以 `[`、`{` 或者 `- ` 开头时请加引号"
        if type(value) is dict:
            hint = "一句话里的冒号用全角“：”，或者整句加引号"
        report.say(node.line, "type-text", f"{name}应当是{what}，不是{form}", hint)
    return None


def text_of(node: Node, report: Report, name: str) -> Any:
    """Text; white space around it is dropped, as a block scalar ends in a line break."""
    text = _scalar(node, report, name, "文字")
    return BAD if text is None else text


def choice_of(allowed: tuple[str, ...]) -> Reader:
    known = {value: value for value in allowed}

    def read(node: Node, report: Report, name: str) -> Any:
        text = _scalar(node, report, name, "下列之一：" + "、".join(allowed))
        if text is None:
            return BAD
        value = known.get(text)
        if value is None:
            hint = f"可用的有：{'、'.join(allowed)}"
            several = re.split("[，、；,;] ?", text)
            if (low := text.lower()) in known:
                hint = f"改为 {low}"
            elif len(several) > 1 and all(part in known for part in several):
                hint = f"几项之间用半角逗号加空格：`[{', '.join(several)}]`"
            report.say(node.line, "value-choice", f"{name}不能是“{text}”", hint)
            return BAD
        return value

    return read


def bool_of(node: Node, report: Report, name: str) -> Any:
    text = _scalar(node, report, name, " true 或者 false")
    if text == "true":
        return True
    if text == "false":
        return False
    if text is not None:
        low = text.lower()
        hint = "写 true（是）或者 false（否）"
        if low in _TRUE or low in _FALSE:
            hint = f"改为 {'true' if low in _TRUE else 'false'}"
        elif near := difflib.get_close_matches(low, ("true", "false"), 1, 0.7):
            hint = f"改为 {near[0]}"
        report.say(node.line, "value-bool", f"{name}不能是“{text}”", hint)
    return BAD


def int_of(node: Node, report: Report, name: str) -> Any:
    text = _scalar(node, report, name, "整数")
    if text is None:
        return BAD
    if _INT.fullmatch(text):
        return int(text)
    narrow = text.translate(_NARROW).strip().lstrip("0") or "0"
    hint = "写不带单位的半角整数，例如 20"
    numbers = re.findall("[0-9]+", narrow)
    if _INT.fullmatch(narrow):
        hint = f"改为 {narrow}"
    elif len(numbers) == 1 and len(numbers[0]) < 9 and not re.search("[-.%]", narrow):
        hint = f"只写数字：{int(numbers[0])}"
    elif (found := re.fullmatch(_CHINESE, text)) and (meant := _spelt(found[1])) is not None:
        hint = f"{'只写数字：' if found[2] else '改为 '}{meant}"
    elif re.fullmatch("[0-9]{1,3}(?:[,，][0-9]{3})+", narrow):
        hint = f"改为 {re.sub('[,，]', '', narrow)}"
    elif text in ("无", "没有", "免费", "不收费"):
        hint = "没有写 0；不知道的，能写 null 的地方写 null"
    report.say(node.line, "value-int", f"{name}“{text}”不是整数", hint)
    return BAD


def _spelt(text: str) -> int | None:
    """20 of 二十; ``None`` of 二〇, 九九 and others that are no numeral, or one in digits."""
    if text in ("零", "〇"):
        return 0
    plain = text.replace("两", "二")
    value = number(plain)
    return value if numeral(value) == plain else None


def date_of(node: Node, report: Report, name: str) -> Any:
    text = _scalar(node, report, name, "日期，例如 2026-01-01")
    if text is None:
        return BAD
    if _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            hint = "核对月份和日子"
            report.say(node.line, "value-date", f"{name}“{text}”，没有这一天", hint)
            return BAD
    hint = "写成 年-月-日，例如 2026-01-01"
    if found := re.fullmatch(_LOOSE_DATE, text.translate(_NARROW)):
        year, month, day = (int(part) for part in found.groups() if part)
        try:
            hint = f"改为 {date(year, month, day)}"
        except ValueError:
            hint = "核对月份和日子"
    elif found := re.fullmatch(_SHORT_YEAR, text.translate(_NARROW)):
        year, month, day = (int(part) for part in found.groups())
        with suppress(ValueError):  # in another order, which nobody can tell
            hint = f"年份写四位：{date(2000 + year, month, day)}"
    report.say(node.line, "value-date", f"{name}“{text}”不是日期", hint)
    return BAD


def time_of(node: Node, report: Report, name: str) -> Any:
    text = _scalar(node, report, name, "时刻，例如 08:30")
    if text is None:
        return BAD
    hint = "写成 时:分（24 小时制），例如 08:30"
    if _TIME.fullmatch(text):
        hour, minute = int(text[:2]), int(text[3:])
        if hour < 24 and minute < 60:
            return time(hour, minute)
        report.say(node.line, "value-time", f"{name}“{text}”，没有这个时刻", hint)
        return BAD
    if found := re.fullmatch(_LOOSE_TIME, text.translate(_NARROW)):
        hour, minute = int(found[2]), 30 if found[4] == "半" else int(found[3] or found[4] or 0)
        if found[1] in ("下午", "晚上") and hour < 12:
            hour += 12
        if hour < 24 and minute < 60:
            hint = f"改为 {hour:02}:{minute:02}"
    report.say(node.line, "value-time", f"{name}“{text}”不是时刻", hint)
    return BAD
