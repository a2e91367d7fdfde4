"""The published hours of a day, in seconds since 1970."""

from __future__ import annotations

from datetime import date, datetime

from ..published import LOCAL, Calendar, clock_time


def local_day(moment: float) -> date:
    """The date at the centre."""
    return datetime.fromtimestamp(moment, LOCAL).date()


def closing(calendar: Calendar, day: date) -> float | None:
    """When the windows close for the day; ``None`` when they do not open, or nobody knows."""
    spans = calendar.spans(day)
    if not spans:
        return None
    last = max(clock_time(span.closes) for span in spans)
    return datetime.combine(day, last, LOCAL).timestamp()


def over_noon(calendar: Calendar, moment: float) -> bool:
    """Whether the noon service was on."""
    then = datetime.fromtimestamp(moment, LOCAL)
    spans = calendar.spans(then.date()) or ()
    return any(
        span.service == "noon" and clock_time(span.opens) <= then.time() < clock_time(span.closes) for span in spans
    )
