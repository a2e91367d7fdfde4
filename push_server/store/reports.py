"""Reports of the queue. Rows are only ever added."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Engine, delete, func, insert, or_, select

from .dialect import alone
from .schema import queue_reports

MOST = 9999
"""People that wait; more are a mistake."""


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

    def add(self, report: Report, now: float, token: str, *, until: float) -> None:
        """Append ``report``; raises ``Outdated`` when a newer one of its kind is stored.

        What a clock running ahead has left behind, later than ``until``, is not newer. The
        same report again (a machine that did not hear the answer) is stored once.
        """
        with self._engine.begin() as connection:
            alone(connection, f"reports:{report.kind}")
            latest = _latest(connection, report.kind, until)
            if latest and report.observed_at < latest.observed_at:
                raise Outdated
            if report == latest:
                return
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

    def latest(self, kind: str, until: float) -> Report | None:
        """The newest report that is not from later than ``until``."""
        with self._reading.connect() as connection:
            return _latest(connection, kind, until)

    def prune(self, before: float, now: float) -> None:
        """Drop reports that came before ``before``, or later than ``now``; the newest of a kind stays."""
        newest = select(func.max(queue_reports.c.id)).group_by(queue_reports.c.kind)
        over = or_(queue_reports.c.received_at < before, queue_reports.c.observed_at > now)
        with self._engine.begin() as connection:
            connection.execute(delete(queue_reports).where(over, queue_reports.c.id.not_in(newest)))


def _latest(connection: Connection, kind: str, until: float) -> Report | None:
    """Of the rows that can be shown: another program, or a version of before, may have left others."""
    usable = (
        queue_reports.c.kind == kind,
        queue_reports.c.observed_at.between(0, until),
        queue_reports.c.waiting.between(0, MOST),
    )
    newest = (queue_reports.c.observed_at.desc(), queue_reports.c.id.desc())
    row = connection.execute(select(*_COLUMNS).where(*usable).order_by(*newest).limit(1)).first()
    if row is None:
        return None
    return Report(**{**row._mapping, "serving": row.serving if isinstance(row.serving, str) else None})
