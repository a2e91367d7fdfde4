"""Dates that have a past or a future: what was looked at was looked at by today, and no year is mistyped.

Days of the centre itself (holidays, other hours, shifts) are held against the calendar (``calendar.py``,
``centre.py``, ``duty.py``). The day is passed in; without one nothing is too late.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from types import NoneType
from typing import Any, get_args

import msgspec
from msgspec import Struct

from ..lines import Field, Lines
from ..model.calendar import CalendarYear
from ..model.centre import Source
from ..model.change import ChangeEntry
from ..model.elements import Answered
from ..model.lists import Law, Replacement
from ..model.matter import Confirmation, Matter
from ..model.texts import LawTexts
from ..paths import FOLDER, is_change, stem
from ..problems import Problem
from ..workdays import DAY

CODES = {
    "date-ahead": "说的是已经做过的事，日期却还没有到",
    "date-early": "日期早得不可能，多半是年份写错了",
    "date-far": "日期远得不可能，多半是年份写错了",
    "change-ahead": "记录说的是以后才发布的",
}

LOOKED = date(2000, 1, 1)
"""Nobody looked at a page, published a promise or answered a guide before."""
FOUNDED = date(1949, 10, 1)
"""No law that is cited is older."""
WRITTEN = date(2026, 11, 30)
"""This rule is as old as that: a clock that shows an earlier day is slow."""
YEARS = 20
"""No rule says today what holds later than in so many years."""

DONE: dict[tuple[type[Struct], str], tuple[date, str]] = {
    (Matter, "checked_on"): (LOOKED, "核对"),
    (Confirmation, "on"): (LOOKED, "确认"),
    (Answered, "on"): (LOOKED, "答复"),
    (Source, "published_on"): (LOOKED, "发表"),
    (ChangeEntry, "date"): (LOOKED, "发布"),
    (Law, "version_date"): (FOUNDED, "公布这一版"),
    (LawTexts, "version_date"): (FOUNDED, "公布这一版"),
}
"""What has happened: since when it can have, and what it was."""
HOLDS = {
    (Law, "valid_from"): "",
    (Law, "valid_to"): "；一直有效的写 null",
    (Replacement, "on"): "；不知道哪天起的写 null",
    (Matter, "valid_from"): "；一直有效的写 null",
    (Matter, "valid_until"): "；一直有效的写 null",
}
"""Since when and until when something holds, which may be to come; what else may be meant by a far day."""


def day_of(paths: Iterable[str], clock: date) -> date:
    """Today, by ``clock`` and the files of the catalogue: what has been published, lies behind, also on a
    machine whose clock is slow. It would refuse everything otherwise."""
    published = max(clock, WRITTEN)
    for path in filter(is_change, paths):
        try:
            published = max(published, date.fromisoformat(stem(path)[:10]))
        except ValueError:  # the name is told of elsewhere
            continue
    return published


def check_dates(record: Struct, lines: Lines, today: date | None) -> Iterator[Problem]:
    """Every date of a record that says what has been done, or how long something holds."""
    if isinstance(record, CalendarYear):
        yield from _year(record, lines, today)
    for owner, name, day, field in _dates(record, ()):
        if (done := DONE.get((owner, name))) is not None:
            since, what = done
            hint = f"核对年份，写实际{what}的那一天"
            # Where the sun rises earlier than over the machine, it is tomorrow already.
            if today is not None and day > today + DAY and owner is not ChangeEntry:
                hint = f"写实际{what}的那一天，不晚于今天（{today}）"
                yield lines.problem(field, "date-ahead", f"“{name}”写了 {day}，这一天还没有到", hint)
        elif (unless := HOLDS.get((owner, name))) is not None:
            since, hint = FOUNDED, "核对年份"
            if today is not None and day.year > today.year + YEARS:
                sentence = f"“{name}”写了 {day}，是 {day.year - today.year} 年以后"
                yield lines.problem(field, "date-far", sentence, f"核对年份{unless}")
        else:
            continue
        if day < since:
            yield lines.problem(field, "date-early", f"“{name}”写了 {day}，早于 {since.year} 年", hint)


def _year(record: CalendarYear, lines: Lines, today: date | None) -> Iterator[Problem]:
    """The notice comes in the November before: of later years nobody can know the days off."""
    if today is not None and record.year > today.year + 1:
        hint = "核对年份；还没有通知的那一年不写，页面会说不知道"
        sentence = f"{record.year} 年的放假安排，{today.year} 年还没有通知"
        yield lines.problem(("year",), "date-far", sentence, hint)
    if record.year < LOOKED.year:
        sentence = f"{record.year} 年早于 {LOOKED.year} 年，用不着放假安排"
        yield lines.problem(("year",), "date-early", sentence, "核对年份，文件名也改")


def _dates(record: Struct, field: Field) -> Iterator[tuple[type[Struct], str, date, Field]]:
    """The dates of a record and of those in it, with whose they are and the way to them."""
    for name in _dated(type(record)):
        value = getattr(record, name)
        if type(value) is date:
            yield type(record), name, value, (*field, name)
        elif isinstance(value, Struct):
            yield from _dates(value, (*field, name))
        elif type(value) is tuple:
            for position, item in enumerate(value):
                if isinstance(item, Struct):
                    yield from _dates(item, (*field, name, position))


@cache
def _dated(type_: type[Struct]) -> tuple[str, ...]:
    """The fields of a type in which there may be dates: few, and the others cost nothing."""
    return tuple(field.name for field in msgspec.structs.fields(type_) if _holds_date(field.type))


@cache
def _holds_date(type_: Any) -> bool:
    if isinstance(type_, type) and issubclass(type_, Struct):
        return bool(_dated(type_))
    return type_ is date or any(_holds_date(part) for part in get_args(type_) if part is not NoneType)


def check_records(entries: Mapping[str, ChangeEntry], today: date) -> Iterator[Problem]:
    """Records of what was published on a day to come: advice, since a clock may be slow."""
    for name, entry in entries.items():
        if entry.date > today + DAY:
            sentence = f"记录的日期 {entry.date} 还没有到"
            hint = f"文件名和 date 都写实际发布的那一天，不晚于今天（{today}）"
            yield Problem(f"{FOLDER}/changes/{name}.yml", 1, "change-ahead", sentence, hint)
