"""Which shift of duty.yml is on which day. Whether the centre is open then, ``hours.py`` tells."""

from __future__ import annotations

from datetime import date

from .model.duty import Roster, Shift
from .workdays import days

LONGEST = 366
"""Days from the first to the last of a shift."""


def dates(shift: Shift) -> tuple[date, ...]:
    """The dates that a shift is written for, open or not; none where it does not say so rightly."""
    if shift.date is not None:
        return (shift.date,) if shift.first is shift.last is None else ()
    if shift.first is None or shift.last is None or (shift.last - shift.first).days >= LONGEST:
        return ()
    wanted = shift.weekdays or range(1, 8)
    return tuple(on for on in days(shift.first, shift.last) if on.isoweekday() in wanted)


def by_date(roster: Roster) -> dict[date, Shift]:
    """The shift of each date; the first where two claim the same (a check sees to it)."""
    found: dict[date, Shift] = {}
    for shift in roster.shifts:
        for on in dates(shift):
            found.setdefault(on, shift)
    return found
