"""A tree with faults → the rest of it that is sound, so that the rest can be judged in the same run.

What cannot be read gives way to what says least: an unknown (``null``), no entry of a list, or a stand-in where
there has to be something. So nothing may be said of what is missing here; ``checks/rest.py`` knows.
"""

from __future__ import annotations

from datetime import date, time
from functools import cache
from types import NoneType
from typing import Any, Literal, get_args, get_origin

import msgspec

from .decode import nullable, reader
from .nodes import Node
from .problems import Report
from .scalars import BAD

_PLAIN = {bool: "false", int: "1", date: "2018-11-01", time: "08:30"}


def sound(node: Node, type_: Any) -> Node | None:
    """``node`` without what is faulty in it; ``None`` where nothing is left."""
    report = Report("")
    if reader(type_)(node, report, "") is not BAD and not report.problems:
        return node
    if get_origin(type_) is tuple:
        if not isinstance(node.value, list):
            return None
        items = (sound(item, get_args(type_)[0]) for item in node.value)
        return Node(node.line, [item for item in items if item is not None])
    arms = [arm for arm in get_args(type_) if arm is not NoneType] if nullable(type_) else [type_]
    if len(arms) > 1 or not (isinstance(arms[0], type) and issubclass(arms[0], msgspec.Struct)):
        if nullable(type_) and len(arms) == 1 and get_origin(arms[0]) is tuple:
            return sound(node, arms[0])
        return None
    return _record(node, arms[0]) if isinstance(node.value, dict) else None


def _record(node: Node, type_: type[msgspec.Struct]) -> Node:
    assert isinstance(node.value, dict)
    entries = {}
    for field in msgspec.structs.fields(type_):
        child = node.value.get(field.name)
        kept = None if child is None else sound(child, field.type)
        if kept is None and field.required:
            kept = stand_in(field.type, node.line if child is None else child.line)
        if kept is not None:
            entries[field.name] = kept
    return Node(node.line, entries)


@cache
def _choice(type_: Any) -> str:
    return str(get_args(type_)[0]) if get_origin(type_) is Literal else _PLAIN.get(type_, "甲")


def stand_in(type_: Any, line: int) -> Node:
    """What a value of the type may be where nothing is known of it."""
    if nullable(type_):
        return Node(line, None, True)
    if get_origin(type_) is tuple:
        return Node(line, [])
    if isinstance(type_, type) and issubclass(type_, msgspec.Struct):
        fields = msgspec.structs.fields(type_)
        return Node(line, {field.name: stand_in(field.type, line) for field in fields if field.required})
    return Node(line, _choice(type_), True)
