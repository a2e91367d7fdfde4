"""What was published for a day before the day was changed. Rows are made once and stay as they are."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Engine, delete, insert, select

from .dialect import alone
from .schema import timetables


class Timetables:
    def __init__(self, engine: Engine, reading: Engine) -> None:
        self._engine = engine
        self._reading = reading

    def first(self, day: date) -> str | None:
        """What was noted for ``day``."""
        with self._reading.connect() as connection:
            return connection.execute(select(timetables.c.spans).where(timetables.c.day == day.isoformat())).scalar()

    def note(self, day: date, spans: str) -> str:
        """Note ``spans`` for ``day`` unless something is noted; what is noted then."""
        with self._engine.begin() as connection:
            alone(connection, "timetables")
            query = select(timetables.c.spans).where(timetables.c.day == day.isoformat())
            known = connection.execute(query).scalar()
            if known is None:
                connection.execute(insert(timetables).values(day=day.isoformat(), spans=spans))
        return spans if known is None else str(known)

    def prune(self, before: date) -> None:
        with self._engine.begin() as connection:
            connection.execute(delete(timetables).where(timetables.c.day < before.isoformat()))
