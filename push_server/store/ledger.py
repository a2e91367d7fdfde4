"""The ledger: one row per announcement and recipient, which is what "exactly once" rests on.

``pending`` → ``sending`` (noted before the request leaves) → ``sent``, ``failed`` or
``expired``; back to ``pending`` when it is to be tried again. A row still ``sending`` when a
sender takes over belonged to a process that died between request and answer. Nobody can know
whether its request arrived, so it goes out again: lost would be lost for good, while a repeat
carries the same Topic (RFC 8030, 5.4) and the same notification tag, and the person sees one
message. At most as many as were on their way can be repeated (``PUSH_CONNECTIONS``).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, bindparam, delete, func, insert, literal, select, update

from ..announcement import Announcement, Payload
from .schema import announcements, deliveries, subscriptions, topics
from .subscribers import Subscription, forget

NEVER_PRUNED = 10
"""So many announcements to an audience are kept however old they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A claimed row with what is needed to send it."""

    announcement: str
    payload: str
    urgency: str
    expires_at: float
    attempts: int
    subscription: Subscription

    @property
    def topic(self) -> str:
        """The Topic header: what may replace an earlier message."""
        return str(json.loads(self.payload)["tag"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of a task. ``gone``: the subscription has ended for good."""

    task: Task
    state: str
    reason: str | None = None
    next_at: float = 0.0
    attempts: int = 0
    gone: bool = False


_ROW = (deliveries.c.announcement == bindparam("for_announcement")) & (
    deliveries.c.recipient == bindparam("for_recipient")
)
_MARK = (
    update(deliveries)
    .where(_ROW)
    .values(
        {name: bindparam(name) for name in ("state", "reason", "next_at", "attempts", "changed_at")},
    )
)
_CLAIM = update(deliveries).where(_ROW).values({name: bindparam(name) for name in ("state", "changed_at")})
_DUE = (
    select(
        deliveries.c.announcement,
        deliveries.c.recipient,
        deliveries.c.attempts,
        announcements.c.payload,
        announcements.c.urgency,
        announcements.c.expires_at,
        subscriptions.c.endpoint,
        subscriptions.c.p256dh,
        subscriptions.c.auth,
    )
    .join(announcements, announcements.c.key == deliveries.c.announcement)
    .outerjoin(subscriptions, subscriptions.c.recipient == deliveries.c.recipient)
    .where(deliveries.c.state == "pending", deliveries.c.next_at <= bindparam("now"))
    .order_by(deliveries.c.next_at)
    .limit(bindparam("capacity"))
)
"""Rows to act on, the longest waiting first. A row is due before its announcement ends, at
the latest, so that looking at what is due finds what has expired too."""


class Ledger:
    def __init__(self, engine: Engine, reading: Engine) -> None:
        self._engine = engine
        self._reading = reading

    def current(self, now: float) -> frozenset[Announcement]:
        """Announcements whose time is not over at ``now``."""
        with self._reading.connect() as connection:
            rows = connection.execute(select(announcements).where(announcements.c.expires_at > now)).all()
        return frozenset(
            Announcement(
                key=row.key,
                audience=row.audience,
                payload=Payload(**json.loads(row.payload)),
                urgency=row.urgency,
                expires_at=datetime.fromtimestamp(row.expires_at, UTC),
            )
            for row in rows
        )

    def announce(self, announcement: Announcement, now: float, *, recipient: str | None = None) -> None:
        """Note ``announcement``, for its audience or for one ``recipient``.

        A known key gets the new words and hours; who has been sent it already is left alone.
        """
        key, content, waiting = announcement.key, _content(announcement), _waiting(now)
        with self._engine.begin() as connection:
            known = update(announcements).where(announcements.c.key == key).values(content)
            if connection.execute(known).rowcount:
                revived = (deliveries.c.announcement == key) & (deliveries.c.state == "expired")
                connection.execute(update(deliveries).where(revived).values(waiting))
            else:
                connection.execute(insert(announcements).values(key=key, created_at=now, **content))
            if recipient is not None:
                connection.execute(insert(deliveries).values(announcement=key, recipient=recipient, **waiting))

    def newest_subscriber(self) -> float | None:
        """When somebody last subscribed or renewed; a change means that rows may be missing."""
        with self._reading.connect() as connection:
            return connection.execute(select(func.max(subscriptions.c.seen_at))).scalar()

    def fan_out(self, now: float) -> int:
        """Give every subscriber a row for each current announcement; returns the new ones."""
        missing = (
            select(
                announcements.c.key,
                topics.c.recipient,
                literal("pending"),
                literal(0),
                literal(now),
                literal(now),
            )
            .join(topics, topics.c.topic == announcements.c.audience)
            .outerjoin(
                deliveries,
                (deliveries.c.announcement == announcements.c.key) & (deliveries.c.recipient == topics.c.recipient),
            )
            .where(announcements.c.expires_at > now, deliveries.c.recipient.is_(None))
        )
        with self._reading.connect() as connection:
            if connection.execute(missing.limit(1)).first() is None:
                return 0
        columns = ["announcement", "recipient", "state", "attempts", "next_at", "changed_at"]
        with self._engine.begin() as connection:
            return connection.execute(insert(deliveries).from_select(columns, missing)).rowcount

    def withdraw(self, keys: Sequence[str], now: float) -> None:
        """End announcements early: rows not yet sent will not be."""
        if not keys:
            return
        with self._engine.begin() as connection:
            for key in keys:
                _end(connection, key, now)

    def take_back(self, key: str, correction: Announcement, now: float) -> int:
        """End an announcement, and note ``correction`` for those who have been told; how many.

        They are then as if they had not been told: should it come true after all, they are
        told again. Who may have been told, since a sender died meanwhile, is corrected as well.
        """
        told = (deliveries.c.announcement == key) & (
            (deliveries.c.state == "sent") | (deliveries.c.reason == "interrupted")
        )
        with self._engine.begin() as connection:
            recipients = connection.execute(select(deliveries.c.recipient).where(told)).scalars().all()
            connection.execute(update(deliveries).where(told).values(state="expired", reason="called off"))
            _end(connection, key, now)
            connection.execute(delete(announcements).where(announcements.c.key == correction.key))
            connection.execute(delete(deliveries).where(deliveries.c.announcement == correction.key))
            if recipients:
                connection.execute(
                    insert(announcements).values(key=correction.key, created_at=now, **_content(correction))
                )
                row = {"announcement": correction.key, **_waiting(now)}
                connection.execute(insert(deliveries), [{**row, "recipient": recipient} for recipient in recipients])
        return len(recipients)

    def clock_put_back(self, now: float) -> None:
        """Let rows that were noted down by a clock running ahead wait no longer than they should."""
        ahead = (deliveries.c.state == "pending") & (deliveries.c.changed_at > now)
        with self._engine.begin() as connection:
            connection.execute(update(deliveries).where(ahead).values(next_at=now, changed_at=now))

    def resume_interrupted(self, now: float) -> int:
        """Put back the rows that a dead process left in ``sending``. Only the one sender may call this."""
        with self._engine.begin() as connection:
            query = update(deliveries).where(deliveries.c.state == "sending")
            return connection.execute(
                query.values(state="pending", reason="interrupted", next_at=now, changed_at=now)
            ).rowcount

    def step(self, verdicts: Sequence[Verdict], capacity: int, now: float) -> tuple[list[Task], bool]:
        """Write down ``verdicts`` and claim up to ``capacity`` rows, in one transaction.

        Also tells whether any row was due, claimed or ended: then there may be more.
        """
        with self._engine.begin() as connection:
            if verdicts:
                connection.execute(
                    _MARK,
                    [
                        {
                            "for_announcement": verdict.task.announcement,
                            "for_recipient": verdict.task.subscription.recipient,
                            "state": verdict.state,
                            "reason": verdict.reason,
                            "next_at": verdict.next_at,
                            "attempts": verdict.attempts,
                            "changed_at": now,
                        }
                        for verdict in verdicts
                    ],
                )
            for verdict in verdicts:
                if verdict.gone:
                    subscription = verdict.task.subscription
                    forget(connection, subscription.recipient, p256dh=subscription.p256dh)
            if capacity <= 0:
                return [], False
            due = connection.execute(_DUE, {"now": now, "capacity": capacity}).all()
            # A row without a subscription belongs to a phone that left between two attempts.
            live = [row for row in due if row.expires_at > now and row.endpoint is not None]
            tasks = [
                Task(
                    announcement=row.announcement,
                    payload=row.payload,
                    urgency=row.urgency,
                    expires_at=row.expires_at,
                    attempts=row.attempts,
                    subscription=Subscription(endpoint=row.endpoint, p256dh=row.p256dh, auth=row.auth),
                )
                for row in live
            ]
            if due:
                sending = {(row.announcement, row.recipient) for row in live}
                connection.execute(
                    _CLAIM,
                    [
                        {
                            "for_announcement": row.announcement,
                            "for_recipient": row.recipient,
                            "state": "sending" if (row.announcement, row.recipient) in sending else "expired",
                            "changed_at": now,
                        }
                        for row in due
                    ],
                )
        return tasks, bool(due)

    def idle(self, now: float) -> bool:
        """Whether no row is due at ``now``; reads only."""
        due = select(deliveries.c.recipient).where(deliveries.c.state == "pending", deliveries.c.next_at <= now)
        with self._reading.connect() as connection:
            return connection.execute(due.limit(1)).first() is None

    def next_due(self) -> float | None:
        """The earliest moment at which a pending row wants another attempt."""
        with self._reading.connect() as connection:
            query = select(func.min(deliveries.c.next_at)).where(deliveries.c.state == "pending")
            return connection.execute(query).scalar()

    def tally(self, key: str) -> dict[str, int]:
        """How many rows of an announcement are in each state."""
        with self._reading.connect() as connection:
            query = select(deliveries.c.state, func.count()).where(deliveries.c.announcement == key)
            rows = connection.execute(query.group_by(deliveries.c.state)).all()
        return dict(rows)

    def pending(self) -> int:
        with self._reading.connect() as connection:
            query = select(func.count()).select_from(deliveries).where(deliveries.c.state.in_(("pending", "sending")))
            return connection.execute(query).scalar_one()

    def prune(self, before: float) -> None:
        """Drop announcements, with their rows, that were over at ``before``.

        The newest to an audience stay whatever the clock says: it may be wrong by a year,
        and what is forgotten today is announced again when it is right.
        """
        public = select(announcements.c.key).where(announcements.c.audience.is_not(None))
        newest = public.order_by(announcements.c.expires_at.desc()).limit(NEVER_PRUNED)
        over = (announcements.c.expires_at < before) & announcements.c.key.not_in(newest)
        with self._engine.begin() as connection:
            connection.execute(delete(announcements).where(over))


def _content(announcement: Announcement) -> dict[str, object]:
    return {
        "audience": announcement.audience,
        "payload": json.dumps(asdict(announcement.payload), ensure_ascii=False),
        "urgency": announcement.urgency,
        "expires_at": announcement.expires_at.timestamp(),
    }


def _waiting(now: float) -> dict[str, object]:
    return {"state": "pending", "attempts": 0, "next_at": now, "changed_at": now}


def _end(connection: Connection, key: str, now: float) -> None:
    connection.execute(update(announcements).where(announcements.c.key == key).values(expires_at=now))
    waiting = (deliveries.c.announcement == key) & (deliveries.c.state == "pending")
    connection.execute(update(deliveries).where(waiting).values(next_at=now))
