"""One value of a YAML text set, one key or item added; all other bytes stay as they are.

Where things stand is asked of YAML's own parser, which knows the place of every node; what is written
is put between. Nothing is written to disk here.
"""

from __future__ import annotations

from typing import Any

import yaml

Way = tuple[str | int, ...]
"""Keys and list positions (from 0), as in ``catalog/lines.py``."""


class CannotEdit(ValueError):
    """The text has not the shape in which the value could be set; the message says so in Chinese."""


def put(text: str, way: Way, value: str) -> str:
    """``text`` with ``value`` (YAML in a line) at ``way``. A key that is missing is added to the mapping
    that should hold it; what stands there must be a scalar or lie in one line."""
    holder, last = _find(text, way[:-1]), way[-1]
    found = _child(holder, last)
    if found is None:
        if not isinstance(holder, yaml.MappingNode):
            raise CannotEdit(f"文件里没有 {_told(way)}")
        return _add_key(text, holder, f"{last}: {value}")
    if not isinstance(found, yaml.ScalarNode) and not found.flow_style:
        raise CannotEdit(f"{_told(way)} 已经写了几行内容，请直接改文件")
    start, end = found.start_mark.index, found.end_mark.index
    if start == end:  # nothing behind the colon
        return f"{text[:start].rstrip(' ')} {value}{text[end:]}"
    return text[:start] + value + text[end:]


def append(text: str, way: Way, item: str) -> str:
    """``text`` with ``item`` (YAML in a line) at the end of the list at ``way``, which is begun where
    there is none."""
    holder = _find(text, way[:-1])
    found = _child(holder, way[-1])
    end = _line_end(text)
    if found is None or (isinstance(found, yaml.ScalarNode) and found.value in ("", "null", "~")):
        if not isinstance(holder, yaml.MappingNode):
            raise CannotEdit(f"文件里没有 {_told(way)}")
        if found is not None or holder.flow_style:
            return put(text, way, f"[{item}]")
        column = " " * holder.value[0][0].start_mark.column
        return _add_key(text, holder, f"{way[-1]}:{end}{column}  - {item}")
    if not isinstance(found, yaml.SequenceNode):
        raise CannotEdit(f"{_told(way)} 不是列表，请直接改文件")
    if found.flow_style:
        at = found.end_mark.index - 1
        return f"{text[:at].rstrip()}{', ' if found.value else ''}{item}{text[at:]}"
    at = _end_of_line(text, _last(found).end_mark.index)
    column = _dash(text, found)
    return f"{text[:at]}{_glue(text, at)}{column}- {item}{end}{text[at:]}"


def _find(text: str, way: Way) -> yaml.Node:
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    for depth, step in enumerate(way):
        below = _child(node, step)
        if below is None:
            raise CannotEdit(f"文件里没有 {_told(way[: depth + 1])}")
        node = below
    return node


def _child(node: Any, step: str | int) -> Any:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step]
    return None


def _add_key(text: str, holder: yaml.MappingNode, entry: str) -> str:
    if holder.flow_style:
        at = holder.end_mark.index - 1
        return f"{text[:at].rstrip()}{', ' if holder.value else ''}{entry}{text[at:]}"
    column = " " * holder.value[0][0].start_mark.column
    at = _end_of_line(text, _last(holder).end_mark.index)
    return f"{text[:at]}{_glue(text, at)}{column}{entry}{_line_end(text)}{text[at:]}"


def _last(node: Any) -> Any:
    """The last node within one that is written over several lines: where it ends, it ends."""
    while not isinstance(node, yaml.ScalarNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return node


def _end_of_line(text: str, index: int) -> int:
    """Behind the line break of the line that ``index`` stands in; block texts end behind theirs."""
    if index and text[index - 1] == "\n":
        return index
    found = text.find("\n", index)
    return len(text) if found < 0 else found + 1


def _glue(text: str, at: int) -> str:
    """A line break where the text ends without one."""
    return "" if text[:at].endswith("\n") else _line_end(text)


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _dash(text: str, node: yaml.SequenceNode) -> str:
    first = node.value[0].start_mark.index
    begin = text.rfind("\n", 0, first) + 1
    return " " * (len(text[begin:first]) - len(text[begin:first].lstrip(" ")))


def _told(way: Way) -> str:
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in way)
