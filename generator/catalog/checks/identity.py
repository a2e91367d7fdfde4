"""A matter's name, its place, and that nobody else claims them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..index import Index
from ..lines import Field, Lines
from ..model.matter import Matter
from ..problems import Problem

CODES = {
    "id-characters": "事项编号不是小写英文、数字和连字符",
    "id-file": "事项编号和文件名不一致",
    "id-duplicate": "两个文件用了同一个事项编号",
    "name-duplicate": "两个事项的名称完全相同",
    "section-folder": "栏目和所在文件夹不一致",
    "section-unknown": "sections.yml 里没有这个栏目",
    "group-unknown": "栏目里没有这个分组",
    "list-duplicate": "列表里同一项写了两次",
    "alias-comma": "别名里有中文标点，几个别名连成了一个",
    "chinese-missing": "该写中文的地方没有汉字",
}

ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def check_id(matter: Matter, lines: Lines) -> Iterator[Problem]:
    """The id is the file name, the URL and the key of citizens' saved lists."""
    stem = lines.path.rsplit("/", 1)[-1].removesuffix(".yml")
    if not ID.fullmatch(matter.id):
        hint = "只用小写英文字母、数字和单个连字符，例如 construction-permit"
        yield lines.problem(("id",), "id-characters", f"编号“{matter.id}”不合规则", hint)
    if matter.id != stem:
        hint = f"把文件改名为 {matter.id}.yml"
        if ID.fullmatch(stem):
            hint = f"改为 `id: {stem}`，或者{hint}"
        sentence = f"编号“{matter.id}”和文件名“{stem}”不一致"
        yield lines.problem(("id",), "id-file", sentence, hint)


def check_folder(matter: Matter, lines: Lines) -> Iterator[Problem]:
    """A matter lies in the folder of its section: matters/<section>/<id>.yml."""
    folder = lines.path.split("/")[-2:-1]
    if folder and folder[0] != matter.section:
        hint = f"改为 `section: {folder[0]}`"
        if ID.fullmatch(matter.section):
            hint += f"，或者把文件移到 matters/{matter.section}/"
        sentence = f"栏目“{matter.section}”和文件夹“{folder[0]}”不一致"
        yield lines.problem(("section",), "section-folder", sentence, hint)


def check_section(matter: Matter, lines: Lines, index: Index) -> Iterator[Problem]:
    """Section and group are those of sections.yml."""
    if index.sections is None:
        return
    groups = index.sections.get(matter.section)
    if groups is None:
        if lines.path.split("/")[-2] in index.sections:
            return  # it has another name than its folder, which is told, and the folder is right
        hint = f"可用的有：{'、'.join(index.sections)}"
        sentence = f"没有栏目“{matter.section}”"
        yield lines.problem(("section",), "section-unknown", sentence, hint)
    elif matter.group not in groups:
        hint = f"可用的有：{'、'.join(groups)}；新分组先写进 sections.yml"
        sentence = f"栏目“{matter.section}”里没有分组“{matter.group}”"
        yield lines.problem(("group",), "group-unknown", sentence, hint)


def check_unique(matter: Matter, lines: Lines, index: Index) -> Iterator[Problem]:
    """Each id and each name belongs to one matter; all who claim it are told."""
    others = [path for path in index.matters.get(matter.id, ()) if path != lines.path]
    if others:
        sentence = f"编号“{matter.id}”还在 {others[0]} 里使用"
        yield lines.problem(("id",), "id-duplicate", sentence, "换一个编号，文件也相应改名")
    namesakes = [id_ for id_ in index.names.get(matter.name, ()) if id_ != matter.id]
    if namesakes:
        sentence = f"名称和事项 {namesakes[0]} 相同"
        hint = "在名称里写明区别，或者合并两个事项"
        yield lines.problem(("name",), "name-duplicate", sentence, hint)


def check_repeats(matter: Matter, lines: Lines) -> Iterator[Problem]:
    """The same word twice in a list is a slip."""
    for field in ("aliases", "applicants", "variants", "related"):
        items: tuple[str, ...] = getattr(matter, field)
        if len(set(items)) != len(items):
            for position, item in enumerate(items):
                if item in items[:position]:
                    where = (field, position)
                    yield lines.problem(where, "list-duplicate", f"“{item}”写了两次", "只留一处")


def check_aliases(matter: Matter, lines: Lines) -> Iterator[Problem]:
    """A full-width comma does not part the entries of a list."""
    for position, alias in enumerate(matter.aliases):
        if found := next((mark for mark in "，、；" if mark in alias), None):
            hint = "每个别名之间用半角逗号加空格：`[开工证, 施工证]`"
            yield lines.problem(("aliases", position), "alias-comma", f"“{alias}”里有“{found}”", hint)


def check_language(matter: Matter, lines: Lines) -> Iterator[Problem]:
    """What citizens read is Chinese; English has fields of its own (``…_en``)."""
    for field, text in _read(matter):
        if text.isascii():
            hint = "写中文；英文写进 name_en 或者 summary_en"
            yield lines.problem(field, "chinese-missing", f"“{text}”里没有汉字", hint)


def _read(matter: Matter) -> Iterator[tuple[Field, str]]:
    yield ("name",), matter.name
    for position, condition in enumerate(matter.conditions):
        yield ("conditions", position, "text"), condition.text
    for position, situation in enumerate(matter.situations):
        yield ("situations", position, "question"), situation.question
        for number, option in enumerate(situation.options):
            yield ("situations", position, "options", number, "label"), option.label
    for position, material in enumerate(matter.materials):
        yield ("materials", position, "name"), material.name
    for position, step in enumerate(matter.step_texts):
        yield ("steps", position), step
    for position, faq in enumerate(matter.faq):
        yield ("faq", position, "question"), faq.question
        yield ("faq", position, "answer"), faq.answer
    if matter.result.document is not None:
        yield ("result", "document"), matter.result.document
