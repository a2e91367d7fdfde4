"""The noon announcement: on which day, when, in which words. Pure: no clock, no storage."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from .announcement import Announcement, Payload
from .published import LOCAL, Calendar, Centre, Span, clock_time

TOPIC = "noon"
TAKEN_BACK = "noon-off"


def due(
    calendar: Calendar, sent: Collection[Announcement], moment: datetime, lead: timedelta, centre: Centre
) -> list[Announcement]:
    """Announcements to make at ``moment`` that are not among ``sent``.

    One is due from ``lead`` before the noon service begins until the noon service ends: a
    server that starts late still tells those who can use it. One whose words or hours have
    changed since is due again, under the same key.
    """
    today = moment.astimezone(LOCAL).date()
    announcement = planned(calendar, today, centre)
    if announcement is None or announcement in sent:
        return []
    return [announcement] if _begins(calendar, today) - lead <= moment < announcement.expires_at else []


def planned(calendar: Calendar, day: date, centre: Centre) -> Announcement | None:
    """The announcement for ``day``; ``None`` without noon service or when the day is unknown."""
    spans = _noon_spans(calendar, day)
    if not spans:
        return None
    opens, closes = spans[0].opens, spans[-1].closes
    counters = _counters(spans, centre)
    return Announcement(
        key=f"{TOPIC}:{day.isoformat()}",
        audience=TOPIC,
        payload=Payload(
            kind=TOPIC,
            title=f"今天中午不休息，{opens}–{closes} 照常办",
            body=f"{counters}在岗。先看要带的材料再来。" if counters else "先看要带的材料再来。",
            tag=TOPIC,
            url="noon/",
            date=day.isoformat(),
        ),
        # Normal would do for most phones, but one in battery saving would get it after 13:00.
        urgency="high",
        expires_at=_at(day, closes),
    )


def called_off(calendar: Calendar, sent: Collection[Announcement], centre: Centre) -> list[Announcement]:
    """Those among ``sent`` that announce the noon service of a day that, by now, has none."""
    return [
        announcement
        for announcement in sent
        if announcement.audience == TOPIC
        and calendar.spans(day := date.fromisoformat(announcement.payload.date)) is not None
        and planned(calendar, day, centre) is None
    ]


def taken_back(calendar: Calendar, announcement: Announcement) -> Announcement:
    """What those are told who have been told ``announcement``, which is called off."""
    day = date.fromisoformat(announcement.payload.date)
    later = [span.opens for span in calendar.spans(day) or () if _at(day, span.closes) > announcement.expires_at]
    return Announcement(
        key=f"{TAKEN_BACK}:{day.isoformat()}",
        audience=None,
        payload=Payload(
            kind=TAKEN_BACK,
            title="更正：今天中午不办了",
            body=f"{later[0]} 再开门。" if later else "今天不再开门，改天再来。",
            # The announcement that it corrects makes way for it.
            tag=announcement.payload.tag,
            url=announcement.payload.url,
            date=announcement.payload.date,
        ),
        urgency="high",
        expires_at=announcement.expires_at,
    )


def restored(calendar: Calendar, sent: Collection[Announcement], centre: Centre) -> list[str]:
    """Keys of corrections for days that have noon service after all."""
    return [
        announcement.key
        for announcement in sent
        if announcement.payload.kind == TAKEN_BACK
        and planned(calendar, date.fromisoformat(announcement.payload.date), centre) is not None
    ]


def _noon_spans(calendar: Calendar, day: date) -> list[Span]:
    return [span for span in calendar.spans(day) or () if span.service == "noon"]


def _begins(calendar: Calendar, day: date) -> datetime:
    return _at(day, _noon_spans(calendar, day)[0].opens)


def _at(day: date, text: str) -> datetime:
    return datetime.combine(day, clock_time(text), LOCAL)


def _counters(spans: list[Span], centre: Centre) -> str:
    """``1 个咨询窗口、2 个受理窗口``; empty when the calendar states no numbers."""
    if len(spans) != 1:
        return ""
    numbers = spans[0].counters
    return "、".join(f"{numbers[kind.id]} 个{kind.name}" for kind in centre.counter_kinds if numbers.get(kind.id))
