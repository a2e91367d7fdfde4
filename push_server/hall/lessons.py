"""What days that are over teach, all of it: learned once a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from .estimate_habits import Habits, learn_habits
from .served import services
from .service_times import ServiceTimes, learn
from .visits import Visit

DAYS = 60
"""So many days back are learned from."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """Nothing, until something was learned."""

    times: ServiceTimes = field(default_factory=ServiceTimes)
    habits: Habits = field(default_factory=Habits)


def lessons(visits: Iterable[Visit]) -> Lessons:
    """About 10 µs for each visit."""
    known = list(visits)
    return Lessons(learn(services(known)), learn_habits(known))
