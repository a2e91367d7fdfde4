"""Accounts of staff. Passwords and codes come here hashed; see ``console/passwords.py``."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from .dialect import alone
from .schema import accounts, staff_sessions


class NoAdminLeft(Exception):
    """The change would leave nobody who can manage accounts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """``name`` is what one signs in with, ``shown`` what others read. ``password`` and ``code``
    are hashes; ``code`` is ``None`` for whoever has not set one."""

    name: str
    shown: str
    roles: frozenset[str]
    password: str = field(repr=False)
    code: str | None = field(repr=False)
    created_at: float
    disabled_at: float | None


class Accounts:
    def __init__(self, engine: Engine, reading: Engine) -> None:
        self._engine = engine
        self._reading = reading

    def add(self, name: str, shown: str, roles: Collection[str], password: str, now: float) -> bool:
        """Whether the name was free. Names are never used again, so that old entries of the
        audit log keep saying who it was."""
        row = {"name": name, "shown": shown, "roles": json.dumps(sorted(roles)), "password": password}
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(accounts).values(**row, created_at=now))
        except IntegrityError:
            return False
        return True

    def get(self, name: str) -> Account | None:
        with self._reading.connect() as connection:
            row = connection.execute(select(accounts).where(accounts.c.name == name)).one_or_none()
        return account_of(row) if row is not None else None

    def listing(self) -> list[Account]:
        with self._reading.connect() as connection:
            return [account_of(row) for row in connection.execute(select(accounts).order_by(accounts.c.name))]

    def set_password(self, name: str, password: str) -> bool:
        """Whether there is such an account. Whoever is signed in to it is so no longer."""
        with self._engine.begin() as connection:
            changed = connection.execute(update(accounts).where(accounts.c.name == name).values(password=password))
            connection.execute(delete(staff_sessions).where(staff_sessions.c.account == name))
        return changed.rowcount > 0

    def renew_hash(self, name: str, old: str, new: str) -> None:
        """The same password, hashed as is now usual; unless it was changed meanwhile."""
        same = (accounts.c.name == name, accounts.c.password == old)
        with self._engine.begin() as connection:
            connection.execute(update(accounts).where(*same).values(password=new))

    def set_code(self, name: str, code: str | None) -> None:
        """Whoever has signed in with the old code is so no longer."""
        by_code = (staff_sessions.c.account == name, staff_sessions.c.device.is_not(None))
        with self._engine.begin() as connection:
            connection.execute(update(accounts).where(accounts.c.name == name).values(code=code))
            connection.execute(delete(staff_sessions).where(*by_code))

    def set_roles(self, name: str, shown: str, roles: Collection[str]) -> bool:
        """Whether there is such an account. Raises ``NoAdminLeft``."""
        with self._engine.begin() as connection:
            alone(connection, "accounts")
            managed = _managed(connection)
            values = {"shown": shown, "roles": json.dumps(sorted(roles))}
            changed = connection.execute(update(accounts).where(accounts.c.name == name).values(**values))
            if managed and not _managed(connection):
                raise NoAdminLeft
        return changed.rowcount > 0

    def disable(self, name: str, now: float) -> bool:
        """Whether there is such an account, and it was not disabled. Raises ``NoAdminLeft``."""
        enabled = (accounts.c.name == name, accounts.c.disabled_at.is_(None))
        with self._engine.begin() as connection:
            alone(connection, "accounts")
            managed = _managed(connection)
            changed = connection.execute(update(accounts).where(*enabled).values(disabled_at=now, code=None))
            connection.execute(delete(staff_sessions).where(staff_sessions.c.account == name))
            if managed and not _managed(connection):
                raise NoAdminLeft
        return changed.rowcount > 0

    def enable(self, name: str) -> bool:
        """Whether there is such an account, and it was disabled."""
        disabled = (accounts.c.name == name, accounts.c.disabled_at.is_not(None))
        with self._engine.begin() as connection:
            return connection.execute(update(accounts).where(*disabled).values(disabled_at=None)).rowcount > 0


def account_of(row: Row[Any]) -> Account:
    columns = {column.name: row._mapping[column.name] for column in accounts.c}
    return Account(**{**columns, "roles": frozenset(json.loads(row.roles))})


def _managed(connection: Connection) -> bool:
    """Whether somebody can manage accounts."""
    rows = connection.execute(select(accounts.c.roles).where(accounts.c.disabled_at.is_(None)))
    return any("admin" in json.loads(roles) for (roles,) in rows)
