"""Which published site is the newest, where several nodes have one each.

While the site is replaced node by node, those that still have the old one must not take back
what the others announce: people would hear both, in turn.
"""

from __future__ import annotations

from sqlalchemy import Engine, delete, select

from .dialect import put
from .schema import releases

GONE = 60.0
"""Seconds after which a release that no node has any more is not the newest: somebody went back."""
SEEN = 10.0
"""Seconds between two notes that a release is still there."""
KEPT = 50
"""So many are remembered."""


class Releases:
    def __init__(self, engine: Engine, reading: Engine) -> None:
        self._engine = engine
        self._reading = reading

    def admit(self, release: str | None, now: float) -> bool:
        """Whether a node with ``release`` may announce: no other node has a newer one."""
        name = release or ""
        query = select(releases).order_by(releases.c.first_at.desc(), releases.c.id)
        with self._reading.connect() as connection:
            known = connection.execute(query).all()
        newest = known[0] if known else None
        if newest is not None and newest.id == name:
            if 0 <= now - newest.seen_at < SEEN:
                return True
            self._note(name, newest.first_at, now)
            return True
        if newest is not None and any(row.id == name for row in known) and 0 <= now - newest.seen_at <= GONE:
            return False
        self._note(name, now if newest is None else max(now, newest.first_at + 0.001), now)
        self._forget([row.id for row in known[KEPT - 1 :] if row.id != name])
        return True

    def _note(self, name: str, first_at: float, now: float) -> None:
        with self._engine.begin() as connection:
            put(connection, releases, ("id",), {"id": name, "first_at": first_at, "seen_at": now})

    def _forget(self, names: list[str]) -> None:
        if names:
            with self._engine.begin() as connection:
                connection.execute(delete(releases).where(releases.c.id.in_(names)))
