"""The empty form of a new matter, made from the model.

What may be unknown is ``null`` to begin with, lists are empty, and what must be filled
in is left blank, so that ``guide check`` points at each line still to be written.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import msgspec

from .checks.identity import ID
from .decode import nullable
from .load import list_files
from .model.lists import Sections
from .model.matter import Codes, Material, Matter, Online, Result, TimeLimit
from .notes import OF
from .paths import FILES, FOLDER, is_matter, matter_id
from .record import load_record

WHOLE = (Codes, Online, Result, TimeLimit)
"""Records of which also what may be left out is written, so that an editor sees what is asked."""


class NewMatterError(ValueError):
    """A new matter that cannot be: the sentence says why and what to do."""


def new_matter(catalog: Path, section: str, id: str) -> tuple[Path, str]:
    """Where the file of a new matter belongs, and its text. Nothing is written."""
    if not ID.fullmatch(id):
        raise NewMatterError(f"编号“{id}”不合规则 — 只用小写英文字母、数字和单个连字符")
    for path in list_files(catalog):
        if is_matter(path) and matter_id(path) == id:
            raise NewMatterError(f"编号“{id}”已经有了：{path} — 换一个编号")
    groups = _groups(catalog, section)
    return catalog / "matters" / section / f"{id}.yml", matter_form(id, section, groups)


def matter_form(id: str, section: str, groups: tuple[str, ...] = ()) -> str:
    """The YAML text of an empty matter; ``groups`` are those to choose from."""
    filled = {"id": id, "section": section}
    if len(groups) == 1:
        filled["group"] = groups[0]
    notes = dict(OF[Matter])
    if groups:
        notes["group"] += "：" + "、".join(groups)
    lines = [
        "# yaml-language-server: $schema=../../schema/matter.json",
        "# 填好以后运行 guide check。没有来源说明的写 null，不要猜。",
    ]
    for field in msgspec.structs.fields(Matter):
        if not field.required:
            continue
        if field.name in filled:
            lines.append(f"{field.name}: {filled[field.name]}")
        elif field.name == "materials":
            lines.append(f"materials:  # {notes['materials']}")
            lines += _item(Material)
        elif field.name == "steps":
            lines += [f"steps:  # {notes['steps']}", "  -"]
        else:
            lines += _field(field.name, field.type, "", notes.get(field.name))
    return "\n".join(lines) + "\n"


def _groups(catalog: Path, section: str) -> tuple[str, ...]:
    file = catalog / FILES["sections"].removeprefix(f"{FOLDER}/")
    try:
        record, _, problems = load_record(file.read_bytes(), FILES["sections"], Sections)
    except FileNotFoundError:
        raise NewMatterError(f"没有 {FILES['sections']} — 先写好栏目") from None
    if record is None:
        raise NewMatterError(str(problems[0]))
    groups = {item.id: item.groups for item in record.sections}
    if section not in groups:
        raise NewMatterError(f"没有栏目“{section}” — 可用的有：{'、'.join(groups)}")
    return groups[section]


def _item(type_: type[msgspec.Struct]) -> list[str]:
    """One entry of a list, with the fields that must be written."""
    lines: list[str] = []
    for field in msgspec.structs.fields(type_):
        if field.required:
            lines += _field(field.name, field.type, "    ", None)
    return ["  - " + lines[0][4:], *lines[1:]]


def _field(name: str, type_: Any, indent: str, note: str | None) -> list[str]:
    value, choices, nested = "", "", []
    if nullable(type_):
        value = " null"
        type_ = next(arm for arm in get_args(type_) if arm is not type(None))
    elif isinstance(type_, type) and issubclass(type_, msgspec.Struct):
        for field in msgspec.structs.fields(type_):
            if field.required or type_ in WHOLE:
                nested += _field(field.name, field.type, indent + "  ", None)
    if get_origin(type_) is tuple:
        value = value or " []"
        (type_, _) = get_args(type_)
    if get_origin(type_) is Literal:
        choices = "、".join(get_args(type_))
    comment = "：".join(part for part in (note, choices) if part)
    return [f"{indent}{name}:{value}" + (f"  # {comment}" if comment else ""), *nested]
