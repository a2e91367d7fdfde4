"""The ordinary cases of a notice, filled in as far as the calendar tells. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from ..published import LOCAL, Calendar, Span, clock_time
from ..voice.day import noon_spans
from .words import WEEKDAYS

PRESETS: Mapping[str, str] = {
    "noon-off": "今天午间服务暂停",
    "closed": "下午闭馆",
    "slow": "系统故障、窗口慢",
    "make-up": "明天补班",
    "other": "空白",
}
HINTS = {
    "noon-off": "今天的时间去掉中午",
    "slow": "只告诉大家，不改时间",
    "make-up": "明天按平时的工作日开门",
    "other": "自己写，也可以改时间",
}
CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_AHEAD = timedelta(hours=4)
"""For so long something is announced that ends at no known time."""
_NEWS = {"about": "news", "audience": "news", "when": "now"}


def filled(preset: str, calendar: Calendar, moment: datetime, *, since: str | None = None) -> dict[str, Any]:
    """The values of the form; ``since`` ("14:00") is when ``closed`` begins. Where the calendar does
    not tell the hours of a day, nobody makes them up."""
    local = moment.astimezone(LOCAL)
    today = local.date()
    if preset == "noon-off":
        day = _day_with_noon(calendar, local)
        word = "今天" if day == today else shown(day)
        return _hours(preset, f"{word}午间服务暂停", day, [s for s in _spans(calendar, day) if s.service != "noon"])
    if preset == "closed":
        begins = since or _afternoon(calendar, local)
        rest = _until(_spans(calendar, today), begins)
        return _hours(preset, f"今天 {begins} 起闭馆", today, rest)
    if preset == "make-up":
        day = today + timedelta(days=1)
        spans = _usual_workday(calendar, day)
        return _hours(preset, f"明天（{shown(day)}）补班，照常开门", day, spans)
    if preset == "slow":
        return _NEWS | {
            "preset": preset,
            "title": "系统故障，窗口办得慢",
            "body": "恢复时间还不知道。不急的事，改个时间再来。",
            "expires_at": _ends(calendar, local),
        }
    return _NEWS | {"preset": "other", "title": "", "body": "", "expires_at": _ends(calendar, local)}


def shown(day: date) -> str:
    """11月23日，周一"""
    return f"{day.month}月{day.day}日，周{WEEKDAYS[day.weekday()]}"


def rows(spans: Sequence[Span]) -> list[dict[str, Any]]:
    """The hours of a day as the form has them."""
    return [
        {"opens": clock_time(span.opens), "closes": clock_time(span.closes), "noon": span.service == "noon"}
        for span in spans
    ]


def _hours(preset: str, title: str, day: date, spans: Sequence[Span]) -> dict[str, Any]:
    return {
        "preset": preset,
        "title": title,
        "body": "",
        "about": "hours",
        "day": day,
        "spans": rows(spans),
        "closed": not spans,
        "audience": "hours",
        "when": "now",
    }


def _spans(calendar: Calendar, day: date) -> tuple[Span, ...]:
    return calendar.spans(day) or ()


def _day_with_noon(calendar: Calendar, local: datetime) -> date:
    """Today as long as its noon service is not over, else the next day that has one."""
    for day in sorted(one for one in calendar.days if one >= local.date()):
        noon = noon_spans(_spans(calendar, day))
        if noon and (day > local.date() or local.time() < clock_time(noon[-1].closes)):
            return day
    return local.date()


def _afternoon(calendar: Calendar, local: datetime) -> str:
    """When the afternoon begins, or the next quarter of an hour, whichever is later."""
    spans = _spans(calendar, local.date())
    noon = noon_spans(spans)
    begins = noon[-1].closes if noon else "13:00"
    quarter = local + timedelta(minutes=15 - local.minute % 15)
    return max(begins, f"{quarter:%H:%M}") if quarter.date() == local.date() else begins


def _until(spans: Sequence[Span], ends: str) -> list[Span]:
    """What is left of a day that ends at ``ends``."""
    return [
        Span(opens=span.opens, closes=min(span.closes, ends), service=span.service)
        for span in spans
        if span.opens < ends
    ]


def _usual_workday(calendar: Calendar, day: date) -> tuple[Span, ...]:
    """The hours of the workday that lies nearest to ``day``."""
    workdays = [
        one
        for one, (kind, _) in calendar.kinds.items()
        if kind in ("workday", "make_up_workday") and calendar.days[one]
    ]
    nearest = min(workdays, key=lambda one: (abs(one - day), one), default=None)
    return () if nearest is None else _printed(calendar, nearest)


def _printed(calendar: Calendar, day: date) -> tuple[Span, ...]:
    exception = calendar.exceptions.get(day)
    return exception.usual or () if exception is not None else calendar.days[day]


def _ends(calendar: Calendar, local: datetime) -> datetime:
    """The closing of the day, or some hours from now where that is over."""
    spans = _spans(calendar, local.date())
    closing = datetime.combine(local.date(), clock_time(spans[-1].closes), LOCAL) if spans else local
    return closing if closing > local + timedelta(minutes=5) else _round(local + _AHEAD)


def _round(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


def end_of(day: date) -> datetime:
    """Until when hours of ``day`` are announced."""
    # The last day that there is has none after it; the rules say that it is too far off.
    return datetime.combine(min(day, date.max - timedelta(days=1)) + timedelta(days=1), time.min, LOCAL)
