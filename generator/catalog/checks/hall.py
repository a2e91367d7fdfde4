"""hall.yml: a plan that can be drawn, zones that exist only once."""

from __future__ import annotations

from collections.abc import Iterator

from ..index import Index
from ..lines import Lines
from ..model.services import Box, Hall, Zone
from ..problems import Problem
from .centre import unique_ids, unknown_source

CODES = {
    "zone-outside": "分区画到了示意图外面",
    "zone-overlap": "两个分区在示意图上重叠",
}


def check_zones(hall: Hall, lines: Lines) -> Iterator[Problem]:
    """Every zone once, on cells of the plan that no other zone has."""
    yield from unique_ids([zone.id for zone in hall.zones], "zones", lines)
    taken: dict[tuple[int, int], Zone] = {}
    for position, zone in enumerate(hall.zones):
        where = ("zones", position, "box")
        cells = set(_cells(zone.box))
        inside = all(1 <= column <= hall.columns and 1 <= row <= hall.rows for column, row in cells)
        if not cells or not inside:
            hint = f"column、row 从 1 数起，整块在 {hall.columns} 列 {hall.rows} 行以内，至少占一格"
            yield lines.problem(where, "zone-outside", f"“{zone.name}”画不下", hint)
            continue
        others = {taken[cell].name for cell in cells if cell in taken}
        for other in sorted(others):
            sentence = f"“{zone.name}”和“{other}”画在了同一格"
            yield lines.problem(where, "zone-overlap", sentence, "挪开一个")
        taken |= dict.fromkeys(cells - taken.keys(), zone)


def check_zone_references(hall: Hall, lines: Lines, index: Index) -> Iterator[Problem]:
    """Counters and sources are those of centre.yml."""
    for position, zone in enumerate(hall.zones):
        yield from unknown_source(zone.source, ("zones", position, "source"), lines, index)
        if zone.counter is not None and index.counters is not None and zone.counter not in index.counters:
            where = ("zones", position, "counter")
            hint = f"可用的有：{'、'.join(sorted(index.counters))}；不是窗口就删去这一行"
            yield lines.problem(where, "counter-unknown", f"没有窗口“{zone.counter}”", hint)


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    for column in range(box.column, box.column + box.columns):
        for row in range(box.row, box.row + box.rows):
            yield column, row
