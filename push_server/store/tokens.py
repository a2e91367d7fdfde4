"""Machine tokens, stored as digests.

A token is 256 random bits, so nobody can find it by trying, and plain SHA-256 protects it as
well as a slow password hash would, without costing CPU at every report.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from sqlalchemy import Engine, insert, select, update
from sqlalchemy.exc import IntegrityError

from .schema import tokens

ROLES = {"machine": "报数据：取号机、叫号系统", "editor": "提交公告，在工作台有人同意才发出"}
"""What a token opens."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it is listed; its secret is known to nobody any more."""

    name: str
    created_at: float
    revoked_at: float | None
    role: str


class Tokens:
    def __init__(self, engine: Engine, reading: Engine) -> None:
        self._engine = engine
        self._reading = reading

    def add(self, name: str, now: float, *, role: str = "machine") -> str | None:
        """A new secret for ``name``, shown this once; ``None`` when the name was used before.

        Names are never reused, so that old reports keep saying who sent them.
        """
        secret = secrets.token_urlsafe(32)
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(tokens).values(name=name, digest=_digest(secret), created_at=now, role=role))
        except IntegrityError:
            return None
        return secret

    def revoke(self, name: str, now: float) -> bool:
        """Whether there was a valid token ``name`` to revoke."""
        valid = tokens.c.revoked_at.is_(None)
        with self._engine.begin() as connection:
            query = update(tokens).where(tokens.c.name == name, valid).values(revoked_at=now)
            return connection.execute(query).rowcount > 0

    def listing(self) -> list[Token]:
        with self._reading.connect() as connection:
            query = select(tokens.c.name, tokens.c.created_at, tokens.c.revoked_at, tokens.c.role).order_by(
                tokens.c.name
            )
            return [Token(*row) for row in connection.execute(query)]

    def role(self, name: str) -> str | None:
        """``machine`` or ``editor``; ``None`` for a token that is not valid."""
        with self._reading.connect() as connection:
            query = select(tokens.c.role).where(tokens.c.name == name, tokens.c.revoked_at.is_(None))
            return connection.execute(query).scalar()

    def owner(self, secret: str) -> str | None:
        """The name of the valid token ``secret``. Every digest is compared, in constant time."""
        digest = _digest(secret)
        with self._reading.connect() as connection:
            query = select(tokens.c.name, tokens.c.digest).where(tokens.c.revoked_at.is_(None))
            rows = connection.execute(query).all()
        owner = None
        for name, known in rows:
            if hmac.compare_digest(known, digest):
                owner = name
        return owner


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
