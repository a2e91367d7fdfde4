"""What clerks announce: every version of every notice stays."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from .dialect import alone
from .schema import notices

MOMENTS = ("created_at", "publish_at", "expires_at", "approved_at", "cancelled_at")
_STAMP = select(func.count(), *(func.coalesce(func.sum(notices.c[name]), 0.0) for name in MOMENTS))


class NoticeStore:
    """Rows as plain values; what they mean is decided by ``voice/notices.py``."""

    def __init__(self, engine: Engine, reading: Engine) -> None:
        self._engine = engine
        self._reading = reading

    def listing(self, after: float = 0.0) -> list[dict[str, Any]]:
        """Those that end after ``after``, the oldest first."""
        query = select(notices).where(notices.c.expires_at > after).order_by(notices.c.created_at, notices.c.id)
        with self._reading.connect() as connection:
            return [_told(row._mapping) for row in connection.execute(query)]

    def stamp(self) -> tuple[float, ...]:
        """Another one after whatever changes what is announced; a fraction of the work of reading it."""
        with self._reading.connect() as connection:
            return tuple(connection.execute(_STAMP).one())

    def get(self, notice: str) -> dict[str, Any] | None:
        with self._reading.connect() as connection:
            return _get(connection, notice)

    def by_request(self, source: str, request_key: str) -> dict[str, Any] | None:
        """What ``source`` announced under its own key before."""
        query = select(notices).where(notices.c.created_by == source, notices.c.request_key == request_key)
        with self._reading.connect() as connection:
            row = connection.execute(query).first()
        return None if row is None else _told(row._mapping)

    def add(self, values: dict[str, Any], request_key: str | None = None) -> None:
        """Raises ``sqlalchemy.exc.IntegrityError`` when the source has used ``request_key`` before."""
        with self._engine.begin() as connection:
            connection.execute(insert(notices).values(**_kept(values), request_key=request_key))

    @contextmanager
    def changing(self, notice: str) -> Iterator[tuple[dict[str, Any] | None, Changing]]:
        """The notice as it is, and how to change it, while nobody else does."""
        with self._engine.begin() as connection:
            alone(connection, f"notice:{notice}")
            yield _get(connection, notice), Changing(connection, notice)

    def prune(self, before: float) -> None:
        with self._engine.begin() as connection:
            connection.execute(delete(notices).where(notices.c.expires_at < before))


class Changing:
    def __init__(self, connection: Connection, notice: str) -> None:
        self._connection = connection
        self._notice = notice

    def put(self, values: dict[str, Any]) -> None:
        changed = update(notices).where(notices.c.id == self._notice).values(_kept(values))
        self._connection.execute(changed)


def _get(connection: Connection, notice: str) -> dict[str, Any] | None:
    row = connection.execute(select(notices).where(notices.c.id == notice)).first()
    return None if row is None else _told(row._mapping)


def _kept(values: dict[str, Any]) -> dict[str, Any]:
    hours = values.get("hours")
    return {**values, "hours": None if hours is None else msgspec.json.encode(hours).decode()}


def _told(row: Any) -> dict[str, Any]:
    values = {str(name): value for name, value in row.items() if name != "request_key"}
    return {**values, "hours": None if row["hours"] is None else json.loads(row["hours"])}
