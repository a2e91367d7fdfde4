"""The log of the hall: what is told is kept in one transaction, and the state follows.

One process writes; the state of a day is carried on in memory and found anew when somebody
else (an import, a restart) has written.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from .hall.day import Day
from .hall.events import Event, Type
from .hall.months import last_of
from .hall.results import Result
from .hall.rules import Rules
from .hall.state import State, Ticket
from .hall.tickets import next_number, opens, ticket_key
from .hall.timetable import closing, local_day, over_noon
from .hall.undo import last_press
from .hall.visits import Visit, visits_of
from .published import Published
from .store.hall import HallStore, Reading, Writing

VISITS_KEPT = timedelta(days=3 * 366)
"""How long the centre may look back on waits and service times."""


class TokenRevoked(Exception):
    """A machine's token was taken back while it spoke."""


Look = Callable[[State], None]


class NotTaken(Exception):
    """One of several events that belong together could not count, so none is kept."""

    def __init__(self, results: Sequence[Result]) -> None:
        super().__init__()
        self.results = results


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The hall of ``day``; ``demo`` when nothing of it is real."""

    day: date
    state: State
    demo: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """A ticket that was given out; ``path`` is its page below the root of the site."""

    number: str
    path: str
    result: Result


class HallLog:
    """All of the hall's writing. Safe to share between threads; moments are seconds since 1970."""

    def __init__(self, store: HallStore, published: Published, rules: Rules) -> None:
        self.rules = rules
        self._store = store
        self._published = published
        self._guard = threading.RLock()
        self._day: Day | None = None
        self._version = (-1, -1)
        self._told: Callable[[], object] = lambda: None

    def on_change(self, told: Callable[[], object]) -> None:
        """Call ``told`` whenever something was kept: somebody may be waiting for it."""
        self._told = told

    def record(
        self, events: Sequence[Event], *, today: date, token: str | None = None, strict: bool = False
    ) -> list[Result]:
        """Keep ``events`` of any days, all in one transaction; what became of each, in order.

        Raises ``TokenRevoked`` when ``token``, the name of that of the machine that tells, is
        valid no more, ``NotTaken`` when one event is held or refused and ``strict`` wants all or
        nothing, and ``sqlalchemy.exc.SQLAlchemyError`` when nothing could be kept.
        """
        with self._writing() as log:
            if token is not None and not log.token_is_valid(token):
                raise TokenRevoked(token)
            results = self._record(log, events, today)
            if strict and any(result.result in ("held", "refused") for result in results):
                raise NotTaken(results)
            return results

    def tell(
        self, event_id: str, what: Type, source: str, now: float, look: Look | None = None, **more: Any
    ) -> Result:
        """Keep what somebody did just now, on this server's clock; ``more`` are fields of ``Event``.
        ``look`` sees the state that it would change, and raises when that must not be."""
        today = local_day(now)
        with self._writing() as log:
            day = self._load(log, today)
            if look is not None and not log.known([event_id]):
                look(day.state())
            at = _after(day, now)
            event = Event(id=event_id, type=what, at=at, received_at=now, source=source, **more)
            return self._record(log, [event], today)[0]

    def call_next(
        self, event_id: str, window: str, source: str, now: float, look: Look | None = None
    ) -> Ticket | None:
        """Call whoever is next at ``window``: chosen and written at once, so that two clerks
        never call the same. The same ``event_id`` again gives the same ticket; ``None`` when
        nobody waits. ``look`` as for ``tell``. Raises ``KeyError`` for a window that is not declared."""
        today = local_day(now)
        with self._writing() as log:
            day = self._load(log, today)
            if window not in day.windows:
                raise KeyError(window)
            known = log.known([event_id]).get(event_id)
            if known is None and look is not None:
                look(day.state())
            if known is not None:
                number = known.ticket if known.type == "called" and known.window == window else None
            elif number := day.state().next_for(window):
                at = _after(day, now)
                call = Event(
                    id=event_id, type="called", at=at, received_at=now, source=source, ticket=number, window=window
                )
                self._record(log, [call], today)
            return None if number is None else self._load(log, today).state().tickets.get(number)

    def told(self, event_id: str) -> Event | None:
        """What was kept under ``event_id``."""
        with self._store.reading() as log:
            return log.known([event_id]).get(event_id)

    def last_press(self, window: str, now: float) -> Event | None:
        """What a clerk at ``window`` can take back at ``now``."""
        with self._guard, self._store.reading() as log:
            day = self._load(log, local_day(now))
            return last_press(day.events, day.held(), window, now)

    def undo(self, event_id: str, window: str, corrects: str, source: str, now: float) -> Result:
        """Take back ``corrects``, the last press at ``window``; looked up and written at once, so that
        nobody takes back what somebody else has gone on from."""
        today = local_day(now)
        with self._writing() as log:
            day = self._load(log, today)
            if not log.known([event_id]):
                found = last_press(day.events, day.held(), window, now)
                if found is None or found.id != corrects:
                    return Result(id=event_id, result="refused", code="undo-over")
            event = Event(
                id=event_id, type="correction", at=_after(day, now), received_at=now, source=source, corrects=corrects
            )
            return self._record(log, [event], today)[0]

    def take(
        self, event_id: str, kind: str, source: str, now: float, *, matter: str | None = None, prechecked: bool = True
    ) -> Taken:
        """Give out the next number of ``kind``; the same ``event_id`` again gives the same.

        Raises ``KeyError`` for a kind without a queue.
        """
        kinds = [one.id for one in self._published.current().centre.counter_kinds if one.queue]
        if kind not in kinds:
            raise KeyError(kind)
        today = local_day(now)
        with self._writing() as log:
            known = log.known([event_id]).get(event_id)
            if known is not None and known.ticket is not None:
                number, result = known.ticket, Result(id=event_id, result="repeated")
            else:
                # What a demonstration has given out is nothing that a real ticket follows.
                if log.end_demo():
                    self._forget()
                day = self._load(log, today)
                number = next_number(kinds.index(kind), day.state())
                event = Event(
                    id=event_id,
                    type="taken",
                    at=_after(day, now),
                    received_at=now,
                    source=source,
                    ticket=number,
                    kind=kind,
                    matter=matter,
                    prechecked=prechecked,
                )
                (result,) = self._record(log, [event], today)
            return Taken(number, f"ticket/#{number}.{self._key(log, number, today)}", result)

    def snapshot(self, now: float) -> Snapshot:
        """The hall of today."""
        today = local_day(now)
        with self._guard, self._store.reading() as log:
            day = self._load(log, today)
            demo = not log.is_real() and len(day) > 0
            # A hall that is played is open when nobody else is.
            return Snapshot(today, day.state(None if demo else self._closed_at(today, now)), demo)

    def state(self, now: float) -> State:
        return self.snapshot(now).state

    def ticket_paths(self, numbers: Collection[str], now: float) -> dict[str, str]:
        """The pages of tickets of today, below the root of the site."""
        if not numbers:
            return {}
        today = local_day(now)
        with self._writing() as log:
            return {number: f"ticket/#{number}.{self._key(log, number, today)}" for number in numbers}

    def ticket(self, number: str, key: str, now: float) -> Ticket | None:
        """The ticket of today that ``key`` opens."""
        today = local_day(now)
        with self._guard, self._store.reading() as log:
            secret = log.key(today)
            if secret is None or not opens(key, secret, number):
                return None
            return self._load(log, today).state(self._closed_at(today, now)).tickets.get(number)

    def windows(self, *, demo: bool = False) -> dict[str, tuple[str, ...]]:
        """Declared windows with the kinds of tickets that they call; those of a demonstration are apart."""
        with self._store.reading() as log:
            return log.windows(demo=demo)

    def declare(self, window: str, kinds: Sequence[str], *, demo: bool = False) -> None:
        """Add a window, or change what it serves. One that is real ends the demonstration."""
        with self._writing() as log:
            if not demo:
                log.end_demo()
            log.put_window(window, kinds, demo=demo)
            self._forget()

    def withdraw(self, window: str) -> bool:
        """Whether there was such a window."""
        with self._writing() as log:
            self._forget()
            return log.drop_window(window)

    def end_demo(self) -> None:
        """Something real was told elsewhere."""
        with self._writing() as log:
            if log.end_demo():
                self._forget()

    def is_real(self) -> bool:
        with self._store.reading() as log:
            return log.is_real()

    def close_days(self, now: float, *, keep_days: int) -> list[date]:
        """Turn days that are over into visits; delete events that are older than ``keep_days``.

        What came late for a day is counted in, as long as its events are there. Which days
        were closed.
        """
        today = local_day(now)
        with self._store.reading() as log:
            days = log.open_days(today)
        for day in days:
            with self._store.writing() as log:
                events = log.events(day)
                over = Day(day, log.windows(), self.rules)
                over.add(events)
                state = over.state(self._closed_at(day, float("inf")))
                log.close_day(day, visits_of(day, state, demo=all(event.demo for event in events)), len(events))
        with self._store.writing() as log:
            log.thin(today - timedelta(days=keep_days), now)
            log.forget_visits(today - VISITS_KEPT)
        return days

    def visits(self, first: date, last: date) -> list[Visit]:
        with self._store.reading() as log:
            return log.visits(first, last)

    @contextmanager
    def _writing(self) -> Iterator[Writing]:
        """What is known in memory goes when the database did not keep what was written."""
        with self._guard:
            try:
                with self._store.writing() as log:
                    yield log
            except BaseException:
                self._forget()
                raise
        self._told()

    def visits_of_month(self, first: date) -> list[tuple[Visit, bool]]:
        """Every visit of the month of ``first``, and whether it was called over noon."""
        calendar = self._published.current().calendar
        found = self.visits(first.replace(day=1), last_of(first))
        return [(visit, visit.called_at is not None and over_noon(calendar, visit.called_at)) for visit in found]

    def _closed_at(self, day: date, now: float) -> float | None:
        """The moment after which nobody is served any more, once it has come."""
        at = closing(self._published.current().calendar, day)
        if at is None or now <= at + self.rules.grace:
            return None
        return at + self.rules.grace

    def _load(self, log: Reading, today: date) -> Day:
        """The day as the database has it."""
        version = log.version(today)
        windows = log.windows()
        known = self._day
        if known is not None and known.day == today and known.windows == windows and version[0] >= len(known):
            if version != self._version:
                known.add(log.events(today, self._version[1]))
            if len(known) == version[0]:
                self._version = version
                return known
        self._day = Day(today, windows, self.rules)
        self._day.add(log.events(today))
        self._version = version
        return self._day

    def _forget(self) -> None:
        self._day, self._version = None, (-1, -1)

    def _record(self, log: Writing, events: Sequence[Event], today: date) -> list[Result]:
        """What became of each event, in their order."""
        if any(not event.demo for event in events) and log.end_demo():
            self._forget()
        over = any(event.demo for event in events) and log.is_real()
        known = log.known({event.id for event in events})
        results: list[Result | None] = []
        fresh: dict[str, Event] = {}
        thinned = {day: log.thinned(day) for day in {local_day(event.at) for event in events}}
        for event in events:
            before = known.get(event.id) or fresh.get(event.id)
            if before is not None:
                same = event.same_as(before)
                told = Result(id=event.id, result="repeated") if same else _refused(event, "id-used")
                results.append(told)
            elif event.demo and over:
                results.append(_refused(event, "demo-over"))
            elif thinned[local_day(event.at)]:
                results.append(_refused(event, "day-over"))
            else:
                fresh[event.id] = event
                results.append(None)
        log.add(lambda event: local_day(event.at), list(fresh.values()))
        held = self._held(log, fresh.values(), today)
        return [
            result
            if result is not None
            else Result(id=event.id, result="held" if event.id in held else "accepted", code=held.get(event.id))
            for event, result in zip(events, results, strict=True)
        ]

    def _held(self, log: Writing, fresh: Collection[Event], today: date) -> dict[str, str]:
        days = {local_day(event.at) for event in fresh}
        held: dict[str, str] = {}
        for day in days:
            if day == today:
                held |= self._load(log, today).held()
            else:
                other = Day(day, log.windows(), self.rules)
                other.add(log.events(day))
                held |= other.held()
        return held

    def _key(self, log: Writing, number: str, today: date) -> str:
        secret = log.key(today)
        if secret is None:
            log.add_key(today, secrets.token_hex(16))
            secret = log.key(today)
            assert secret is not None
        return ticket_key(secret, number)


def _refused(event: Event, code: str) -> Result:
    return Result(id=event.id, result="refused", code=code)


def _after(day: Day, now: float) -> float:
    """A call of this server's own comes after what it answers to, whatever the other clocks say."""
    last = day.state().last_at
    return now if last is None else max(now, last + 0.001)
