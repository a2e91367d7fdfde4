"""When the centre is open: the one place that computes opening spans.

Spans are half-open, ``[opens, closes)``, in the centre's time (UTC+8, no summer time
since 1991). Nothing is known about a date outside the loaded years: ``day`` raises
``UncoveredDate``, ``state`` says ``unknown``. It is never taken for open or closed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta, timezone
from typing import Literal

from msgspec import Struct

from .model.calendar import CalendarYear
from .model.centre import Centre, HoursException
from .model.duty import Roster, Shift
from .roster import by_date
from .workdays import DAY, CivilKind, UncoveredDate, Workdays, days

__all__ = ["SHANGHAI", "Day", "Span", "State", "Timetable", "UncoveredDate"]

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")

Service = Literal["regular", "noon"]
DayKind = Literal["workday", "make_up_workday", "weekend", "holiday", "exception"]
StateKind = Literal["open", "noon", "closed", "unknown"]


class Span(Struct, frozen=True, kw_only=True):
    """A stretch of a day when the centre serves people. ``counters`` maps kinds of
    counters to how many are open, as centre.yml has it; ``None`` is unknown."""

    opens: time
    closes: time
    service: Service
    counters: dict[str, int | None]

    def covers(self, moment: time) -> bool:
        return self.opens <= moment < self.closes


class Day(Struct, frozen=True, kw_only=True):
    """One date. ``name`` is the holiday, or the reason of a one-off exception; no
    ``spans`` means closed. ``civil`` is what an exception is for the rest of the country:
    periods go on while the centre's power is cut. ``duty`` is who is on duty over noon, where
    the roster says so."""

    date: date
    kind: DayKind
    name: str | None
    spans: tuple[Span, ...]
    civil: CivilKind | None = None
    duty: Shift | None = None


class State(Struct, frozen=True, kw_only=True):
    """What holds at a moment, from ``since`` up to ``until`` (its next change).

    ``next_kind`` is what it changes into. ``closes`` is when the doors shut, if they
    are open; ``next_opening`` when they open next, if they are not (``None`` when that
    lies beyond the loaded years). ``None`` bounds reach on without a known end.
    """

    kind: StateKind
    day: Day | None
    since: datetime | None
    until: datetime | None
    next_kind: StateKind | None
    closes: datetime | None
    next_opening: datetime | None


class Timetable:
    """Opening spans of any date of the loaded years."""

    def __init__(self, centre: Centre, years: Mapping[int, CalendarYear], roster: Roster | None = None) -> None:
        """``years`` must follow each other without a gap (a check sees to it)."""
        if not years:
            raise ValueError("no year is loaded")
        self.workdays = Workdays(years)
        self.first = date(min(years), 1, 1)
        self.last = date(max(years), 12, 31)
        self._regular = {item.id: item.open_regular for item in centre.counter_kinds}
        self._noon: dict[str, int | None] = {item.id: item.open_noon for item in centre.counter_kinds}
        self._exceptions = {item.date: item for item in centre.exceptions}
        self._duty = by_date(roster) if roster is not None else {}
        noon = centre.noon_service
        spans = [self._span(item.opens.at, item.closes.at, False) for item in centre.hours]
        if noon is not None:
            spans.append(self._span(noon.opens, noon.closes, True))
        self._workday = tuple(sorted(spans, key=lambda span: span.opens))

    def _span(self, opens: time, closes: time, noon: bool) -> Span:
        return Span(
            opens=opens,
            closes=closes,
            service="noon" if noon else "regular",
            counters=self._noon if noon else self._regular,
        )

    def day(self, on: date) -> Day:
        """The date ``on``; raises ``UncoveredDate`` outside the loaded years."""
        kind, name = self.workdays.civil(on)
        exception = self._exceptions.get(on)
        if exception is not None:
            return self._exceptional(exception, kind)
        working = kind in ("workday", "make_up_workday")
        spans = self._workday if working else ()
        return Day(date=on, kind=kind, name=name, spans=spans, duty=self._on_duty(on, spans))

    def _exceptional(self, exception: HoursException, civil: CivilKind) -> Day:
        parts = (self._span(item.opens, item.closes, item.noon_service) for item in exception.spans)
        spans = tuple(sorted(parts, key=lambda span: span.opens))
        return Day(
            date=exception.date,
            kind="exception",
            name=exception.reason,
            spans=spans,
            civil=civil,
            duty=self._on_duty(exception.date, spans),
        )

    def _on_duty(self, on: date, spans: tuple[Span, ...]) -> Shift | None:
        return self._duty.get(on) if any(span.service == "noon" for span in spans) else None

    def days(self) -> Iterator[Day]:
        """Every date of the loaded years, in order."""
        for on in days(self.first, self.last):
            yield self.day(on)

    def state(self, at: datetime) -> State:
        """What holds at ``at``, an aware moment of any time zone."""
        if at.tzinfo is None:
            raise ValueError("the moment must have a time zone")
        local = at.astimezone(SHANGHAI)
        if not self.workdays.covers(local.date()):
            return self._unknown(local)
        moment = local.time()
        today = self.day(local.date())
        for span in today.spans:
            if span.covers(moment):
                return self._serving(today, span)
        return self._closed(today, local)

    def _serving(self, today: Day, span: Span) -> State:
        """Neighbouring spans of the same service are one state; neighbours of any
        service keep the doors open."""
        spans = today.spans
        first = last = spans.index(span)
        while first and _joined(spans[first - 1], spans[first], same_service=True):
            first -= 1
        while last + 1 < len(spans) and _joined(spans[last], spans[last + 1], same_service=True):
            last += 1
        shut = last
        while shut + 1 < len(spans) and _joined(spans[shut], spans[shut + 1]):
            shut += 1
        next_kind: StateKind = "closed"
        if shut > last:
            next_kind = _kind(spans[last + 1])
        return State(
            kind=_kind(span),
            day=today,
            since=_at(today.date, spans[first].opens),
            until=_at(today.date, spans[last].closes),
            next_kind=next_kind,
            closes=_at(today.date, spans[shut].closes),
            next_opening=None,
        )

    def _closed(self, today: Day, local: datetime) -> State:
        moment = local.time()
        since = self._last_closing(today.date, moment)
        opening = self._next_opening(today.date, moment)
        if opening is None:
            end = _at(self.last, time()) + DAY
            return _closed(today, since, end, "unknown", None)
        starts, span = opening
        return _closed(today, since, starts, _kind(span), starts)

    def _next_opening(self, on: date, after: time) -> tuple[datetime, Span] | None:
        for span in self.day(on).spans:
            if span.opens > after:
                return _at(on, span.opens), span
        for later in days(on + DAY, self.last):
            for span in self.day(later).spans:
                return _at(later, span.opens), span
        return None

    def _last_closing(self, on: date, before: time) -> datetime:
        """When the doors shut last; the start of the loaded years if not within them."""
        for span in reversed(self.day(on).spans):
            if span.closes <= before:
                return _at(on, span.closes)
        while on > self.first:
            on -= DAY
            for span in reversed(self.day(on).spans):
                return _at(on, span.closes)
        return _at(self.first, time())

    def _unknown(self, local: datetime) -> State:
        start, end = _at(self.first, time()), _at(self.last, time()) + DAY
        early = local < start
        kind: StateKind = "closed"
        opening = None
        if early:
            # Midnight of the first day may itself lie within a span of an exception.
            first = self.state(start)
            kind = first.kind
            opening = first.next_opening if kind == "closed" else start
        return State(
            kind="unknown",
            day=None,
            since=None if early else end,
            until=start if early else None,
            next_kind=kind if early else None,
            closes=None,
            next_opening=opening,
        )


def _closed(today: Day, since: datetime, until: datetime, next_kind: StateKind, opening: datetime | None) -> State:
    return State(
        kind="closed",
        day=today,
        since=since,
        until=until,
        next_kind=next_kind,
        closes=None,
        next_opening=opening,
    )


def _at(on: date, moment: time) -> datetime:
    return datetime.combine(on, moment, SHANGHAI)


def _kind(span: Span) -> StateKind:
    return "noon" if span.service == "noon" else "open"


def _joined(first: Span, second: Span, *, same_service: bool = False) -> bool:
    if first.closes != second.opens:
        return False
    return not same_service or first.service == second.service
