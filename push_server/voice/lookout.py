"""Everything that is looked at to find out what is to be said now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from ..hall_log import HallLog
from ..published import Published
from ..store import Store
from .announcer import Announcer
from .expiring import RenewalWatcher
from .hall import HallWatcher
from .keepers import MatterWatcher

OFTEN = 1.0
"""Seconds between two looks at what people wait for."""


class Lookout:
    """Safe to use on several nodes at once: what is decided is what is announced already, or news."""

    def __init__(
        self, store: Store, published: Published, clock: Callable[[], datetime], lead: timedelta, hall: HallLog
    ) -> None:
        self._clock = clock
        self._announcer = Announcer(store, published, clock, lead)
        self._watchers = (
            HallWatcher(store, published, hall, clock),
            MatterWatcher(store, published, clock),
            RenewalWatcher(store, published, clock),
        )
        self._watched_at = float("-inf")

    def stale(self) -> bool:
        """Whether something else was published since the last look."""
        return self._announcer.stale()

    def see_to_it(self, *, at_once: bool = False) -> None:
        """Announce what is due."""
        now = self._clock().timestamp()
        self._announcer.see_to_it(at_once=at_once)
        if at_once or not 0 <= now - self._watched_at < OFTEN:
            self._watched_at = now
            for watcher in self._watchers:
                watcher.see_to_it()
