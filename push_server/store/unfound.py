"""What people looked for and did not find: the bare words and how often, by day at the finest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine, bindparam, delete, func, insert, select, update

from .dialect import alone
from .schema import unfound

MOST = 20_000
"""Different queries that are kept."""


class Full(Exception):
    """There is no room for another query; those that are known still count."""


@dataclass(frozen=True, slots=True)
class UnfoundQuery:
    """Days are ISO dates, local to the centre."""

    query: str
    times: int
    first_day: str
    last_day: str


class Unfound:
    def __init__(self, engine: Engine, reading: Engine) -> None:
        self._engine = engine
        self._reading = reading

    def add(self, query: str, day: date, at_most: int = MOST) -> None:
        """Count ``query`` once more; raises ``Full`` for a new one when there is no room."""
        told = day.isoformat()
        with self._engine.begin() as connection:
            alone(connection, "unfound")
            known = update(unfound).where(unfound.c.query == query)
            if connection.execute(known.values(times=unfound.c.times + 1, last_day=told)).rowcount:
                return
            if connection.execute(select(func.count()).select_from(unfound)).scalar_one() >= at_most:
                raise Full
            connection.execute(insert(unfound).values(query=query, times=1, first_day=told, last_day=told))

    def prune(self, before: date, unwanted: Callable[[str], bool]) -> None:
        """Forget what was last sent before ``before``, and what an older rule let in that is ``unwanted``."""
        with self._engine.begin() as connection:
            connection.execute(delete(unfound).where(unfound.c.last_day < before.isoformat()))
            kept = connection.execute(select(unfound.c.query)).scalars().all()
            if over := [{"over": query} for query in kept if unwanted(query)]:
                connection.execute(delete(unfound).where(unfound.c.query == bindparam("over")), over)

    def listing(self) -> list[UnfoundQuery]:
        """The most frequent first, then the latest."""
        order = (unfound.c.times.desc(), unfound.c.last_day.desc(), unfound.c.query)
        with self._reading.connect() as connection:
            return [UnfoundQuery(*row) for row in connection.execute(select(unfound).order_by(*order))]
