"""Who gets what: push subscriptions and their topics."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from .schema import deliveries, subscriptions, topics


class Full(Exception):
    """The configured number of subscriptions is reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A browser's push subscription. Endpoint and keys stay out of ``repr``, hence of logs."""

    endpoint: str = field(repr=False)
    p256dh: str = field(repr=False)
    auth: str = field(repr=False)

    @property
    def recipient(self) -> str:
        return recipient_of(self.endpoint)


def recipient_of(endpoint: str) -> str:
    """How the ledger names the phone behind ``endpoint``."""
    return hashlib.sha256(endpoint.encode("utf-8", "surrogatepass")).hexdigest()


class Subscribers:
    def __init__(self, engine: Engine, reading: Engine) -> None:
        self._engine = engine
        self._reading = reading

    def put(self, subscription: Subscription, wanted: Sequence[str], now: float, *, at_most: int) -> bool:
        """Add or replace; ``True`` when it is new. Raises ``Full`` for the one too many."""
        recipient = subscription.recipient
        keys = {"p256dh": subscription.p256dh, "auth": subscription.auth, "seen_at": now}
        with self._engine.begin() as connection:
            known = connection.execute(
                update(subscriptions).where(subscriptions.c.recipient == recipient).values(keys)
            ).rowcount
            if not known:
                if _count(connection) >= at_most:
                    raise Full
                row = {"recipient": recipient, "endpoint": subscription.endpoint, "created_at": now, **keys}
                connection.execute(insert(subscriptions).values(row))
            connection.execute(delete(topics).where(topics.c.recipient == recipient))
            connection.execute(insert(topics), [{"topic": topic, "recipient": recipient} for topic in wanted])
        return not known

    def remove(self, endpoint: str) -> None:
        """Forget ``endpoint``; nothing happens when it is unknown."""
        with self._engine.begin() as connection:
            forget(connection, recipient_of(endpoint))

    def known(self, endpoint: str) -> bool:
        with self._reading.connect() as connection:
            found = select(subscriptions.c.recipient).where(subscriptions.c.recipient == recipient_of(endpoint))
            return connection.execute(found).first() is not None

    def count(self) -> int:
        with self._reading.connect() as connection:
            return _count(connection)


def forget(connection: Connection, recipient: str, *, p256dh: str | None = None) -> None:
    """Delete a subscription and what waits to be sent to it.

    With ``p256dh`` only while it has that key: the phone may have renewed itself meanwhile.
    """
    gone = delete(subscriptions).where(subscriptions.c.recipient == recipient)
    if p256dh is not None:
        gone = gone.where(subscriptions.c.p256dh == p256dh)
    if connection.execute(gone).rowcount:
        waiting = (deliveries.c.recipient == recipient) & (deliveries.c.state == "pending")
        connection.execute(delete(deliveries).where(waiting))


def _count(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(subscriptions)).scalar_one()
