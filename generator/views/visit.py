"""The views of how a visit goes, and of a section's papers that wait for the on-site check."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from ..catalog.model.centre import Commitment
from ..catalog.model.lists import Section
from ..catalog.model.services import Case, Hall, ZeroVisit
from ..catalog.offers import Offers
from .deferrable import cases_of
from .hall import ZoneView
from .summary import Summary
from .words import Context, assumed_hours, noon_counters, noon_span, regular_hours


class VisitView(Struct, frozen=True, kw_only=True):
    """A visit: the zones in the order of their steps, the promises around it by id, and
    how it went for others at noon. Without noon service ``noon`` is ``None``, and so is
    ``minutes``, within which matters are then done. ``waiting`` are the sections of which
    papers may wait for the on-site check, ``planned`` tells that help at home is a plan."""

    guide: str
    hotline: str
    hours: str
    assumed: str | None
    noon: str | None
    counters: str
    minutes: int | None
    offers: Offers
    waiting: tuple[Section, ...]
    planned: bool
    steps: tuple[ZoneView, ...]
    commitments: dict[str, tuple[Commitment, str | None]]
    cases: tuple[tuple[Case, str | None, str | None], ...]

    @property
    def free_printing(self) -> tuple[Commitment, str | None] | None:
        return self.commitments.get("free-printing")

    @property
    def offers_more(self) -> bool:
        """Whether there is anything that makes a visit shorter or easier."""
        return bool(self.offers.deferral or self.waiting or self.offers.zero_visit or self.free_printing)


class PaperCounts(Struct, frozen=True, kw_only=True):
    """How many papers of a matter are due at the counter, at the on-site check, and later."""

    id: str
    name: str
    window: int
    on_site: int
    deferrable: int


class WaitingPapersView(Struct, frozen=True, kw_only=True):
    guide: str
    hotline: str
    section: Section
    commitment: Commitment | None
    origin: str | None
    rows: tuple[PaperCounts, ...]

    @property
    def window(self) -> int:
        return sum(row.window for row in self.rows)

    @property
    def on_site(self) -> int:
        return sum(row.on_site for row in self.rows)


def visit_view(context: Context, hall: Hall, zero_visit: ZeroVisit, cases: Iterable[Case]) -> VisitView:
    centre = context.centre
    noon = centre.noon_service
    statuses = {item.id: item.status for item in centre.commitments}
    steps = sorted((zone for zone in hall.zones if zone.step is not None), key=lambda zone: zone.step or 0)
    return VisitView(
        guide=centre.guide_name,
        hotline=centre.hotline,
        hours=regular_hours(centre),
        assumed=assumed_hours(centre),
        noon=noon_span(centre),
        counters=noon_counters(centre),
        minutes=None if noon is None else noon.on_the_spot_minutes,
        offers=context.offers,
        waiting=tuple(section for section in context.sections if section.on_site_papers is not None),
        planned=statuses.get(zero_visit.commitment) != "running",
        steps=tuple(ZoneView(zone=zone, noon=None, sections=(), origin=context.origin(zone.source)) for zone in steps),
        commitments={item.id: (item, context.origin(item.source)) for item in centre.commitments},
        cases=cases_of("noon", context, cases),
    )


def waiting_papers_view(section: Section, context: Context, summaries: Iterable[Summary]) -> WaitingPapersView:
    """The matters of a section with ``on_site_papers``."""
    centre = context.centre
    commitment = next((item for item in centre.commitments if item.id == section.on_site_papers), None)
    return WaitingPapersView(
        guide=centre.guide_name,
        hotline=centre.hotline,
        section=section,
        commitment=commitment,
        origin=context.origin(commitment.source) if commitment else None,
        rows=tuple(_counts(item) for item in summaries if item.section == section.id),
    )


def _counts(item: Summary) -> PaperCounts:
    later = len(item.deferrable)
    return PaperCounts(
        id=item.id,
        name=item.name,
        window=item.materials - item.on_site - later,
        on_site=item.on_site,
        deferrable=later,
    )
