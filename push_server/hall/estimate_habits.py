"""How many windows there usually are, how many people come, and how long they wait for it:
what earlier days tell of a hall beside its service times.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..published import LOCAL
from .estimate_patience import Patience, learn_patience
from .visits import Visit

DAYS = 10
"""The latest days of a kind on which anybody came; older ones are another season."""
LEAST_DAYS = 2
QUEUE = 60.0
"""Where people wait for so many seconds every window that is open calls."""

_OFFSET = LOCAL.utcoffset(None).total_seconds()
PIECE = 1800.0
"""Seconds; a day has 48 of these pieces."""


@dataclass(frozen=True, slots=True)
class Habits:
    """Per (kind, half hour of the day): ``windows`` that called when people waited, the mean of
    the days on which they did; ``came`` how many took a ticket, the mean of the days. Per kind
    how ``patient`` people are. Nothing of what was not seen."""

    windows: dict[tuple[str, int], float] = field(default_factory=dict)
    came: dict[tuple[str, int], float] = field(default_factory=dict)
    patient: dict[str, Patience] = field(default_factory=dict)

    def first_windows(self, kind: str, since: float, until: float) -> float | None:
        """The windows in the first half hour from ``since`` to ``until`` (seconds of the day) of
        which any are known."""
        return next(iter(self._windows(kind, since, until)), None)

    def most_windows(self, kind: str, since: float, until: float) -> float | None:
        """The most windows of any half hour between them."""
        return max(self._windows(kind, since, until), default=None)

    def _windows(self, kind: str, since: float, until: float) -> list[float]:
        pieces = range(int(since // PIECE), math.ceil(until / PIECE))
        return [found for piece in pieces if (found := self.windows.get((kind, piece)))]


def learn_habits(visits: Iterable[Visit]) -> Habits:
    """What earlier days tell of the hall's habits; made once a day."""
    calling: dict[tuple[str, int], dict[str, list[tuple[str, float]]]] = defaultdict(lambda: defaultdict(list))
    coming: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    of_kind: dict[str, list[Visit]] = defaultdict(list)
    for visit in visits:
        of_kind[visit.kind].append(visit)
        coming[visit.kind, _piece(visit.taken_at)][visit.day] += 1
        if visit.called_at is not None and visit.window is not None:
            call = visit.window, visit.called_at - visit.taken_at
            calling[visit.kind, _piece(visit.called_at)][visit.day].append(call)
    latest = {kind: sorted({visit.day for visit in known})[-DAYS:] for kind, known in of_kind.items()}
    windows = {}
    for (kind, piece), by_day in calling.items():
        counts = [
            len({window for window, _ in calls})
            for day in latest[kind]
            if (calls := by_day.get(day)) and statistics.median(waited for _, waited in calls) >= QUEUE
        ]
        if len(counts) >= LEAST_DAYS:
            windows[kind, piece] = statistics.fmean(counts)
    return Habits(
        windows,
        {key: statistics.fmean(seen[day] for day in latest[key[0]]) for key, seen in coming.items()},
        {kind: learn_patience(known) for kind, known in of_kind.items()},
    )


def _piece(moment: float) -> int:
    return int((moment + _OFFSET) % 86400 // PIECE)
