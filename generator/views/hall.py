"""The view of the hall: its zones, what is done in each, and where they are drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from ..catalog.model.centre import Service
from ..catalog.model.lists import Section
from ..catalog.model.services import Hall, Zone
from .summary import Summary
from .words import Context

_CELL_WIDTH, _CELL_HEIGHT, _GAP = 56, 62, 6
_LINE = 20
"""Units of the drawing: on a phone of 360 px one of them is about a pixel."""

_STEPS = "①②③④⑤⑥⑦⑧⑨"


class Drawn(Struct, frozen=True, kw_only=True):
    """A box of the plan in units of the drawing; ``lines`` are (y, text), each in the
    ``middle`` of the box."""

    left: str
    top: str
    width: str
    height: str
    middle: str
    lines: tuple[tuple[str, str], ...]


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

    @property
    def title(self) -> str:
        """The name, after its place in the order of a visit."""
        step = self.zone.step
        return f"{_STEPS[step - 1]} {self.zone.name}" if step and step <= len(_STEPS) else self.zone.name

    @property
    def box(self) -> Drawn:
        box = self.zone.box
        left, top = (box.column - 1) * _CELL_WIDTH + _GAP / 2, (box.row - 1) * _CELL_HEIGHT + _GAP / 2
        width, height = box.columns * _CELL_WIDTH - _GAP, box.rows * _CELL_HEIGHT - _GAP
        lines = [self.title, *([self.zone.also] if self.zone.also else []), *(["计划"] if self.planned else [])]
        first = top + height / 2 - (len(lines) - 1) * _LINE / 2
        return Drawn(
            left=f"{left:g}",
            top=f"{top:g}",
            width=f"{width:g}",
            height=f"{height:g}",
            middle=f"{left + width / 2:g}",
            lines=tuple((f"{first + number * _LINE:g}", line) for number, line in enumerate(lines)),
        )


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

    @property
    def width(self) -> int:
        return self.columns * _CELL_WIDTH

    @property
    def height(self) -> int:
        return self.rows * _CELL_HEIGHT


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
