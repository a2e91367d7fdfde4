"""Waits foretold on days that nobody has learned from, held against what became of them.

The estimates see what a server sees: the log up to a moment, the published hours, and the
visits of earlier days. The simulator that made the days is not asked.
"""

from __future__ import annotations

import math
import random
import statistics
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from push_server.hall.estimate import MOMENTS, Forecast, forecast
from push_server.hall.estimate_scene import scene
from push_server.hall.lessons import Lessons
from push_server.hall.served import services
from push_server.hall.simulator import Shape
from push_server.hall.state import State

from . import days
from .days import KIND, Day

LEARNED = range(1, 13)
"""Days that are learned from, and"""
JUDGED = range(100, 140)
"""those that are judged, in each of"""
HALLS = range(3)
"""the halls, which differ in how long a matter takes."""
EVERY = 600.0
"""Seconds between two looks at a day."""
SOON = 180.0
"""Whoever comes so many seconds after a moment came at it."""
TIGHT = 60.0
"""Whoever is called so many minutes before or after the closing might have gone either way."""
PREDICTORS = {
    "queue": "ahead × mean ÷ windows",
    "timetable": "queue and timetable",
    "hol": "head of line",
    "les": "last to enter",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Somebody who waits (or comes ``later``) and what he is told. Minutes; ``told`` is ``None`` when
    it was "not today", ``truth`` for who was not called that day. ``says`` and ``came_true`` of every verdict that can be
    judged, and whether it was a close thing. ``others`` are other predictors' words."""

    told: tuple[int, int, int] | None
    truth: float | None
    verdicts: Sequence[tuple[str, bool, bool]] = ()
    others: Mapping[str, float] = field(default_factory=dict)
    later: int = 0


def rmse(cases: Sequence[Case], predictor: str | None = None) -> float:
    """Of the median that is told, or of another predictor, in minutes; of those who were called."""
    return math.sqrt(
        statistics.fmean(
            ((case.told[1] if predictor is None else case.others[predictor]) - case.truth) ** 2
            for case in cases
            if case.told is not None and case.truth is not None
        )
    )


def with_range(cases: Sequence[Case]) -> list[Case]:
    """Without those who were rightly told that it is not today."""
    return [case for case in cases if case.told is not None or case.truth is not None]


def covered(cases: Sequence[Case]) -> float:
    """The share of waits within the range. Who was not called was in none; nor was who was called
    though nothing had been foretold."""
    return statistics.fmean(
        case.told is not None and case.truth is not None and case.told[0] <= case.truth <= case.told[2]
        for case in with_range(cases)
    )


def width(cases: Sequence[Case]) -> float:
    return statistics.fmean(case.told[2] - case.told[0] for case in cases if case.told is not None)


def cases(shape: Shape, *, learned: Sequence[int] = LEARNED, judged: Sequence[int] = JUDGED) -> list[Case]:
    """All cases of a shape; ``learned`` may be empty, as on the first day."""
    found: list[Case] = []
    for hall in HALLS:
        known = days.lesson(shape, learned, hall=hall)
        for seed in judged:
            found += of_day(days.day(shape, seed, hall=hall), known)
    return found


def of_day(one: Day, known: Lessons) -> Iterator[Case]:
    final = one.state(one.closes + 3600, one.closes + 1800)
    first: dict[str, float] = {}
    for event in one.events:
        if event.type == "called" and event.ticket is not None:
            first.setdefault(event.ticket, event.at)
    arrivals = sorted((ticket.taken_at, ticket.number) for ticket in final.tickets.values() if ticket.state != "left")
    noon = next(opening for opening in one.openings if opening.noon)
    for now in days.moments(one, EVERY):
        state = one.state(now)
        told, mean = foretell(one, state, now, known)
        if told is None:
            continue
        for place, number in enumerate(state.lines.get(KIND, ())):
            ticket, outlook = final.tickets[number], told.tickets[number]
            wait = outlook.wait()
            # Who went away and said so: nobody knows when he would have been called. Who was
            # called before, in vain, waits for something else.
            if ticket.state == "left" or first.get(number, now + 1) <= now:
                continue
            verdicts = []
            if not ticket.misses:
                ends = [(one.closes, outlook.done_by(one.closes))]
                ends += [(noon.opens, outlook.done_by(noon.opens))] if now < noon.opens else []
                for end, says in ends:
                    done = ticket.state == "served" and ticket.ended_at is not None and ticket.ended_at <= end
                    tight = abs(first.get(number, one.closes) - end) <= TIGHT * 60
                    verdicts.append((says, done, tight))
            truth = (first[number] - now) / 60 if number in first else None
            if wait is not None or truth is not None or verdicts:
                yield Case(
                    told=wait, truth=truth, verdicts=verdicts, others=others(one, state, now, number, place, mean)
                )
        for minutes, outlook in zip(MOMENTS, told.arriving[KIND], strict=True):
            moment = now + 60 * minutes
            place = bisect_left(arrivals, (moment,))
            later = outlook.wait()
            if not minutes or later is None or place == len(arrivals) or arrivals[place][0] > moment + SOON:
                continue
            taken_at, number = arrivals[place]
            truth = (first[number] - taken_at) / 60 if number in first else None
            yield Case(told=later, truth=truth, later=minutes)


def foretell(one: Day, state: State, now: float, known: Lessons) -> tuple[Forecast | None, float]:
    """What is told at ``now``, and the mean service in minutes, from the same knowledge."""
    times = known.times.with_today(services(state.tickets.values()))
    found = times.of(KIND)
    if found is None:
        return None, 0.0
    told = forecast(scene(state, {}), [KIND], one.openings, times, known.habits, one.date, now)
    return told, found.mean() / 60


def others(one: Day, state: State, now: float, number: str, place: int, mean: float) -> dict[str, float]:
    """Minutes by the predictors that are common, and by those of the literature."""
    # Those that are open, or published: at half past eleven those on duty are still coming back.
    published = next((o.counters[KIND] for o in one.openings if o.opens <= now < o.closes), None)
    windows = max(1, published or 0, sum(window.state == "open" for window in state.windows.values()))
    waited = (now - state.tickets[number].taken_at) / 60
    entered = [
        (ticket.called_at, ticket.called_at - ticket.taken_at)
        for ticket in state.tickets.values()
        if ticket.called_at is not None and not ticket.misses
    ]
    last = max(entered)[1] / 60 if entered else 0.0
    head = state.tickets[state.lines[KIND][0]]
    return {
        "queue": place * mean / windows,
        "timetable": _by_timetable(one, now, place + 1, mean, windows),
        "hol": max(0.0, (now - head.taken_at) / 60 - waited),
        "les": max(0.0, last - waited),
    }


def _by_timetable(one: Day, now: float, people: int, mean: float, windows: int) -> float:
    """The queue's length and the windows to come, as far as published; where they are not, as
    many as now. People are called at the rate windows ÷ mean (Ibrahim and Whitt 2011)."""
    work, moment = people * mean * 60.0, now
    for opening in one.openings:
        if opening.closes <= moment:
            continue
        moment = max(moment, opening.opens)
        published = opening.counters[KIND]
        count = windows if published is None or opening.opens <= now else published
        if work <= count * (opening.closes - moment):
            return (moment + work / count - now) / 60
        work -= count * (opening.closes - moment)
        moment = opening.closes
    return (moment - now) / 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """Of random cases: how often "yes" or "no" was right, and how often neither was said."""

    count: int
    right: float
    maybe: float
    tight_right: float
    tight: int


def verdicts(found: Sequence[Case], count: int = 10_000, seed: int = 1) -> Verdicts:
    every = [verdict for case in found for verdict in case.verdicts]
    drawn = random.Random(seed).sample(every, min(count, len(every)))
    clear = [(says == "yes") == done for says, done, _ in drawn if says != "maybe"]
    tight = [(says == "yes") == done for says, done, close in drawn if says != "maybe" and close]
    return Verdicts(
        count=len(drawn),
        right=statistics.fmean(clear),
        maybe=1 - len(clear) / len(drawn),
        tight_right=statistics.fmean(tight),
        tight=len(tight),
    )
