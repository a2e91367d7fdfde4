"""The views of how a visit goes, and of food and drug papers that wait for the on-site check."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from ..catalog.model import Commitment, Section
from ..catalog.services import Case, Hall
from .summary import Summary
from .deferrable import cases_of
from .hall import ZoneView
from .words import Context, assumed_hours, noon_counters, regular_hours, span

FOOD_DRUG = "food-drug"
"""The section, and the beginning of the commitment ``food-drug-papers``, of the page."""


class VisitView(Struct, frozen=True, kw_only=True):
    """A visit: the zones in the order of their steps, the promises around it by id, and
    how it went for others at noon."""

    guide: str
    hotline: str
    hours: str
    assumed: str | None
    noon: str
    counters: str
    minutes: int
    steps: tuple[ZoneView, ...]
    commitments: dict[str, tuple[Commitment, str | None]]
    cases: tuple[tuple[Case, str | None, str | None], ...]


class PaperCounts(Struct, frozen=True, kw_only=True):
    """How many papers of a matter are due at the counter, at the on-site check, and later."""

    id: str
    name: str
    window: int
    on_site: int
    deferrable: int


class FoodDrugView(Struct, frozen=True, kw_only=True):
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


def visit_view(context: Context, hall: Hall, cases: Iterable[Case]) -> VisitView:
    centre = context.centre
    noon = centre.noon_service
    steps = sorted((zone for zone in hall.zones if zone.step is not None), key=lambda zone: zone.step or 0)
    return VisitView(
        guide=centre.guide_name,
        hotline=centre.hotline,
        hours=regular_hours(centre),
        assumed=assumed_hours(centre),
        noon=span(noon.opens, noon.closes),
        counters=noon_counters(centre),
        minutes=noon.on_the_spot_minutes,
        steps=tuple(ZoneView(zone=zone, noon=None, sections=(), origin=context.origin(zone.source)) for zone in steps),
        commitments={item.id: (item, context.origin(item.source)) for item in centre.commitments},
        cases=cases_of("noon", context, cases),
    )


def food_drug_view(context: Context, summaries: Iterable[Summary]) -> FoodDrugView | None:
    """The matters of food and drugs; ``None`` for a catalogue without that section."""
    section = next((item for item in context.sections if item.id == FOOD_DRUG), None)
    if section is None:
        return None
    centre = context.centre
    commitment = next((item for item in centre.commitments if item.id == f"{FOOD_DRUG}-papers"), None)
    return FoodDrugView(
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
