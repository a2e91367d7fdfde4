"""Working days: the State Council's days off and make-up workdays, and counting in them.

A date of a year whose notice is not loaded raises ``UncoveredDate``: nobody knows yet
whether the country works on that day, and a guess would be taken for a promise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Literal

from .model.calendar import CalendarYear
from .model.record import LimitUnit

DAY = timedelta(days=1)

CivilKind = Literal["workday", "make_up_workday", "weekend", "holiday"]


class UncoveredDate(LookupError):
    """A date outside the loaded years. ``on`` is the date."""

    def __init__(self, on: date) -> None:
        super().__init__(f"no public holidays are loaded for {on.isoformat()}")
        self.on = on


class Workdays:
    """The civil calendar of the loaded years."""

    def __init__(self, years: Mapping[int, CalendarYear]) -> None:
        self._years = frozenset(years)
        self._off: dict[date, str] = {}
        self._made_up: set[date] = set()
        for year in years.values():
            self._made_up.update(year.make_up_workdays)
            for block in year.days_off:
                for ordinal in range(block.first.toordinal(), block.last.toordinal() + 1):
                    self._off[date.fromordinal(ordinal)] = block.name

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted(self._years))

    def covers(self, on: date) -> bool:
        return on.year in self._years

    def civil(self, on: date) -> tuple[CivilKind, str | None]:
        """What kind of day it is, with the name of the holiday."""
        if on.year not in self._years:
            raise UncoveredDate(on)
        if on in self._made_up:
            return "make_up_workday", None
        name = self._off.get(on)
        if name is not None:
            return "holiday", name
        return ("weekend" if on.weekday() >= 5 else "workday"), None

    def is_workday(self, on: date) -> bool:
        return self.civil(on)[0] in ("workday", "make_up_workday")

    def of_year(self, year: int) -> tuple[date, ...]:
        """Every working day of a year."""
        if year not in self._years:
            raise UncoveredDate(date(year, 1, 1))
        whole = days(date(year, 1, 1), date(year, 12, 31))
        return tuple(day for day in whole if self.is_workday(day))

    def add(self, accepted: date, count: int) -> date:
        """The last of ``count`` working days after acceptance.

        The day of acceptance does not count (民法典第二百零一条); ``count`` of 0 gives
        the day itself. Licence periods are in working days (行政许可法第八十二条).
        """
        if count < 0:
            raise ValueError("a period cannot be negative")
        if not self.covers(accepted):
            raise UncoveredDate(accepted)
        day = accepted
        while count:
            day += DAY
            if self.is_workday(day):
                count -= 1
        return day

    def due(self, accepted: date, value: int, unit: LimitUnit) -> date:
        """The last day of a period of ``value`` units that starts with acceptance.

        Calendar days and months that would end on a day off end on the day after it
        (民法典第二百零三条); a month ends on the same day of the month, or on its last day
        where there is none (第二百零二条). The twin is ``pwa/app/catalog/workdays.js``.
        """
        if unit == "working_days":
            return self.add(accepted, value)
        if value < 0:
            raise ValueError("a period cannot be negative")
        if not self.covers(accepted):
            raise UncoveredDate(accepted)
        last = _add_months(accepted, value) if unit == "months" else accepted + value * DAY
        while value and not self.is_workday(last):
            last += DAY
        return last

    def between(self, after: date, until: date) -> int:
        """How many working days lie after ``after`` up to and including ``until``."""
        return sum(self.is_workday(day) for day in days(after + DAY, until))


def days(first: date, last: date) -> Iterator[date]:
    """Every date from ``first`` to ``last``, both included."""
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(ordinal)


def _add_months(on: date, count: int) -> date:
    year, month = divmod(on.year * 12 + on.month - 1 + count, 12)
    return date(year, month + 1, min(on.day, month_length(year, month + 1)))


def month_length(year: int, month: int) -> int:
    """How many days a month has. The standard library's ``calendar`` starts slowly."""
    return (date(year + month // 12, month % 12 + 1, 1) - DAY).day
