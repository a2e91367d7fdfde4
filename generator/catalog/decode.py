"""A tree of text nodes → a typed record, with every problem of the file at its line.

The model's types are the only rules here. Each type is compiled once into a function
that reads a node; a fault is noted and reading goes on, so that an editor sees all
faults of a file in one run.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from datetime import date, time
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

import msgspec

from .explain import bad_colon
from .nodes import Node
from .problems import Problem

CODES = {
    "key-unknown": "写了没有这一项的键",
    "key-missing": "缺少必须写出的键",
    "value-missing": "必须有内容的地方是空的",
    "type-mapping": "这里应当是若干“键: 内容”",
    "type-list": "这里应当是列表",
    "type-text": "这里应当是文字",
    "value-choice": "不是允许的取值",
    "value-bool": "不是 true 或者 false",
    "value-int": "不是整数",
    "value-date": "不是日期",
    "value-time": "不是时刻",
}

T = TypeVar("T", bound=msgspec.Struct)
BAD: Any = object()
"""What a reader gives back for a node that it has reported."""

Reader = Callable[[Node, "Report", str], Any]

_INT = re.compile(r"0|[1-9][0-9]{0,8}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}")
# Asked of mistakes only, so made for them.
_LOOSE_DATE = r"(\d{4})\D(\d{1,2})\D(\d{1,2})\D?"
_LOOSE_TIME = r"(\d{1,2})\D(\d{1,2})(?:\D\d{1,2})?\D?"
_NARROW = {ord("０") + n: ord("0") + n for n in range(10)} | {ord("："): ":", ord("－"): "-"}
_TRUE = {"yes", "on", "y", "1", "是", "有", "true"}
_FALSE = {"no", "off", "n", "0", "否", "无", "false"}
_NULLISH = {"Null", "NULL", "None", "none", "nil", "N/A", "n/a", "NA", "-"} | {
    *("未知", "不详", "不明", "待定", "待确认", "待中心确认", "待核实", "暂无", "暂缺")
}


class Report:
    """Collects the problems of one file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []

    def say(self, line: int, code: str, sentence: str, hint: str) -> None:
        self.problems.append(Problem(self.path, line, code, sentence, hint))


def decode(root: Node, type_: type[T], path: str) -> tuple[T | None, list[Problem]]:
    """The record of ``type_`` in ``root``; ``None`` if any problem was found."""
    report = Report(path)
    record = reader(type_)(root, report, "")
    return (None if report.problems else record), report.problems


@cache
def reader(type_: Any) -> Reader:
    """The function that reads a node of a type of the model."""
    if type_ is str:
        return _text
    if type_ is bool:
        return _bool
    if type_ is int:
        return _int
    if type_ is date:
        return _date
    if type_ is time:
        return _time
    origin = get_origin(type_)
    if origin is Literal:
        return _choice(get_args(type_))
    if origin in (Union, UnionType):
        (inner,) = (arm for arm in get_args(type_) if arm is not NoneType)
        return _optional(reader(inner))
    if origin is tuple:
        return _list(reader(get_args(type_)[0]))
    if isinstance(type_, type) and issubclass(type_, msgspec.Struct):
        return _record(type_)
    raise TypeError(f"the model uses a type that cannot be read from YAML: {type_!r}")


def nullable(type_: Any) -> bool:
    """Whether ``None`` is a value of the type."""
    return get_origin(type_) in (Union, UnionType) and NoneType in get_args(type_)


def _optional(inner: Reader) -> Reader:
    def read(node: Node, report: Report, name: str) -> Any:
        value = node.value
        if value is None:
            return None
        if node.plain and value in _NULLISH:
            report.say(node.line, "value-missing", f"{name}写了“{value}”", "未知请写 null")
            return BAD
        return inner(node, report, name)

    return read


def _list(inner: Reader) -> Reader:
    def read(node: Node, report: Report, name: str) -> Any:
        value = node.value
        if type(value) is not list:
            if value is None:
                report.say(node.line, "type-list", f"{name}是空的", "没有内容请写 []")
            else:
                hint = "每项一行，以 `- ` 开头；没有内容请写 []"
                if type(value) is str and value.endswith("]"):
                    hint = "开头补上 `[`"
                report.say(node.line, "type-list", f"{name}应当是列表", hint)
            return BAD
        return tuple([inner(item, report, name) for item in value])

    return read


def _record(type_: type[T]) -> Reader:
    # Fields are compiled at the first use, so that records may refer to later ones.
    readers: dict[str, Reader] = {}
    missing: dict[str, str] = {}

    def compile_fields() -> None:
        for field in msgspec.structs.fields(type_):
            readers[field.name] = reader(field.type)
            if field.required:
                missing[field.name] = _missing_hint(field.name, field.type)

    def read(node: Node, report: Report, name: str) -> Any:
        if not readers:
            compile_fields()
        entries = node.value
        if type(entries) is not dict:
            _not_mapping(node, report, name, readers)
            return BAD
        before = len(report.problems)
        values = {}
        for key, child in entries.items():
            read_field = readers.get(key)
            if read_field is None:
                _unknown(key, child, report, readers, entries)
            else:
                values[key] = read_field(child, report, f"“{key}”")
        if not missing.keys() <= entries.keys():
            for key, hint in missing.items():
                if key not in entries:
                    report.say(node.line, "key-missing", f"{name}缺少“{key}”", hint)
        if len(report.problems) > before:
            return BAD
        return type_(**values)

    return read


def _missing_hint(key: str, type_: Any) -> str:
    if nullable(type_):
        return f"补上；没有来源说明就写 `{key}: null`"
    if get_origin(type_) is tuple:
        return f"补上；没有内容就写 `{key}: []`"
    return f"补上 `{key}: …`"


def _not_mapping(node: Node, report: Report, name: str, readers: dict[str, Reader]) -> None:
    keys = "、".join(list(readers)[:4])
    if isinstance(node.value, str) and (found := bad_colon(node.value)):
        report.say(node.line, "yaml-colon", *found)
    elif node.value is None:
        hint = f"写出 {keys} 等项，并比上一行多缩进两格"
        report.say(node.line, "value-missing", f"{name or '文件'}是空的", hint)
    else:
        hint = f"写成“键: 内容”，例如 {keys}"
        report.say(node.line, "type-mapping", f"{name or '文件'}应当是若干“键: 内容”", hint)


def _unknown(key: str, node: Node, report: Report, readers: dict[str, Reader], entries: dict[str, Node]) -> None:
    if found := bad_colon(key):
        report.say(node.line, "yaml-colon", *found)
        return
    free = [known for known in readers if known not in entries]
    near = difflib.get_close_matches(key, free, 1) or difflib.get_close_matches(key, readers, 1)
    hint = f"是不是“{near[0]}”？" if near else f"可用的有：{'、'.join(readers)}"
    report.say(node.line, "key-unknown", f"没有“{key}”这一项", hint)


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


def _text(node: Node, report: Report, name: str) -> Any:
    """Text; white space around it is dropped, as a block scalar ends in a line break."""
    text = _scalar(node, report, name, "文字")
    return BAD if text is None else text


def _choice(allowed: tuple[str, ...]) -> Reader:
    known = {value: value for value in allowed}

    def read(node: Node, report: Report, name: str) -> Any:
        text = _scalar(node, report, name, "下列之一：" + "、".join(allowed))
        if text is None:
            return BAD
        value = known.get(text)
        if value is None:
            hint = f"可用的有：{'、'.join(allowed)}"
            report.say(node.line, "value-choice", f"{name}不能是“{text}”", hint)
            return BAD
        return value

    return read


def _bool(node: Node, report: Report, name: str) -> Any:
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
        report.say(node.line, "value-bool", f"{name}不能是“{text}”", hint)
    return BAD


def _int(node: Node, report: Report, name: str) -> Any:
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
    elif text in ("无", "没有"):
        hint = "没有写 0；不知道的，能写 null 的地方写 null"
    report.say(node.line, "value-int", f"{name}“{text}”不是整数", hint)
    return BAD


def _date(node: Node, report: Report, name: str) -> Any:
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
        year, month, day = (int(part) for part in found.groups())
        hint = f"改为 {year:04}-{month:02}-{day:02}"
    report.say(node.line, "value-date", f"{name}“{text}”不是日期", hint)
    return BAD


def _time(node: Node, report: Report, name: str) -> Any:
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
        hour, minute = int(found[1]), int(found[2])
        if hour < 24 and minute < 60:
            hint = f"改为 {hour:02}:{minute:02}"
    report.say(node.line, "value-time", f"{name}“{text}”不是时刻", hint)
    return BAD
