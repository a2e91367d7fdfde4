"""Whether the steps of a journey can keep what the centre promises over all of them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from .journey_clocks import TICKS
from .journeys import answers, applies, drawn, path_to
from .model.journey import Journey


class Breach(Struct, frozen=True):
    """Answers for which the promise cannot hold, the chain that is too long, its ticks."""

    given: dict[str, str]
    path: tuple[str, ...]
    ticks: int


def allowed_ticks(journey: Journey) -> int | None:
    """The ticks that the promise allows; ``None`` without one. Where the source does not
    say which days it means, working days are, for they allow more."""
    goal = journey.goal
    return None if goal is None else goal.value * TICKS[goal.unit or "working_days"]


def breaches(journey: Journey) -> Iterator[Breach]:
    """Every set of answers for which the promise does not hold although each office keeps
    what it promises, or its legal limit where it promises nothing; worst first."""
    goal, allowed = journey.goal, allowed_ticks(journey)
    if goal is None or allowed is None:
        return
    found = []
    for given in answers(journey):
        if not applies(goal.holds_for, given):
            continue
        plan = drawn(journey, given, "promised")
        first, last = plan.step(goal.from_step), plan.step(goal.to_step)
        if first is None or last is None:
            found.append(Breach(given, (), 0))
        elif last.finish - first.start > allowed:
            after = {item.id: item.after for item in plan.steps}
            starts = {item.id: item.start for item in plan.steps}
            ends = {item.id: item.finish for item in plan.steps}
            found.append(Breach(given, path_to(after, starts, ends, goal.to_step), last.finish - first.start))
    yield from sorted(found, key=lambda breach: -breach.ticks)
