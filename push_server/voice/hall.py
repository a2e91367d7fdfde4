"""Sees to it that those who watch the hall are told: their ticket is near, few people wait."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime

from ..announcement import Announcement
from ..hall.waiting import waiting_now
from ..hall_log import HallLog, Snapshot
from ..published import Published
from ..store import Store
from . import lulls, turns

_SIGN = re.compile("（(.+)）")


class HallWatcher:
    def __init__(self, store: Store, published: Published, hall: HallLog, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._published = published
        self._hall = hall
        self._clock = clock

    def see_to_it(self) -> None:
        """Announce what has come to pass since the last look."""
        tickets, queues = self._store.watches.wished("ticket"), self._store.watches.wished("queue")
        if not tickets and not queues:
            return
        moment = self._clock()
        now = moment.timestamp()
        snapshot = self._hall.snapshot(now)
        announce = self._turns(snapshot, tickets, moment) + self._lulls(snapshot, queues, moment)
        if snapshot.demo:
            announce = [_played(one) for one in announce]
        if announce:
            self._store.ledger.apply(announce, (), now)
            self._store.ledger.fan_out(now)

    def _turns(self, snapshot: Snapshot, wished: Mapping[str, Collection[int]], moment: datetime) -> list[Announcement]:
        watched = turns.numbers(snapshot.day, wished)
        if not watched:
            return []
        after = self._hall.rules.missed_after
        due = turns.due(snapshot.day, watched, snapshot.state, moment, after)
        known = self._store.ledger.known([one.key for one in due])
        return [one for one in due if one.key not in known]

    def _lulls(self, snapshot: Snapshot, wished: Mapping[str, Collection[int]], moment: datetime) -> list[Announcement]:
        if not wished:
            return []
        now = moment.timestamp()
        kinds = {kind.id: kind for kind in self._published.current().centre.counter_kinds if kind.queue}
        reports = {kind: self._store.reports.latest(kind, now) for kind in kinds}
        counts = {kind: (report.waiting, report.observed_at) for kind, report in reports.items() if report}
        announce, changed = lulls.look(
            waiting_now(kinds, snapshot.state, counts, now),
            {name: _sign(kind.name) for name, kind in kinds.items()},
            [(kind, threshold) for kind, thresholds in wished.items() for threshold in sorted(thresholds)],
            self._store.watches.queue(),
            snapshot.day,
            moment,
        )
        if changed:
            self._store.watches.note(changed)
        return announce


def _played(one: Announcement) -> Announcement:
    return replace(one, payload=replace(one.payload, body=f"演示数据。{one.payload.body}"))


def _sign(name: str) -> str:
    """业务受理窗口（综合窗口） → 综合窗口: the name in brackets is the one on the sign."""
    found = _SIGN.search(name)
    return found[1] if found else name
