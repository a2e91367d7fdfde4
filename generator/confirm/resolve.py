"""The id of a question → the question, and where in which files its answer belongs."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

from msgspec import Struct

from ..catalog.model.matter import Matter
from ..catalog.parts import Catalogue
from ..catalog.paths import FILES, matter_path
from ..views.context import context_of
from ..views.matter import matter_view
from ..views.summary import summarize
from ..views.work_fields import FIELDS, open_fields, open_of_line
from ..views.worklist import Question, of_matter, weights
from ..views.worklist_all import work_list
from .edit import Way
from .values import NotUnderstood


class Target(Struct, frozen=True):
    """A place for the answer: the file (``catalog/…``), the way to the field in it, the way to the record
    whose ``answers`` tell who gave it, and what they call the field."""

    path: str
    way: Way
    holder: Way
    field: str


def everything(catalogue: Catalogue) -> tuple[Question, ...]:
    """The whole work list."""
    context = context_of(catalogue, {id: matter.name for id, matter in catalogue.matters.items()})
    views = {id: matter_view(matter, context) for id, matter in catalogue.matters.items()}
    return work_list(catalogue, catalogue.matters, views)


def resolve(asked: str, catalogue: Catalogue, listed: tuple[Question, ...]) -> Question:
    """The question of this id, or of these words. A question that is asked of many matters together may be
    answered for one of them, too. Raises ``NotUnderstood``."""
    for question in listed:
        if asked in (question.id, question.text):
            return question
    id, _, field = asked.partition(".")
    matter = catalogue.matters.get(id)
    if matter is not None:
        if not field:
            return resolve(f"{id}.confirmed", catalogue, listed) if matter.confirmed is None else _told(asked)
        if field in FIELDS:
            if field in set(open_fields(matter)):
                summaries = [summarize(one) for one in catalogue.matters.values()]
                return of_matter(summarize(matter), field, weights(catalogue, summaries))
            _told(asked)
        if field.startswith("materials.") and (line := _line_question(matter, field)) is not None:
            return line
    near = difflib.get_close_matches(asked, [question.id for question in listed], 3, 0.5)
    hint = (
        f"是不是 {'、'.join(near)}？"
        if near
        else "编号在清单（certainty/ 和 data/to-confirm.csv）里，不写编号就列出最要紧的"
    )
    raise NotUnderstood(f"没有问题“{asked}”，或者已经答过了 — {hint}")


def _told(asked: str) -> Question:
    raise NotUnderstood(f"“{asked}”已经有答复了 — 要改，直接改文件里的值和 answers")


def _line_question(matter: Matter, field: str) -> Question | None:
    """A recurrent paper of one matter, which is asked of all matters together."""
    number, _, what = field.removeprefix("materials.").partition(".")
    position = int(number) - 1 if number.isdigit() else -1
    if not 0 <= position < len(matter.materials):
        return None
    line = matter.materials[position]
    kinds = {"": ("needed", "paper"), "copies": ("copies", "copies"), "exempt": ("exempt", "yes-no")}
    if what not in kinds or kinds[what][0] not in set(open_of_line(line)):
        return None
    return Question(
        id=f"{matter.id}.{field}",
        text=f"{matter.name}：{line.name}",
        field=field,
        kind=kinds[what][1],
        rank=1,
        weight=0,
        concerns=1,
        path=matter_path(matter.section, matter.id),
        matters=(matter.id,),
    )


def targets(question: Question, catalogue: Catalogue) -> Iterator[Target]:
    """Everywhere that the answer belongs."""
    if not question.matters:
        yield from _of_centre(question, catalogue)
        return
    for id in question.matters:
        matter = catalogue.matters[id]
        path = matter_path(matter.section, id)
        if question.field in ("needed", "copies", "exempt"):
            paper, form, _ = question.id.split(".")
            for position, line in enumerate(matter.materials):
                if (line.paper, line.form) == (paper, form) and question.field in set(open_of_line(line)):
                    holder: Way = ("materials", position)
                    way = holder if question.field == "needed" else (*holder, question.field)
                    yield Target(path, way, holder, question.field)
            continue
        yield _of_matter(path, question)


def _of_matter(path: str, question: Question) -> Target:
    steps = question.field.split(".")
    way: Way = tuple(int(step) - 1 if step.isdigit() else step for step in steps)
    if steps[0] in ("materials", "conditions", "faq", "legal_basis", "deadlines"):
        return Target(path, way, way[:2], ".".join(steps[2:]))
    if question.field.startswith("time_limit.statutory.cases."):
        return Target(path, way, way[:4], "")
    return Target(path, way, (), question.field)


def _of_centre(question: Question, catalogue: Catalogue) -> Iterator[Target]:
    name = question.id.partition(".")[0]
    yield Target(FILES[name], _by_position(getattr(catalogue, name), name, question.field), (), question.field)
    kind, _, field = question.field.removeprefix("counter_kinds.").partition(".")
    if field == "place":  # where a kind of counter stands, its zone of the hall is
        for position, zone in enumerate(catalogue.hall.zones):
            if zone.counter == kind and zone.place is None:
                yield Target(FILES["hall"], ("zones", position, "place"), (), f"zones.{zone.id}.place")


def _by_position(record: object, name: str, field: str) -> Way:
    """The way with positions in lists, where the field names entries by their id."""
    way: list[str | int] = []
    for step in field.split("."):
        if name == "places" and not way:  # which the catalogue holds without the record around them
            way.append(step)
            continue
        if isinstance(record, tuple):
            position = next(at for at, item in enumerate(record) if item.id == step)
            way.append(position)
            record = record[position]
        else:
            way.append(step)
            record = getattr(record, step)
    return tuple(way)


def counters(catalogue: Catalogue) -> Mapping[str, str]:
    """The kinds of counters, by name."""
    return {kind.name: kind.id for kind in catalogue.centre.counter_kinds}
