"""Who is told: a person, whose push subscription is a property that changes.

A browser renews its subscription when it likes, and the endpoint with it. The person stays:
the phone keeps an id and a secret that it got when it subscribed. Phones from before there
were ids are known by their endpoint. What proves to be the same subscription (the endpoint
together with its keys, which only browser and server know) needs no secret: so a phone that
has lost its storage is the same person still.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from sqlalchemy import Connection, Engine, Row, delete, func, insert, select, update

from ..wish import Rest, Wish
from .dialect import alone
from .ledger import welcome
from .schema import deliveries, people, wishes

_ID = re.compile(r"[0-9a-f]{32}")
"""As ``put`` makes them."""


class Full(Exception):
    """The configured number of subscriptions is reached."""


class Held(Exception):
    """The endpoint is somebody else's, and this is not the subscription that they have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A browser's push subscription. Endpoint and keys stay out of ``repr``, hence of logs."""

    endpoint: str = field(repr=False)
    p256dh: str = field(repr=False)
    auth: str = field(repr=False)
    key: str | None = None
    """The server's public key that it was made with, as far as that is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What a phone knows itself by."""

    id: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """``id`` of the person; ``person`` only when id or secret are new to the phone."""

    id: str
    new: bool
    person: Person | None = None


class Subscribers:
    def __init__(self, engine: Engine, reading: Engine) -> None:
        self._engine = engine
        self._reading = reading

    def put(
        self,
        subscription: Subscription,
        wanted: Sequence[Wish],
        now: float,
        *,
        at_most: int,
        claimed: Person | None = None,
        replaces: str | None = None,
        wants_secret: bool = False,
        rest: Rest = Rest(),  # noqa: B008 (frozen)
    ) -> Admitted:
        """Subscribe, or renew what is subscribed.

        ``claimed`` is who the phone says it is, ``replaces`` the endpoint it had before. An
        unknown or wrong claim is as good as none, and answered with a new secret. Raises
        ``Full`` for the one too many, ``Held`` for the endpoint of somebody else.
        """
        fresh = secrets.token_urlsafe(32) if wants_secret or claimed else None
        with self._engine.begin() as connection:
            names = {subscription.endpoint, replaces or "", claimed.id if claimed else ""} - {""}
            alone(connection, *(f"person:{name}" for name in names))
            known = _proved(connection, claimed) if claimed else None
            holder = _holder(connection, subscription.endpoint)
            if holder is not None and (known is None or holder.id != known.id):
                open_to_all = holder.endpoint is None or holder.secret is None
                if not open_to_all and not _same_keys(holder, subscription):
                    raise Held
            if known is not None:
                fresh = None
                if holder is not None and holder.id != known.id:
                    _merge(connection, holder.id, known.id)
            else:
                known = holder
            before = _holder(connection, replaces) if replaces is not None else None
            if before is not None and before.secret is None:
                if known is None:
                    known = before
                elif before.id != known.id:
                    _merge(connection, before.id, known.id)
            values: dict[str, object] = {
                "endpoint_digest": digest(subscription.endpoint),
                "endpoint": subscription.endpoint,
                "p256dh": subscription.p256dh,
                "auth": subscription.auth,
                "vapid": subscription.key,
                "seen_at": now,
                "quiet_from": rest.quiet[0] if rest.quiet else None,
                "quiet_to": rest.quiet[1] if rest.quiet else None,
                "paused_until": rest.paused_until,
            }
            if fresh is not None:
                values["secret"] = digest(fresh)
            elif known is holder and holder is not None and holder.endpoint is None:
                values["secret"] = None  # a phone that keeps none has come back
            new = known is None or known.endpoint is None
            if new and _count(connection) >= at_most:
                raise Full
            if known is None:
                person = secrets.token_hex(16)
                connection.execute(insert(people).values(id=person, created_at=now, **values))
            else:
                person = known.id
                connection.execute(update(people).where(people.c.id == person).values(values))
            connection.execute(delete(wishes).where(wishes.c.person == person))
            if wanted:
                connection.execute(insert(wishes), [{**asdict(wish), "person": person} for wish in wanted])
            welcome(connection, person, now)
        return Admitted(id=person, new=new, person=Person(id=person, secret=fresh) if fresh else None)

    def owner(self, claimed: Person | None, endpoint: str | None) -> str | None:
        """Who this is, subscribed at present; an endpoint alone is enough for a phone without a secret."""
        with self._reading.connect() as connection:
            row = _proved(connection, claimed) if claimed else None
            if row is None and endpoint is not None:
                row = _holder(connection, endpoint)
                row = row if row is not None and row.secret is None else None
        return row.id if row is not None and row.endpoint is not None else None

    def remove(self, person: str) -> None:
        """Forget where ``person`` can be reached, and what they wanted to know."""
        with self._engine.begin() as connection:
            forget(connection, person)
            connection.execute(update(people).where(people.c.id == person).values(secret=None))

    def known(self, endpoint: str) -> bool:
        with self._reading.connect() as connection:
            row = _holder(connection, endpoint)
        return row is not None and row.endpoint is not None

    def bind(self, key: str) -> None:
        """Note ``key`` for all subscriptions of which it was not noted: another one takes its place."""
        with self._engine.begin() as connection:
            bound = people.c.endpoint.is_not(None) & people.c.vapid.is_(None)
            connection.execute(update(people).where(bound).values(vapid=key))

    def count(self) -> int:
        """Those who can be reached."""
        with self._reading.connect() as connection:
            return _count(connection)

    def prune(self, before: float) -> None:
        """Drop those who could not be reached since ``before``."""
        with self._engine.begin() as connection:
            gone = people.c.endpoint.is_(None) & (people.c.seen_at < before)
            connection.execute(delete(people).where(gone))


def digest(text: str) -> str:
    """How a secret, or an endpoint that has gone, is remembered."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def forget(connection: Connection, person: str, *, endpoint: str | None = None, p256dh: str | None = None) -> bool:
    """Drop the subscription of a person, the wishes, and what waits to be sent; whether there was one.

    With ``endpoint`` and ``p256dh`` only while they are those: the phone may have renewed it meanwhile.
    """
    gone = update(people).where(people.c.id == person, people.c.endpoint.is_not(None))
    if endpoint is not None:
        gone = gone.where(people.c.endpoint == endpoint, people.c.p256dh == p256dh)
    if not connection.execute(gone.values(endpoint=None, p256dh=None, auth=None)).rowcount:
        return False
    connection.execute(delete(wishes).where(wishes.c.person == person))
    waiting = (deliveries.c.person == person) & (deliveries.c.state == "pending")
    # Who may have been told something stays in the ledger: they might come back.
    nothing = deliveries.c.told.is_(None) & deliveries.c.maybe.is_(None)
    connection.execute(delete(deliveries).where(waiting & nothing))
    connection.execute(update(deliveries).where(waiting).values(state="expired", reason="gone"))
    return True


def _proved(connection: Connection, claimed: Person) -> Row | None:
    if not _ID.fullmatch(claimed.id):
        return None  # there is text that no database takes
    row = connection.execute(select(people).where(people.c.id == claimed.id)).first()
    right = row is not None and row.secret is not None and hmac.compare_digest(row.secret, digest(claimed.secret))
    return row if right else None


def _holder(connection: Connection, endpoint: str) -> Row | None:
    return connection.execute(select(people).where(people.c.endpoint_digest == digest(endpoint))).first()


def _same_keys(row: Row, subscription: Subscription) -> bool:
    held, given = f"{row.p256dh} {row.auth}".encode(), f"{subscription.p256dh} {subscription.auth}".encode()
    return hmac.compare_digest(held, given)


def _merge(connection: Connection, other: str, person: str) -> None:
    """``other`` turns out to be ``person``: what one was told, the other was."""
    heard = deliveries.c.told.is_not(None) | deliveries.c.maybe.is_not(None)
    others = select(deliveries.c.announcement).where(deliveries.c.person == other, heard)
    waiting = (deliveries.c.person == person) & (deliveries.c.state == "pending") & ~heard
    connection.execute(delete(deliveries).where(waiting, deliveries.c.announcement.in_(others)))
    theirs = select(deliveries.c.announcement).where(deliveries.c.person == person)
    moved = update(deliveries).where(deliveries.c.person == other, deliveries.c.announcement.not_in(theirs))
    connection.execute(moved.values(person=person))
    connection.execute(delete(deliveries).where(deliveries.c.person == other))
    connection.execute(delete(people).where(people.c.id == other))


def _count(connection: Connection) -> int:
    # Whoever can be reached has a wish; those are in an index.
    return connection.execute(select(func.count(wishes.c.person.distinct()))).scalar_one()
