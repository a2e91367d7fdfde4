"""Reports of the queue. Rows are only ever added."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Engine, insert, select

from .schema import queue_reports


class Outdated(Exception):
    """A report is older than one that is stored already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """How many people wait for counters of ``kind``, and whose number is called."""

    kind: str
    waiting: int
    serving: str | None
    observed_at: float


_COLUMNS = [queue_reports.c.kind, queue_reports.c.waiting, queue_reports.c.serving, queue_reports.c.observed_at]


class Reports:
    def __init__(self, engine: Engine, reading: Engine) -> None:
        self._engine = engine
        self._reading = reading

    def add(self, report: Report, now: float, token: str) -> None:
        """Append ``report``; raises ``Outdated`` when a newer one of its kind is stored."""
        with self._engine.begin() as connection:
            latest = _latest(connection, report.kind)
            if latest and report.observed_at < latest.observed_at:
                raise Outdated
            connection.execute(
                insert(queue_reports).values(
                    kind=report.kind,
                    waiting=report.waiting,
                    serving=report.serving,
                    observed_at=report.observed_at,
                    received_at=now,
                    token=token,
                )
            )

    def latest(self, kind: str) -> Report | None:
        with self._reading.connect() as connection:
            return _latest(connection, kind)


def _latest(connection: Connection, kind: str) -> Report | None:
    newest = (queue_reports.c.observed_at.desc(), queue_reports.c.id.desc())
    row = connection.execute(select(*_COLUMNS).where(queue_reports.c.kind == kind).order_by(*newest).limit(1)).first()
    return Report(**row._mapping) if row else None
