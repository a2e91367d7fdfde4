"""Simulated days, and what they taught: those that are learned from are never those that are judged."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from push_server.hall.events import Event
from push_server.hall.folding import fold
from push_server.hall.lessons import Lessons, lessons
from push_server.hall.openings import Opening, openings
from push_server.hall.rules import Rules
from push_server.hall.simulator import Shape, simulate
from push_server.hall.state import State
from push_server.hall.visits import Visit, visits_of
from push_server.published import Span

KIND = "acceptance"
MATTERS = [f"matter-{number}" for number in range(24)]
WINDOWS = [str(number) for number in range(1, 13)]
FIRST = date(2026, 1, 5)
SPANS = (
    Span(opens="08:30", closes="11:30", service="regular", counters={"advice": None, KIND: None}),
    Span(opens="11:30", closes="13:00", service="noon", counters={"advice": 1, KIND: 2}),
    Span(opens="13:00", closes="16:30", service="regular", counters={"advice": None, KIND: None}),
)
"""As the centre publishes them: nobody knows how many windows there are outside noon."""
HALL = dict.fromkeys(WINDOWS, (KIND,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    date: date
    openings: Sequence[Opening]
    events: Sequence[Event]

    def state(self, now: float, closed_at: float | None = None) -> State:
        """What the log says at ``now``."""
        moments = [event.at for event in self.events]
        return fold(self.events[: bisect_right(moments, now)], HALL, Rules(), closed_at)

    @property
    def closes(self) -> float:
        return self.openings[-1].closes


def day(shape: Shape, seed: int, *, hall: int, busier: float = 1.0) -> Day:
    """The same ``hall`` has the same clerks and matters; another seed is another day in it."""
    on = FIRST + timedelta(days=seed)
    hours = openings(on, SPANS)
    events = simulate(seed, on, hours, shape, kind=KIND, matters=MATTERS, windows=WINDOWS, hall=hall, busier=busier)
    return Day(date=on, openings=hours, events=events)


def lesson(shape: Shape, seeds: Sequence[int], *, hall: int) -> Lessons:
    """What a hall's log teaches after the days ``seeds``."""
    visits: list[Visit] = []
    for seed in seeds:
        one = day(shape, seed, hall=hall)
        visits += visits_of(one.date, one.state(one.closes + 3600, one.closes + 1800), demo=False)
    return lessons(visits)


def moments(one: Day, every: float) -> Iterator[float]:
    now = one.openings[0].opens + every
    while now < one.closes:
        yield now
        now += every
