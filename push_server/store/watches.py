"""What is watched for those who wished for it: thresholds, tickets, and how it stands with them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Engine, delete, exists, select

from ..wish import Topic, Watch
from .dialect import put
from .schema import deliveries, queue_watches, wishes


class Watches:
    def __init__(self, engine: Engine, reading: Engine) -> None:
        self._engine = engine
        self._reading = reading

    def wished(self, topic: Topic) -> dict[str, set[int]]:
        """The subjects of all wishes for ``topic``, with their thresholds."""
        query = select(wishes.c.subject, wishes.c.threshold).where(wishes.c.topic == topic).distinct()
        found: dict[str, set[int]] = {}
        with self._reading.connect() as connection:
            for subject, threshold in connection.execute(query):
                if threshold is not None:
                    found.setdefault(subject, set()).add(threshold)
        return found

    def subjects(self, topic: Topic) -> set[str]:
        """What wishes for ``topic`` are about."""
        with self._reading.connect() as connection:
            query = select(wishes.c.subject).where(wishes.c.topic == topic).distinct()
            return set(connection.execute(query).scalars())

    def renewals(self) -> list[tuple[str, date]]:
        """The matters of documents that run out, with the dates that people keep for them."""
        query = select(wishes.c.subject, wishes.c.on_date).where(wishes.c.topic == "renewal").distinct()
        with self._reading.connect() as connection:
            rows = connection.execute(query.order_by(wishes.c.on_date, wishes.c.subject)).all()
        return [(row.subject, date.fromisoformat(row.on_date)) for row in rows if row.on_date is not None]

    def unreminded(self, matter: str, on_date: date, which: str) -> list[str]:
        """Who keeps ``on_date`` for ``matter`` and has no row of that reminder, under whatever name
        they were known when it was made."""
        told = f"renewal:%:{matter}:{on_date.isoformat()}:{which}"
        row = exists().where(deliveries.c.person == wishes.c.person, deliveries.c.announcement.like(told))
        wanted = (wishes.c.topic == "renewal") & (wishes.c.subject == matter)
        query = select(wishes.c.person).where(wanted, wishes.c.on_date == on_date.isoformat(), ~row)
        with self._reading.connect() as connection:
            return list(connection.execute(query).scalars())

    def forget_renewals(self, before: date) -> None:
        """Drop the wishes for documents that ran out before a day."""
        over = (wishes.c.topic == "renewal") & (wishes.c.on_date < before.isoformat())
        with self._engine.begin() as connection:
            connection.execute(delete(wishes).where(over))

    def queue(self) -> dict[tuple[str, int], Watch]:
        with self._reading.connect() as connection:
            rows = connection.execute(select(queue_watches)).all()
        return {(row.kind, row.threshold): Watch(bool(row.armed), row.told_at) for row in rows}

    def note(self, changed: Mapping[tuple[str, int], Watch]) -> None:
        with self._engine.begin() as connection:
            for (kind, threshold), watch in changed.items():
                row = {"kind": kind, "threshold": threshold, "armed": int(watch.armed), "told_at": watch.told_at}
                put(connection, queue_watches, ("kind", "threshold"), row)
