"""What staff did: who, what, when, which ticket, which window. Only added to."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine, delete, select

from .dialect import insert_missing
from .schema import audit

KEEP_DAYS = 400
"""For more than a year, so that the same month of last year can be looked at."""


@dataclass(frozen=True, slots=True)
class Entry:
    """``account`` is a name, also one that does not exist (a failed attempt to sign in), or
    ``None`` for the command line; ``action`` is a code of ``console/actions.py``."""

    id: int
    at: float
    account: str | None
    action: str
    ticket: str | None
    window: str | None
    detail: str | None
    event: str | None


class Audit:
    def __init__(self, engine: Engine, reading: Engine) -> None:
        self._engine = engine
        self._reading = reading

    def add(
        self,
        at: float,
        account: str | None,
        action: str,
        *,
        ticket: str | None = None,
        window: str | None = None,
        detail: str | None = None,
        event: str | None = None,
    ) -> None:
        """Note it; of the same ``event`` of the hall the first time only."""
        row = {"at": at, "account": account, "action": action, "ticket": ticket, "window": window}
        with self._engine.begin() as connection:
            connection.execute(insert_missing(connection, audit).values(**row, detail=detail, event=event))

    def page(
        self, size: int, *, before: int | None = None, account: str | None = None, ticket: str | None = None
    ) -> list[Entry]:
        """The newest ``size`` entries, of those with a smaller id than ``before``."""
        query = select(audit).order_by(audit.c.id.desc()).limit(size)
        if before is not None:
            query = query.where(audit.c.id < before)
        if account:
            query = query.where(audit.c.account == account)
        if ticket:
            query = query.where(audit.c.ticket == ticket)
        with self._reading.connect() as connection:
            return [Entry(*row) for row in connection.execute(query)]

    def prune(self, before: float) -> None:
        with self._engine.begin() as connection:
            connection.execute(delete(audit).where(audit.c.at < before))
