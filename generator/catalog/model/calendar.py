"""The types of calendar/<year>.yml."""

from __future__ import annotations

from datetime import date

from .record import Record


class DaysOff(Record, frozen=True, kw_only=True):
    name: str
    first: date
    last: date


class CalendarYear(Record, frozen=True, kw_only=True):
    """calendar/<year>.yml: the State Council's notice on public holidays (法定节假日)."""

    year: int
    notice: str
    source: str
    days_off: tuple[DaysOff, ...]
    make_up_workdays: tuple[date, ...]
