"""The calendars that one may subscribe to (RFC 5545): noon service, and days that differ.

The noon service is one weekly series a year with the days it does not run taken out:
whoever adds the file to a phone can delete it in one go. Weekend days on which the country
works, and days with other hours, are appointments of their own, because many phones
ignore dates added to a series (RDATE).

``UID`` depends on the date and the catalogue's ``calendar_id`` alone, so a renewed calendar
replaces the appointments instead of doubling them; but only if it is marked as newer: calendars
keep what they have unless ``SEQUENCE``, ``DTSTAMP`` or ``LAST-MODIFIED`` has grown (RFC 5545
§3.8.7, RFC 5546 §2.1.4). No function of the content alone can grow: hours that are changed and
changed back would have to be newer than themselves. Nor does the guide read a clock. So the
history is data: each record of changes (``catalog/changes/``) keeps a digest of both calendars,
``SEQUENCE`` counts how often it changed from record to record, and one more where the calendar of
today is not the one recorded last. A centre without noon service has the calendar of closures alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from itertools import groupby
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneStandard, vDuration
from msgspec import Struct

from ..catalog.hours import Day, Span
from ..catalog.model.centre import Centre
from ..catalog.model.change import CalendarMarks, ChangeEntry
from ..catalog.offers import Offers
from ..views.words import noon_counters, span


class Revision(Struct, frozen=True, kw_only=True):
    """How often a calendar has changed, and the day of the record since which it is as it is, or of the
    last one where that is still to be written; ``None`` without a record."""

    sequence: int = 0
    since: date | None = None


_FIRST = Revision()

NOON = "calendar/noon.ics"
CLOSURES = "calendar/closures.ics"
"""Where the calendars lie below the site."""

_ZONE = ZoneInfo("Asia/Shanghai")
_DAY = timedelta(days=1)
_WEEKDAYS = ["MO", "TU", "WE", "TH", "FR"]


def marks(centre: Centre, days: Sequence[Day]) -> CalendarMarks:
    """The digests of both calendars, whatever their revision and the site's address. A calendar
    of noon service that is not published has one, too: an empty calendar's."""
    noon, closures = (sha256(ics(centre, days)).hexdigest()[:16] for ics in (noon_ics, closures_ics))
    return CalendarMarks(noon=noon, closures=closures)


def revisions(entries: Iterable[ChangeEntry], now: CalendarMarks) -> tuple[Revision, Revision]:
    """Of the noon service and of the closures, by the records of changes, oldest first."""
    told = tuple(entries)
    return _revision([(e.date, e.calendars and e.calendars.noon) for e in told], now.noon), _revision(
        [(e.date, e.calendars and e.calendars.closures) for e in told], now.closures
    )


def _revision(told: Sequence[tuple[date, str | None]], now: str) -> Revision:
    last, since, sequence = None, None, 0
    for on, mark in told:
        if mark is not None and mark != last:
            sequence += last is not None
            last, since = mark, on
    if last is not None and last != now:
        return Revision(sequence=sequence + 1, since=max(on for on, _ in told))
    return Revision(sequence=sequence, since=since)


def noon_ics(centre: Centre, days: Iterable[Day], revision: Revision = _FIRST, address: str | None = None) -> bytes:
    """When there is noon service, over ``days``, which are in order and whole years. ``address`` is
    that of the site, if it is known. Published only for a centre that has noon service."""
    calendar = _calendar(centre, "午间服务", f"{centre.name}：中午有人办事的日子和时间。")
    for year, own in groupby(days, lambda day: day.date.year):
        for event in _noon_year(centre, year, tuple(own)):
            calendar.add_component(event)
    return _published(centre, calendar, NOON, revision, address)


def closures_ics(centre: Centre, days: Iterable[Day], revision: Revision = _FIRST, address: str | None = None) -> bytes:
    """Holidays, weekend days on which the centre works, and one-off changes, as whole days.

    Plain weekends are left out: everybody expects the doors to be shut.
    """
    calendar = _calendar(centre, "放假和补班", f"{centre.name}：哪天不开放，哪个周末照常上班，哪天临时调整。")
    for (kind, name), group in groupby(days, lambda day: (day.kind, day.name)):
        if kind == "holiday":
            own = tuple(group)
            text = f"{name}：不开放"
            calendar.add_component(_whole_days(centre, "closed", own[0].date, own[-1].date, text, _ask(centre)))
        elif kind in ("make_up_workday", "exception"):
            for day in group:
                calendar.add_component(_whole_days(centre, "changed", day.date, day.date, *_changed(centre, day)))
    return _published(centre, calendar, CLOSURES, revision, address)


def _published(centre: Centre, calendar: Calendar, path: str, revision: Revision, address: str | None) -> bytes:
    """The calendar with the marks of its revision, and with addresses where the site's is known. Each
    revision is a second later than the one before, also on one day."""
    page = Offers(noon=centre.noon_service is not None).calendar
    if address is not None:
        calendar.add("source", f"{address}{path}", parameters={"value": "URI"})
    for event in calendar.walk("VEVENT"):
        moment = event["dtstamp"].dt
        if revision.since is not None:
            moment = datetime.combine(revision.since, time(), _ZONE).astimezone(UTC)
        moment += timedelta(seconds=revision.sequence)
        del event["dtstamp"]
        event.add("dtstamp", moment)
        event.add("last-modified", moment)
        event.add("sequence", revision.sequence)
        if address is not None:
            event.add("url", f"{address}{page}")
    return calendar.to_ical()


# --- noon -------------------------------------------------------------------------------


def _noon_year(centre: Centre, year: int, days: Sequence[Day]) -> Iterator[Event]:
    if centre.noon_service is None:
        return
    usual = (centre.noon_service.opens, centre.noon_service.closes)
    noon = {day.date: [part for part in day.spans if part.service == "noon"] for day in days}
    weekly = [on for on, parts in noon.items() if on.weekday() < len(_WEEKDAYS) and _hours(parts) == [usual]]
    text = _noon_text(centre)
    if weekly:
        first, last = weekly[0], weekly[-1]
        series = _appointment(centre, f"noon-{year}", first, usual, "午间照常办事", text)
        until = datetime.combine(last, usual[0], _ZONE).astimezone(UTC)
        series.add("rrule", {"freq": "weekly", "byday": _WEEKDAYS, "until": until})
        left_out = [
            datetime.combine(on, usual[0], _ZONE)
            for on in noon
            if first < on < last and on.weekday() < len(_WEEKDAYS) and on not in set(weekly)
        ]
        if left_out:
            series.add("exdate", left_out)
        yield series
    for day in days:
        if day.date in set(weekly):
            continue
        for number, hours in enumerate(_hours(noon[day.date])):
            name = "午间照常办事（补班）" if day.kind == "make_up_workday" else "午间有人办事（临时调整）"
            uid = f"noon-{day.date.isoformat()}" + (f"-{number}" if number else "")
            yield _appointment(centre, uid, day.date, hours, name, text)


def _hours(parts: Iterable[Span]) -> list[tuple[time, time]]:
    return [(part.opens, part.closes) for part in parts]


def _noon_text(centre: Centre) -> str:
    noon = centre.noon_service
    assert noon is not None
    return f"{noon_counters(centre)}。能受理：{noon.accepts}。能办完：{noon.completes}。{_ask(centre)}"


def _ask(centre: Centre) -> str:
    return f"来以前可以打 {centre.hotline} 问。"


def _changed(centre: Centre, day: Day) -> tuple[str, str]:
    """Title and text of a day that is not as one would expect."""
    if day.kind == "make_up_workday":
        return "补班：照常开放", f"像平时的工作日一样开放。{_ask(centre)}"
    hours = "，".join(span(part.opens, part.closes) for part in day.spans)
    title = "临时调整" if day.spans else "临时不开放"
    return f"{title}：{day.name}", f"{hours or '不开放'}。{_ask(centre)}"


# --- RFC 5545 -----------------------------------------------------------------------------


def _calendar(centre: Centre, name: str, about: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", f"-//{centre.guide_name}//{name}//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    title = f"{centre.short_name}{name}"
    # RFC 7986, and the older names of the same that most programs read.
    calendar.add("name", title)
    calendar.add("x-wr-calname", title)
    calendar.add("description", about)
    calendar.add("x-wr-caldesc", about)
    calendar.add("x-wr-timezone", centre.timezone)
    calendar.add("refresh-interval", vDuration(_DAY), parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", vDuration(_DAY))
    zone = Timezone()
    zone.add("tzid", centre.timezone)
    # No summer time since its last end; nobody needs the years before.
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1991, 9, 15))
    standard.add("tzoffsetfrom", timedelta(hours=8))
    standard.add("tzoffsetto", timedelta(hours=8))
    standard.add("tzname", "CST")
    zone.add_component(standard)
    calendar.add_component(zone)
    return calendar


def _event(centre: Centre, uid: str, year: int, title: str, text: str) -> Event:
    event = Event()
    event.add("uid", f"{uid}@{centre.calendar_id}")
    event.add("dtstamp", datetime(year, 1, 1, tzinfo=UTC))
    event.add("summary", title)
    event.add("description", text)
    event.add("transp", "TRANSPARENT")  # it keeps nobody from having another appointment
    return event


def _appointment(centre: Centre, uid: str, on: date, hours: tuple[time, time], title: str, text: str) -> Event:
    event = _event(centre, uid, on.year, title, text)
    event.add("dtstart", datetime.combine(on, hours[0], _ZONE))
    event.add("dtend", datetime.combine(on, hours[1], _ZONE))
    return event


def _whole_days(centre: Centre, uid: str, first: date, last: date, title: str, text: str) -> Event:
    """From ``first`` to ``last``, both included; a whole day ends as the next begins."""
    event = _event(centre, f"{uid}-{first.isoformat()}", first.year, title, text)
    event.add("dtstart", first)
    event.add("dtend", last + _DAY)
    return event
