"""Figures for those who run the service: what became of announcements, who is subscribed, which
push services are silent. Reads only.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, Connection, Engine, Exists, case, exists, func, literal_column, or_, select

from ..wish import EVERYBODY, HOURS_ONLY
from .dialect import constant, position
from .pulse import ENDED
from .schema import announcements, deliveries, people, wishes

WEEK = 7 * 86400.0
AGES = (7, 30, 180)
"""Days, between which subscriptions are counted by their age."""
_NOT_THEIRS = (*ENDED, "quiet", "paused")
"""Reasons for which a message has not left that are not the push service's."""

_SCHEME = position(people.c.endpoint, constant("//"))
_REST = func.substr(people.c.endpoint, _SCHEME + literal_column("2")).op("||")(constant("/"))
_ORIGIN = func.substr(people.c.endpoint, literal_column("1"), _SCHEME + position(_REST, constant("/"))).label("origin")
"""Scheme, host and port of an endpoint: many phones share a few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What became of one announcement: messages by state (``sent``, ``failed``, ``expired``,
    ``pending``, ``sending``), of those that failed or expired by state and reason, by push service (its host) and
    state; ``shown`` on phones that report it."""

    key: str
    kind_and_title: tuple[str, str]
    created_at: float
    states: Mapping[str, int]
    reasons: Mapping[tuple[str, str], int]
    services: Mapping[str, Mapping[str, int]]
    shown: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """People that can be reached by topic, and of these the ones whom a message reached within a
    week; by how long ago they subscribed, in days; by push service."""

    topics: Mapping[str, tuple[int, int]]
    everybody: tuple[int, int]
    ages: Mapping[str, int]
    services: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A push service (its host) since a moment: messages that it ``accepted``, that it ``refused`` or
    did not take in time, that ``wait`` though they are due; when it last took one (seconds since
    1970). A phone that has gone is no refusal."""

    host: str
    accepted: int = 0
    refused: int = 0
    waiting: int = 0
    accepted_at: float | None = None

    @property
    def silent(self) -> bool:
        """It took nothing; one that was sent nothing is not counted at all."""
        return not self.accepted


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """How many messages of an announcement have left, and when the first and the last did."""

    sent: int
    first: float | None
    last: float | None


class Figures:
    def __init__(self, reading: Engine) -> None:
        self._reading = reading

    def sent(self, since: float, at_most: int = 100) -> list[Sent]:
        """Announcements to an audience made after ``since`` (seconds since 1970), the newest first."""
        wanted = (
            select(announcements)
            .where(announcements.c.audience.is_not(None), announcements.c.created_at >= since)
            .order_by(announcements.c.created_at.desc())
            .limit(at_most)
        )
        found = []
        with self._reading.connect() as connection:
            for row in connection.execute(wanted).all():
                query = (
                    select(deliveries.c.state, deliveries.c.reason, _ORIGIN, func.count().label("times"))
                    .outerjoin(people, people.c.id == deliveries.c.person)
                    .where(deliveries.c.announcement == row.key)
                    .group_by(deliveries.c.state, deliveries.c.reason, "origin")
                )
                states: Counter[str] = Counter()
                reasons: Counter[tuple[str, str]] = Counter()
                services: dict[str, Counter[str]] = {}
                for one in connection.execute(query):
                    states[one.state] += one.times
                    if one.state in ("failed", "expired"):
                        reasons[one.state, one.reason or ""] += one.times
                    services.setdefault(_host(one.origin), Counter())[one.state] += one.times
                found.append(
                    Sent(
                        key=row.key,
                        kind_and_title=_words(row.payload),
                        created_at=row.created_at,
                        states=states,
                        reasons=reasons,
                        services=services,
                        shown=row.shown,
                    )
                )
        return found

    def services(self, since: float, now: float) -> list[Service]:
        """What each push service did with our messages since ``since``, the busiest first."""
        why = func.coalesce(deliveries.c.reason, "")
        due = or_(deliveries.c.state != "pending", deliveries.c.next_at <= now, deliveries.c.attempts > 0)
        query = (
            select(
                _ORIGIN,
                deliveries.c.state,
                func.count().label("times"),
                func.max(deliveries.c.changed_at).label("last"),
            )
            .join(people, people.c.id == deliveries.c.person)
            .where(people.c.endpoint.is_not(None), deliveries.c.changed_at >= since, due, why.not_in(_NOT_THEIRS))
            .group_by("origin", deliveries.c.state)
        )
        rows: dict[str, list[Any]] = {}
        with self._reading.connect() as connection:
            for row in connection.execute(query):
                rows.setdefault(_host(row.origin), []).append(row)
        found = [_service(host, some) for host, some in rows.items()]
        return sorted(found, key=lambda one: (-one.accepted, one.host))

    def left(self, key: str) -> Left:
        """When the messages of an announcement left."""
        sent = deliveries.c.state == "sent"
        moments = func.min(deliveries.c.changed_at), func.max(deliveries.c.changed_at)
        query = select(func.count(), *moments).where(deliveries.c.announcement == key, sent)
        with self._reading.connect() as connection:
            sent_times, first, last = connection.execute(query).one()
        return Left(sent=sent_times, first=first, last=last)

    def audiences(self, now: float) -> dict[str, tuple[int, int]]:
        """People by topic and by the audiences beside them: how many can be reached, and how many of
        these a message reached within a week."""
        with self._reading.connect() as connection:
            hours_only = _people(connection, now, _wishes("hours"), ~_wishes("noon"))
            beside = {EVERYBODY: _people(connection, now), HOURS_ONLY: hours_only}
            return _by_topic(connection, now) | beside

    def reach(self, now: float) -> Reach:
        born = [(people.c.created_at > now - days * 86400.0, constant(f"<{days}")) for days in AGES]
        age = case(*born, else_=constant(f">={AGES[-1]}")).label("age")
        able = people.c.endpoint.is_not(None)
        ages: Counter[str] = Counter()
        services: Counter[str] = Counter()
        with self._reading.connect() as connection:
            topics, everybody = _by_topic(connection, now), _people(connection, now)
            query = select(age, _ORIGIN, func.count()).select_from(people).where(able).group_by("age", "origin")
            for name, origin, times in connection.execute(query):
                ages[name] += times
                services[_host(origin)] += times
        return Reach(topics=topics, everybody=everybody, ages=ages, services=services)


def _by_topic(connection: Connection, now: float) -> dict[str, tuple[int, int]]:
    """People who can be reached by topic, and those of them whom a message reached within a week."""
    someone = people.c.id.distinct()
    query = (
        select(wishes.c.topic, func.count(someone), func.count(someone).filter(people.c.reached_at >= now - WEEK))
        .join(people, people.c.id == wishes.c.person)
        .where(people.c.endpoint.is_not(None))
        .group_by(wishes.c.topic)
    )
    return {topic: (total, recent) for topic, total, recent in connection.execute(query)}


def _people(connection: Connection, now: float, *which: ColumnElement[bool]) -> tuple[int, int]:
    """The same of all people, or of those for whom all of ``which`` hold."""
    lately = func.count().filter(people.c.reached_at >= now - WEEK)
    query = select(func.count(), lately).select_from(people).where(people.c.endpoint.is_not(None), *which)
    total, recent = connection.execute(query).one()
    return total, recent


def _wishes(topic: str) -> Exists:
    """That a person wishes for something of ``topic``."""
    return exists().where(wishes.c.person == people.c.id, wishes.c.topic == topic)


def _service(host: str, rows: Sequence[Any]) -> Service:
    taken = [row for row in rows if row.state == "sent"]
    return Service(
        host=host,
        accepted=sum(row.times for row in taken),
        refused=sum(row.times for row in rows if row.state in ("failed", "expired")),
        waiting=sum(row.times for row in rows if row.state in ("pending", "sending")),
        accepted_at=max((row.last for row in taken), default=None),
    )


def _host(endpoint: str | None) -> str:
    return urlsplit(endpoint or "").hostname or "gone"


def _words(payload: str) -> tuple[str, str]:
    told = json.loads(payload)
    return told["kind"], told["title"]
