"""How long a journey takes: which steps apply, in which order, from when to when.

Everything here is a pure function of a journey, the answers to its switches and, for
dates, a start and the working days. ``pwa/app/journeys/days.js`` is its twin; a test holds
the two together. ``journey_clocks.py`` tells how days are counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product
from typing import Any, Literal

from msgspec import Struct

from .journey_clocks import Clock, Dates, Length, Ticks
from .model.journey import Journey, JourneyStep
from .when import holds, parse
from .workdays import Workdays

Reading = Literal["statutory", "promised"]
"""``statutory``: every office uses its legal limit up; ``promised``: each keeps what it
promises, and its legal limit where it promises nothing."""

NOTHING: Length = (0, "days")


class Active(Struct, frozen=True):
    """A step that applies, with those among the others that apply which it follows."""

    step: JourneyStep
    after: tuple[str, ...]


class Planned(Struct, frozen=True, kw_only=True):
    """When a step runs. Moments are ticks or dates, ``None`` beyond the calendar.

    ``counted`` is false where no length is known. ``due`` is a deadline of the applicant.
    ``slack`` is by how much the step can be late without making the outcome later, in
    ticks or working days; ``None`` when the outcome does not wait for it. ``together``
    are the acts that run at the same time.
    """

    id: str
    after: tuple[str, ...]
    length: Length
    counted: bool
    start: Any
    finish: Any
    due: Any
    slack: int | None
    critical: bool
    together: tuple[str, ...]


class Plan(Struct, frozen=True, kw_only=True):
    """A journey for one set of answers, the steps in the order of the file.

    ``path`` is one chain of critical steps from the first to the outcome, ``lengths``
    what they add up to by unit, ``finish`` when the outcome is there.
    """

    steps: tuple[Planned, ...]
    path: tuple[str, ...]
    lengths: dict[str, int]
    finish: Any

    def step(self, id: str) -> Planned | None:
        return next((item for item in self.steps if item.id == id), None)


def defaults(journey: Journey) -> dict[str, str]:
    """The answers that a page starts with."""
    return {switch.id: switch.default for switch in journey.switches}


def answers(journey: Journey) -> Iterator[dict[str, str]]:
    """Every set of answers."""
    ids = [switch.id for switch in journey.switches]
    for chosen in product(*([option.id for option in switch.options] for switch in journey.switches)):
        yield dict(zip(ids, chosen, strict=True))


def applies(when: str | None, given: Mapping[str, str]) -> bool:
    """Whether an expression over the switches is true for answers to all of them."""
    return holds(parse(when), given) is True


def active(journey: Journey, given: Mapping[str, str]) -> tuple[Active, ...]:
    """The steps that apply, in the order of the file. Where a step does not apply, those
    that follow it follow what it would have followed; what is before a step anyway, since
    another that it follows comes later, is left out."""
    by_id = {step.id: step for step in journey.steps}
    on = {step.id for step in journey.steps if applies(step.when, given)}
    order = {step.id: position for position, step in enumerate(journey.steps)}
    found: dict[str, frozenset[str]] = {}

    def before(id: str) -> frozenset[str]:
        if id not in found:
            found[id] = frozenset(
                own for follow in by_id[id].after for own in ((follow,) if follow in on else before(follow))
            )
        return found[id]

    far: dict[str, frozenset[str]] = {}

    def long_before(id: str) -> frozenset[str]:
        if id not in far:
            far[id] = frozenset(old for other in before(id) for old in before(other) | long_before(other))
        return far[id]

    return tuple(
        Active(step, tuple(sorted(before(step.id) - long_before(step.id), key=order.__getitem__)))
        for step in journey.steps
        if step.id in on
    )


def length_of(step: JourneyStep, reading: Reading) -> Length | None:
    """How long one waits for a step; ``None`` where nobody states it."""
    if reading == "promised" and step.promised is not None:
        return step.promised.value, step.promised.unit
    if step.days is None:
        return None
    if step.days.kind in ("applicant_deadline", "milestone"):
        return NOTHING
    return step.days.value, step.days.unit


def drawn(journey: Journey, given: Mapping[str, str], reading: Reading) -> Plan:
    """The plan in ticks from 0."""
    return _plan(journey, active(journey, given), reading, Ticks(), 0)


def dated(journey: Journey, given: Mapping[str, str], reading: Reading, start: date, workdays: Workdays) -> Plan:
    """The plan from ``start``, or from the next working day.

    What lies beyond the calendar is ``None``. When the outcome does, the critical path
    is that of ``drawn``, and no slack is told.
    """
    clock = Dates(workdays)
    steps = active(journey, given)
    plan = _plan(journey, steps, reading, clock, clock.open_day(start))
    if plan.finish is not None:
        return plan
    sketch = _plan(journey, steps, reading, Ticks(), 0)
    told = tuple(
        Planned(
            id=item.id,
            after=item.after,
            length=item.length,
            counted=item.counted,
            start=item.start,
            finish=item.finish,
            due=item.due,
            slack=None,
            critical=outline.critical,
            together=item.together,
        )
        for item, outline in zip(plan.steps, sketch.steps, strict=True)
    )
    return Plan(steps=told, path=sketch.path, lengths=sketch.lengths, finish=None)


def _plan(journey: Journey, steps: tuple[Active, ...], reading: Reading, clock: Clock, origin: Any) -> Plan:
    lengths = {item.step.id: length_of(item.step, reading) for item in steps}
    waits = {id: length or NOTHING for id, length in lengths.items()}
    starts: dict[str, Any] = {}
    ends: dict[str, Any] = {}
    order = _sorted(steps)
    for item in order:
        id = item.step.id
        befores = [ends[other] for other in item.after]
        starts[id] = origin if not befores else None if None in befores else max(befores)
        ends[id] = None if starts[id] is None else clock.add(starts[id], waits[id])
    target = journey.outcome.step
    slacks = _slacks(order, starts, ends, waits, target, clock) if ends.get(target) is not None else {}
    path = path_to({item.step.id: item.after for item in steps}, starts, ends, target) if slacks else ()
    totals: dict[str, int] = {}
    for id in path:
        if waits[id][0]:
            totals[waits[id][1]] = totals.get(waits[id][1], 0) + waits[id][0]
    planned = tuple(
        Planned(
            id=item.step.id,
            after=item.after,
            length=waits[item.step.id],
            counted=lengths[item.step.id] is not None,
            start=starts[item.step.id],
            finish=ends[item.step.id],
            due=_due(item.step, starts, ends, clock),
            slack=slacks.get(item.step.id),
            critical=slacks.get(item.step.id) == 0,
            together=_together(item.step.id, steps, starts, ends),
        )
        for item in steps
    )
    return Plan(steps=planned, path=path, lengths=totals, finish=ends.get(target))


def _sorted(steps: tuple[Active, ...]) -> list[Active]:
    """Each step after those that it follows. A check has seen that there is no circle."""
    by_id = {item.step.id: item for item in steps}
    done: dict[str, Active] = {}

    def visit(item: Active) -> None:
        if item.step.id not in done:
            for other in item.after:
                visit(by_id[other])
            done[item.step.id] = item

    for item in steps:
        visit(item)
    return list(done.values())


def _slacks(
    order: list[Active],
    starts: Mapping[str, Any],
    ends: Mapping[str, Any],
    waits: Mapping[str, Length],
    target: str,
    clock: Clock,
) -> dict[str, int]:
    """By how much each step on the way to ``target`` can be late."""
    latest: dict[str, Any] = {target: ends[target]}
    slacks: dict[str, int] = {}
    for item in reversed(order):
        id = item.step.id
        if id not in latest:
            continue
        begin = clock.latest_start(latest[id], waits[id])
        slacks[id] = clock.gap(starts[id], begin)
        for other in item.after:
            latest[other] = min(latest.get(other, begin), begin)
    return slacks


def path_to(
    after: Mapping[str, tuple[str, ...]], starts: Mapping[str, Any], ends: Mapping[str, Any], target: str
) -> tuple[str, ...]:
    chain = [target]
    while befores := after[chain[-1]]:
        chain.append(next(id for id in befores if ends[id] == starts[chain[-1]]))
    return tuple(reversed(chain))


def _due(step: JourneyStep, starts: Mapping[str, Any], ends: Mapping[str, Any], clock: Clock) -> Any:
    days = step.days
    if days is None or days.kind != "applicant_deadline":
        return None
    begin = ends.get(days.counts_from or "", starts[step.id])
    return None if begin is None else clock.add(begin, (days.value, days.unit))


def _together(
    id: str, steps: tuple[Active, ...], starts: Mapping[str, Any], ends: Mapping[str, Any]
) -> tuple[str, ...]:
    def known(other: str) -> bool:
        return starts[other] is not None and ends[other] is not None

    if not known(id):
        return ()
    acts = [item.step.id for item in steps if item.step.days is None or item.step.days.kind != "milestone"]
    if id not in acts:
        return ()
    others = (other for other in acts if other != id and known(other))
    return tuple(other for other in others if starts[other] < ends[id] and starts[id] < ends[other])
