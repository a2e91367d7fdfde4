"""What is out of date on a day: editions that were replaced, matters that were checked before a law changed, a
calendar that ends. The day is passed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from .checks.evidence import basis_field, claims
from .citations import citations, sources
from .lines import Lines
from .model.lists import Law
from .model.matter import Matter
from .parts import Catalogue
from .paths import FILES, matter_path
from .problems import Problem
from .year_end import check_year_end

LinesOf = Callable[[str], Lines]


def stale(catalogue: Catalogue, on: date, lines_of: LinesOf) -> Iterator[Problem]:
    """Everything that is out of date ``on`` that day, as far as dates tell."""
    yield from _laws(catalogue, on, lines_of(FILES["laws"]))
    for matter in catalogue.matters.values():
        lines = lines_of(matter_path(matter.section, matter.id))
        yield from _editions(matter, catalogue, lines)
        yield from _unchecked(matter, catalogue, on, lines)
    yield from check_year_end(catalogue, on)


def _laws(catalogue: Catalogue, on: date, lines: Lines) -> Iterator[Problem]:
    """A law that is over and says nothing of what came after, and one that is not in force yet."""
    cited = {law for _path, record in sources(catalogue) for _field, (law, _), _basis in citations(record, {})}
    for position, law in enumerate(catalogue.laws.values()):
        if law.id not in cited:
            continue
        if law.valid_to is not None and law.valid_to < on and law.replaced_by is None:
            sentence = f"{law.title}到 {law.valid_to} 为止"
            hint = "写出 replaced_by，引用它的改引现行的"
            yield lines.problem(("laws", position, "valid_to"), "stale-law", sentence, hint)
        if law.valid_from is not None and law.valid_from > on:
            sentence = f"{law.title} {law.valid_from} 才施行，已经有事项引用"
            hint = "施行以前页面上说的是旧规定，写明日期"
            yield lines.problem(("laws", position, "valid_from"), "stale-early", sentence, hint)


def _editions(matter: Matter, catalogue: Catalogue, lines: Lines) -> Iterator[Problem]:
    """Claims that rest on an edition that was replaced."""
    for field, basis, _evidence in claims(matter):
        law = None if basis is None else catalogue.laws.get(basis.law)
        if basis is None or law is None or law.replaced_by is None:
            continue
        what = f"“{matter.materials[int(field[1])].name}”" if field[0] == "materials" else "这一处"
        after = law.replaced_by
        when = f"{after.on} 起" if after.on else ""
        sentence = f"{what}依据的是《{law.title}》{basis.article or ''}，{when}已经被{after.title}取代"
        yield lines.problem((*basis_field(field, basis), "law"), "stale-edition", sentence, _hint(catalogue, law))


def _hint(catalogue: Catalogue, law: Law) -> str:
    after = law.replaced_by
    if after is None or after.law is None or after.law not in catalogue.texts:
        return "找到现行的文本，读过以后改引"
    return f"读 texts/{after.law}.yml，改引现行的条文"


def _unchecked(matter: Matter, catalogue: Catalogue, on: date, lines: Lines) -> Iterator[Problem]:
    """A matter that was checked before a law that it cites became what it is."""
    for id in sorted({basis.law for _field, basis, _evidence in claims(matter) if basis is not None}):
        law = catalogue.laws.get(id)
        changed = None if law is None else law.valid_from or law.version_date
        if law is not None and changed is not None and matter.checked_on < changed <= on:
            sentence = f"核对到 {matter.checked_on}，《{law.title}》{changed} 有了新的版本"
            yield lines.problem(("checked_on",), "stale-matter", sentence, "对照新的条文读一遍，改 checked_on")
