"""The hall as everybody may see it, made once for all who ask."""

from __future__ import annotations

import threading
from datetime import timedelta

from .freshness import FRESH
from .hall.demo import demo_openings
from .hall.feed import Feed, Hall
from .hall.lessons import DAYS, Lessons, lessons
from .hall.openings import openings
from .hall_log import HallLog
from .published import Published
from .published import Snapshot as Guide
from .store.reports import Reports

AHEAD = 60.0
"""A clock may be fast by this many seconds; more would lock out every later report."""
RELEARN = 3600.0
"""Days that are over change seldom: in the night, and when a file is read in."""


class HallWatch:
    """Safe to share between threads: while one makes the answer, the others wait for it."""

    def __init__(self, hall: HallLog, reports: Reports, published: Published) -> None:
        self._hall = hall
        self._reports = reports
        self._published = published
        self._guard = threading.Lock()
        self._feed: Feed | None = None
        self._guide: Guide | None = None
        self._lessons = Lessons()
        self._learned: tuple[float, bool] | None = None

    def feed(self, now: float) -> Feed:
        """What is told at ``now`` (seconds since 1970): the same for ``FRESH`` seconds, unless
        something happens."""
        with self._guard:
            guide = self._published.current()
            kinds = [kind.id for kind in guide.centre.counter_kinds if kind.queue]
            counts = {kind: report for kind in kinds if (report := self._reports.latest(kind, now + AHEAD)) is not None}
            known = self._feed
            seen = self._hall.snapshot(now)
            if (
                known is not None
                and 0 <= now - known.hall.now < FRESH
                and known.hall.state is seen.state
                and known.hall.demo == seen.demo
                and known.hall.counts == counts
                and self._guide is guide
            ):
                return known
            spans = guide.calendar.spans(seen.day)
            hall = Hall(
                now=now,
                day=seen.day,
                demo=seen.demo,
                state=seen.state,
                kinds=kinds,
                counts=counts,
                openings=demo_openings(guide.calendar, seen.day, now) if seen.demo else openings(seen.day, spans),
                missed_after=self._hall.rules.missed_after,
            )
            self._feed, self._guide = Feed(hall, self._learn(now, demo=seen.demo)), guide
            return self._feed

    def _learn(self, now: float, *, demo: bool) -> Lessons:
        if self._learned is None or self._learned[1] != demo or not 0 <= now - self._learned[0] < RELEARN:
            today = self._hall.snapshot(now).day
            visits = self._hall.visits(today - timedelta(days=DAYS), today - timedelta(days=1))
            self._lessons, self._learned = lessons(visits), (now, demo)
        return self._lessons
