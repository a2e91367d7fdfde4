"""Dates with a past or a future: what was done was done by today, and a mistyped year is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from generator.catalog.checks import dates
from generator.catalog.load import PART_TYPES, load
from generator.catalog.model.calendar import CalendarYear, DaysOff
from generator.catalog.model.centre import HoursException
from generator.catalog.model.change import ChangeEntry
from generator.catalog.model.duty import Shift
from generator.catalog.model.journey import Journey
from generator.catalog.model.matter import Matter
from generator.catalog.model.texts import LawTexts
from generator.cli import main
from tests.generator.catalog.snippets import MATTER, SHARED, edit, found, marked, write_tree

X = "matters/construction/x-permit.yml"
TODAY = date(2026, 12, 1)
ANSWER = "answers:\n  - {field: visits, by: 窗口, on: %s}\n"

EDITS = [
    (X, "checked_on: 2026-11-23", "checked_on: 2026-12-03 # !date-ahead"),
    (X, "checked_on: 2026-11-23", "checked_on: 2026-12-02"),  # east of here it is tomorrow
    (X, "checked_on: 2026-11-23", "checked_on: 1900-01-01 # !date-early"),
    (X, "confirmed: null", "confirmed: {on: 2027-01-01, by: 窗口} # !date-ahead"),
    (X, "confirmed: null", "confirmed: {on: 1926-01-01, by: 窗口} # !date-early"),
    (X, "confirmed: null\n", "confirmed: null\nanswers:\n  - {field: visits, by: 窗口, on: 2062-11-01} # !date-ahead\n"),
    (X, "valid_until: null\n", "valid_until: 2099-12-31 # !date-far\n" + ANSWER.replace("visits", "valid_until") % "2026-11-01"),
    (X, "valid_until: null\n", "valid_until: 2030-12-31\n" + ANSWER.replace("visits", "valid_until") % "2026-11-01"),
    ("centre.yml", "published_on: 2018-11-01", "published_on: 2028-11-01 # !date-ahead"),
    ("centre.yml", "published_on: 2018-11-01", "published_on: 1018-11-01 # !date-early"),
    ("calendar/2026.yml", "year: 2026", "year: 1926 # !date-early"),
    ("calendar/2026.yml", "year: 2026", "year: 2126 # !date-far"),
    ("laws.yml", "version_date: 2019-04-23", "version_date: 2091-04-23 # !date-ahead"),
    ("laws.yml", "version_date: 2019-04-23", "version_date: 1910-04-23 # !date-early"),
    ("laws.yml", "version_date: 2019-04-23\n", "version_date: 2019-04-23\n    valid_from: 2027-06-01\n"),
    ("laws.yml", "version_date: 2019-04-23\n", "version_date: 2019-04-23\n    valid_from: 2062-06-01 # !date-far\n"),
    ("laws.yml", "version_date: 2019-04-23\n", "version_date: 2019-04-23\n    valid_to: 1026-06-01 # !date-early\n"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "old", "new"), EDITS)
def test_a_date(tmp_path: Path, path: str, old: str, new: str) -> None:
    text = edit({**SHARED, X: MATTER}[path], old, new)
    problems = load(write_tree(tmp_path, {path: text}), TODAY).problems
    # Another edition of the law than its texts have is told as well, and another year than the file's.
    assert found(one for one in problems if one.code not in ("corpus-edition", "year-file")) == marked(text)


def test_every_date_of_the_model_is_held_against_something() -> None:
    """Days of the centre itself are held against its calendar, in the rooms of these files."""
    own = {(CalendarYear, "make_up_workdays"), (DaysOff, "first"), (DaysOff, "last"), (HoursException, "date")}
    own |= {(Shift, name) for name in ("date", "first", "last")}
    told: set[tuple[Any, str]] = set()
    pending: list[Any] = [Matter, Journey, CalendarYear, LawTexts, ChangeEntry, *PART_TYPES.values()]
    for type_ in pending:  # which grows meanwhile
        for field in msgspec.structs.fields(type_):
            parts = _parts(field.type)
            told |= {(type_, field.name)} if date in parts else set()
            pending += [part for part in parts if isinstance(part, type) and issubclass(part, msgspec.Struct)
                        and part not in pending]  # fmt: skip
    assert told == {*dates.DONE, *dates.HOLDS} | own


def _parts(type_: Any) -> list[Any]:
    return [type_, *(part for arm in get_args(type_) for part in _parts(arm))]


def test_a_slow_clock_refuses_nothing(tmp_path: Path) -> None:
    """What was published lies behind, whatever the clock says."""
    record = "date: 2027-03-01\ncommit: null\nchanges: []\n"
    year = edit(SHARED["calendar/2026.yml"], "year: 2026", "year: 2027")
    year = year[: year.index("days_off:")] + "days_off: []\nmake_up_workdays: []\n"
    text = edit(MATTER, "checked_on: 2026-11-23", "checked_on: 2027-03-01")
    files = {"changes/2027-03-01.yml": record, "calendar/2027.yml": year, X: text}
    assert load(write_tree(tmp_path, files), date(2020, 1, 1)).problems == ()


def test_guide_check_tells_it_in_chinese_with_the_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = edit(MATTER, "checked_on: 2026-11-23", "checked_on: 2099-01-01")
    assert main(["check", "--catalog", str(write_tree(tmp_path, {X: text})), "--on", "2098-01-01"]) == 1
    line = MATTER[: MATTER.index("checked_on")].count("\n") + 1
    assert capsys.readouterr().err.splitlines()[0] == (
        f"catalog/{X}:{line}: [date-ahead] “checked_on”写了 2099-01-01，这一天还没有到"
        " — 写实际核对的那一天，不晚于今天（2098-01-01）"
    )


def test_a_record_of_a_day_to_come_is_advice(tmp_path: Path) -> None:
    record = "date: 2026-12-31\ncommit: null\nchanges: []\n"
    catalog = write_tree(tmp_path, {"changes/2026-12-31.yml": record})
    told = [one.code for one in dates.check_records(load(catalog, TODAY).catalogue.changes, TODAY)]
    assert told == ["change-ahead"]
    assert list(dates.check_records(load(catalog, TODAY).catalogue.changes, date(2026, 12, 31))) == []


def test_years_that_are_missing_are_told_once(tmp_path: Path) -> None:
    year = edit(SHARED["calendar/2026.yml"], "year: 2026", "year: 2020")
    year = year[: year.index("days_off:")] + "days_off: []\nmake_up_workdays: []\n"
    (problem,) = load(write_tree(tmp_path, {"calendar/2020.yml": year}), TODAY).problems
    assert (problem.path, problem.code) == ("catalog/calendar/2021.yml", "year-gap")
    assert problem.sentence == "缺少 2021 到 2025 年的放假安排"
    assert "2020.yml 或者 2026.yml 的年份写错了" in problem.hint
