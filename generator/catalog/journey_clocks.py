"""The two clocks of a journey.

``drawn`` of ``journeys.py`` counts ticks of a seventh of a working day, by which five working
days are as long as seven days: for pictures and for judging a promise before anybody has
a date. ``dated`` counts on the calendar. In both, a step is handed in on the day on which
the last step before it ended, and that day does not count (民法典第二百零一条).
"""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol

from .workdays import DAY, UncoveredDate, Workdays, month_length

Length = tuple[int, str]
"""A number and its unit."""

TICKS = {"working_days": 7, "days": 5, "months": 150}
"""Ticks of a unit. A month, which only deadlines use, is taken for 30 days."""


class Clock(Protocol):
    """Adding lengths to moments. ``None`` is a moment that nobody can tell."""

    def add(self, moment: Any, length: Length) -> Any: ...
    def latest_start(self, finish: Any, length: Length) -> Any: ...
    def gap(self, early: Any, late: Any) -> int: ...


class Ticks:
    """Moments are integers, counted in sevenths of a working day."""

    def add(self, moment: int, length: Length) -> int:
        return moment + length[0] * TICKS[length[1]]

    def latest_start(self, finish: int, length: Length) -> int:
        return finish - length[0] * TICKS[length[1]]

    def gap(self, early: int, late: int) -> int:
        return late - early


class Dates:
    """Moments are working days of the calendar.

    Plain days and months that end on a day off end on the next working day
    (民法典第二百零三条), months on the same day of the month or its last
    (民法典第二百零二条).
    """

    def __init__(self, workdays: Workdays) -> None:
        self._workdays = workdays

    def open_day(self, on: date) -> date | None:
        """``on``, or the next working day; ``None`` beyond the calendar."""
        try:
            while not self._workdays.is_workday(on):
                on += DAY
        except UncoveredDate:
            return None
        return on

    def add(self, moment: date, length: Length) -> date | None:
        value, unit = length
        try:
            if unit == "working_days":
                return self._workdays.add(moment, value)
        except UncoveredDate:
            return None
        if unit == "days":
            return self.open_day(date.fromordinal(moment.toordinal() + value))
        months = moment.year * 12 + moment.month - 1 + value
        year, month = months // 12, months % 12 + 1
        return self.open_day(date(year, month, min(moment.day, month_length(year, month))))

    def latest_start(self, finish: date, length: Length) -> date:
        start = finish
        while not self._workdays.is_workday(start) or (self.add(start, length) or date.max) > finish:
            start -= DAY
        return start

    def gap(self, early: date, late: date) -> int:
        return self._workdays.between(early, late)
