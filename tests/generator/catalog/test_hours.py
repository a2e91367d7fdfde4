"""Opening hours: every day of two years, and the moments at which things change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import chinese_calendar
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.catalog.hours import SHANGHAI, Timetable, UncoveredDate
from generator.catalog.load import load_shared
from generator.catalog.model.centre import ExceptionSpan, HoursException
from tests.generator.catalog.snippets import ROOT

PARTS, _ = load_shared(ROOT / "catalog")
TABLE = Timetable(PARTS.centre, PARTS.years)
YEARS = (2025, 2026)


def at(text: str, zone: timezone = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def with_exceptions(*exceptions: HoursException) -> Timetable:
    centre = msgspec.structs.replace(PARTS.centre, exceptions=exceptions)
    return Timetable(centre, PARTS.years)


def exception(on: date, *spans: tuple[str, str, bool]) -> HoursException:
    return HoursException(
        date=on,
        reason="停电",
        source="x",
        spans=tuple(
            ExceptionSpan(opens=time.fromisoformat(a), closes=time.fromisoformat(b), noon_service=noon)
            for a, b, noon in spans
        ),
    )


@pytest.mark.parametrize("year", YEARS)
def test_every_day_agrees_with_an_independent_calendar(year):
    days = [day for day in TABLE.days() if day.date.year == year]
    assert len(days) == 365
    for day in days:
        working = chinese_calendar.is_workday(day.date)
        assert bool(day.spans) is working, day
        assert (day.kind in ("workday", "make_up_workday")) is working, day
        # In lieu of a plain weekend, the other calendar names the holiday as well.
        _, holiday = chinese_calendar.get_holiday_detail(day.date)
        assert (day.kind == "holiday") is (holiday is not None and not working), day
        assert (day.kind == "make_up_workday") is (working and day.date.weekday() >= 5), day


def test_a_working_day():
    day = TABLE.day(date(2026, 11, 23))
    assert (day.kind, day.name) == ("workday", None)
    assert [(f"{s.opens:%H:%M}", f"{s.closes:%H:%M}", s.service, s.counters) for s in day.spans] == [
        ("08:30", "11:30", "regular", {"advice": None, "acceptance": None}),
        ("11:30", "13:00", "noon", {"advice": 1, "acceptance": 2}),
        ("13:00", "16:30", "regular", {"advice": None, "acceptance": None}),
    ]


@pytest.mark.parametrize(
    ("on", "kind", "name"),
    [
        (date(2026, 2, 14), "make_up_workday", None),
        (date(2026, 2, 17), "holiday", "春节"),
        (date(2026, 2, 21), "holiday", "春节"),
        (date(2026, 11, 21), "weekend", None),
        (date(2025, 10, 6), "holiday", "国庆节、中秋节"),
    ],
)
def test_kinds_of_days(on, kind, name):
    day = TABLE.day(on)
    assert (day.kind, day.name) == (kind, name)
    assert bool(day.spans) is (kind == "make_up_workday")


@pytest.mark.parametrize("on", [date(2024, 12, 31), date(2027, 1, 1), date(2027, 11, 23)])
def test_a_year_without_a_notice_is_an_error(on):
    with pytest.raises(UncoveredDate) as error:
        TABLE.day(on)
    assert error.value.on == on


# moment, kind, since, until, next kind, doors close, next opening
STATES = [
    ("2026-11-23T08:29:59", "closed", "2026-11-20T16:30", "2026-11-23T08:30", "open", None, "2026-11-23T08:30"),
    ("2026-11-23T08:30", "open", "2026-11-23T08:30", "2026-11-23T11:30", "noon", "2026-11-23T16:30", None),
    ("2026-11-23T11:29:59", "open", "2026-11-23T08:30", "2026-11-23T11:30", "noon", "2026-11-23T16:30", None),
    ("2026-11-23T11:30", "noon", "2026-11-23T11:30", "2026-11-23T13:00", "open", "2026-11-23T16:30", None),
    ("2026-11-23T13:00", "open", "2026-11-23T13:00", "2026-11-23T16:30", "closed", "2026-11-23T16:30", None),
    ("2026-11-23T16:30", "closed", "2026-11-23T16:30", "2026-11-24T08:30", "open", None, "2026-11-24T08:30"),
    # midnight changes nothing
    ("2026-11-23T23:59:59", "closed", "2026-11-23T16:30", "2026-11-24T08:30", "open", None, "2026-11-24T08:30"),
    ("2026-11-24T00:00", "closed", "2026-11-23T16:30", "2026-11-24T08:30", "open", None, "2026-11-24T08:30"),
    # over the Spring Festival, between two make-up Saturdays
    ("2026-02-14T12:00", "noon", "2026-02-14T11:30", "2026-02-14T13:00", "open", "2026-02-14T16:30", None),
    ("2026-02-14T17:00", "closed", "2026-02-14T16:30", "2026-02-24T08:30", "open", None, "2026-02-24T08:30"),
    ("2026-02-20T10:00", "closed", "2026-02-14T16:30", "2026-02-24T08:30", "open", None, "2026-02-24T08:30"),
    ("2026-02-28T09:00", "open", "2026-02-28T08:30", "2026-02-28T11:30", "noon", "2026-02-28T16:30", None),
    ("2026-02-28T16:30", "closed", "2026-02-28T16:30", "2026-03-02T08:30", "open", None, "2026-03-02T08:30"),
    # over New Year, with a make-up Sunday
    ("2025-12-31T18:00", "closed", "2025-12-31T16:30", "2026-01-04T08:30", "open", None, "2026-01-04T08:30"),
    # the edges of what is known
    ("2024-12-31T23:59", "unknown", None, "2025-01-01T00:00", "closed", None, "2025-01-02T08:30"),
    ("2025-01-01T00:00", "closed", "2025-01-01T00:00", "2025-01-02T08:30", "open", None, "2025-01-02T08:30"),
    ("2026-12-31T16:29", "open", "2026-12-31T13:00", "2026-12-31T16:30", "closed", "2026-12-31T16:30", None),
    ("2026-12-31T16:30", "closed", "2026-12-31T16:30", "2027-01-01T00:00", "unknown", None, None),
    ("2027-01-01T00:00", "unknown", "2027-01-01T00:00", None, None, None, None),
    ("2027-06-01T10:00", "unknown", "2027-01-01T00:00", None, None, None, None),
]


@pytest.mark.parametrize(("moment", "kind", "since", "until", "next_kind", "closes", "opening"), STATES)
def test_state(moment, kind, since, until, next_kind, closes, opening):
    state = TABLE.state(at(moment))
    assert state.kind == kind
    assert state.next_kind == next_kind
    told = (state.since, state.until, state.closes, state.next_opening)
    assert told == tuple(text and at(text) for text in (since, until, closes, opening))
    assert (state.day is None) is (kind == "unknown")


@pytest.mark.parametrize(
    ("moment", "kind"),
    [
        (at("2026-11-23T03:29:59", UTC), "open"),
        (at("2026-11-23T03:30", UTC), "noon"),
        # Monday in Changchun, still Sunday in New York
        (datetime(2026, 11, 22, 20, 0, tzinfo=ZoneInfo("America/New_York")), "open"),
        (datetime(2026, 11, 22, 23, 0, tzinfo=ZoneInfo("America/New_York")), "noon"),
        (at("2026-12-31T16:00", UTC), "unknown"),
        (at("2026-12-31T15:59", UTC), "closed"),
        (at("2024-12-31T16:00", UTC), "closed"),
    ],
)
def test_any_time_zone(moment, kind):
    assert TABLE.state(moment).kind == kind


def test_a_moment_needs_a_time_zone():
    with pytest.raises(ValueError, match="time zone"):
        TABLE.state(datetime(2026, 11, 23, 10, 0))


def test_the_centres_zone_is_shanghai():
    moment = datetime(2026, 7, 1, 12, 0, tzinfo=ZoneInfo(PARTS.centre.timezone))
    assert moment.utcoffset() == SHANGHAI.utcoffset(None)


MOMENTS = st.datetimes(datetime(2024, 12, 1), datetime(2027, 2, 1), timezones=st.just(SHANGHAI))


@given(MOMENTS)
def test_states_fit_together(moment):
    state = TABLE.state(moment)
    assert state.since is None or state.since <= moment
    assert state.until is None or moment < state.until
    if state.until is not None:
        after = TABLE.state(state.until)
        assert after.kind == state.next_kind != state.kind
        assert after.since == state.until
    if state.closes is not None:
        assert TABLE.state(state.closes).kind == "closed"
    if state.next_opening is not None:
        assert TABLE.state(state.next_opening).kind in ("open", "noon")


def test_a_day_off_by_exception():
    table = with_exceptions(exception(date(2026, 11, 24)))
    assert (table.day(date(2026, 11, 24)).kind, table.day(date(2026, 11, 24)).name) == ("exception", "停电")
    state = table.state(at("2026-11-23T20:00"))
    assert state.next_opening == at("2026-11-25T08:30")
    assert table.workdays.is_workday(date(2026, 11, 24)), "periods of the law go on"


def test_other_hours_by_exception():
    table = with_exceptions(
        exception(date(2026, 11, 24), ("12:00", "13:00", True), ("09:00", "11:00", False), ("11:00", "12:00", False))
    )
    spans = table.day(date(2026, 11, 24)).spans
    assert [span.service for span in spans] == ["regular", "regular", "noon"]
    state = table.state(at("2026-11-24T09:30"))
    assert (state.until, state.closes) == (at("2026-11-24T12:00"), at("2026-11-24T13:00"))
    assert table.state(at("2026-11-24T11:30")).since == at("2026-11-24T09:00")
    assert table.state(at("2026-11-24T13:00")).kind == "closed"


def test_exception_on_the_first_day():
    table = with_exceptions(exception(date(2025, 1, 1), ("00:00", "02:00", False)))
    state = table.state(at("2024-12-31T23:00"))
    assert (state.next_kind, state.next_opening) == ("open", at("2025-01-01T00:00"))


def test_a_gap_over_noon_is_closed():
    table = with_exceptions(exception(date(2026, 11, 24), ("09:00", "11:00", False), ("13:00", "15:00", False)))
    state = table.state(at("2026-11-24T12:00"))
    assert (state.kind, state.since, state.until) == ("closed", at("2026-11-24T11:00"), at("2026-11-24T13:00"))


def test_no_year_is_no_timetable():
    with pytest.raises(ValueError, match="no year"):
        Timetable(PARTS.centre, {})


def test_days_run_without_a_gap():
    dates = [day.date for day in TABLE.days()]
    assert (dates[0], dates[-1]) == (date(2025, 1, 1), date(2026, 12, 31))
    assert all(second - first == timedelta(days=1) for first, second in pairwise(dates))
