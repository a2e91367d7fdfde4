"""Sees to it that what should be said is said: reads calendar and clock, writes the ledger."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta

import msgspec

from .. import logs
from ..personal import holds_number
from ..published import LOCAL, Published, Snapshot, Span
from ..store import Store
from .reconcile import keys, reconcile, wanted

log = logs.get(__name__)

OFTEN = 1.0
"""Seconds between two looks when nothing has been published meanwhile."""
RECHECK = 60.0
"""Seconds after which missing rows are looked for whatever seems to be known."""
KEEP = 30 * 86400.0
"""The ledger forgets an announcement this many seconds after its end; so do reports of the queue."""
UNFOUND_DAYS = 365
"""What nobody has looked for in vain for so many days is forgotten."""

_SPANS = msgspec.json.Decoder(tuple[Span, ...] | None)


class Announcer:
    def __init__(self, store: Store, published: Published, clock: Callable[[], datetime], lead: timedelta) -> None:
        self._store = store
        self._published = published
        self._clock = clock
        self._lead = lead
        self._seen: Snapshot | None = None
        self._printed: Snapshot | None = None
        self._behind: str | None = None
        self._looked = float("-inf")
        self._looked_at = float("-inf")
        self._noted: tuple[date, tuple[Span, ...] | None] | None = None
        self._fanned_out_at = float("-inf")
        self._pruned_at = float("-inf")

    def stale(self) -> bool:
        """Whether something else was published since the last look."""
        return self._published.current() is not self._seen

    def see_to_it(self, *, at_once: bool = False) -> None:
        """Look, if it is time to: at once after a change, else every second."""
        moment = self._clock()
        now, real = moment.timestamp(), time.monotonic()
        recent = 0 <= now - self._looked_at < OFTEN and real - self._looked < OFTEN
        if recent and not at_once and not self.stale():
            return
        self._looked, self._looked_at = real, now
        self._look(moment, now)

    def _look(self, moment: datetime, now: float) -> None:
        ledger, data = self._store.ledger, self._published.current()
        day = moment.astimezone(LOCAL).date()
        printed = self._published.printed()
        before = self._before(day, self._printed or printed)
        self._seen, self._printed = data, printed
        if self._store.shared and not self._store.releases.admit(data.release, now):
            if self._behind != data.release:
                log.warning("site-behind", release=data.release)
            self._behind = data.release
            return
        self._behind = None
        known = ledger.known(keys(day))
        changes = reconcile(wanted(day, data, before, known, moment, self._lead), known, day, moment)
        if changes.announce:
            self._fanned_out_at = float("-inf")
            ledger.apply(changes.announce, changes.cover, now)
            for announcement in changes.announce:
                log.info("announced", announcement=announcement.key)
        # The search for missing rows reads every subscription: only when there may be some.
        if not 0 <= now - self._fanned_out_at < RECHECK:
            ledger.fan_out(now)
            self._fanned_out_at = now
        if now - self._pruned_at > 86400:
            self._pruned_at = now
            ledger.prune(now - KEEP)
            self._store.subscribers.prune(now - KEEP)
            self._store.reports.prune(now - KEEP, now + 86400)
            self._store.unfound.prune(day - timedelta(days=UNFOUND_DAYS), holds_number)
            self._store.timetables.prune(day - timedelta(seconds=KEEP))

    def _before(self, day: date, seen: Snapshot) -> tuple[Span, ...] | None:
        """The hours that the guide published for ``day`` when it began, or when it was first looked at."""
        if self._noted is None or self._noted[0] != day:
            spans = seen.calendar.spans(day)
            noted = self._store.timetables.first(day)
            if noted is None:
                noted = self._store.timetables.note(day, msgspec.json.encode(spans).decode())
            self._noted = day, _SPANS.decode(noted)
        return self._noted[1]
