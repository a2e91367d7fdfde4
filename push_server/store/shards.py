"""The shards of the ledger: sixteen shares of the people, each sent by one worker at a time.

A person belongs to a shard by the first letter of the id, which is random and hexadecimal, so
whatever goes to one person leaves one worker, in the order in which it was said. A worker holds
a shard as long as it is seen; every transaction in which it claims rows or writes down answers
asks whether it still does. So one that was cut off, or slept, can neither claim nor overwrite.

What is to be done stands in the ledger alone: ``due`` finds it whatever has died.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Float,
    and_,
    exists,
    func,
    literal_column,
    or_,
    select,
    update,
)  # fmt: skip

from .dialect import constant
from .schema import announcements, deliveries, shards

RECHECK = 60.0
"""Seconds after which missing rows of a shard are looked for whatever seems to be known."""

_s, _d = shards.c, deliveries.c
_CLOCK: ColumnElement[float] = literal_column("EXTRACT(EPOCH FROM clock_timestamp())", Float)
"""The clock of the database: those of the nodes may differ."""


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


class Shards:
    """Only in PostgreSQL; where the database is a file, one process sends."""

    def __init__(self, engine: Engine, reading: Engine) -> None:
        self._engine = engine
        self._reading = reading

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
        free = or_(_s.owner.is_(None), _s.held_at < _CLOCK - lease)
        here = shard_of(_d.person) == _s.name
        waits = [
            exists().where(here, _d.state == constant("pending"), _d.priority == priority, _d.next_at <= now)
            for priority in (0, 1)
        ]
        left = exists().where(here, _d.state == constant("sending"))
        told = and_(announcements.c.audience.is_not(None), announcements.c.expires_at > now)
        newest = select(func.coalesce(func.max(announcements.c.serial), 0)).where(told).scalar_subquery()
        stale = and_(newest > 0, or_(_s.serial < newest, _s.fanned_out_at < now - RECHECK, _s.fanned_out_at > now))
        query = select(_s.name).where(free, or_(*waits, left, stale)).order_by(_s.name)
        with self._reading.connect() as connection:
            return list(connection.execute(query).scalars())


def shard_of(person: ColumnElement[str]) -> ColumnElement[str]:
    """As the indexes have it, letter by letter."""
    return func.substr(person, literal_column("1"), literal_column("1"))


def fanned_out(connection: Connection, holding: Holding, serial: int, now: float) -> None:
    """Note that the shard has rows for all announcements up to ``serial``."""
    mine = update(shards).where(_s.name == holding.shard, _s.owner == holding.owner)
    connection.execute(mine.values(serial=serial, fanned_out_at=now))
