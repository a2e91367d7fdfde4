"""The views of the pages that list: home, a section, about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from ..catalog.model.centre import Service
from ..catalog.model.lists import Law, Place, Section, Word
from ..catalog.offers import Offers
from .citations import page_of
from .journeys import JourneyLine
from .place import place_short
from .summary import Summary
from .words import (
    EVIDENCE,
    EVIDENCE_MEANING,
    LIST_STATUS,
    Context,
    assumed_hours,
    day,
    noon_counters,
    noon_span,
    regular_hours,
    titled,
    unsure,
)


class SectionView(Struct, frozen=True, kw_only=True):
    """A section with its matters by group, in the order that the section gives."""

    guide: str
    hotline: str
    section: Section
    groups: tuple[tuple[str, tuple[Summary, ...]], ...]

    @property
    def name_en(self) -> str:
        return self.section.name_en or self.section.name

    @property
    def list_status(self) -> str | None:
        """Where the list comes from, if it needs saying."""
        return LIST_STATUS.get(self.section.list_status or "")

    @property
    def matters(self) -> tuple[Summary, ...]:
        return tuple(item for _, items in self.groups for item in items)

    def in_short(self, item: Summary) -> tuple[str, ...]:
        """What the line of a matter says below its name."""
        noon = ("午间可办" if item.noon_completed else "午间可受理") if item.noon else None
        papers = f"材料 {item.materials} 件" if item.materials else None
        fee = "不收费" + unsure(item.fee_evidence) if item.free else None
        return tuple(text for text in (place_short(item.place), noon, papers, fee) if text)


class HomeView(Struct, frozen=True, kw_only=True):
    """``common`` are (word, id, name); ``sections`` are with their number of matters.
    ``noon`` are the hours of the noon service, if there is one."""

    guide: str
    centre: str
    hotline: str
    hours: str
    assumed: str | None
    noon: str | None
    counters: str
    offers: Offers
    common: tuple[tuple[str, str, str], ...]
    sections: tuple[tuple[Section, int], ...]
    services: tuple[Service, ...]
    matters: int
    journeys: tuple[JourneyLine, ...] = ()


class AboutView(Struct, frozen=True, kw_only=True):
    """What the guide stands on. ``grades`` are (grade, mark, number of claims, meaning), ``unknown`` the
    answers that the centre has still to give; ``laws`` are those that some matter cites,
    by title, with what is known of them. ``noon`` tells whether the centre has noon service."""

    guide: str
    centre: str
    hotline: str
    noon: bool
    matters: int
    confirmed: int
    grades: tuple[tuple[str, str, int, str], ...]
    unknown: int
    assumed: str | None
    sources: tuple[tuple[str, str], ...]
    places: tuple[Place, ...]
    laws: tuple[tuple[str, str, str], ...]


def section_view(section: Section, context: Context, summaries: Iterable[Summary]) -> SectionView:
    """``section`` with those of ``summaries`` that are its own; groups without any are left out."""
    own = [item for item in summaries if item.section == section.id]
    order = [*section.groups, *sorted({item.group for item in own} - set(section.groups))]
    groups = ((group, tuple(item for item in own if item.group == group)) for group in order)
    return SectionView(
        guide=context.centre.guide_name,
        hotline=context.centre.hotline,
        section=section,
        groups=tuple((group, items) for group, items in groups if items),
    )


def home_view(
    context: Context, summaries: Iterable[Summary], words: Iterable[Word], journeys: tuple[JourneyLine, ...] = ()
) -> HomeView:
    """Home. The common matters are those that editors chose, by the words of citizens."""
    centre = context.centre
    sizes = Counter(item.section for item in summaries)
    names = context.names
    return HomeView(
        guide=centre.guide_name,
        centre=centre.name,
        hotline=centre.hotline,
        hours=regular_hours(centre),
        assumed=assumed_hours(centre),
        noon=noon_span(centre),
        counters=noon_counters(centre),
        offers=context.offers,
        common=tuple(
            (word.word, word.matters[0], names[word.matters[0]])
            for word in words
            if word.common and word.matters[0] in names
        ),
        sections=tuple((section, sizes[section.id]) for section in context.sections if sizes[section.id]),
        services=centre.services,
        matters=sum(sizes.values()),
        journeys=journeys,
    )


def about_view(context: Context, summaries: Iterable[Summary], places: Iterable[Place]) -> AboutView:
    centre = context.centre
    listed = tuple(summaries)
    evidence: Counter[str] = Counter()
    for item in listed:
        evidence.update(item.evidence)
    cited = Counter(law for item in listed for law in item.laws)
    return AboutView(
        guide=centre.guide_name,
        centre=centre.name,
        hotline=centre.hotline,
        noon=context.offers.noon,
        matters=len(listed),
        confirmed=sum(item.confirmed for item in listed),
        grades=tuple(
            (grade, word, evidence[grade], meaning)
            for grade, (word, meaning) in zip(EVIDENCE, EVIDENCE_MEANING, strict=True)
        ),
        unknown=sum(item.unknown for item in listed),
        assumed=assumed_hours(centre),
        sources=tuple((titled(item.title), f"{item.publisher}，{day(item.published_on)}") for item in centre.sources),
        places=tuple(places),
        laws=tuple(
            (page_of(id), titled(law.title), _law(law, cited[id])) for id, law in context.laws.items() if cited[id]
        ),
    )


def _law(law: Law, count: int) -> str:
    """Who made it, its version, how much of it was read, and how many matters cite it."""
    read = sum(item.verified for item in law.articles)
    version = f"{day(law.version_date)} 版" if law.version_date else "版本待确认"
    told = (law.issuer, version, law.text_status, f"核对了 {read} 条", f"{count} 个事项引用", law.note)
    return "，".join(text for text in told if text)
