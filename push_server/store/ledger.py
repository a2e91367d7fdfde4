"""What is announced, and the ledger: one row per announcement and person, which is what
"exactly once" rests on.

``pending`` → ``sending`` (noted before the request leaves) → ``sent``, ``failed`` or
``expired``; back to ``pending`` when it is to be tried again, or when the announcement has
come to say something else and the person has been told what is no longer so. ``told`` are the
facts that surely arrived last, ``maybe`` those that may have arrived since. A row is done when
its person has surely, and last, been told the facts of the announcement.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import UTC, datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    Select,
    and_,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)  # fmt: skip

from ..announcement import Announcement, Payload
from ..wish import EVERYBODY, HOURS_ONLY
from .dialect import alone, constant, insert_missing, learn
from .schema import announcements, deliveries, people, wishes
from .shards import Holding, fanned_out, shard_of

NEVER_PRUNED = 10
"""So many announcements to an audience are kept however old they are."""
BEFORE = 1e-6
"""Seconds by which what was said before is due before, when both are due at the same moment."""
MANY = 500
"""After so many new rows what PostgreSQL knew of the table misleads it."""
FIRST, LATER = 0, 1
"""Priorities: corrections and what somebody waits for; what goes to everybody."""

_d = deliveries.c
heard = or_(_d.told.is_not(None), _d.maybe.is_not(None))
_begins = exists().where(announcements.c.key == _d.announcement, announcements.c.begins_at.is_not(None))
_PLANNED = and_(_d.state == "pending", _d.attempts == 0, ~heard, _begins)
"""Rows that wait for their moment before something begins; made anew from the wishes when need be."""
_COLUMNS = ["announcement", "person", "state", "attempts", "next_at", "changed_at", "priority"]


class Ledger:
    """``sharded``: rows are made by those who send them, for each shard apart."""

    def __init__(self, engine: Engine, reading: Engine, *, sharded: bool = False) -> None:
        self._engine = engine
        self._reading = reading
        self._sharded = sharded

    def known(self, keys: Collection[str]) -> dict[str, Announcement]:
        """Those of ``keys`` that were announced, as they stand."""
        with self._reading.connect() as connection:
            rows = connection.execute(select(announcements).where(announcements.c.key.in_(keys))).all()
        return {row.key: _announcement(row) for row in rows}

    def public(self, now: float) -> list[tuple[Announcement, float]]:
        """What stands for whoever wants to read it, and since when (seconds since 1970), the newest first."""
        told = announcements.c.created_at
        begins = announcements.c.begins_at - 60.0 * func.coalesce(announcements.c.lead, 0)
        query = (
            select(announcements)
            .where(announcements.c.audience.is_not(None), announcements.c.subject.is_(None))
            .where(announcements.c.expires_at > now, func.coalesce(begins, told) <= now)
            .order_by(announcements.c.serial.desc())
        )
        with self._reading.connect() as connection:
            rows = connection.execute(query).all()
        return [(_announcement(row), row.created_at) for row in rows]

    def announce(self, announcement: Announcement, now: float, *, recipient: str | None = None) -> None:
        """Note ``announcement``, for its audience or for one ``recipient``.

        A known key gets the new words and hours. Who has been told the same facts is left
        alone, who has been told other ones is corrected, who has not been told is told.
        """
        with self._engine.begin() as connection:
            alone(connection, "ledger")
            _announce(connection, announcement, now)
            if recipient is not None:
                row = (_d.announcement == announcement.key) & (_d.person == recipient)
                if connection.execute(select(_d.state).where(row)).first() is None:
                    priority = FIRST if announcement.prompt else LATER
                    named = {"announcement": announcement.key, "person": recipient, "priority": priority}
                    connection.execute(insert_missing(connection, deliveries).values(**named, **_again(now)))

    def apply(self, announce: Sequence[Announcement], cover: Sequence[tuple[str, str]], now: float) -> None:
        """Note announcements to their audiences, all or none; then, for each pair of keys, spare
        those the second who are about to be corrected by the first: its words say that too."""
        with self._engine.begin() as connection:
            alone(connection, "ledger")
            for left, announcement in zip(range(len(announce) - 1, -1, -1), announce, strict=True):
                _announce(connection, announcement, now - left * BEFORE)
            for covering, covered in cover:
                _cover(connection, covering, covered, now)

    def fan_out(self, now: float) -> int:
        """Give every subscriber a row for each current announcement; returns the new ones.

        Does nothing where that is done for each shard; see ``fan_out_shard``.
        """
        if self._sharded:
            return 0
        with self._reading.connect() as connection:
            current = connection.execute(_current(now)).all()
            short = [row for row in current if connection.execute(_missing(row, now).limit(1)).first()]
        if not short:
            return 0
        made = 0
        with self._engine.begin() as connection:
            alone(connection, "ledger")
            for newer, row in enumerate(short):
                missing = _missing(row, now - newer * BEFORE)
                made += connection.execute(
                    insert_missing(connection, deliveries).from_select(_COLUMNS, missing)
                ).rowcount
        return made

    def fan_out_shard(self, holding: Holding, now: float) -> int:
        """The same for the people of a shard. Raises ``Lost``."""
        mine = shard_of(wishes.c.person) == constant(holding.shard)
        with self._engine.begin() as connection:
            holding.confirm(connection)
            current = connection.execute(_standing(now)).all()
            made = 0
            for newer, row in enumerate(current):
                # Who has a row is passed over by the insertion itself; to look for them before takes
                # PostgreSQL a time that grows with the square, as long as it knows nothing of the table.
                everybody = _audience(row, now - newer * BEFORE).where(mine)
                rows = insert_missing(connection, deliveries).from_select(_COLUMNS, everybody)
                made += connection.execute(rows.execution_options(preserve_rowcount=True)).rowcount
            fanned_out(connection, holding, max((row.serial for row in current), default=0), now)
        if made >= MANY:
            with self._engine.begin() as connection:
                learn(connection, deliveries)
        return made

    def short(self, now: float) -> set[str]:
        """The shards in which somebody has no row for a current announcement."""
        found: set[str] = set()
        with self._reading.connect() as connection:
            # However little PostgreSQL knows of the table: row by row takes a time that grows with the square.
            connection.exec_driver_sql("SET LOCAL enable_nestloop = off")
            for row in connection.execute(_current(now)).all():
                missing = _missing(row, now).subquery()
                found |= set(connection.execute(select(shard_of(missing.c.person)).distinct()).scalars())
        return found

    def shown(self, key: str) -> None:
        """A phone reports that it has shown what was announced under ``key``."""
        with self._engine.begin() as connection:
            more = update(announcements).where(announcements.c.key == key)
            connection.execute(more.values(shown=announcements.c.shown + 1))

    def clock_put_back(self, now: float, *, by: float = 0.0) -> None:
        """Let rows that were noted down by a clock running more than ``by`` seconds ahead wait no longer
        than they should."""
        ahead = (_d.state == "pending") & (_d.changed_at > now + by)
        with self._engine.begin() as connection:
            alone(connection, "ledger")
            connection.execute(delete(deliveries).where(_PLANNED, _d.changed_at > now + by))
            connection.execute(update(deliveries).where(ahead).values(next_at=now, changed_at=now))

    def tally(self, key: str) -> dict[str, int]:
        """How many rows of an announcement are in each state."""
        with self._reading.connect() as connection:
            query = select(_d.state, func.count()).where(_d.announcement == key)
            rows = connection.execute(query.group_by(_d.state)).all()
        return dict(rows)

    def pending(self, now: float) -> int:
        """How many messages are not done with, without those whose moment has not come."""
        with self._reading.connect() as connection:
            still = _d.state.in_(("pending", "sending")) & ~and_(_PLANNED, _d.next_at > now)
            query = select(func.count()).select_from(deliveries).where(still)
            return connection.execute(query).scalar_one()

    def prune(self, before: float) -> None:
        """Drop announcements, with their rows, that were over at ``before``.

        The newest to an audience stay whatever the clock says: it may be wrong by a year,
        and what is forgotten today is announced again when it is right.
        """
        public = select(announcements.c.key).where(announcements.c.audience.is_not(None))
        newest = public.order_by(announcements.c.expires_at.desc()).limit(NEVER_PRUNED)
        over = (announcements.c.expires_at < before) & (announcements.c.corrects_until < before)
        with self._engine.begin() as connection:
            alone(connection, "ledger")
            connection.execute(delete(announcements).where(over, announcements.c.key.not_in(newest)))


def welcome(connection: Connection, person: str, now: float) -> None:
    """Somebody has subscribed: what is current is for them too, unless they were told it."""
    for newer, row in enumerate(connection.execute(_standing(now)).all()):
        missing = _missing(row, now - newer * BEFORE).where(wishes.c.person == person)
        connection.execute(insert_missing(connection, deliveries).from_select(_COLUMNS, missing))
        # Who had left, and is back: what waited for them waits again.
        back = (_d.announcement == row.key) & (_d.person == person) & (_d.reason == "gone") & (_d.state == "expired")
        connection.execute(update(deliveries).where(back).values(state="pending", next_at=now, changed_at=now))


def _current(now: float) -> Select:
    """Announcements to an audience of which everybody is to be told, the newest first."""
    public = announcements.c.audience.is_not(None) & (announcements.c.expires_at > now)
    newer = announcements.alias("newer")
    newest = select(func.max(newer.c.serial)).where(newer.c.tag == announcements.c.tag).scalar_subquery()
    return select(announcements, newest.label("newest")).where(public).order_by(announcements.c.serial.desc())


def _standing(now: float) -> Select:
    """The same, which do not come to say something else until the transaction ends."""
    return _current(now).with_for_update(read=True, of=announcements)


def _missing(row: Row, now: float) -> Select:
    """Rows for those in the audience who have none, and none of anything newer under the same tag."""
    theirs = and_(_d.announcement == row.key, _d.person == wishes.c.person)
    return _audience(row, now).outerjoin_from(wishes, deliveries, theirs).where(_d.person.is_(None))


def _audience(row: Row, now: float) -> Select:
    """Rows for those in the audience who have none of anything newer under the same tag."""
    next_at: ColumnElement[float] = literal(now)
    if row.begins_at is not None:
        told_at = row.begins_at - 60.0 * func.coalesce(wishes.c.lead, literal(row.lead or 0))
        next_at = case((told_at > now, told_at), else_=literal(now))
    columns = [literal(row.key), wishes.c.person, literal("pending"), literal(0), next_at, literal(now)]
    query = (
        select(*columns, literal(row.priority))
        .select_from(wishes)
        .join(people, people.c.id == wishes.c.person)
        .where(or_(people.c.paused_until.is_(None), people.c.paused_until <= now))
    )
    if row.audience == EVERYBODY:
        first = wishes.alias("first")
        earliest = select(func.min(first.c.topic + ":" + first.c.subject)).where(first.c.person == wishes.c.person)
        query = query.where(wishes.c.topic + ":" + wishes.c.subject == earliest.scalar_subquery())
    elif row.audience == HOURS_ONLY:
        noon = wishes.alias("noon")
        both = exists().where(noon.c.person == wishes.c.person, noon.c.topic == "noon")
        query = query.where(wishes.c.topic == "hours", ~both)
    else:
        query = query.where(wishes.c.topic == row.audience)
    if row.subject is not None:
        query = query.where(wishes.c.subject == row.subject)
    if row.threshold is not None:
        query = query.where(wishes.c.threshold == row.threshold)
    if row.weekday is not None:
        query = query.where(or_(wishes.c.weekdays.is_(None), wishes.c.weekdays.contains(str(row.weekday))))
    if row.serial == row.newest:
        return query
    newer, theirs = announcements.alias("newer"), deliveries.alias("theirs")
    later = exists().where(
        theirs.c.person == wishes.c.person,
        newer.c.key == theirs.c.announcement,
        newer.c.tag == row.tag,
        newer.c.serial > row.serial,
    )
    return query.where(~later)


def _announce(connection: Connection, announcement: Announcement, now: float) -> None:
    key, content = announcement.key, _content(announcement)
    newest = select(func.coalesce(func.max(announcements.c.serial), 0) + 1)
    content["serial"] = connection.execute(newest).scalar_one()
    known = connection.execute(select(announcements.c.facts).where(announcements.c.key == key)).scalar()
    if known is None:
        connection.execute(insert(announcements).values(key=key, created_at=now, **content))
        return
    connection.execute(update(announcements).where(announcements.c.key == key).values(content))
    rows = update(deliveries).where(_d.announcement == key)
    if known == announcement.facts:
        # Other words or a later end: for those who could not be told in time.
        done = and_(_d.told == known, _d.maybe.is_(None))
        late = rows.where(_d.state == "expired", ~func.coalesce(done, False))
        connection.execute(late.values(_again(now)))
        return
    # Who has not been told is told as long before it begins as they wish.
    connection.execute(delete(deliveries).where(_PLANNED, _d.announcement == key))
    # Those on their way are seen to when their answer has come.
    rows = rows.where(_d.state != "sending")
    done = func.coalesce(and_(_d.told == announcement.facts, _d.maybe.is_(None)), False)
    connection.execute(rows.where(done).values(state="sent", changed_at=now))
    # Facts that may have arrived need no correction, but are told until that is certain.
    same = and_(_d.told.is_(None), func.coalesce(_d.maybe, announcement.facts) == announcement.facts)
    priority = case((same, _d.priority), else_=literal(FIRST))
    connection.execute(rows.where(~done).values(priority=priority, **_again(now)))


def _cover(connection: Connection, covering: str, covered: str, now: float) -> None:
    facts = connection.execute(select(announcements.c.facts).where(announcements.c.key == covered)).scalar()
    if facts is None:
        return
    corrected = (_d.announcement == covering) & (_d.state == "pending") & heard
    waiting = (_d.announcement == covered) & (_d.state == "pending") & _d.person.in_(select(_d.person).where(corrected))
    said = {"state": "sent", "reason": "covered", "told": facts, "maybe": None, "changed_at": now}
    connection.execute(update(deliveries).where(waiting).values(said))
    noted = select(_d.person).where(_d.announcement == covered)
    columns = [literal(covered), _d.person, literal("sent"), literal(0), literal(now), literal(now), literal(LATER)]
    missing = select(*columns, literal("covered"), literal(facts)).where(corrected, _d.person.not_in(noted))
    connection.execute(insert_missing(connection, deliveries).from_select([*_COLUMNS, "reason", "told"], missing))


def _again(now: float) -> dict[str, object]:
    return {"state": "pending", "attempts": 0, "next_at": now, "changed_at": now}


def _announcement(row: Row) -> Announcement:
    return Announcement(
        key=row.key,
        audience=row.audience,
        payload=_payload(row.payload),
        urgency=row.urgency,
        expires_at=datetime.fromtimestamp(row.expires_at, UTC),
        facts=row.facts,
        correction=_payload(row.correction) if row.correction else None,
        corrects_until=datetime.fromtimestamp(row.corrects_until, UTC) if row.corrects_until else None,
        prompt=row.priority == FIRST,
        subject=row.subject,
        threshold=row.threshold,
        weekday=row.weekday,
        begins_at=datetime.fromtimestamp(row.begins_at, UTC) if row.begins_at is not None else None,
        lead=row.lead,
        quiet=row.quiet,
    )


def _content(announcement: Announcement) -> dict[str, object]:
    correction, until = announcement.correction, announcement.corrects_until
    return {
        "audience": announcement.audience,
        "payload": _json(announcement.payload, announcement),
        "urgency": announcement.urgency,
        "expires_at": announcement.expires_at.timestamp(),
        "tag": announcement.payload.tag,
        "facts": announcement.facts,
        "correction": _json(correction, announcement) if correction else "",
        "corrects_until": until.timestamp() if until else 0.0,
        "priority": FIRST if announcement.prompt else LATER,
        "subject": announcement.subject,
        "threshold": announcement.threshold,
        "weekday": announcement.weekday,
        "begins_at": announcement.begins_at.timestamp() if announcement.begins_at else None,
        "lead": announcement.lead,
        "quiet": announcement.quiet,
    }


def _json(payload: Payload, announcement: Announcement) -> str:
    """With the key, by which a phone reports that it was shown: of what goes to many, since the
    key of what goes to one person tells who that is."""
    told = asdict(payload) | ({"id": announcement.key} if announcement.audience is not None else {})
    return json.dumps(told, ensure_ascii=False)


def _payload(text: str) -> Payload:
    told = json.loads(text)
    told.pop("id", None)
    return Payload(**told)
