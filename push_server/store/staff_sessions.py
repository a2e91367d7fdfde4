"""Who is signed in: a row per session, so that one can be ended from anywhere.

The token lies in the browser's cookie, its SHA-256 here: it is 256 random bits, see ``tokens.py``.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field

from sqlalchemy import Engine, delete, insert, select, update

from .accounts import Account, account_of
from .schema import accounts, staff_sessions

TOUCH = 60.0
"""Seconds after which a session that is used is noted as used anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """``device`` is the name of the shared tablet on which somebody signed in with a code;
    ``None`` after a password."""

    digest: str = field(repr=False)
    account: Account
    created_at: float
    seen_at: float
    device: str | None


class StaffSessions:
    def __init__(self, engine: Engine, reading: Engine) -> None:
        self._engine = engine
        self._reading = reading

    def begin(self, account: str, now: float, device: str | None = None) -> str:
        """The token of a new session."""
        token = secrets.token_urlsafe(32)
        row = {"digest": _digest(token), "account": account, "created_at": now, "seen_at": now, "device": device}
        with self._engine.begin() as connection:
            connection.execute(insert(staff_sessions).values(**row))
        return token

    def find(self, token: str) -> Session | None:
        """The session of ``token``, however old, unless its account is disabled."""
        query = (
            select(staff_sessions.c.digest, staff_sessions.c.created_at.label("began_at"), staff_sessions.c.seen_at)
            .add_columns(staff_sessions.c.device, *accounts.c)
            .join(accounts, accounts.c.name == staff_sessions.c.account)
            .where(staff_sessions.c.digest == _digest(token), accounts.c.disabled_at.is_(None))
        )
        with self._reading.connect() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        return Session(
            digest=row.digest,
            account=account_of(row),
            created_at=row.began_at,
            seen_at=row.seen_at,
            device=row.device,
        )

    def touch(self, session: Session, now: float) -> None:
        """It is in use. Written once a minute."""
        if now - session.seen_at < TOUCH:
            return
        with self._engine.begin() as connection:
            query = update(staff_sessions).where(staff_sessions.c.digest == session.digest)
            connection.execute(query.values(seen_at=now))

    def end(self, session: Session) -> None:
        with self._engine.begin() as connection:
            connection.execute(delete(staff_sessions).where(staff_sessions.c.digest == session.digest))

    def end_all(self, account: str) -> None:
        with self._engine.begin() as connection:
            connection.execute(delete(staff_sessions).where(staff_sessions.c.account == account))

    def end_on(self, device: str) -> None:
        with self._engine.begin() as connection:
            connection.execute(delete(staff_sessions).where(staff_sessions.c.device == device))

    def prune(self, began_before: float) -> None:
        with self._engine.begin() as connection:
            connection.execute(delete(staff_sessions).where(staff_sessions.c.created_at < began_before))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
