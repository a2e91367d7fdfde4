"""Sees to it that those whose document runs out are reminded: once of each of its days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import msgspec

from .. import logs
from ..announcement import Announcement
from ..published import LOCAL, Published
from ..store import Store
from . import renewals

log = logs.get(__name__)

EVERY = 60.0
"""Seconds between two looks."""
MOST = 500
"""People of one look; the others are told by the next."""


class RenewalWatcher:
    def __init__(self, store: Store, published: Published, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._published = published
        self._clock = clock
        self._looked_at = float("-inf")
        self._seen: object = None
        self._due: dict[tuple[str, date], Announcement | None] = {}
        self._matters: dict[str, renewals.Matter | None] = {}

    def see_to_it(self) -> None:
        """Announce what is due; forget what has run out long ago."""
        moment = self._clock()
        now, data = moment.timestamp(), self._published.current()
        today = moment.astimezone(LOCAL).date()
        if self._seen == (data.release, data.calendar, today) and 0 <= now - self._looked_at < EVERY:
            return
        if self._seen != (data.release, data.calendar, today):
            self._seen = (data.release, data.calendar, today)
            self._due, self._matters = {}, {}
            self._store.watches.forget_renewals(today - renewals.FORGOTTEN_AFTER)
        self._looked_at = now
        if not renewals.working_hours(data.calendar, moment):
            return
        left = MOST
        for kept in self._store.watches.renewals():
            one = self._look(*kept, today)
            if one is None:
                continue
            for person in self._store.watches.unreminded(*kept, one.facts)[:left]:
                self._store.ledger.announce(renewals.personal(one, person), now, recipient=person)
                left -= 1
            if not left:
                return

    def _look(self, matter: str, on_date: date, today: date) -> Announcement | None:
        kept = matter, on_date
        if kept not in self._due:
            record = self._matter(matter)
            calendar = self._published.current().calendar
            self._due[kept] = record and renewals.due(record, on_date, calendar, today)
        return self._due[kept]

    def _matter(self, id: str) -> renewals.Matter | None:
        """The matter as it is published; ``None`` for one that is no more, or cannot be read."""
        if id not in self._matters:
            try:
                content = self._published.file(f"api/v1/matters/{id}.json")
                self._matters[id] = msgspec.json.decode(content, type=renewals.Matter)
            except OSError:
                self._matters[id] = None
            except msgspec.DecodeError as error:
                log.error("matter-unreadable", matter=id, error=logs.describe(error))
                self._matters[id] = None
        return self._matters[id]
