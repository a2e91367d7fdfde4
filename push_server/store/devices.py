"""Shared tablets of the hall on which clerks may sign in with a short code."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy import Engine, insert, select, update
from sqlalchemy.exc import IntegrityError

from .schema import devices


@dataclass(frozen=True, slots=True)
class Device:
    """``enrolled_by`` is an account; moments are seconds since 1970."""

    name: str
    enrolled_at: float
    enrolled_by: str
    revoked_at: float | None


_LISTED = (devices.c.name, devices.c.enrolled_at, devices.c.enrolled_by, devices.c.revoked_at)


class Devices:
    def __init__(self, engine: Engine, reading: Engine) -> None:
        self._engine = engine
        self._reading = reading

    def enrol(self, name: str, account: str, now: float) -> str | None:
        """The secret for the tablet's cookie; ``None`` when the name was used before."""
        secret = secrets.token_urlsafe(32)
        row = {"name": name, "digest": _digest(secret), "enrolled_at": now, "enrolled_by": account}
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(devices).values(**row))
        except IntegrityError:
            return None
        return secret

    def find(self, secret: str) -> Device | None:
        """The tablet that holds ``secret``, unless it was revoked."""
        valid = (devices.c.digest == _digest(secret), devices.c.revoked_at.is_(None))
        with self._reading.connect() as connection:
            row = connection.execute(select(*_LISTED).where(*valid)).one_or_none()
        return Device(*row) if row is not None else None

    def listing(self) -> list[Device]:
        with self._reading.connect() as connection:
            return [Device(*row) for row in connection.execute(select(*_LISTED).order_by(devices.c.name))]

    def revoke(self, name: str, now: float) -> bool:
        """Whether there was a valid tablet ``name`` to revoke."""
        valid = (devices.c.name == name, devices.c.revoked_at.is_(None))
        with self._engine.begin() as connection:
            return connection.execute(update(devices).where(*valid).values(revoked_at=now)).rowcount > 0


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
