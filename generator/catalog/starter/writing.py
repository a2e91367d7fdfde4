"""Records as YAML that an editor can learn from: every key with what it means.

A key is explained where its record first stands in a file; what may be left out, and is,
stands there as a comment.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

import msgspec
from msgspec import Struct

from ..notes import note

Value = Mapping[str, Any]

_PLAIN = re.compile(r"[\w\u4e00-\u9fff（《“][\w\u4e00-\u9fff /.:：，。、；（）《》“”？+-]*")
_SHORT = 60
"""Characters of a list of words that stands in one line."""


def written(type_: type[Struct], value: Value, schema: str | None, heading: str) -> str:
    """The file of a record. ``value`` has its fields as plain data; ``schema`` is the way to
    the JSON Schema, ``heading`` what the file is for."""
    lines = [f"# yaml-language-server: $schema={schema}"] if schema else []
    lines += [f"# {line}" for line in heading.splitlines()]
    return "\n".join([*lines, *_Writer().record(type_, value, "")]) + "\n"


class _Writer:
    def __init__(self) -> None:
        self._explained: set[type] = set()

    def record(self, type_: type[Struct], value: Value, indent: str) -> list[str]:
        new = type_ not in self._explained
        self._explained.add(type_)
        lines: list[str] = []
        fields = msgspec.structs.fields(type_)
        if unknown := value.keys() - {field.name for field in fields}:
            raise TypeError(f"{type_.__name__} has no {sorted(unknown)}")
        for field in fields:
            told = _told(type_, field.name, field.type) if new else ""
            if field.name in value:
                lines += self._entry(field.name, field.type, value[field.name], indent, told)
            elif field.required:
                raise TypeError(f"{type_.__name__} needs {field.name}")
            elif new:
                lines.append(f"{indent}# {field.name}: …{told}")
        return lines

    def _entry(self, name: str, type_: Any, value: Any, indent: str, told: str) -> list[str]:
        inner = _inner(type_)
        head = f"{indent}{name}:"
        if isinstance(value, Mapping):
            return [head + told, *self.record(inner, value, indent + "  ")]
        if not isinstance(value, list):
            return [f"{head} {_scalar(value)}{told}"]
        if not value:
            return [f"{head} []{told}"]
        if not isinstance(value[0], Mapping):
            words = [_scalar(item, flow=True) for item in value]
            line = f"[{', '.join(words)}]"
            if len(line) <= _SHORT:
                return [f"{head} {line}{told}"]
            return [head + told, *(f"{indent}  - {_scalar(item)}" for item in value)]
        lines = [head + told]
        for item in value:
            own = self.record(inner, item, indent + "    ")
            first = next(number for number, line in enumerate(own) if not line.strip().startswith("#"))
            lines += own[:first]
            lines += [f"{indent}  - {own[first].strip()}", *own[first + 1 :]]
        return lines


def _told(type_: type[Struct], name: str, of: Any) -> str:
    text = note(type_, name)
    inner = _inner(of)
    if get_origin(inner) is Literal and not any(choice in text for choice in get_args(inner)):
        choices = get_args(inner)
        text += "：" + "、".join(choices)
    return f"  # {text}"


def _inner(type_: Any) -> Any:
    """The type without ``None``, and that of a list's items; the record where plain text will do, too."""
    if get_origin(type_) in (Union, UnionType):
        arms = [arm for arm in get_args(type_) if arm is not NoneType]
        (type_,) = arms if len(arms) == 1 else [arm for arm in arms if arm is not str]
    if get_origin(type_) is tuple:
        return _inner(get_args(type_)[0])
    return type_


def _scalar(value: object, *, flow: bool = False) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    text = str(value)
    plain = _PLAIN.fullmatch(text) and ": " not in text and not (flow and ":" in text)
    return text if plain and text not in ("null", "true", "false") else json.dumps(text, ensure_ascii=False)
