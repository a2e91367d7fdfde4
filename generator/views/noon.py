"""The view of the calendar: every covered day, and what the noon service adds up to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from msgspec import Struct

from ..catalog.hours import Day
from ..catalog.model.centre import Centre
from ..catalog.model.duty import Shift
from ..catalog.offers import Offers
from .words import Context, assumed_hours, counters, noon_counters, regular_hours, span


class NoonDay(Struct, frozen=True, kw_only=True):
    """One date. ``word`` is what it is in at most a few characters (午间, 休, 元旦 …);
    ``made_up`` marks a weekend day on which the country works."""

    date: date
    noon: bool
    open: bool
    made_up: bool
    word: str


class NoonMonth(Struct, frozen=True, kw_only=True):
    """A month: ``blank`` days of the first week (Monday first) lie before its first. ``duty`` is who
    is on duty, as far as the roster says: the days of noon service in a row (3月2日–10日), and who is
    there."""

    year: int
    month: int
    blank: int
    days: tuple[NoonDay, ...]
    duty: tuple[tuple[str, str], ...] = ()

    @property
    def served(self) -> int:
        return sum(day.noon for day in self.days)

    @property
    def opened(self) -> int:
        return sum(day.open for day in self.days)

    @property
    def id(self) -> str:
        """2026-03."""
        return f"{self.year}-{self.month:02}"

    @property
    def weeks(self) -> tuple[tuple[NoonDay | None, ...], ...]:
        """Seven days each, ``None`` where the month has not begun or is over."""
        cells = (*[None] * self.blank, *self.days)
        cells += (None,) * (-len(cells) % 7)
        return tuple(cells[start : start + 7] for start in range(0, len(cells), 7))


class NoonYear(Struct, frozen=True, kw_only=True):
    """``days`` of noon service and its ``hours`` in the year, counted day by day, and the
    days on which the centre opens at all."""

    year: int
    days: int
    hours: float
    opened: int
    months: tuple[NoonMonth, ...]


class Noon(Struct, frozen=True, kw_only=True):
    """What is said of the noon service, with what its source claims that it adds up to."""

    span: str
    counters: str
    staff: str
    accepts: str
    completes: str
    minutes: int
    hours_claimed: int
    days_claimed: int
    source: str | None


class NoonView(Struct, frozen=True, kw_only=True):
    """``noon`` is ``None`` for a centre without noon service: then it is a calendar of the
    days on which the centre opens, in its ``hours`` (``assumed`` as ``assumed_hours``)."""

    guide: str
    hotline: str
    offers: Offers
    hours: str
    assumed: str | None
    noon: Noon | None
    years: tuple[NoonYear, ...]
    exceptions: tuple[tuple[date, str, str], ...]


def noon_view(context: Context, days: Iterable[Day]) -> NoonView:
    """The calendar over ``days``, which are in order and whole months."""
    centre = context.centre
    listed = tuple(days)
    return NoonView(
        guide=centre.guide_name,
        hotline=centre.hotline,
        offers=context.offers,
        hours=regular_hours(centre),
        assumed=assumed_hours(centre),
        noon=_noon(context),
        years=tuple(_year(year, tuple(items), context) for year, items in groupby(listed, lambda day: day.date.year)),
        exceptions=tuple(
            (day.date, day.name or "", "，".join(span(part.opens, part.closes) for part in day.spans) or "不开放")
            for day in listed
            if day.kind == "exception"
        ),
    )


def _noon(context: Context) -> Noon | None:
    centre, noon = context.centre, context.centre.noon_service
    if noon is None:
        return None
    return Noon(
        span=span(noon.opens, noon.closes),
        counters=noon_counters(centre),
        staff=f"{noon.staff.at_least} 到 {noon.staff.at_most} 名工作人员",
        accepts=noon.accepts,
        completes=noon.completes,
        minutes=noon.on_the_spot_minutes,
        hours_claimed=noon.hours_per_year_claimed,
        days_claimed=noon.workdays_per_year_claimed,
        source=context.origin(noon.source),
    )


def _year(year: int, days: tuple[Day, ...], context: Context) -> NoonYear:
    spans = [part for day in days for part in day.spans if part.service == "noon"]
    minutes = sum((part.closes.hour - part.opens.hour) * 60 + part.closes.minute - part.opens.minute for part in spans)
    return NoonYear(
        year=year,
        days=sum(_has_noon(day) for day in days),
        hours=minutes / 60,
        opened=sum(bool(day.spans) for day in days),
        months=tuple(
            _month(year, month, tuple(items), context) for month, items in groupby(days, lambda day: day.date.month)
        ),
    )


def _month(year: int, month: int, days: tuple[Day, ...], context: Context) -> NoonMonth:
    return NoonMonth(
        year=year,
        month=month,
        blank=days[0].date.weekday(),
        days=tuple(_day(day, context.offers.noon) for day in days),
        duty=tuple(_on_duty(filter(_has_noon, days), context.centre)),
    )


def _on_duty(days: Iterable[Day], centre: Centre) -> Iterator[tuple[str, str]]:
    for told, group in groupby(days, lambda day: None if day.duty is None else _shift(day.duty, centre)):
        if told is not None:
            first, *more = (day.date for day in group)
            yield f"{first.month}月{first.day}日" + (f"–{more[-1].day}日" if more else ""), told


def _shift(shift: Shift, centre: Centre) -> str:
    """1 个咨询窗口、2 个受理窗口，4 人在岗；甲、乙."""
    opened = counters({post.kind: post.open for post in shift.posts}, centre)
    words = f"{opened or '不开窗口'}，{shift.staff} 人在岗"
    return f"{words}：{'、'.join(shift.names)}" if shift.names else words


def _has_noon(day: Day) -> bool:
    return any(part.service == "noon" for part in day.spans)


def _day(day: Day, offered: bool) -> NoonDay:
    noon, made_up = _has_noon(day), day.kind == "make_up_workday"
    if noon:
        word = "补班" if made_up else "午间"
    elif day.spans and offered:
        word = "午休"
    elif day.spans:
        word = "补班" if made_up else "开门"
    else:
        word = day.name if day.kind == "holiday" and day.name else "休"
    return NoonDay(date=day.date, noon=noon, open=bool(day.spans), made_up=made_up, word=word)
