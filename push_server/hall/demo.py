"""The hall that is played while there is none: open whenever somebody looks.

On a working day it keeps the published hours. Outside them, and on a day that is closed, it is
open too, with the hours of a working day in the middle and ordinary service around them until
midnight, so that whoever tries the guide on a Sunday evening finds people waiting.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..published import Calendar, Span
from .events import Event
from .openings import Opening, midnight, openings
from .simulator import simulate

WINDOWS = ("1", "2", "3", "4", "5")
BUSIER = 0.9
OUTSIDE = 4
"""Windows outside the hours of a working day: so few that some people always wait."""
LAST = 86340.0
"""23:59, in seconds of the day."""
UNPUBLISHED = (Span(opens="08:30", closes="16:30", service="regular"),)
"""Where no working day was ever published."""


def round_the_clock(calendar: Calendar, day: date) -> tuple[Opening, ...]:
    """The hours for which a day is played."""
    hours = openings(day, _working_day(calendar, day))
    start = midnight(day)
    few = dict.fromkeys(hours[0].counters, OUTSIDE)
    before = Opening(opens=start, closes=hours[0].opens, service="regular", counters=few)
    after = Opening(opens=hours[-1].closes, closes=start + LAST, service="regular", counters=few)
    return tuple(one for one in (before, *hours, after) if one.opens < one.closes)


def demo_openings(calendar: Calendar, day: date, now: float) -> tuple[Opening, ...]:
    """The hours that a played hall tells at ``now``: those that are published, as long as today
    has any to come."""
    published = openings(day, calendar.spans(day))
    if published and now < published[-1].closes:
        return published
    return round_the_clock(calendar, day)


def demo_day(calendar: Calendar, day: date, *, kind: str, matters: Sequence[str], missed_after: int) -> list[Event]:
    """What happens on a day; the same day is always played the same."""
    return simulate(
        day.toordinal(),
        day,
        round_the_clock(calendar, day),
        "noon",
        kind=kind,
        matters=matters,
        windows=WINDOWS,
        missed_after=missed_after,
        busier=BUSIER,
    )


def _working_day(calendar: Calendar, day: date) -> Sequence[Span]:
    """The spans of ``day``, or of the nearest day that has any."""
    days = [one for one, spans in calendar.days.items() if spans]
    nearest = min(days, key=lambda one: (abs((one - day).days), one), default=None)
    return UNPUBLISHED if nearest is None else calendar.days[nearest]
