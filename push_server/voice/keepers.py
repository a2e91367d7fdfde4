"""Sees to it that those who keep a matter hear of its changes, once a release."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import msgspec

from .. import logs
from ..published import Published
from ..store import Store
from . import changes

log = logs.get(__name__)

RECORD = "api/v1/changes.json"
EVERY = 600.0
"""Seconds between two looks while the release stays the same: somebody may have kept a matter since."""


class MatterWatcher:
    def __init__(self, store: Store, published: Published, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._published = published
        self._clock = clock
        self._seen: tuple[str | None, float] | None = None

    def see_to_it(self) -> None:
        """Announce what a new release has changed."""
        moment = self._clock()
        release, now = self._published.current().release, moment.timestamp()
        if self._seen is not None and self._seen[0] == release and 0 <= now - self._seen[1] < EVERY:
            return
        self._seen = (release, now)
        kept = self._store.watches.subjects("matter")
        if not kept:
            return
        try:
            entries = msgspec.json.decode(self._published.file(RECORD), type=list[changes.Entry])
        except (OSError, msgspec.DecodeError) as error:
            log.error("changes-unreadable", error=logs.describe(error))
            return
        due = changes.due(entries, kept, moment)
        known = self._store.ledger.known([one.key for one in due])
        if fresh := [one for one in due if one.key not in known]:
            self._store.ledger.apply(fresh, (), now)
            self._store.ledger.fan_out(now)
