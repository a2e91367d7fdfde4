"""The view of how sure the guide is, and of what the centre is asked first (``worklist.py``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache

from msgspec import Struct

from ..catalog.model.lists import Section
from .summary import Summary
from .words import EVIDENCE, Context
from .work_fields import FIELDS, REST
from .worklist import Question

SHOWN = 40
"""Questions that the page asks; the table to download has them all."""


class SectionCertainty(Struct, frozen=True, kw_only=True):
    """A section: its claims by grade, its open answers, and its matters."""

    section: Section
    evidence: dict[str, int]
    unknown: int
    confirmed: int
    matters: tuple[Summary, ...]

    def lacking(self, matter: Summary) -> str:
        """What a matter lacks, in words."""
        return _lacking(matter.unknown_fields, matter.practice_materials)


@cache
def _lacking(fields: tuple[str, ...], practice: int) -> str:
    """Many matters lack the same."""
    told = [FIELDS[field].words for field in fields if FIELDS[field].rank != REST]
    if practice:
        told.append(f"{practice} 件材料")
    return "、".join(told) or "没有"


class CertaintyView(Struct, frozen=True, kw_only=True):
    """``fields`` are the open answers by what they are called, most frequent first; ``first`` are the
    questions to ask first, of ``asked`` in all."""

    guide: str
    hotline: str
    centre: str
    noon: bool
    sections: tuple[SectionCertainty, ...]
    fields: tuple[tuple[str, int], ...]
    first: tuple[Question, ...]
    asked: int

    @property
    def evidence(self) -> dict[str, int]:
        """All claims by grade."""
        return {grade: sum(item.evidence[grade] for item in self.sections) for grade in EVIDENCE}

    @property
    def claims(self) -> int:
        return sum(self.evidence.values())

    @property
    def unknown(self) -> int:
        return sum(item.unknown for item in self.sections)

    @property
    def confirmed(self) -> int:
        return sum(item.confirmed for item in self.sections)

    @property
    def matters(self) -> int:
        return sum(len(item.matters) for item in self.sections)


def certainty_view(
    context: Context, summaries: Iterable[Summary], work: tuple[tuple[Question, ...], int] = ((), 0)
) -> CertaintyView:
    """``work`` are the questions to ask first, and how many there are in all (``worklist.pressing``)."""
    listed = tuple(summaries)
    fields = Counter(field for item in listed for field in item.unknown_fields)
    own: dict[str, list[Summary]] = {section.id: [] for section in context.sections}
    for item in listed:
        own[item.section].append(item)
    return CertaintyView(
        guide=context.centre.guide_name,
        hotline=context.centre.hotline,
        centre=context.centre.name,
        noon=context.offers.noon,
        sections=tuple(_section(section, tuple(own[section.id])) for section in context.sections if own[section.id]),
        fields=tuple(
            (FIELDS[field].words, fields[field]) for field in sorted(fields, key=lambda name: (-fields[name], name))
        ),
        first=work[0],
        asked=work[1],
    )


def _section(section: Section, matters: tuple[Summary, ...]) -> SectionCertainty:
    evidence: Counter[str] = Counter()
    for item in matters:
        evidence.update(item.evidence)
    return SectionCertainty(
        section=section,
        evidence={grade: evidence[grade] for grade in EVIDENCE},
        unknown=sum(item.unknown for item in matters),
        confirmed=sum(item.confirmed for item in matters),
        matters=matters,
    )
