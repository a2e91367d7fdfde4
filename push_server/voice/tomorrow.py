"""What is unusual about tomorrow, told the afternoon before. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from ..announcement import Announcement, Payload
from ..published import Calendar, Span
from .closure import lost_hours
from .day import at, because, hours, nobody, noon_spans
from .kinds import KINDS

SAID_FROM = "15:00"
"""Early enough to come today instead, late enough that it will not change again."""

_WEEKDAYS = "一二三四五六日"


def key(day: date) -> str:
    """``day`` is the one that is told about."""
    return f"tomorrow:{day.isoformat()}"


def standing(today: date, calendar: Calendar, known: Announcement | None, moment: datetime) -> Announcement | None:
    """What should stand at ``moment`` of ``today`` about the day after; ``None`` for nothing.

    A day on which people work in exchange for a holiday, the first day of a holiday, a day that is
    open against the ordinary timetable, and hours that are lost against it. What has been told, and is no longer so, is
    put right until the day begins; from then on ``closure`` and ``noon`` speak.
    """
    day = today + timedelta(days=1)
    if calendar.spans(day) is None:
        return known
    words = _words(today, day, calendar)
    if known is None and (words is None or moment < at(today, SAID_FROM)):
        return None
    rules = KINDS["tomorrow"]
    ends = nobody(day)
    if words is None:
        assert known is not None
        spans = calendar.spans(day) or ()
        title = "更正：明天照常开门" if spans else "更正：明天不开门"
        body = f"{hours(spans)}。" if spans else "改天再来。"
        correction = _payload(day, title, body)
        return Announcement(
            key=known.key,
            audience=known.audience,
            payload=known.payload,
            urgency=known.urgency,
            expires_at=nobody(today),
            facts="usual",
            correction=correction,
            corrects_until=ends,
        )
    title, body = words
    return Announcement(
        key=key(day),
        audience=rules.topic,
        payload=_payload(day, title, body),
        urgency=rules.urgency,
        expires_at=ends,
        facts=f"{title}|{body}",
        correction=_payload(day, f"更正：{title}", body),
        corrects_until=ends,
        quiet=rules.quiet,
    )


def _words(today: date, day: date, calendar: Calendar) -> tuple[str, str] | None:
    spans = calendar.days[day]
    kind, name = calendar.kinds.get(day, ("", None))
    shown = f"{day.month}月{day.day}日，周{_WEEKDAYS[day.weekday()]}"
    exception = calendar.exceptions.get(day)
    if exception is not None:
        if exception.usual is None:
            return None
        if spans and not exception.usual:
            return f"明天（{shown}）开门办事", _whole(spans) + because(exception.reason)
        if (lost := lost_hours(spans, exception.usual)) is None:
            return None
        title, body = lost
        return title.replace("今天", f"明天（{shown}）", 1), body.replace("今天", "明天") + because(exception.reason)
    if kind == "make_up_workday" and spans:
        return f"明天（{shown}）补班，照常开门", _whole(spans)
    if kind == "holiday" and calendar.kinds.get(today, ("", None))[0] != "holiday":
        opens = _next_open(day, calendar)
        after = f"{opens.month}月{opens.day}日再开门。" if opens else "改天再来。"
        return f"明天起{name or ''}放假，不开门", after
    return None


def _whole(spans: Sequence[Span]) -> str:
    return f"{hours(spans)}{'，中午不休息' if noon_spans(spans) else ''}。"


def _next_open(day: date, calendar: Calendar) -> date | None:
    return next((one for one in sorted(calendar.days) if one > day and calendar.days[one]), None)


def _payload(day: date, title: str, body: str) -> Payload:
    # Of the day before: late in the evening it is no news of yesterday.
    return Payload(
        kind="tomorrow", title=title, body=body, tag=KINDS["tomorrow"].tag, url="noon/", date=day.isoformat()
    )
