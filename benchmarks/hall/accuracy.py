"""Waits foretold on days that nobody has learned from, held against what became of them."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from push_server.hall.estimate import MOMENTS, Forecast, forecast
from push_server.hall.estimate_scene import scene
from push_server.hall.service_times import services
from push_server.hall.simulator import Shape
from push_server.hall.state import State

from . import days
from .days import KIND, Day, Lesson

LEARNED = range(1, 13)
"""Days that are learned from, and"""
JUDGED = range(100, 130)
"""those that are judged, in every hall."""
HALLS = range(3)
EVERY = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Somebody who waits at ``now`` with ``ahead`` others before him. Minutes; ``truth`` is
    ``None`` for who was never called that day. ``others`` are other predictors' words."""

    day: int
    now: float
    ahead: int
    told: tuple[int, int, int] | None
    truth: float | None
    done: str
    done_truly: bool
    without_noon: str | None
    without_noon_truly: bool
    others: Mapping[str, float]


@dataclass(slots=True)
class Score:
    cases: list[Case] = field(default_factory=list)

    def rmse(self, name: str | None = None) -> float:
        """Of the median that is told, or of another predictor, in minutes."""
        return math.sqrt(statistics.fmean(
            ((case.told[1] if name is None else case.others[name]) - case.truth) ** 2
            for case in self.cases
            if case.told is not None and case.truth is not None
        ))

    def covered(self) -> float:
        """The share of waits within the range; who was never called was in none."""
        known = [case for case in self.cases if case.told is not None]
        return statistics.fmean(
            case.truth is not None and case.told[0] <= case.truth <= case.told[2] for case in known if case.told
        )

    def width(self) -> float:
        return statistics.fmean(case.told[2] - case.told[0] for case in self.cases if case.told)


def cases(shape: Shape, hall: int, seeds: Sequence[int], known: Lesson | None) -> Iterator[Case]:
    for seed in seeds:
        one = days.day(shape, seed, hall=hall)
        yield from of_day(seed, one, known)


def of_day(seed: int, one: Day, known: Lesson | None) -> Iterator[Case]:
    first: dict[str, float] = {}
    for event in one.events:
        if event.type == "called" and event.ticket is not None:
            first.setdefault(event.ticket, event.at)
    final = one.state(one.closes + 3600, one.closes + 1800)
    noon = next(opening for opening in one.openings if opening.noon)
    for now in days.moments(one, EVERY):
        state = one.state(now)
        told, mean = foretell(one, state, now, known)
        if told is None:
            continue
        for place, number in enumerate(state.lines.get(KIND, ())):
            ticket = final.tickets[number]
            if number in first and first[number] <= now:
                continue  # called before in vain: the first call is what a wait ends with
            if ticket.state == "left":
                continue  # nobody knows when he would have been called
            outlook = told.tickets[number]
            truth = (first[number] - now) / 60 if number in first else None
            ended = ticket.ended_at if ticket.state == "served" else None
            if ticket.state == "missed" or ticket.misses:
                ended = None
            yield Case(
                day=seed,
                now=now,
                ahead=place,
                told=outlook.wait(),
                truth=truth,
                done=outlook.done_by(one.closes) if not (ticket.misses and number in first) else "maybe",
                done_truly=ended is not None and ended <= one.closes,
                without_noon=outlook.done_by(noon.opens) if now < noon.opens and not ticket.misses else None,
                without_noon_truly=ended is not None and ended <= noon.opens,
                others=others(one, state, now, number, place, mean),
            )


def foretell(one: Day, state: State, now: float, known: Lesson | None) -> tuple[Forecast | None, float]:
    """What is told at ``now``, and the mean service time in minutes, from the same knowledge."""
    lesson = known or days.Lesson(times=days.ServiceTimes(), habits=days.Habits())
    times = lesson.times.with_today(services(state.tickets.values()))
    found = times.of(KIND)
    if found is None:
        return None, 0.0
    told = forecast(scene(state, {}), [KIND], one.openings, times, lesson.habits, one.date, now)
    return told, found.mean() / 60


def others(one: Day, state: State, now: float, number: str, place: int, mean: float) -> dict[str, float]:
    """Minutes by the predictors that are common, and by those of the literature."""
    windows = max(1, sum(window.state == "open" for window in state.windows.values()))
    lately = [t for t in state.tickets.values() if t.called_at is not None and t.misses == 0]
    last = max(lately, key=lambda t: t.called_at or 0.0, default=None)
    waited = (now - state.tickets[number].taken_at) / 60
    les = (last.called_at - last.taken_at) / 60 if last is not None and last.called_at is not None else 0.0
    head = state.tickets[state.lines[KIND][0]]
    return {
        "queue": place * mean / windows,
        "les": max(0.0, les - waited),
        "hol": max(0.0, (now - head.taken_at) / 60 - waited),
        "timetable": _by_timetable(one, now, place + 1, mean, windows),
    }


def _by_timetable(one: Day, now: float, people: int, mean: float, windows: int) -> float:
    """The queue's length and the windows that are published to come, as in Ibrahim and Whitt
    (2011): people are called at the rate windows ÷ mean."""
    work = people * mean * 60.0
    moment = now
    for opening in one.openings:
        if opening.closes <= moment:
            continue
        moment = max(moment, opening.opens)
        count = opening.counters[KIND] if opening.opens > now else windows
        rate = count if count is not None else max(windows, 1)
        if work <= rate * (opening.closes - moment):
            return (moment + work / rate - now) / 60
        work -= rate * (opening.closes - moment)
        moment = opening.closes
    return (moment - now) / 60
