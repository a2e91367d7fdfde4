"""How many windows will be open, and until when: possible futures of one kind of window.

What is published holds for the hours to come, what was seen for now; neither is certain.
Ibrahim and Whitt (2011) show that a wait over a change of the number of servers cannot be
told from the queue's length alone; here the change itself is drawn, with its doubt.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from .estimate_habits import PIECE
from .openings import Opening
from .state import Window

Interval = tuple[float, float]
"""From when until before when a window may call somebody, seconds since 1970."""

SETTLING = 600.0
"""After an opening begins, windows go over to it within so many seconds."""
LATE = 90.0
"""Mean seconds by which a window opens later than was published or said."""
HINDERED = 0.1
"""Chance that a window does not open when it should, but much later."""
AWAY = 900.0
"""Mean seconds of a pause of which nobody said how long."""
OFF = 0.07
"""Chance that one window fewer (or one more) is open than was published,"""
OFF_UNPUBLISHED = 0.15
"""or than one would think where nothing is published."""
BREAK_EVERY, BREAK = 14400.0, (480.0, 1080.0)
"""A window takes a break of so many seconds, from and to, about so often."""
LEAST_SHIFT = 0.5
"""A habit that changes by less is chance."""
CHANGE = 14400.0
"""About so often a window closes for good or one more opens, between the published moments."""
AFTER_HOURS = 1800.0
"""A window that is open though the centre is closed goes on for so long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffing:
    """What is known of the windows of ``kind`` at ``now``. ``usual`` gives how many call when
    an opening begins for which nothing is published, as far as that was ever seen; ``shift`` how
    many usually do before and from a half hour on, as far as that is known."""

    kind: str
    windows: Sequence[Window]
    openings: Sequence[Opening]
    usual: Callable[[Opening], float | None]
    shift: Callable[[float], tuple[float, float] | None]
    now: float

    def draw(self, chance: random.Random) -> list[list[Interval]]:
        """One possible future: when each window may call, ascending. The first belong to
        ``windows``, the others are windows that nobody has heard of yet."""
        plan: list[list[Interval]] = [[] for _ in self.windows]
        current = next((opening for opening in self.openings if opening.opens <= self.now < opening.closes), None)
        later = [opening for opening in self.openings if opening.opens > self.now]
        if current is not None:
            end = current.closes
            present = self._now(current, plan, chance)
            self._go_through(current, present, plan, chance)
        else:
            end = later[0].opens if later else self.now + (AFTER_HOURS if self.openings else 4 * AFTER_HOURS)
            present = {index: self.now for index, window in enumerate(self.windows) if window.state == "open"}
            for index, since in present.items():
                plan[index].append((since, end))
        for opening in later:
            present = self._enter(opening, present if opening.opens <= end else {}, plan, chance)
            self._go_through(opening, present, plan, chance)
            end = opening.closes
        return plan

    def _go_through(
        self, opening: Opening, present: dict[int, float], plan: list[list[Interval]], chance: random.Random
    ) -> None:
        """From half hour to half hour, with whom the habit takes away or adds; who is there at
        the end is left in ``present``."""
        rare = self._published(opening) is not None
        begin = max(self.now, opening.opens)
        boundary = math.ceil((begin - SETTLING / 2) / PIECE) * PIECE
        while not rare and boundary < opening.closes:
            known = self.shift(boundary) if boundary > opening.opens else None
            if known is not None and abs(known[1] - known[0]) >= LEAST_SHIFT:
                self._shift(max(boundary, begin), *known, present, plan, chance, done=boundary <= begin)
            boundary += PIECE
        for index, since in present.items():
            for start, end in self._with_break(since, opening.closes, chance, rare=rare):
                _stay(plan[index], start, end)

    def _shift(
        self,
        moment: float,
        before: float,
        after: float,
        present: dict[int, float],
        plan: list[list[Interval]],
        chance: random.Random,
        *,
        done: bool,
    ) -> None:
        """The habit goes from ``before`` to ``after`` windows; ``done`` if that may have happened."""
        if done and abs(len(present) - after) <= abs(len(present) - before):
            return
        change = abs(after - before)
        count = int(change) + (chance.random() < change % 1)
        if after > before:
            for index in self._others(present, len(present) + count, plan, chance):
                present[index] = moment + chance.expovariate(1 / LATE)
        else:
            for index in chance.sample(list(present), max(0, min(count, len(present) - 1))):
                _stay(plan[index], present.pop(index), moment)

    def _published(self, opening: Opening | None) -> int | None:
        return None if opening is None else opening.counters.get(self.kind)

    def _target(self, opening: Opening, seen: int, chance: random.Random) -> int:
        """How many are open in ``opening``; ``seen`` are, where nobody knows better."""
        published = self._published(opening)
        if published is not None:
            return _off(published, OFF, chance) if published else 0
        usual = self.usual(opening)
        count = float(seen) if usual is None else usual
        whole = int(count) + (chance.random() < count % 1)
        return _off(whole, OFF_UNPUBLISHED, chance) if whole else 0

    def _now(self, current: Opening, plan: list[list[Interval]], chance: random.Random) -> dict[int, float]:
        """Who calls in the opening that has begun, and from when."""
        now, published = self.now, self._published(current)
        present = {index: now for index, window in enumerate(self.windows) if window.state == "open"}
        enough = published is not None and len(present) >= published
        for index, window in enumerate(self.windows):
            if window.state == "paused" and (window.until is not None or not enough):
                back = self._back(window, chance)
                if back < current.closes:
                    present[index] = back
        settling = now - current.opens < SETTLING
        if all(window.since is None for window in self.windows):
            # No window said anything today: they are open without a word.
            for index in self._others(present, self._target(current, len(self.windows), chance), plan, chance):
                present[index] = now
        elif settling:
            target = self._target(current, len(present) or len(self.windows), chance)
            if published is not None and len(present) > target:
                # Whoever said to be back now is; who is still open is about to go.
                leaving = sorted(present, key=lambda index: (self.windows[index].until is None, chance.random()))
                for index in leaving[target:]:
                    del present[index]
            self._wait_for(self._others(present, target, plan, chance), current, present, chance)
        elif published is not None:
            self._wait_for(self._others(present, published, plan, chance), current, present, chance)
        if chance.random() < (current.closes - now) / CHANGE:
            moment = chance.uniform(now, current.closes)
            if chance.random() < 0.5:
                for index in self._others(present, len(present) + 1, plan, chance):
                    present[index] = moment
            elif len(present) > 1:
                gone = chance.choice(list(present))
                since = present.pop(gone)
                if since < moment:
                    plan[gone].append((since, moment))
        return present

    def _wait_for(
        self, missing: Sequence[int], current: Opening, present: dict[int, float], chance: random.Random
    ) -> None:
        for index in missing:
            back = self._overdue(current.opens, chance)
            if back < current.closes:
                present[index] = back

    def _back(self, window: Window, chance: random.Random) -> float:
        """When a window that pauses is open again. The longer it stayed away without a word, the
        longer it will."""
        if window.until is None:
            away = self.now - (window.since or self.now)
            return self.now + chance.expovariate(1 / max(away, AWAY))
        if window.until > self.now:
            return window.until + chance.expovariate(1 / LATE)
        return self._overdue(window.until, chance)

    def _overdue(self, since: float, chance: random.Random) -> float:
        """When a window opens that should have ``since``. Most are only late; the later it is, the
        surer it is that something came between."""
        late = math.exp((since - self.now) / (2 * LATE))
        hindered = HINDERED / (HINDERED + (1 - HINDERED) * late)
        return self.now + chance.expovariate(1 / (4 * AWAY if chance.random() < hindered else 2 * LATE))

    def _others(
        self, present: Mapping[int, object], target: int, plan: list[list[Interval]], chance: random.Random
    ) -> list[int]:
        """Windows that are needed beside ``present`` to make ``target``: first those that are
        known and not open, then unheard ones."""
        missing = target - len(present)
        if missing <= 0:
            return []
        rank = {"paused": 0, "open": 1, "closed": 2}
        free = [index for index in range(len(plan)) if index not in present]
        chance.shuffle(free)
        free.sort(key=lambda index: rank[self.windows[index].state] if index < len(self.windows) else 3)
        while len(free) < missing:
            free.append(len(plan))
            plan.append([])
        return free[:missing]

    def _with_break(self, since: float, end: float, chance: random.Random, *, rare: bool) -> list[Interval]:
        if end <= since:
            return []
        if chance.random() * (3 if rare else 1) < (end - since) / BREAK_EVERY:
            start = chance.uniform(since, end)
            again = start + chance.uniform(*BREAK)
            return [(since, start), (again, end)] if again < end else [(since, start)]
        return [(since, end)]

    def _enter(
        self, opening: Opening, here: Mapping[int, float], plan: list[list[Interval]], chance: random.Random
    ) -> dict[int, float]:
        """Who calls in an opening to come: first who said so, then who was there before."""
        target = self._target(opening, len(here) or len(self.windows), chance)

        def rank(index: int) -> int:
            if index >= len(self.windows):
                return 1 if index in here else 4
            window = self.windows[index]
            if window.state == "paused" and window.until and abs(window.until - opening.opens) <= SETTLING:
                return 0
            return 1 if index in here else 2 if window.state != "closed" else 3

        known = list(range(len(plan)))
        chance.shuffle(known)
        known.sort(key=rank)
        while len(known) < target:
            known.append(len(plan))
            plan.append([])
        late = {index: opening.opens + chance.expovariate(1 / LATE) for index in known[:target]}
        return {index: opening.opens if index in here else moment for index, moment in late.items()}


def _stay(intervals: list[Interval], since: float, until: float) -> None:
    """Add an interval; one that begins where the last ends makes it longer."""
    if intervals and intervals[-1][1] >= since:
        since = intervals.pop()[0]
    if since < until:
        intervals.append((since, until))


def _off(count: int, share: float, chance: random.Random) -> int:
    drawn = chance.random()
    return max(1, count - 1) if drawn < share else count + 1 if drawn > 1 - share else count
