"""``guide diff`` and ``guide record``: what changed, told or kept."""

from __future__ import annotations

import argparse
import sys
from datetime import date

from ..catalog.hours import Timetable
from ..catalog.model.change import CalendarMarks
from ..catalog.parts import Catalogue
from ..changes.record import FOLDER, entry_text, new_entry, since_last, told
from ..errors import BuildError
from .saying import sound


def diff(options: argparse.Namespace) -> int:
    catalogue = sound(options.catalog)
    if catalogue is None:
        return 1
    try:
        changes = since_last(options.catalog, catalogue.changes, options.start)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    print(told(changes) or "没有变化")
    return 0


def record(options: argparse.Namespace) -> int:
    catalogue = sound(options.catalog)
    if catalogue is None:
        return 1
    on = options.date or date.today()
    if on.year > max(catalogue.years):
        # Whoever reads what changed in a year wants to know its days off, too; mostly it was mistyped.
        print(f"还没有 {on.year} 年的放假安排 — 核对 --date 的年份；没有写错的，先写 calendar/{on.year}.yml", file=sys.stderr)
        return 1
    try:
        found = new_entry(options.catalog, catalogue.changes, on, options.start, _marks(catalogue))
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    if found is None:
        print("没有变化，不用记录")
        return 0
    path = options.catalog / FOLDER / f"{found[0]}.yml"
    path.parent.mkdir(exist_ok=True)
    with path.open("x", encoding="utf-8") as file:
        file.write(entry_text(found[1]))
    print(told(found[1].changes))
    print(f"已记录在 {path} — 看一遍文字，再提交")
    return 0


def _marks(catalogue: Catalogue) -> CalendarMarks:
    # Here, since icalendar takes 95 ms to load.
    from ..render.calendars import marks

    return marks(catalogue.centre, tuple(Timetable(catalogue.centre, catalogue.years).days()))
