"""Failed attempts to sign in, per account, address and tablet, and until when each has to wait."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, delete, select

from .dialect import alone, put
from .schema import attempts

Subject = tuple[str, str]
"""What failures are counted for: a scope and a name in it, ``("address", "203.0.113.7")``."""
PUT_BACK = 60.0
"""Seconds by which a clock is put right without that anybody notices."""


class Attempts:
    def __init__(self, engine: Engine, reading: Engine) -> None:
        self._engine = engine
        self._reading = reading

    def begin(
        self, subjects: Sequence[Subject], now: float, forgets: float, delay: Callable[[str, int], float]
    ) -> float | None:
        """``None`` when one may try now; else the moment from which on one may.

        The attempt is counted as failed before it is made, so that a hundred at the same time
        are no more than a hundred one after the other; ``forgive`` takes it back. ``delay``
        tells the seconds to wait after so many failures in a scope; failures that are older
        than ``forgets`` seconds do not count.
        """
        with self._engine.begin() as connection:
            alone(connection, *(f"attempts:{scope}:{name}" for scope, name in subjects))
            known = {subject: _find(connection, subject) for subject in subjects}
            # What a clock that ran ahead has left behind nobody has to wait for.
            told = [row for row in known.values() if row is not None and row.last_at <= now + PUT_BACK]
            waits = [row.until for row in told if row.until > now]
            if waits:
                return max(waits)
            for (scope, name), row in known.items():
                failures = 1 + (row.failures if row is not None and row.last_at > now - forgets else 0)
                values = {"failures": failures, "last_at": now, "until": now + delay(scope, failures)}
                put(connection, attempts, ("scope", "subject"), {"scope": scope, "subject": name, **values})
        return None

    def forgive(self, subjects: Sequence[Subject]) -> None:
        """Count nothing for these any more."""
        with self._engine.begin() as connection:
            for subject in subjects:
                connection.execute(delete(attempts).where(*_is(subject)))

    def failures(self, subject: Subject) -> int:
        with self._reading.connect() as connection:
            row = _find(connection, subject)
        return row.failures if row is not None else 0

    def prune(self, before: float) -> None:
        with self._engine.begin() as connection:
            connection.execute(delete(attempts).where(attempts.c.last_at < before))


def _is(subject: Subject) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return attempts.c.scope == subject[0], attempts.c.subject == subject[1]


def _find(connection: Connection, subject: Subject) -> Row[Any] | None:
    return connection.execute(select(attempts).where(*_is(subject))).one_or_none()
