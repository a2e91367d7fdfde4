"""What ``guide check`` advises over the whole catalogue: an editor decides, and a build does
not ask. ``finding.py``, ``phrases.py`` and ``step_limits.py`` have rules of their own; here are near
names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from typing import Any

from msgspec import Struct

from ..articles import article_of
from ..lines import Field, Lines
from ..model.lists import Law
from ..model.matter import Material, Matter
from ..parts import Catalogue
from ..paths import FILES, journey_path, matter_path
from ..problems import Problem
from ..similar import flat, near_pairs, one_apart, skeleton
from ..when import WhenError, parse, possible
from .duties import check_idle
from .duty import check_enough
from .evidence import claims
from .finding import check_finding
from .limits import check_unlike
from .numbers import check_journey_numbers, check_numbers
from .phrases import check_vague
from .slips import check_markup
from .step_limits import check_told_limits

CODES = {
    "matter-near": "两个事项的名称几乎一样",
    "material-near": "一个事项里两份材料的名称几乎一样",
    "paper-near": "两份常用材料的名称几乎一样",
    "paper-unlinked": "材料和一份常用材料同名，却没有写 paper",
    "material-varies": "同一份材料在不同事项里名称差一点",
    "evidence-low": "依据的条文已经看过，却没有写 evidence: law，也没有说为什么",
}

LinesOf = Callable[[str], Lines]


def check_advice(catalogue: Catalogue, lines_of: LinesOf) -> Iterator[Problem]:
    """All advice. ``lines_of`` gives the lines of a file by its path."""
    yield from check_finding(catalogue, lines_of)
    yield from check_idle(catalogue, lines_of)
    yield from check_enough(catalogue.duty, catalogue.centre, lines_of(FILES["duty"]))
    for matter in catalogue.matters.values():
        lines = lines_of(_path(matter))
        yield from check_vague(matter, lines)
        yield from check_markup(matter, lines)
        yield from check_told_limits(matter, lines)
        yield from check_numbers(matter, catalogue.texts, lines)
        yield from _evidence_low(matter, catalogue.laws, lines)
        yield from _materials_near(matter, lines)
    for id, journey in catalogue.journeys.items():
        yield from check_journey_numbers(journey, catalogue.texts, lines_of(journey_path(id)))
    for path, record in _others(catalogue):
        yield from check_vague(record, lines_of(path))
        yield from check_markup(record, lines_of(path))
    yield from check_unlike(catalogue.matters.values(), lines_of)
    yield from _matters_near(catalogue, lines_of)
    yield from _papers_near(catalogue, lines_of)
    yield from _papers_unlinked(catalogue, lines_of)
    yield from _materials_vary(catalogue, lines_of)


def _others(catalogue: Catalogue) -> Iterator[tuple[str, Struct]]:
    """The records besides matters in whose texts citizens are told what to do."""
    for name in ("centre", "hall", "zero_visit", "supervision", "deferral"):
        yield FILES[name], getattr(catalogue, name)
    for id, journey in catalogue.journeys.items():
        yield journey_path(id), journey


def _matters_near(catalogue: Catalogue, lines_of: LinesOf) -> Iterator[Problem]:
    """Names one character apart, unless one of the two names the other in ``related``:
    then somebody has looked at both."""
    matters = list(catalogue.matters.values())
    for one, other in near_pairs([matter.name for matter in matters]):
        first, second = matters[one], matters[other]
        if second.id in first.related or first.id in second.related:
            continue
        sentence = f"名称和 {first.id}“{first.name}”几乎一样"
        hint = f"是一件事就合并；是两件事就在 related 里写上 {first.id}，好互相找到"
        yield lines_of(_path(second)).problem(("name",), "matter-near", sentence, hint)


def _materials_near(matter: Matter, lines: Lines) -> Iterator[Problem]:
    """Names one character apart of papers that one applicant may need both."""
    names = [(position, material, skeleton(material.name)) for position, material in enumerate(matter.materials)]
    several = {item.id for item in matter.situations if item.choose == "many"}
    for (_, first, one), (position, second, other) in combinations(names, 2):
        if first.name == second.name or not one_apart(one, other) or not _together(first, second, several):
            continue
        sentence = f"“{second.name}”和“{first.name}”几乎一样"
        hint = "是一份就只留一份；是两份就把区别写明"
        yield lines.problem(("materials", position, "name"), "material-near", sentence, hint)


def _together(one: Material, other: Material, several: set[str]) -> bool:
    """Whether some answers ask for both papers."""
    try:
        pairs = [(first, second) for first in parse(one.when) for second in parse(other.when)]
    except WhenError:
        return False
    return any(possible((*first, *second), several) for first, second in pairs)


def _papers_near(catalogue: Catalogue, lines_of: LinesOf) -> Iterator[Problem]:
    papers = list(catalogue.papers.values())
    for one, other in near_pairs([paper.name for paper in papers]):
        sentence = f"“{papers[other].name}”和“{papers[one].name}”几乎一样"
        hint = "是一份就合并，材料里的 paper 改成留下的编号；是两份就把区别写明"
        yield lines_of(FILES["papers"]).problem(("papers", other, "name"), "paper-near", sentence, hint)


def _papers_unlinked(catalogue: Catalogue, lines_of: LinesOf) -> Iterator[Problem]:
    shared = {flat(paper.name): paper.id for paper in catalogue.papers.values()}
    for matter in catalogue.matters.values():
        for position, material in enumerate(matter.materials):
            id = shared.get(flat(material.name))
            if material.paper is None and id is not None:
                sentence = f"“{material.name}”是常用材料 {id}"
                hint = f"补上 `paper: {id}`，页面才会说到哪里办"
                where = ("materials", position, "name")
                yield lines_of(_path(matter)).problem(where, "paper-unlinked", sentence, hint)


def _materials_vary(catalogue: Catalogue, lines_of: LinesOf) -> Iterator[Problem]:
    """Names that differ in nothing but punctuation, brackets, 的 and 之."""
    seen: dict[str, tuple[str, str]] = {}
    for matter in catalogue.matters.values():
        for position, material in enumerate(matter.materials):
            name, id = seen.setdefault(flat(material.name), (material.name, matter.id))
            if name != material.name and id != matter.id:
                sentence = f"“{material.name}”在 {id} 里写作“{name}”"
                where = ("materials", position, "name")
                yield lines_of(_path(matter)).problem(where, "material-varies", sentence, "两处写成一样")


def _evidence_low(matter: Matter, laws: Mapping[str, Law], lines: Lines) -> Iterator[Problem]:
    """A claim rests on an article that was read: either it says so, or somebody tells what it lacks."""
    for field, basis, evidence in claims(matter):
        if basis is None or basis.article is None or evidence in ("law", None):
            continue
        law, told = laws.get(basis.law), _record(matter, field)
        if law is None or law.replaced_by is not None:  # what holds no longer backs nothing by itself
            continue
        read = any(
            item.article == article_of(basis.article) and item.verified for item in law.articles
        )
        if read and not (getattr(told, "source", None) or getattr(told, "note", None)):
            sentence = f"依据的 {basis.law} {basis.article}已经看过，写的是 evidence: {evidence}"
            hint = "读条文：写着的改为 law，说法不一样的照条文改；没有写的在 source 或者 note 里说明"
            yield lines.problem((*field, "evidence"), "evidence-low", sentence, hint)


def _record(matter: Matter, field: Field) -> object:
    """What stands at ``field``."""
    found: Any = matter
    for part in field:
        found = found[part] if isinstance(part, int) else getattr(found, part)
    return found


def _path(matter: Matter) -> str:
    return matter_path(matter.section, matter.id)
