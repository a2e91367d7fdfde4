"""How many windows there usually are and how many people usually come, hour by hour."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from .service_times import Served

DAYS = 10
"""The latest days of a kind on which anybody was served; older ones are another season."""


@dataclass(frozen=True, slots=True)
class Habits:
    """Per (kind, local hour): ``windows`` that served anybody in it, the median of the days;
    ``served`` people, the mean of the days. Nothing for kinds whose services had no day."""

    windows: dict[tuple[str, int], float] = field(default_factory=dict)
    served: dict[tuple[str, int], float] = field(default_factory=dict)

    def usual_windows(self, kind: str, first: int, last: int) -> float | None:
        """The windows at the hours ``first`` to ``last``, both included; ``None`` when unknown."""
        known = [found for hour in range(first, last + 1) if (found := self.windows.get((kind, hour)))]
        return statistics.median(known) if known else None


def learn_habits(past: Iterable[Served]) -> Habits:
    """What services of earlier days tell of the hall's habits; made once a day."""
    seen: dict[tuple[str, int], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    days: dict[str, set[str]] = defaultdict(set)
    for one in past:
        if one.day is not None and one.window is not None:
            seen[one.kind, one.hour][one.day].append(one.window)
            days[one.kind].add(one.day)
    latest = {kind: sorted(known)[-DAYS:] for kind, known in days.items()}
    windows, served = {}, {}
    for (kind, hour), by_day in seen.items():
        counts = [len(set(by_day.get(day, ()))) for day in latest[kind]]
        windows[kind, hour] = float(statistics.median(counts))
        served[kind, hour] = statistics.fmean(len(by_day.get(day, ())) for day in latest[kind])
    return Habits(windows, served)
