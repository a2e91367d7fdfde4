"""The shards of the ledger: sixteen shares of the people, each sent by one worker at a time.

A person belongs to a shard by the first letter of the id, which is random and hexadecimal, so
whatever goes to one person leaves one worker, in the order in which it was said. A worker holds
a shard as long as it is seen; every transaction in which it claims rows or writes down answers
asks whether it still does. So one that was cut off, or slept, can neither claim nor overwrite.

What is to be done stands in the ledger alone: ``due`` finds it whatever has died.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Engine, Float, func, literal_column, or_, text, update

from .notices import MOMENTS
from .schema import shards

RECHECK = 60.0
"""Seconds after which missing rows of a shard are looked for whatever seems to be known."""

_s = shards.c
_CLOCK: ColumnElement[float] = literal_column("EXTRACT(EPOCH FROM clock_timestamp())", Float)
"""The clock of the database: those of the nodes may differ."""

_GLANCE = text(f"""
    WITH newest AS (
        SELECT coalesce(max(serial), 0) AS serial FROM announcements WHERE audience IS NOT NULL AND expires_at > :now
    ), free AS (
        SELECT * FROM shards WHERE owner IS NULL OR held_at < EXTRACT(EPOCH FROM clock_timestamp()) - :lease
    )
    SELECT
        ARRAY(
            SELECT name FROM free, newest
            WHERE free.serial < newest.serial
               OR EXISTS (SELECT FROM deliveries WHERE substr(person, 1, 1) = name
                          AND state = 'pending' AND priority = 0 AND next_at <= :now)
               OR EXISTS (SELECT FROM deliveries WHERE substr(person, 1, 1) = name
                          AND state = 'pending' AND priority = 1 AND next_at <= :now)
               OR EXISTS (SELECT FROM deliveries WHERE substr(person, 1, 1) = name AND state = 'sending')
            ORDER BY name
        ) AS due,
        EXISTS (
            SELECT FROM free, newest
            WHERE newest.serial > 0 AND free.serial >= newest.serial
              AND (fanned_out_at < :now - :recheck OR fanned_out_at > :now)
        ) AS aged,
        (SELECT count(*) FROM wishes WHERE topic IN ('queue', 'ticket')) AS wished,
        greatest(
            coalesce((SELECT greatest(at, received_at) FROM hall_events ORDER BY serial DESC LIMIT 1), 0),
            coalesce((SELECT received_at FROM queue_reports ORDER BY id DESC LIMIT 1), 0)
        ) AS heard_at,
        (SELECT ARRAY[count(*), {", ".join(f"coalesce(sum({name}), 0)" for name in MOMENTS)}] FROM notices) AS notices
""")


class Lost(Exception):
    """Another worker holds the shard by now."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A shard and who holds it; ``owner`` is another one each time that it is taken."""

    shard: str
    owner: str

    def confirm(self, connection: Connection) -> None:
        """Until the transaction ends nobody else takes it. Raises ``Lost``."""
        mine = update(shards).where(_s.name == self.shard, _s.owner == self.owner)
        if not connection.execute(mine.values(held_at=_CLOCK)).rowcount:
            raise Lost(self.shard)


@dataclass(frozen=True, slots=True)
class Glance:
    """What one question tells of everything that a look would find."""

    due: list[str]
    """Shards that nobody holds and in which something is to be done."""
    aged: bool
    """In another one rows may be missing: it has not been looked at for ``RECHECK`` seconds."""
    wished: int
    """People's wishes to hear of the hall."""
    heard_at: float
    """When the hall was heard of last."""
    notices: tuple[float, ...]
    """Their stamp, as ``NoticeStore.stamp`` gives it."""


class Shards:
    """Only in PostgreSQL; where the database is a file, one process sends."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        # One statement sees one moment by itself: without a transaction around it, it takes half.
        self._asking = engine.execution_options(isolation_level="AUTOCOMMIT")

    def take(self, holding: Holding, lease: float) -> bool:
        """Whether it is held by ``holding`` now: nobody had it, or nobody saw the owner for ``lease`` seconds."""
        free = or_(_s.owner.is_(None), _s.held_at < _CLOCK - lease)
        with self._engine.begin() as connection:
            taken = update(shards).where(_s.name == holding.shard, free)
            return connection.execute(taken.values(owner=holding.owner, held_at=_CLOCK)).rowcount > 0

    def beat(self, holding: Holding) -> None:
        """Its owner is alive. Raises ``Lost``."""
        with self._engine.begin() as connection:
            holding.confirm(connection)

    def leave(self, holding: Holding) -> None:
        with self._engine.begin() as connection:
            mine = update(shards).where(_s.name == holding.shard, _s.owner == holding.owner)
            connection.execute(mine.values(owner=None))

    def due(self, now: float, lease: float) -> list[str]:
        """Shards that nobody holds and in which something is to be done."""
        return self.glance(now, lease).due

    def glance(self, now: float, lease: float) -> Glance:
        """Asked every second by every node: so it is one statement, that is planned once."""
        with self._asking.connect() as connection:
            row = connection.execute(_GLANCE, {"now": now, "lease": lease, "recheck": RECHECK}).one()
        return Glance(row.due, row.aged, row.wished, row.heard_at, tuple(row.notices))

    def whole(self, missing: Collection[str], now: float, lease: float) -> None:
        """Nobody's row is missing in shards that nobody holds, but in those ``missing``: these are due."""
        free = or_(_s.owner.is_(None), _s.held_at < _CLOCK - lease)
        with self._engine.begin() as connection:
            connection.execute(update(shards).where(free, _s.name.in_(missing)).values(serial=0))
            connection.execute(update(shards).where(free, _s.serial > 0).values(fanned_out_at=now))


def shard_of(person: ColumnElement[str]) -> ColumnElement[str]:
    """As the indexes have it, letter by letter."""
    return func.substr(person, literal_column("1"), literal_column("1"))


def fanned_out(connection: Connection, holding: Holding, serial: int, now: float) -> None:
    """Note that the shard has rows for all announcements up to ``serial``."""
    mine = update(shards).where(_s.name == holding.shard, _s.owner == holding.owner)
    connection.execute(mine.values(serial=serial, fanned_out_at=now))
