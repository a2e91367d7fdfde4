"""A day of a hall that does not exist: a pure function from a seed to events.

It knows nothing of the estimates, so that these can be held against it.
"""

from __future__ import annotations

import itertools
import math
import random
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from .events import Event
from .openings import Opening, midnight
from .simulated import Desk, Person, PlayedHall

Shape = Literal["quiet", "noon", "rush"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How a hall of a shape goes: windows outside noon, people per hour at the busiest time
    of an ordinary hour, how much more come shortly before noon; ``vanishes`` whether a window
    stops in the middle of the crowd without a word."""

    windows: int
    per_hour: float
    before_noon: float = 1.0
    at_noon: float = 0.5
    vanishes: bool = False


HABITS: Mapping[Shape, Habit] = {
    "quiet": Habit(windows=3, per_hour=13),
    "noon": Habit(windows=5, per_hour=31, before_noon=1.35, at_noon=0.42),
    "rush": Habit(windows=5, per_hour=36, before_noon=1.2, at_noon=0.4, vanishes=True),
}
NOON_WINDOWS = 2
"""Where nobody published how many."""

HOURS = ((0.0, 0.6), (0.08, 1.0), (0.25, 1.15), (0.55, 0.95), (0.8, 0.75), (0.95, 0.4), (1.0, 0.15))
"""How busy it is at which part of a morning or an afternoon, of the busiest hour."""


def simulate(
    seed: int,
    day: date,
    openings: Sequence[Opening],
    shape: Shape,
    *,
    kind: str,
    matters: Sequence[str],
    windows: Sequence[str],
    hall: int = 0,
    missed_after: int = 3,
    source: str = "simulator",
    busier: float = 1.0,
) -> list[Event]:
    """The events of a day, in order.

    ``openings`` are the hours (``estimate_windows.openings``), ``windows`` the names of windows
    that serve ``kind``; ``hall`` is the seed of what stays from day to day, as how long a matter
    takes. ``busier`` multiplies people and windows.
    """
    habit = HABITS[shape]
    chance = random.Random(zlib.crc32(f"{seed} {hall} {day} {shape}".encode()))
    made = PlayedHall(
        seed=seed,
        day=day,
        kind=kind,
        missed_after=missed_after,
        chance=chance,
        desks={name: Desk(name) for name in windows},
        source=source,
    )
    staff = min(len(windows), round(habit.windows * busier))
    for opening in openings:
        _roster(made, opening, openings, staff, habit, chance)
    usual = _usual_seconds(matters, hall)
    pace = math.exp(chance.gauss(0.0, 0.07))
    weights = [1 / (rank + 3) for rank in range(len(matters))]
    moments = sorted(
        moment
        for opening in openings
        for moment in _arrivals(opening, openings, habit, busier, chance)
        if moment >= midnight(day)
    )
    for place, moment in enumerate(moments, 1):
        (matter,) = chance.choices(matters, weights)
        person = Person(
            number=f"A{place:03d}",
            kind=kind,
            matter=matter,
            seconds=max(45.0, usual[matter] * pace * math.exp(chance.gauss(0.0, 0.5))),
            patience=60 * chance.lognormvariate(math.log(110), 0.6),
            tells=chance.random() < 0.5,
        )
        made.plan(moment, lambda at, person=person: made.come(at, person))  # type: ignore[misc]
    made.run()
    return made.events


def _usual_seconds(matters: Sequence[str], hall: int) -> dict[str, float]:
    """The median of each matter: the middle one takes about seven minutes."""
    return {
        matter: 420 * math.exp(random.Random(zlib.crc32(f"{hall} {matter}".encode())).gauss(0.0, 0.35))
        for matter in matters
    }


def _arrivals(
    opening: Opening, openings: Sequence[Opening], habit: Habit, busier: float, chance: random.Random
) -> list[float]:
    noon = next((one for one in openings if one.noon), None)
    length = opening.closes - opening.opens
    busiest = habit.per_hour / 3600 * busier * 1.4
    moments, moment = [], opening.opens - (300 if opening is openings[0] else 0)
    while (moment := moment + chance.expovariate(busiest)) < opening.closes:
        if opening.noon:
            level = habit.at_noon
        else:
            level = _between(HOURS, max(0.0, (moment - opening.opens) / length))
            if noon is not None and -2700 <= moment - noon.opens < 0:
                level = max(level, 0.8) * habit.before_noon
        if chance.random() < level / 1.4:
            moments.append(moment)
    return moments


def _between(points: Sequence[tuple[float, float]], at: float) -> float:
    for (left, low), (right, high) in itertools.pairwise(points):
        if at <= right:
            return low + (high - low) * (at - left) / (right - left)
    return points[-1][1]


def _roster(
    made: PlayedHall, opening: Opening, openings: Sequence[Opening], staff: int, habit: Habit, chance: random.Random
) -> None:
    """Who opens, eats early, takes a break and closes, around ``opening``."""
    desks = list(made.desks.values())
    following = [one for one in openings if one.opens == opening.closes]
    before = [one for one in openings if one.closes == opening.opens]
    count = opening.counters.get(made.kind) or (NOON_WINDOWS if opening.noon else staff)
    if opening.noon and chance.random() < 0.1:
        count = max(1, count - 1)
    if not opening.noon and opening.counters.get(made.kind) is None and chance.random() < 0.25:
        count = max(2, count + chance.choice((-1, 1)))
    on = desks[:count]
    noon = next((one for one in following if one.noon), None)
    for desk in on:
        late = chance.expovariate(1 / 60) if before and desk in desks[:NOON_WINDOWS] else chance.uniform(-120, 240)
        late = late if before or late > 0 else 0.0
        made.plan(max(opening.opens, opening.opens + late), lambda at, desk=desk: made.open(at, desk))  # type: ignore[misc]
    stay = desks[: (noon.counters.get(made.kind) or NOON_WINDOWS)] if noon is not None else []
    if following and noon is None:
        stay = on[: following[0].counters.get(made.kind) or count]
    if opening.noon:
        stay = on
    for desk in on:
        if desk not in stay:
            made.plan(opening.closes, lambda at, desk=desk: made.stop(at, desk, "closed"))  # type: ignore[misc]
    if noon is not None:
        # Whoever serves over noon eats before it, and says so.
        for desk in stay:
            made.plan(
                noon.opens - 1800 + chance.uniform(0, 240),
                lambda at, desk=desk: made.stop(at, desk, "paused", noon.opens),  # type: ignore[misc]
            )
    if opening.closes - opening.opens >= 7200:
        for desk in on:
            if chance.random() < 0.6:
                start = chance.uniform(opening.opens + 2700, opening.closes - 5400)
                length = chance.uniform(480, 1020)
                until = start + length if chance.random() < 0.6 else None
                made.plan(start, lambda at, desk=desk, until=until: made.stop(at, desk, "paused", until))  # type: ignore[misc]
                made.plan(start + length + chance.uniform(0, 120), lambda at, desk=desk: made.open(at, desk))  # type: ignore[misc]
        if habit.vanishes and len(on) > 1:
            desk = on[-1]
            start = opening.opens + (opening.closes - opening.opens) * chance.uniform(0.25, 0.5)
            made.plan(start, lambda at: made.stop(at, desk, "paused"))
            made.plan(start + chance.uniform(1500, 3000), lambda at: made.open(at, desk))
