"""What citizens are told of the hall: the queue, and one's own ticket, as JSON."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Protocol

from ..published import LOCAL
from .estimate import MOMENTS, Forecast, Outlook, forecast
from .estimate_scene import scene
from .lessons import Lessons
from .openings import Opening
from .served import services
from .service_times import ENOUGH, KindTimes, ServiceTimes
from .state import State, Ticket
from .waiting import STALE

CALLED, NEXT = 8, 6
"""So many are shown of those called last, and of those called next."""
STEP = 600.0
"""Seconds between two points of the line of the day."""


class Count(Protocol):
    """Somebody counted the people of a kind; ``observed_at`` in seconds since 1970."""

    @property
    def waiting(self) -> int: ...
    @property
    def serving(self) -> str | None: ...
    @property
    def observed_at(self) -> float: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """Everything that is told rests on this. ``kinds`` are those with a queue, in their order;
    ``counts`` the last count of each that was ever counted."""

    now: float
    day: date
    demo: bool
    state: State
    kinds: Sequence[str]
    counts: Mapping[str, Count]
    openings: Sequence[Opening]
    missed_after: int


class Feed:
    """``hall`` as it is told, with what is foretold from ``lessons``. Nothing here changes."""

    def __init__(self, hall: Hall, lessons: Lessons) -> None:
        self.hall = hall
        self._times = lessons.times.with_today(services(hall.state.tickets.values()))
        self._counted = {kind: hall.counts[kind] for kind in hall.kinds if self._is_counted(kind)}
        with_tickets = {ticket.kind for ticket in hall.state.tickets.values()} | hall.state.heard.keys()
        self._ticketed = [kind for kind in hall.kinds if kind in with_tickets and kind not in self._counted]
        told = [kind for kind in hall.kinds if self._tells(kind)]
        counts = {kind: count.waiting for kind, count in self._counted.items() if kind in told}
        self._forecast: Forecast = forecast(
            scene(hall.state, counts), told, hall.openings, self._times, lessons.habits, hall.day, hall.now
        )
        self._queue: dict[float, dict[str, Any]] = {}

    def queue(self, fresh: float) -> dict[str, Any]:
        """The answer of ``GET /push/v1/queue``. ``served_at`` is rounded to ``fresh`` seconds, the
        time for which it may be kept. Made once."""
        if fresh not in self._queue:
            self._queue[fresh] = self._told(fresh)
        return self._queue[fresh]

    def _told(self, fresh: float) -> dict[str, Any]:
        hall = self.hall
        counters = [self._counter(kind) for kind in hall.kinds if kind in self._counted or kind in self._ticketed]
        moments = [moment for kind in hall.kinds if (moment := self._reported(kind)) is not None]
        return {
            "day": hall.day.isoformat(),
            "demo": hall.demo,
            "served_at": _iso(max([hall.now // fresh * fresh, *moments])),
            **self._hours(),
            "counters": counters,
            "matters": _matters(self._times, hall.kinds),
        }

    def ticket(self, ticket: Ticket) -> dict[str, Any]:
        """The answer of ``GET /push/v1/tickets/…`` for one of the tickets of ``hall``."""
        hall = self.hall
        outlook = self._forecast.tickets.get(ticket.number) if ticket.state == "waiting" else None
        reported_at = self._reported(ticket.kind)
        return {
            "ticket": ticket.number,
            "kind": ticket.kind,
            "matter": ticket.matter,
            "state": ticket.state,
            "ahead": hall.state.ahead(ticket.number),
            "window": ticket.window,
            "called_at": _iso_or_none(ticket.called_at),
            "taken_at": _iso(ticket.taken_at),
            "demo": hall.demo,
            "wait": None if outlook is None else _wait(outlook),
            **self._end(outlook, ticket.kind),
            **self._hours(),
            "missed_after": hall.missed_after,
            "served_at": _iso(hall.now),
            "reported_at": _iso_or_none(reported_at),
        }

    def _is_counted(self, kind: str) -> bool:
        """Whether a count is the best that is known: nobody took a ticket today, and the count is
        of today, or no window said anything."""
        count, state = self.hall.counts.get(kind), self.hall.state
        if count is None or any(ticket.kind == kind for ticket in state.tickets.values()):
            return False
        return kind not in state.heard or self._is_today(count.observed_at)

    def _is_today(self, moment: float) -> bool:
        return datetime.fromtimestamp(moment, LOCAL).date() == self.hall.day

    def _reported(self, kind: str) -> float | None:
        if kind in self._counted:
            return self._counted[kind].observed_at
        return self.hall.state.heard.get(kind) if kind in self._ticketed else None

    def _tells(self, kind: str) -> bool:
        """Whether what is known of a kind is of now."""
        reported = self._reported(kind)
        if reported is None or not self._is_today(reported):
            return False
        now = self.hall.now
        is_open = not self.hall.openings or any(one.opens <= now < one.closes for one in self.hall.openings)
        return not is_open or now - reported <= STALE

    def _hours(self) -> dict[str, Any]:
        noon = self._noon()
        return {
            "closes_at": _iso_or_none(max((one.closes for one in self.hall.openings), default=None)),
            "noon": None if noon is None else {"opens_at": _iso(noon.opens), "closes_at": _iso(noon.closes)},
        }

    def _noon(self, kind: str | None = None) -> Opening | None:
        """Today's noon service; for ``kind``, if it has any window then."""
        return next(
            (one for one in self.hall.openings if one.noon and (kind is None or one.counters.get(kind) != 0)), None
        )

    def _counter(self, kind: str) -> dict[str, Any]:
        reported_at = self._reported(kind)
        assert reported_at is not None
        outlooks = self._forecast.arriving.get(kind)
        times = self._times.of(kind)
        return {
            "kind": kind,
            **(self._tickets(kind) if kind in self._ticketed else _count(self._counted[kind])),
            "reported_at": _iso(reported_at),
            "windows": [
                {"window": window.id, "state": window.state, "until": _iso_or_none(window.until)}
                for window in self.hall.state.serving(kind)
            ],
            "wait": None if outlooks is None else _wait(outlooks[0]),
            "arriving": None
            if outlooks is None
            else [
                {"in": minutes, "waiting": outlook.waiting, "wait": _wait(outlook), **self._end(outlook, kind)}
                for minutes, outlook in zip(MOMENTS, outlooks, strict=True)
            ],
            "service": None if times is None else _service(times, None),
            "past": self._past(kind) if kind in self._ticketed else [],
        }

    def _tickets(self, kind: str) -> dict[str, Any]:
        state = self.hall.state
        mine = [ticket for ticket in state.tickets.values() if ticket.kind == kind]
        called = sorted(
            (
                (t.called_at, t.number, t.window)
                for t in mine
                if t.called_at is not None and t.state in ("called", "served")
            ),
            reverse=True,
        )
        # A window that has called another number calls this one no more.
        windows = {window: (at, number, window) for at, number, window in reversed(called)}
        now = sorted(windows.values(), reverse=True)
        line = state.lines.get(kind, [])
        return {
            "source": "tickets",
            "waiting": len(line),
            "serving": called[0][1] if called else None,
            "called": [{"ticket": number, "window": window, "at": _iso(at)} for at, number, window in now[:CALLED]],
            "next": list(line[:NEXT]),
        }

    def _end(self, outlook: Outlook | None, kind: str) -> dict[str, Any]:
        """When somebody is done, whether that is before the windows close, and whether it would be
        if they closed when the noon service begins."""
        if outlook is None:
            return {"done_at": None, "done_before_close": None, "without_noon": None}
        done, noon, closes = outlook.done_at(), self._noon(kind), outlook.closes
        return {
            "done_at": None if done is None else {"median": _iso(done[0]), "high": _iso(done[1])},
            "done_before_close": None if closes is None else outlook.done_by(closes),
            "without_noon": None if noon is None or outlook.since >= noon.closes else outlook.done_by(noon.opens),
        }

    def _past(self, kind: str) -> list[list[Any]]:
        """How many waited, at each ten minutes of today so far."""
        hall = self.hall
        mine = [ticket for ticket in hall.state.tickets.values() if ticket.kind == kind]
        if not mine:
            return []
        taken = sorted(ticket.taken_at for ticket in mine)
        gone = sorted(
            moment
            for ticket in mine
            if ticket.state != "waiting" and (moment := ticket.called_at or ticket.ended_at) is not None
        )
        first = min([taken[0], *(one.opens for one in hall.openings[:1])])
        last = min([hall.now, *(one.closes for one in hall.openings[-1:])])
        told, moment = [], first // STEP * STEP
        while moment <= last:
            clock = datetime.fromtimestamp(moment, LOCAL).strftime("%H:%M")
            told.append([clock, bisect_right(taken, moment) - bisect_right(gone, moment)])
            moment += STEP
        return told


def _count(count: Count) -> dict[str, Any]:
    return {"source": "count", "waiting": count.waiting, "serving": count.serving, "called": [], "next": []}


def _wait(outlook: Outlook) -> dict[str, int] | None:
    found = outlook.wait()
    return None if found is None else dict(zip(("low", "median", "high"), found, strict=True))


def _service(times: KindTimes, matter: str | None) -> dict[str, int]:
    """Minutes, at least one."""
    return {
        "median": max(1, round(times.quantile(0.5, matter) / 60)),
        "high": max(1, round(times.quantile(0.9, matter) / 60)),
    }


def _matters(times: ServiceTimes, kinds: Sequence[str]) -> dict[str, dict[str, int]]:
    return {
        matter: _service(known, matter)
        for kind in kinds
        if (known := times.of(kind)) is not None
        for matter, count in sorted(known.known.items())
        if count >= ENOUGH
    }


def _iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _iso_or_none(moment: float | None) -> str | None:
    return None if moment is None else _iso(moment)
