"""The hall simulated ahead from now, many times.

Every draw takes one possible future of the windows (``estimate_windows``), of the services,
whose time is conditional on how long those at the windows have been served already (Whitt
1999), and of who comes later. First come, first served: whoever is next goes to the window
that is free first.

The same state gives the same draws: chance is seeded from the day.
"""

from __future__ import annotations

import heapq
import itertools
import math
import random
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter

from .estimate_arrivals import STEP, expect
from .estimate_desks import NEVER, Desks
from .estimate_habits import PIECE as PIECE_OF_DAY
from .estimate_habits import Habits
from .estimate_patience import STEP as PIECE
from .estimate_patience import STEPS, Patience
from .estimate_scene import Scene
from .estimate_windows import Interval, Staffing
from .openings import Opening, midnight
from .service_times import KindTimes
from .state import Window

MOMENTS = (0, 10, 20, 30, 45, 60, 90, 120)
"""Minutes from now at which somebody may take a ticket."""
WORK, DRAWS = 24_000, (60, 200)
"""So many calls are simulated in all, as nobody should have to wait for it; and draws, the
least and the most."""
FUTURES = 40
"""Futures of windows and of arrivals; the draws share them, in other pairs."""
SERVICES = 1009
"""So many services are drawn beforehand; a prime, so that no two draws meet them alike."""
LATELY = 7200.0
"""Seconds before an opening ended that tell how many windows it had."""

Service = tuple[float, float, float]
"""How long one service takes, as a factor; seconds until the window calls again; and a number
between 0 and 1 that says whether somebody is still there."""
Crowd = list[tuple[float, str]]
"""Who comes: moment and kind, ascending."""

_first = itemgetter(0)


@dataclass(slots=True, kw_only=True)
class Job:
    """Somebody who waits ``since`` then; ``calls`` and ``ends`` have one moment for each draw."""

    kind: str
    number: str
    matter: str | None
    since: float
    calls: list[float] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Look:
    """Somebody who might come at ``moment``; one entry for each draw."""

    moment: float
    calls: list[float] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)


class Ahead:
    """``run`` fills ``jobs`` (whoever waits, in the order of the calls) and ``looks``."""

    def __init__(
        self,
        scene: Scene,
        known: Mapping[str, KindTimes],
        openings: Sequence[Opening],
        habits: Habits,
        day: date,
        now: float,
    ) -> None:
        self.scene, self.known, self.openings, self.habits = scene, known, openings, habits
        self.now, self.midnight = now, midnight(day)
        self.chance = random.Random(zlib.crc32(f"{day} {' '.join(known)}".encode()))
        self.closes = max((opening.closes for opening in openings), default=None)
        self.jobs = [
            Job(kind=kind, number=number, matter=matter, since=scene.since.get(number, now))
            for kind, number, matter in scene.order()
            if kind in known
        ]
        self.looks = {kind: [Look(moment=now + 60 * minutes) for minutes in MOMENTS] for kind in known}
        self.staffing = {kind: self._staffing(kind) for kind in known}
        self.arrivals = {
            kind: expect(kind, scene.taken.get(kind, ()), openings, habits, now, now + 60 * MOMENTS[-1], self.midnight)
            for kind in known
        }
        self.services: dict[tuple[str, bool], Iterator[Service]] = {
            (kind, told): itertools.cycle(self._services(kind, told)) for kind in known for told in (False, True)
        }
        patience = {kind: habits.patient.get(kind, Patience()) + scene.patience.get(kind, Patience()) for kind in known}
        self.gone = {kind: one.gone() for kind, one in patience.items()}
        self.in_vain = {kind: one.held() for kind, one in patience.items()}
        self.hours = {
            kind: {hour: math.exp(effect) for hour, effect in times.hours.items()} for kind, times in known.items()
        }

    def run(self) -> None:
        coming = sum(sum(arrivals.rates) * STEP for arrivals in self.arrivals.values())
        least, most = DRAWS
        draws = max(least, min(most, int(WORK / (len(self.jobs) + coming + 10))))
        futures = [
            {kind: staffing.draw(self.chance) for kind, staffing in self.staffing.items()}
            for _ in range(min(FUTURES, draws))
        ]
        # One fewer crowds than futures: every draw sees another pair.
        crowds = [self._crowd() for _ in range(len(futures) - 1)]
        for draw in range(draws):
            self._play(futures[draw % len(futures)], crowds[draw % len(crowds)])

    def _staffing(self, kind: str) -> Staffing:
        mine = [window for window in self.scene.windows if self._main_kind(window) == kind]
        return Staffing(
            kind=kind,
            windows=mine,
            openings=self.openings,
            usual=lambda opening: self._usual(kind, len(mine), opening),
            shift=lambda moment: self._shift(kind, moment),
            now=self.now,
        )

    def _main_kind(self, window: Window) -> str | None:
        return next((kind for kind in window.kinds if kind in self.known), None)

    def _usual(self, kind: str, windows: int, opening: Opening) -> float | None:
        """How many windows call when an opening like this one begins: on other days, and as far
        as today differs from them."""

        def of_day(moment: float) -> float:
            return moment - self.midnight

        habit = self.habits.first_windows(kind, of_day(opening.opens), of_day(opening.closes))
        today, then = None, None
        for earlier in self.openings:
            if earlier.service == opening.service and earlier.closes <= min(self.now, opening.opens):
                since = max(earlier.opens, earlier.closes - LATELY)
                called = {w for at, w in self.scene.called.get(kind, ()) if since <= at < earlier.closes}
                if called:
                    today = float(len(called))
                    then = self.habits.most_windows(kind, of_day(since), of_day(earlier.closes))
        if habit is not None:
            return habit if today is None or then is None else max(1.0, habit + (today - then) / 2)
        if today is not None:
            return today
        alike = any(one.opens <= self.now < one.closes and one.service == opening.service for one in self.openings)
        return None if alike or not windows else float(windows)

    def _shift(self, kind: str, moment: float) -> tuple[float, float] | None:
        """How many windows there usually are before a half hour and from it on."""
        piece = round((moment - self.midnight) / PIECE_OF_DAY)
        before, after = (self.habits.windows.get((kind, one)) for one in (piece - 1, piece))
        return None if before is None or after is None else (before, after)

    def _services(self, kind: str, told: bool) -> list[Service]:
        """``SERVICES`` of a kind in the shares in which they were seen, shuffled; ``told`` of
        people whose matter is known."""
        times = self.known[kind]
        factors = times.rest if told else times.whole
        lists = [list(itertools.islice(itertools.cycle(known), SERVICES)) for known in (factors, times.gaps)] + [
            [(place + 0.5) / SERVICES for place in range(SERVICES)]
        ]
        for one in lists:
            self.chance.shuffle(one)
        return list(zip(*lists, strict=True))

    def _crowd(self) -> Crowd:
        return sorted((moment, kind) for kind, one in self.arrivals.items() for moment in one.draw(self.chance))

    def _free_at(self, kind: str, window: Window | None, pace: float) -> float:
        """When a window is done with whom it serves now."""
        now, times, chance = self.now, self.known[kind], self.chance
        if kind in self.scene.counted and (window is None or window.id not in self.scene.serving):
            # Nobody told whom it serves: somebody, met at any moment of his service.
            if not self.scene.lines.get(kind):
                return now
            return now + chance.random() * times.seconds(None) * pace * max(chance.choices(times.whole, k=2))
        if window is None:
            return now
        serving = self.scene.serving.get(window.id)
        if serving is None:
            # Open, people wait, and it calls nobody: the longer so, the longer still.
            calling = window.state == "open" and self.scene.lines.get(kind)
            if calling and (last := self.scene.ended.get(window.id)) is not None:
                idle = now - max(last, window.since or last)
                return now + (chance.expovariate(1 / idle) if idle > times.gaps[-1] + 60 else chance.choice(times.gaps))
            return now
        called_at, matter = serving
        factors, unit = times.factors(matter), times.seconds(matter) * pace
        gone = now - called_at
        left = bisect_right(factors, gone / unit)
        if left < len(factors) - 1:
            return called_at + unit * factors[chance.randrange(left, len(factors))] + chance.choice(times.gaps)
        # Longer than any: the longer it took, the longer it will.
        return now + chance.expovariate(1 / max(60.0, gone / 3))

    def _play(self, future: Mapping[str, list[list[Interval]]], crowd: Crowd) -> None:
        """One draw."""
        paces = {kind: math.exp(self.chance.gauss(0.0, times.doubt)) for kind, times in self.known.items()}
        desks = Desks()
        for kind, plan in future.items():
            windows = self.staffing[kind].windows
            for index, intervals in enumerate(plan):
                window = windows[index] if index < len(windows) else None
                desks.add(
                    window.kinds if window is not None else (kind,), intervals, self._free_at(kind, window, paces[kind])
                )
        pools = {kind: desks.pools(kind) for kind in self.known}
        units = {kind: times.seconds(None) * paces[kind] for kind, times in self.known.items()}
        starts: dict[str, list[float]] = {kind: [] for kind in self.known}
        services, hours, gone, longest, in_vain = self.services, self.hours, self.gone, STEPS, self.in_vain
        start_of_day, until, now = self.midnight, desks.until, self.now

        def call(kind: str, unit: float, told: bool, since: float, moment: float) -> tuple[float, float]:
            choice = pools[kind]
            heap = choice[0] if len(choice) == 1 else min(choice, key=_first)
            start, desk = heap[0]
            if start < moment:  # it has been free for a while
                start = moment
            starts[kind].append(start)
            if start == NEVER:
                return NEVER, NEVER
            length, gap, stays = next(services[kind, told])
            if hours[kind]:
                unit *= hours[kind].get(int((start - start_of_day) // 3600), 1.0)
            length *= unit
            waited = (start - since) / PIECE
            # Some go away meanwhile; that they did is seen when they are called.
            left = stays < gone[kind][int(waited) if waited < longest else longest]
            free = start + (in_vain[kind] if left else length + gap)
            if free < until[desk]:
                heapq.heapreplace(heap, (free, desk))
            else:
                desks.later(heap, free)
            return start, start + length

        for job in self.jobs:
            times = self.known[job.kind]
            told = job.matter in times.matters
            unit = times.seconds(job.matter) * paces[job.kind] if told else units[job.kind]
            start, end = call(job.kind, unit, told, job.since, now)
            job.calls.append(start)
            job.ends.append(end)
        come = 0
        for place in range(len(MOMENTS)):
            for kind, looks in self.looks.items():
                look = looks[place]
                while come < len(crowd) and crowd[come][0] <= look.moment:
                    moment, whose = crowd[come]
                    come += 1
                    for heap in pools[whose]:
                        desks.advance(heap, moment)
                    call(whose, units[whose], False, moment, moment)
                for heap in pools[kind]:
                    desks.advance(heap, look.moment)
                start = max(look.moment, min(heap[0][0] for heap in pools[kind]))
                look.calls.append(start)
                look.ends.append(start + units[kind] * next(services[kind, False])[0])
                look.waiting.append(len(starts[kind]) - bisect_right(starts[kind], look.moment))
