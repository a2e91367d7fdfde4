"""How much the catalogue knows, by section: claims by evidence, papers by evidence, answers that are
missing, laws that are cited. Counted of the records; ``guide tables`` prints it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from ..catalog.checks.evidence import article_of, claims
from ..catalog.model.lists import Law, Section
from ..catalog.model.matter import Matter
from ..catalog.parts import Catalogue
from .summary import summarize
from .words import EVIDENCE
from .work_fields import FIELDS, RANKS

Row = tuple[str, ...]
ALL = "合计"


class Table(Struct, frozen=True, kw_only=True):
    """A table in words: what it is of, its head, and its rows with the name of each first."""

    title: str
    head: Row
    rows: tuple[Row, ...]


def tables(catalogue: Catalogue) -> tuple[Table, ...]:
    """The four tables, each with a row or column a section and one for all."""
    own = {
        section: [item for item in catalogue.matters.values() if item.section == section.id]
        for section in catalogue.sections
    }
    held = {section: matters for section, matters in own.items() if matters}
    return (_evidence(held), _papers(held), _open(held), _citations(held, catalogue.laws))


def _by_section(
    title: str, head: Row, held: Mapping[Section, list[Matter]], count: Callable[[Iterable[Matter]], Row]
) -> Table:
    rows = [(section.name, *count(matters)) for section, matters in held.items()]
    everyone = [item for matters in held.values() for item in matters]
    return Table(title=title, head=head, rows=(*rows, (ALL, *count(everyone))))


def _evidence(held: Mapping[Section, list[Matter]]) -> Table:
    def count(matters: Iterable[Matter]) -> Row:
        listed = list(matters)
        grades: Counter[str] = Counter()
        for matter in listed:
            grades.update(summarize(matter).evidence)
        confirmed = sum(matter.confirmed is not None for matter in listed)
        return (str(len(listed)), *_graded(grades), str(confirmed))

    head = ("版块", "事项", "说法", *EVIDENCE.values(), "依据占", "中心确认过的事项")
    return _by_section("说法，按把握", head, held, count)


def _papers(held: Mapping[Section, list[Matter]]) -> Table:
    def count(matters: Iterable[Matter]) -> Row:
        return _graded(Counter(line.evidence for matter in matters for line in matter.materials))

    return _by_section("材料，按把握", ("版块", "材料", *EVIDENCE.values(), "依据占"), held, count)


def _graded(grades: Counter[str]) -> Row:
    total = sum(grades.values())
    share = f"{grades['law'] * 100 / total:.0f} %" if total else "–"
    return (str(total), *(str(grades[grade]) for grade in EVIDENCE), share)


def _open(held: Mapping[Section, list[Matter]]) -> Table:
    """Answers that nobody has given, a row a question and a column a section."""
    counted = {
        section: Counter(field for matter in matters for field in summarize(matter).unknown_fields)
        for section, matters in held.items()
    }
    copies = {section: _uncounted(matters) for section, matters in held.items()}

    def row(name: str, rank: str, numbers: Iterable[int]) -> Row:
        listed = list(numbers)
        return (name, rank, *map(str, listed), str(sum(listed)))

    rows = [
        row(asked.words, RANKS[asked.rank], (counted[section][field] for section in held))
        for field, asked in sorted(FIELDS.items(), key=lambda item: item[1].rank)
        if any(counted[section][field] for section in held)
    ]
    rows.append(row("材料的份数", RANKS[2], copies.values()))
    head = ("还没有答案的", "先后", *(section.name for section in held), ALL)
    return Table(title="没有答案的，按问题", head=head, rows=tuple(rows))


def _uncounted(matters: Iterable[Matter]) -> int:
    return sum(line.copies is None for matter in matters for line in matter.materials)


def _citations(held: Mapping[Section, list[Matter]], laws: Mapping[str, Law]) -> Table:
    read = {(id, item.article) for id, law in laws.items() for item in law.articles if item.verified}

    def count(matters: Iterable[Matter]) -> Row:
        cited = [basis for matter in matters for _, basis, _ in claims(matter) if basis is not None]
        named = [(basis.law, article_of(basis.article)) for basis in cited if basis.article is not None]
        known = sum(one in read for one in named)
        return tuple(
            map(
                str,
                (
                    len(cited),
                    len({basis.law for basis in cited}),
                    len(set(named)),
                    known,
                    len(named) - known,
                    len(cited) - len(named),
                ),
            )
        )

    head = ("版块", "引用", "法律、规章", "条文", "条文已核的引用", "条文待核的引用", "没有写条款的引用")
    return _by_section("引用的条文", head, held, count)


def markdown(listed: Iterable[Table]) -> str:
    """The tables as Markdown."""
    parts = []
    for table in listed:
        lines = [table.head, ("---", *("--:" for _ in table.head[1:])), *table.rows]
        told = "\n".join(f"| {' | '.join(line)} |" for line in lines)
        parts.append(f"### {table.title}\n\n{told}\n")
    return "\n".join(parts)
