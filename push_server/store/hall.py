"""The log of the hall, its windows, and what is kept of days that are over.

Events are only ever added; a day that is over becomes visits, and after a while these alone
are left of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, delete, exists, func, insert, or_, select, update

from ..hall.events import Event
from ..hall.visits import Visit
from .dialect import alone, insert_missing
from .schema import hall_days, hall_events, hall_visits, hall_windows, queue_reports, tokens

_COLUMNS = [column for column in hall_events.c if column.name not in ("serial", "day")]
_VISIT = [column for column in hall_visits.c if column.name not in ("serial",)]
_MOST = 500
"""Values in one statement, well below what SQLite takes."""


class HallStore:
    def __init__(self, engine: Engine, reading: Engine) -> None:
        self._engine = engine
        self._reading = reading

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """All or nothing; nobody else writes meanwhile."""
        with self._engine.begin() as connection:
            alone(connection, "hall")
            yield Writing(connection)

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        with self._reading.connect() as connection:
            yield Reading(connection)


class Reading:
    """What can be asked of the log, at one moment."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def version(self, day: date) -> tuple[int, int]:
        """How many events a day has, and the serial number of the last; both change with the log."""
        query = select(func.count(), func.coalesce(func.max(hall_events.c.serial), 0))
        row = self._connection.execute(query.where(hall_events.c.day == day.isoformat())).one()
        return row[0], row[1]

    def events(self, day: date, after: int = 0) -> list[Event]:
        """The events of a day that came after the one of serial number ``after``."""
        query = select(*_COLUMNS).where(hall_events.c.day == day.isoformat(), hall_events.c.serial > after)
        return [_event(row._mapping) for row in self._connection.execute(query.order_by(hall_events.c.serial))]

    def known(self, ids: Iterable[str]) -> dict[str, Event]:
        """Those of the events with these ids that are there, whatever their day."""
        wanted = list(ids)
        found: dict[str, Event] = {}
        for start in range(0, len(wanted), _MOST):
            some = wanted[start : start + _MOST]
            query = select(*_COLUMNS).where(hall_events.c.id.in_(some))
            for row in self._connection.execute(query):
                found[row.id] = _event(row._mapping)
        return found

    def is_real(self) -> bool:
        """Whether a machine, a clerk or a setting ever told something of a real hall."""
        told = (
            exists().where(hall_events.c.demo == 0),
            exists().where(hall_visits.c.demo == 0),
            exists().where(hall_windows.c.demo == 0),
            exists(select(queue_reports.c.id)),
        )
        return bool(self._connection.execute(select(or_(*told))).scalar())

    def windows(self, *, demo: bool | None = None) -> dict[str, tuple[str, ...]]:
        """Every window with the kinds of tickets that it calls; with ``demo``, only those of a
        demonstration, or of none."""
        query = select(hall_windows.c.id, hall_windows.c.kinds)
        rows = self._connection.execute(query if demo is None else query.where(hall_windows.c.demo == int(demo)))
        return dict(sorted((row.id, tuple(json.loads(row.kinds))) for row in rows))

    def key(self, day: date) -> str | None:
        query = select(hall_days.c.key).where(hall_days.c.day == day.isoformat())
        return self._connection.execute(query).scalar()

    def open_days(self, before: date) -> list[date]:
        """Days before ``before`` whose events are not all in their visits, or whose key is there still."""
        counted = select(hall_events.c.day, func.count().label("events")).group_by(hall_events.c.day).subquery()
        query = (
            select(hall_days.c.day)
            .outerjoin(counted, counted.c.day == hall_days.c.day)
            .where(hall_days.c.day < before.isoformat(), hall_days.c.thinned_at.is_(None))
            .where(or_(hall_days.c.key.is_not(None), func.coalesce(counted.c.events, 0) != hall_days.c.events))
        )
        return [date.fromisoformat(day) for (day,) in self._connection.execute(query.order_by(hall_days.c.day))]

    def thinned(self, day: date) -> bool:
        """Whether nothing but the visits is left of a day."""
        query = select(hall_days.c.thinned_at).where(hall_days.c.day == day.isoformat())
        return self._connection.execute(query).scalar() is not None

    def visits(self, first: date, last: date) -> list[Visit]:
        """Of all days from ``first`` to ``last`` that are over, in order of the tickets."""
        within = hall_visits.c.day.between(first.isoformat(), last.isoformat())
        query = select(*_VISIT).where(within).order_by(hall_visits.c.taken_at, hall_visits.c.serial)
        return [
            Visit(**{**row._mapping, "implied": bool(row.implied), "demo": bool(row.demo)})
            for row in self._connection.execute(query)
        ]


class Writing(Reading):
    """The same, and what changes it."""

    def add(self, day: Callable[[Event], date], events: Sequence[Event]) -> None:
        """Append events whose ids are not there yet; ``day`` tells of which day one is."""
        rows = [
            {**msgspec.structs.asdict(event), "day": day(event).isoformat(), "demo": int(event.demo)}
            | {"prechecked": int(event.prechecked)}
            for event in events
        ]
        if rows:
            self._connection.execute(insert(hall_events), rows)
        for name in {row["day"] for row in rows}:
            self._connection.execute(insert_missing(self._connection, hall_days).values(day=name))

    def add_key(self, day: date, key: str) -> None:
        """Where the day has none yet."""
        name = day.isoformat()
        self._connection.execute(insert_missing(self._connection, hall_days).values(day=name))
        missing = (hall_days.c.day == name, hall_days.c.key.is_(None))
        self._connection.execute(update(hall_days).where(*missing).values(key=key))

    def token_is_valid(self, name: str) -> bool:
        valid = select(tokens.c.name).where(tokens.c.name == name, tokens.c.revoked_at.is_(None))
        return self._connection.execute(valid).first() is not None

    def put_window(self, window: str, kinds: Sequence[str], *, demo: bool = False) -> None:
        """Declare a window, or what it serves from now on."""
        text = json.dumps(list(kinds))
        self._connection.execute(delete(hall_windows).where(hall_windows.c.id == window))
        self._connection.execute(insert(hall_windows).values(id=window, kinds=text, demo=int(demo)))

    def drop_window(self, window: str) -> bool:
        """Whether there was one."""
        return self._connection.execute(delete(hall_windows).where(hall_windows.c.id == window)).rowcount > 0

    def end_demo(self) -> bool:
        """Delete all that is not real; whether there was anything."""
        gone = 0
        for table in (hall_events, hall_windows, hall_visits):
            gone += self._connection.execute(delete(table).where(table.c.demo == 1)).rowcount
        return gone > 0

    def close_day(self, day: date, visits: Sequence[Visit], events: int) -> None:
        """Keep the ``visits`` that ``events`` events of a day came to, and lock its tickets."""
        name = day.isoformat()
        self._connection.execute(delete(hall_visits).where(hall_visits.c.day == name))
        rows = [
            msgspec.structs.asdict(visit) | {"implied": int(visit.implied), "demo": int(visit.demo)} for visit in visits
        ]
        if rows:
            self._connection.execute(insert(hall_visits), rows)
        over = update(hall_days).where(hall_days.c.day == name).values(key=None, events=events)
        self._connection.execute(over)

    def thin(self, before: date, now: float) -> int:
        """Delete the events of closed days before ``before``; how many."""
        old = (hall_days.c.day < before.isoformat(), hall_days.c.thinned_at.is_(None), hall_days.c.key.is_(None))
        days = [day for (day,) in self._connection.execute(select(hall_days.c.day).where(*old))]
        gone = 0
        for day in days:
            gone += self._connection.execute(delete(hall_events).where(hall_events.c.day == day)).rowcount
            self._connection.execute(update(hall_days).where(hall_days.c.day == day).values(thinned_at=now))
        return gone

    def forget_visits(self, before: date) -> None:
        self._connection.execute(delete(hall_visits).where(hall_visits.c.day < before.isoformat()))


def _event(row: Mapping[str, Any]) -> Event:
    return Event(**{**row, "prechecked": bool(row["prechecked"]), "demo": bool(row["demo"])})
