"""A month of the hall in figures. Pure: rows in, figures out."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from statistics import median
from typing import Protocol

from msgspec import Struct

from ..published import LOCAL, Calendar, clock_time

Noon = tuple[float, float]
"""When the noon service of a day begins and ends, seconds since 1970."""


class Row(Protocol):
    """One person on one day (``hall/visits.py``). Moments are seconds since 1970."""

    @property
    def day(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def taken_at(self) -> float: ...
    @property
    def called_at(self) -> float | None: ...
    @property
    def ended_at(self) -> float | None: ...
    @property
    def demo(self) -> bool: ...


class Hour(Struct, frozen=True, kw_only=True):
    """Those who took a ticket in an hour of the day, on all days: how many, and how many
    minutes half of them, and nine of ten, waited at most. ``None`` where nobody was called."""

    hour: int
    taken: int
    median: int | None
    most: int | None


class Figures(Struct, frozen=True, kw_only=True):
    """``hours`` are of noon service: ``noon_hours`` as the hall was open, on ``noon_days`` days;
    ``noon_minutes`` people were served in it, all windows together. ``served_at_noon`` were
    called in it, ``taken_at_noon`` came in it."""

    days: int
    taken: int
    served: int
    left: int
    missed: int
    unserved: int
    median: int | None
    most: int | None
    hours: list[Hour]
    noon_days: int
    noon_hours: float
    noon_minutes: int
    served_at_noon: int
    taken_at_noon: int
    demo: bool

    @property
    def noon_share(self) -> int | None:
        """Of a hundred who were served, so many at noon."""
        return round(100 * self.served_at_noon / self.served) if self.served else None


def figures(rows: Iterable[Row], noons: Mapping[str, Noon]) -> Figures:
    """``noons`` has the days (ISO) with noon service among those that are looked at."""
    rows = list(rows)
    served = [row for row in rows if row.state == "served"]
    at_noon = [row for row in served if row.called_at is not None and _within(row.called_at, noons.get(row.day))]
    by_hour: dict[int, list[Row]] = {}
    for row in rows:
        by_hour.setdefault(datetime.fromtimestamp(row.taken_at, LOCAL).hour, []).append(row)
    waits = _waits(rows)
    days = {row.day for row in rows}
    open_noons = [noons[day] for day in sorted(days & noons.keys())]
    return Figures(
        days=len(days),
        taken=len(rows),
        served=len(served),
        left=sum(row.state == "left" for row in rows),
        missed=sum(row.state == "missed" for row in rows),
        unserved=sum(row.state == "unserved" for row in rows),
        median=_half(waits),
        most=_most(waits),
        hours=[_hour(hour, by_hour.get(hour, [])) for hour in _span(by_hour)],
        noon_days=len(open_noons),
        noon_hours=round(sum(end - begin for begin, end in open_noons) / 3600, 1),
        noon_minutes=round(sum(_overlap(row, noons.get(row.day)) for row in served) / 60),
        served_at_noon=len(at_noon),
        taken_at_noon=sum(_within(row.taken_at, noons.get(row.day)) for row in rows),
        demo=any(row.demo for row in rows),
    )


def noons_of(calendar: Calendar, days: Iterable[str]) -> dict[str, Noon]:
    """The noon service of each of ``days`` (ISO) that has one, as published."""
    found: dict[str, Noon] = {}
    for text in days:
        day = date.fromisoformat(text)
        for span in calendar.spans(day) or ():
            if span.service == "noon":
                edges = (
                    datetime.combine(day, clock_time(edge), LOCAL).timestamp() for edge in (span.opens, span.closes)
                )
                found[text] = (next(edges), next(edges))
    return found


def _hour(hour: int, rows: Sequence[Row]) -> Hour:
    waits = _waits(rows)
    return Hour(hour=hour, taken=len(rows), median=_half(waits), most=_most(waits))


def _span(hours: Iterable[int]) -> range:
    """From the first to the last hour in which somebody came, without a gap."""
    known = sorted(hours)
    return range(known[0], known[-1] + 1) if known else range(0)


def _waits(rows: Iterable[Row]) -> list[float]:
    """Seconds that those waited who were called, shortest first."""
    return sorted(max(0.0, row.called_at - row.taken_at) for row in rows if row.called_at is not None)


def _half(waits: Sequence[float]) -> int | None:
    return round(median(waits) / 60) if waits else None


def _most(waits: Sequence[float]) -> int | None:
    """What nine of ten waited at most (nearest rank)."""
    return round(waits[math.ceil(0.9 * len(waits)) - 1] / 60) if waits else None


def _within(moment: float, noon: Noon | None) -> bool:
    return noon is not None and noon[0] <= moment < noon[1]


def _overlap(row: Row, noon: Noon | None) -> float:
    """Seconds of the noon service for which somebody was served."""
    if noon is None or row.called_at is None or row.ended_at is None:
        return 0.0
    return max(0.0, min(row.ended_at, noon[1]) - max(row.called_at, noon[0]))
