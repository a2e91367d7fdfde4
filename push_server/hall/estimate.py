"""How long somebody waits: a range that holds eight of ten, and whether he is done in time.

``estimate_ahead`` simulates the hall from now on, many times; here its draws are read.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from .estimate_ahead import MOMENTS, Ahead
from .estimate_desks import NEVER
from .estimate_habits import Habits
from .estimate_scene import Scene
from .openings import Opening
from .service_times import ServiceTimes

__all__ = ["MOMENTS", "Forecast", "Outlook", "forecast"]

SURE = 0.95
"""What is true in so many draws is said without a "maybe"."""
LOW, HIGH = 0.10, 0.90

Verdict = Literal["yes", "maybe", "no"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What one person has to expect who waits ``since`` (now, or when he comes): the moments of
    call and of end, each ascending, ``NEVER`` where it is not today. ``waiting`` others do."""

    since: float
    waiting: int
    calls: Sequence[float]
    ends: Sequence[float]
    closes: float | None

    def wait(self) -> tuple[int, int, int] | None:
        """Minutes until the call: 10 % are called earlier, half, 90 %. ``None`` when as likely as
        not it is not today."""
        low, median, high = (_quantile(self.calls, share) for share in (LOW, 0.5, HIGH))
        if median == NEVER:
            return None
        high = min(high, self.closes if self.closes is not None and high == NEVER else high)
        least, middle, most = ((moment - self.since) / 60 for moment in (low, median, high))
        if most == NEVER:
            return None
        lowest, highest = math.floor(least), math.ceil(most)
        return lowest, max(lowest, min(highest, round(middle))), highest

    def done_at(self) -> tuple[float, float] | None:
        """When half, and 90 %, of the futures see him done."""
        median, high = _quantile(self.ends, 0.5), _quantile(self.ends, HIGH)
        if median == NEVER:
            return None
        if high == NEVER:
            high = max(median, self.closes or median)
        return median, high

    def done_by(self, moment: float) -> Verdict:
        """Whether the service ends until ``moment``."""
        share = bisect_right(self.ends, moment) / len(self.ends)
        return "yes" if share >= SURE else "no" if share <= 1 - SURE else "maybe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """``tickets`` per number that waits; ``arriving`` per kind, one for each of ``MOMENTS``.
    Kinds of which too little is known are in neither."""

    tickets: Mapping[str, Outlook]
    arriving: Mapping[str, Sequence[Outlook]]


def forecast(
    scene: Scene,
    kinds: Sequence[str],
    openings: Sequence[Opening],
    times: ServiceTimes,
    habits: Habits,
    day: date,
    now: float,
) -> Forecast:
    """What everybody who waits has to expect, and whoever comes at one of ``MOMENTS``."""
    known = {kind: found for kind in kinds if (found := times.of(kind)) is not None}
    if not known:
        return Forecast(tickets={}, arriving={})
    ahead = Ahead(scene, known, openings, habits, day, now)
    ahead.run()
    closes = ahead.closes
    places = dict.fromkeys(known, 0)
    tickets = {}
    for job in ahead.jobs:
        tickets[job.number] = Outlook(
            since=now, waiting=places[job.kind], calls=sorted(job.calls), ends=sorted(job.ends), closes=closes
        )
        places[job.kind] += 1
    arriving = {
        kind: [
            Outlook(
                since=look.moment,
                waiting=sorted(look.waiting)[len(look.waiting) // 2],
                calls=sorted(look.calls),
                ends=sorted(look.ends),
                closes=closes,
            )
            for look in looks
        ]
        for kind, looks in ahead.looks.items()
    }
    return Forecast(tickets=tickets, arriving=arriving)


def _quantile(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
