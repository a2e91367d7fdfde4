"""Documents that run out: between which days they can be renewed, and when somebody is reminded. Pure.

The rule is published with the matter (``deadlines[].expiry``, at most one); pwa/app/dates/window.js counts by
it on the phone, and both are held against one table of cases.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Annotated, Literal

from msgspec import Meta, Struct

from ..announcement import Announcement, Payload
from ..published import LOCAL, Calendar
from .kinds import KINDS

FROM, UNTIL = time(9), time(17)
"""Working hours: nobody is reminded before or after."""
FORGOTTEN_AFTER = timedelta(days=30)
"""So long after it has run out a document is no longer kept."""

_DAY = timedelta(days=1)


class Before(Struct, frozen=True):
    """So long before the day on which the document runs out, which does not count."""

    value: Annotated[int, Meta(ge=1, le=4000)]
    unit: Literal["working_days", "days", "months"]


class Expiry(Struct, frozen=True):
    opens: Before | None
    closes: Before


class _Deadline(Struct, frozen=True):
    who: str = "applicant"
    expiry: Expiry | None = None


class _Result(Struct, frozen=True):
    document: str | None = None


class Matter(Struct, frozen=True):
    """What is read of ``api/v1/matters/<id>.json``."""

    id: str
    name: str
    result: _Result
    deadlines: tuple[_Deadline, ...] | None = None
    applicant_deadline: _Deadline | None = None
    """All that a site told which was built before there were cases."""

    @property
    def rule(self) -> Expiry | None:
        told = self.deadlines or ((self.applicant_deadline,) if self.applicant_deadline else ())
        return next((one.expiry for one in told if one.who == "applicant" and one.expiry is not None), None)

    @property
    def document(self) -> str:
        return self.result.document or self.name


@dataclass(frozen=True, slots=True)
class Edge:
    """``day`` on which one can come, ``legal`` as the law has it. ``counted``: every day of the count is
    in the calendar; ``sure``: it is known that people work on ``day``."""

    day: date
    legal: date
    counted: bool
    sure: bool


@dataclass(frozen=True, slots=True)
class Reminder:
    """Due ``days`` before ``edge``, until ``late`` days after that edge (negative: before)."""

    which: str
    edge: Literal["opens", "closes"]
    days: int
    late: int


REMINDERS = (
    # Who enters the date in the last week before hears of it all the same, until shortly after.
    Reminder("opens", "opens", days=7, late=2),
    Reminder("closes-14", "closes", days=14, late=-4),
    Reminder("closes-3", "closes", days=3, late=0),
)
"""All that anybody is told of one document, in this order; of several that are due the last."""


def window(calendar: Calendar, rule: Expiry, on_date: date) -> tuple[Edge | None, Edge]:
    """The first and the last day; the first is ``None`` where the law names none."""
    return (
        _edge(calendar, on_date, rule.opens, _DAY) if rule.opens else None,
        _edge(calendar, on_date, rule.closes, -_DAY),
    )


def working_hours(calendar: Calendar, moment: datetime) -> bool:
    """Whether anybody is reminded at ``moment``."""
    local = moment.astimezone(LOCAL)
    return FROM <= local.time() < UNTIL and works(calendar, local.date())


def due(matter: Matter, on_date: date, calendar: Calendar, today: date) -> Announcement | None:
    """What is to be told on ``today`` to those who keep ``on_date`` for ``matter``, in ``facts`` which
    reminder it is; ``personal`` makes it one for a person."""
    rule = matter.rule
    if rule is None:
        return None
    opens, closes = window(calendar, rule, on_date)
    found: Announcement | None = None
    for reminder in REMINDERS:
        edge = opens if reminder.edge == "opens" else closes
        if edge is None:
            continue
        # On a free day nobody is told: then it is the working day before.
        first = _workday(calendar, edge.day - reminder.days * _DAY, -_DAY)[0]
        last = min(edge.day + reminder.late * _DAY, closes.day)
        if first <= today <= last:
            ends = datetime.combine(last + _DAY, time.min, LOCAL)
            found = _announcement(
                matter, on_date, reminder, (opens, closes), today, ends, known=_known(calendar, today)
            )
    return found


def personal(one: Announcement, person: str) -> Announcement:
    """Key ``renewal:<person>:<matter>:<date>:<which>``."""
    return replace(one, key=one.key.replace(":", f":{person}:", 1))


def works(calendar: Calendar, day: date) -> bool:
    """Whether people work; outside the calendar, whether it is one of the days from Monday to Friday."""
    return day in calendar.workdays if day in calendar.days else day.weekday() < 5


def _known(calendar: Calendar, today: date) -> bool:
    """Whether the days off of this year are known: notices come by whole years."""
    return today.year <= max(calendar.days, default=today).year


def _edge(calendar: Calendar, on_date: date, before: Before, inwards: timedelta) -> Edge:
    """Where nobody works on the day itself the window is narrower: nothing is handed in then."""
    legal, counted = on_date, True
    if before.unit == "working_days":
        left = before.value
        while left:
            legal -= _DAY
            counted = counted and legal in calendar.days
            left -= works(calendar, legal)
    elif before.unit == "days":
        legal -= before.value * _DAY
    else:
        legal = _months_before(on_date, before.value)
    day, sure = _workday(calendar, legal, inwards)
    return Edge(day, legal, counted, sure)


def _workday(calendar: Calendar, day: date, step: timedelta) -> tuple[date, bool]:
    sure = day in calendar.days
    while not works(calendar, day):
        day += step
        sure = sure and day in calendar.days
    return day, sure


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _announcement(
    matter: Matter,
    on_date: date,
    reminder: Reminder,
    edges: tuple[Edge | None, Edge],
    today: date,
    ends: datetime,
    *,
    known: bool,
) -> Announcement:
    rules = KINDS["renewal"]
    return Announcement(
        key=f"renewal:{matter.id}:{on_date.isoformat()}:{reminder.which}",
        audience=None,
        payload=Payload(
            kind="renewal",
            title=f"{matter.document} {_told(on_date, today)}到期",
            body=_body(reminder, edges, today, known=known),
            tag=rules.tag_about(matter.id),
            url=f"matters/{matter.id}/",
            date=today.isoformat(),
        ),
        urgency=rules.urgency,
        expires_at=ends,
        facts=reminder.which,
        quiet=rules.quiet,
    )


def _body(reminder: Reminder, edges: tuple[Edge | None, Edge], today: date, *, known: bool) -> str:
    """``known``: the days off of this year are. If not, nothing is counted from today: nobody knows who works."""
    opens, closes = edges
    if not known:
        until = f"大约 {_told(closes.day, today)}以前"
        return f"{until}提出延续。今年的放假安排还没有公布，哪天开门先打电话问。"
    unsure = any(not edge.counted for edge in edges if edge is not None)
    until = f"{_about(closes, today)}以前"
    if reminder.edge == "opens" and opens is not None:
        start = "现在" if opens.day <= today else f"{_about(opens, today)}起"
        words = f"{start}可以办延续，{until}办。先看要带的材料。"
    elif closes.day == today:
        words = "今天是提出延续的最后一天。"
    else:
        words = f"{until}提出延续，还有 {(closes.day - today).days} 天。先看要带的材料。"
    return words + ("放假安排公布后日子可能变，以页面为准。" if unsure else "")


def _about(edge: Edge, today: date) -> str:
    return f"{'' if edge.counted else '大约 '}{_told(edge.day, today)}"


def _told(day: date, today: date) -> str:
    """3月1日; with its year where it might be another."""
    year = "" if abs((day - today).days) < 300 else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"
