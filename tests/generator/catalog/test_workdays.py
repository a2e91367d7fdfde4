"""Counting in working days."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.catalog.workdays import UncoveredDate, Workdays
from tests.generator.catalog.test_hours import PARTS

WORKDAYS = Workdays(PARTS.years)


@pytest.mark.parametrize("year", [2025, 2026])
def test_a_year_has_248(year):
    days = WORKDAYS.of_year(year)
    assert len(days) == 248
    assert list(days) == chinese_calendar.get_workdays(date(year, 1, 1), date(year, 12, 31))


@pytest.mark.parametrize(
    ("accepted", "count", "due"),
    [
        # the day of acceptance does not count
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
        (date(2026, 11, 23), 1, date(2026, 11, 24)),
        (date(2026, 11, 23), 5, date(2026, 11, 30)),
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        # a make-up Saturday counts, the Spring Festival does not
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 2, 13), 2, date(2026, 2, 24)),
        # accepted over noon on a make-up day
        (date(2026, 2, 28), 1, date(2026, 3, 2)),
        # across New Year of loaded years
        (date(2025, 12, 31), 1, date(2026, 1, 4)),
    ],
)
def test_add(accepted, count, due):
    assert WORKDAYS.add(accepted, count) == due


def test_the_end_of_what_is_known_is_not_passed():
    assert WORKDAYS.add(date(2026, 12, 30), 1) == date(2026, 12, 31)
    with pytest.raises(UncoveredDate) as error:
        WORKDAYS.add(date(2026, 12, 30), 2)
    assert error.value.on == date(2027, 1, 1)
    with pytest.raises(UncoveredDate):
        WORKDAYS.add(date(2027, 1, 1), 0)
    with pytest.raises(UncoveredDate):
        WORKDAYS.of_year(2027)
    with pytest.raises(ValueError, match="negative"):
        WORKDAYS.add(date(2026, 1, 5), -1)


@given(st.dates(date(2025, 1, 1), date(2026, 6, 30)), st.integers(1, 100))
def test_add_and_between_are_inverse(accepted, count):
    due = WORKDAYS.add(accepted, count)
    assert WORKDAYS.is_workday(due)
    assert WORKDAYS.between(accepted, due) == count
    assert WORKDAYS.between(accepted, due - timedelta(days=1)) == count - 1


def test_years():
    assert WORKDAYS.years == (2025, 2026)
    assert not WORKDAYS.covers(date(2027, 1, 1))
