"""A tree of text nodes → a typed record, with every problem of the file at its line.

The model's types are the only rules here. Each type is compiled once into a function
that reads a node; a fault is noted and reading goes on, so that an editor sees all
faults of a file in one run.
"""

from __future__ import annotations

import difflib
import re
from datetime import date, time
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec.structs import replace

from .explain import bad_colon
from .nodes import Node
from .paths import FOLDER
from .problems import Problem, Report
from .scalars import BAD, Reader, bool_of, choice_of, date_of, int_of, text_of, time_of

CODES = {
    "key-unknown": "写了没有这一项的键",
    "key-missing": "缺少必须写出的键",
    "type-mapping": "这里应当是若干“键: 内容”",
    "type-list": "这里应当是列表",
}

T = TypeVar("T", bound=msgspec.Struct)
_NULLISH = {"Null", "NULL", "None", "none", "nil", "N/A", "n/a", "NA", "-"} | {
    *("未知", "不详", "不明", "待定", "待确认", "待中心确认", "待核实", "暂无", "暂缺")
}


def decode(root: Node, type_: type[T], path: str) -> tuple[T | None, list[Problem]]:
    """The record of ``type_`` in ``root``; ``None`` if any problem was found."""
    report = Report(path)
    if (problem := _of_another_kind(root, type_, path)) is not None:
        return None, [problem]
    record = reader(type_)(root, report, "")
    return (None if report.problems else record), report.problems


def _of_another_kind(root: Node, type_: type[T], path: str) -> Problem | None:
    """A file that went into another folder is told of once, not key by key."""
    known = {field.name for field in msgspec.structs.fields(type_)}
    keys = list(root.value) if type(root.value) is dict else []
    strange = [key for key in keys if key not in known and key.isascii()]
    if len(strange) < 4 or len(strange) * 2 <= len(keys):
        return None
    sentence = f"里面写的是别的内容（{'、'.join(strange[:4])}…），不是这个文件夹里的"
    hint = f"移到该放的地方：事项放在 {FOLDER}/matters/<栏目>/，一件事放在 journeys/，条文放在 texts/"
    return Problem(path, root.line, "file-unexpected", sentence, hint)


@cache
def reader(type_: Any) -> Reader:
    """The function that reads a node of a type of the model."""
    if type_ is str:
        return text_of
    if type_ is bool:
        return bool_of
    if type_ is int:
        return int_of
    if type_ is date:
        return date_of
    if type_ is time:
        return time_of
    origin = get_origin(type_)
    if origin is Literal:
        return choice_of(get_args(type_))
    if origin in (Union, UnionType):
        arms = [arm for arm in get_args(type_) if arm is not NoneType]
        if len(arms) == 2:
            return _text_or(next(arm for arm in arms if arm is not str))
        return _optional(reader(arms[0]))
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


def _text_or(type_: type[T]) -> Reader:
    """Plain text, or the record that holds it and more. A mapping without any key of the record is
    text with a colon in it."""
    whole = reader(type_)
    known = {field.name for field in msgspec.structs.fields(type_)}

    def read(node: Node, report: Report, name: str) -> Any:
        value = node.value
        return (whole if type(value) is dict and known & value.keys() else text_of)(node, report, name)

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
                elif type(value) is str and value[0:1] in ("【", "［"):
                    hint = "改为半角的方括号 `[`、`]`，各项之间用半角逗号加空格"
                elif type(value) is str and 0 < len(value) < 40 and "\n" not in value:
                    hint = f"写成 `[{', '.join(re.split('[，、；] ?', value))}]`，或者每项一行，以 `- ` 开头"
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
        meant: set[str] = set()
        for key, child in entries.items():
            read_field = readers.get(key)
            if read_field is None:
                meant.add(_unknown(key, child, report, readers, entries))
            else:
                values[key] = read_field(child, report, f"“{key}”")
        if not missing.keys() <= entries.keys():
            for key, hint in missing.items():
                if key not in entries and key not in meant:
                    _lacking(key, node, report, name, hint)
        if meant or len(report.problems) > before:
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
        problem = Problem(report.path, node.line, "value-missing", f"{name or '文件'}是空的", hint)
        report.problems.append(problem)
        report.lacking |= dict.fromkeys(readers, (name, problem))
    else:
        hint = f"写成“键: 内容”，例如 {keys}"
        report.say(node.line, "type-mapping", f"{name or '文件'}应当是若干“键: 内容”", hint)


def _lacking(key: str, node: Node, report: Report, name: str, hint: str) -> None:
    """A key is missing; unless it was written all the same, too far to the right."""
    if (stray := report.strays.pop(key, None)) is not None:
        where = f"和{name}里面别的键" if name else "和最外层的键"
        report.problems[report.problems.index(stray)] = replace(
            stray, sentence=f"“{key}”写进了上面那一项里面", hint=f"减少缩进，{where}左边对齐"
        )
        return
    line = node.line
    for above, child in node.value.items():
        if type(child.value) is str and re.search(rf"^\s*{key}:", child.value, re.MULTILINE):
            line, hint = child.line, f"“{key}:”成了“{above}”的文字：减少它的缩进，和“{above}”左边对齐"
    problem = Problem(report.path, line, "key-missing", f"{name}缺少“{key}”", hint)
    report.problems.append(problem)
    report.lacking[key] = name, problem


def _unknown(key: str, node: Node, report: Report, readers: dict[str, Reader], entries: dict[str, Node]) -> str:
    """Tells of ``key``; the key that was meant, as far as can be told."""
    if found := bad_colon(key):
        report.say(node.line, "yaml-colon", *found)
        return re.split("[:：]", key.strip())[0].strip()
    if (told := report.lacking.pop(key, None)) is not None:
        where, problem = told
        if problem in report.problems:
            report.problems.remove(problem)
        hint = f"多缩进两格，写在{where}下面"
        report.say(node.line, "key-unknown", f"“{key}”应当写在{where}里面", hint)
        return key
    free = [known for known in readers if known not in entries]
    low = key.lower()
    near = difflib.get_close_matches(low, free, 1) or difflib.get_close_matches(low, readers, 1)
    near = [low] if low in readers else near
    hint = f"是不是“{near[0]}”？" if near else f"可用的有：{'、'.join(readers)}"
    problem = Problem(report.path, node.line, "key-unknown", f"没有“{key}”这一项", hint)
    report.problems.append(problem)
    report.strays[key] = problem
    return near[0] if near else key
