"""Signs of life, kept where every process sees them: the sender's last beat and last failure.

The row ``probe`` is written by whoever asks whether anything can be written.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine, func, select

from .dialect import put
from .schema import announcements, deliveries, pulse

SENDER, PROBE = "sender", "probe"
ENDED = ("gone", "withdrawn", "superseded")
"""Reasons that are nobody's fault."""


@dataclass(frozen=True, slots=True)
class Beat:
    """When the sender last got through its work, and what went wrong when it last did not."""

    at: float | None = None
    error: str | None = None
    error_at: float | None = None


@dataclass(frozen=True, slots=True)
class Today:
    """Messages of announcements that were not over when the day began."""

    sent: int = 0
    rejected: int = 0
    """Refused for good, and not because the phone has gone."""
    expired: int = 0
    """Not taken before their time was over."""
    overdue: int = 0
    """Not tried although it is time, or still tried minutes after they were announced."""


class Pulse:
    def __init__(self, engine: Engine, reading: Engine) -> None:
        self._engine = engine
        self._reading = reading

    def beat(self, now: float) -> None:
        self._write(SENDER, at=now)

    def failed(self, now: float, error: str) -> None:
        """``error`` names the kind of failure; it is shown to whoever asks."""
        self._write(SENDER, error=error, error_at=now)

    def probe(self, now: float) -> None:
        """Write something; raises ``SQLAlchemyError`` when nothing can be written."""
        self._write(PROBE, at=now)

    def sender(self) -> Beat:
        with self._reading.connect() as connection:
            query = select(pulse.c.at, pulse.c.error, pulse.c.error_at).where(pulse.c.name == SENDER)
            row = connection.execute(query).first()
        return Beat(*row) if row else Beat()

    def announced(self, key: str) -> bool:
        with self._reading.connect() as connection:
            return connection.execute(select(announcements.c.key).where(announcements.c.key == key)).first() is not None

    def today(self, midnight: float, late: float) -> Today:
        """What became of the messages since ``midnight``; ``late`` is before when one should have left."""
        why = func.coalesce(deliveries.c.reason, "")
        tried = deliveries.c.attempts > 0
        waiting = (deliveries.c.state == "pending") & (deliveries.c.next_at <= late)
        still = deliveries.c.state.in_(("pending", "sending")) & tried & (announcements.c.created_at <= late)
        rejected = (deliveries.c.state == "failed") & why.not_in(ENDED)
        query = (
            select(
                func.count().filter(deliveries.c.state == "sent"),
                func.count().filter(rejected),
                func.count().filter((deliveries.c.state == "expired") & why.not_in(ENDED)),
                func.count().filter(waiting | still),
            )
            .select_from(announcements)
            .join(deliveries, deliveries.c.announcement == announcements.c.key)
            .where(announcements.c.expires_at >= midnight, deliveries.c.changed_at >= midnight)
        )
        with self._reading.connect() as connection:
            return Today(*connection.execute(query).one())

    def _write(self, name: str, **values: object) -> None:
        with self._engine.begin() as connection:
            put(connection, pulse, ("name",), {"name": name, **values})
