"""The view of the hall: its zones, what is done in each, and where they are drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from ..catalog.model import Section, Service
from ..catalog.services import Hall, Zone
from .summary import Summary
from .words import Context


class ZoneView(Struct, frozen=True, kw_only=True):
    """A zone. ``noon`` tells its counters over noon, ``sections`` the number of matters
    that are handled there, ``origin`` the source in words."""

    zone: Zone
    noon: str | None
    sections: tuple[tuple[Section, int], ...]
    origin: str | None

    @property
    def planned(self) -> bool:
        return self.zone.status == "announced"


class HallView(Struct, frozen=True, kw_only=True):
    """The hall; ``unplaced`` counts the matters of which nobody has said the counter,
    ``services`` is what the hall gives beside its zones."""

    guide: str
    hotline: str
    centre: str
    address: str | None
    note: str
    columns: int
    rows: int
    zones: tuple[ZoneView, ...]
    unplaced: int
    services: tuple[Service, ...]


def hall_view(context: Context, hall: Hall, summaries: Iterable[Summary]) -> HallView:
    centre = context.centre
    sizes = Counter((item.counter, item.section) for item in summaries)
    noon = {kind.id: f"午间开 {kind.open_noon} 个" for kind in centre.counter_kinds if kind.open_noon}
    shown = {zone.id for zone in hall.zones}
    return HallView(
        guide=centre.guide_name,
        hotline=centre.hotline,
        centre=centre.name,
        address=centre.address,
        note=hall.note,
        columns=hall.columns,
        rows=hall.rows,
        zones=tuple(
            ZoneView(
                zone=zone,
                noon=noon.get(zone.counter or ""),
                sections=tuple(
                    (section, sizes[zone.counter, section.id])
                    for section in context.sections
                    if zone.counter is not None and sizes[zone.counter, section.id]
                ),
                origin=context.origin(zone.source),
            )
            for zone in hall.zones
        ),
        unplaced=sum(count for (counter, _), count in sizes.items() if counter is None),
        services=tuple(item for item in centre.services if item.id not in shown),
    )
