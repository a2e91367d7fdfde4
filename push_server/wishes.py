"""HTTP: what somebody wants to be told, read from a request. One place for all checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from apiflask import Schema
from apiflask.fields import AwareDateTime, Date, Integer, Nested, String
from apiflask.validators import Length, OneOf, Range, Regexp
from marshmallow import EXCLUDE, ValidationError, validates_schema

from .hall.timetable import local_day
from .services import Services
from .voice import turns
from .voice.renewals import FORGOTTEN_AFTER
from .wish import TOPICS, Rest, Wish

MOST = 60
"""Wishes of one person."""
_CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9]$(?!\n)"
_NEEDED = {"queue": ("subject", "threshold"), "ticket": ("subject", "threshold", "key"), "matter": ("subject",)}
_NEEDED["renewal"] = ("subject", "on_date")
FARTHEST = timedelta(days=3660)
"""How far off a document may run out."""
LONGEST_PAUSE = timedelta(days=366)


class WishIn(Schema):
    class Meta:
        unknown = EXCLUDE

    topic = String(required=True, validate=OneOf(list(TOPICS)))
    subject = String(
        validate=Regexp(r"^[A-Za-z0-9-]{1,80}$(?!\n)"),
        metadata={"description": "queue：窗口种类；ticket：号码；matter、renewal：事项的 id"},
    )
    threshold = Integer(
        strict=True, validate=Range(1, 50), metadata={"description": "queue：等的人少于几个；ticket：前面还有几个人"}
    )
    lead = Integer(strict=True, validate=Range(5, 180), metadata={"description": "noon：提前几分钟"})
    weekdays = String(
        validate=Regexp(r"^[1-7]{1,7}$(?!\n)"), metadata={"description": "noon：星期几，1 是星期一，如 135"}
    )
    on_date = Date(metadata={"description": "renewal：到期的日子"})
    key = String(validate=Length(1, 40), metadata={"description": "ticket：号码的密码，在“我的号”的地址里"})

    @validates_schema
    def what_its_topic_needs(self, data: dict[str, Any], **_: Any) -> None:
        for name in _NEEDED.get(data.get("topic", ""), ()):
            if name not in data:
                raise ValidationError("缺了这一项", name)


class QuietIn(Schema):
    starts = String(required=True, data_key="from", validate=Regexp(_CLOCK))
    ends = String(required=True, data_key="to", validate=Regexp(_CLOCK))


class RestIn(Schema):
    class Meta:
        unknown = EXCLUDE

    quiet = Nested(QuietIn, allow_none=True, metadata={"description": "这段时间里，能等的消息不响"})
    paused_until = AwareDateTime(allow_none=True, metadata={"description": "在这以前什么都不通知"})


class WishOut(Schema):
    topic = String(required=True)
    subject = String()
    threshold = Integer()
    lead = Integer()
    weekdays = String()
    on_date = String(metadata={"format": "date"})


def read_wishes(given: Sequence[Mapping[str, Any]], s: Services, now: float) -> list[Wish]:
    """The wishes that can be kept, each once. What has become void meanwhile (yesterday's
    ticket, a matter or a kind of counter that is no more) is left out: a phone tells all that
    it ever wished for, and nothing of it is its fault."""
    kept: dict[tuple[str, str], Wish] = {}
    for one in given:
        if (wish := _wish(one, s, now)) is not None:
            kept[wish.topic, wish.subject] = wish
    return list(kept.values())


def read_rest(given: Mapping[str, Any] | None, now: float) -> Rest:
    given = given or {}
    quiet, until = given.get("quiet"), given.get("paused_until")
    latest = now + LONGEST_PAUSE.total_seconds()
    return Rest(
        quiet=(_minute(quiet["starts"]), _minute(quiet["ends"])) if quiet else None,
        paused_until=min(until.timestamp(), latest) if until and until.timestamp() > now else None,
    )


def told(wish: Wish) -> dict[str, object]:
    """A wish as the phone gave it."""
    out: dict[str, object] = {"topic": wish.topic}
    if wish.subject:
        out["subject"] = wish.subject.rpartition(":")[2]
    for name in ("threshold", "lead", "weekdays", "on_date"):
        if (value := getattr(wish, name)) is not None:
            out[name] = value
    return out


def _wish(one: Mapping[str, Any], s: Services, now: float) -> Wish | None:
    topic = one["topic"]
    fields = {name: one[name] for name in TOPICS[topic] if name in one}
    if topic == "queue":
        kinds = {kind.id for kind in s.published.current().centre.counter_kinds if kind.queue}
        if fields["subject"] not in kinds:
            return None
    if topic == "ticket":
        if s.hall.ticket(fields["subject"], one["key"], now) is None:
            return None
        fields["subject"] = turns.subject(local_day(now), fields["subject"])
    if topic == "renewal":
        day: date = fields["on_date"]
        if not -FORGOTTEN_AFTER <= day - local_day(now) <= FARTHEST:
            return None
        fields["on_date"] = day.isoformat()
    if "weekdays" in fields:
        fields["weekdays"] = "".join(sorted(set(fields["weekdays"])))
    return Wish(topic=topic, **fields)


def _minute(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])
