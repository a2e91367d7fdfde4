"""calendar/<year>.yml: days off and make-up workdays as the notice has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise

from ..lines import Lines
from ..model.calendar import CalendarYear
from ..model.change import ChangeEntry
from ..paths import FOLDER, year_path
from ..problems import Problem

CODES = {
    "year-file": "年份和文件名不一致",
    "year-none": "一年的放假安排也没有",
    "year-gap": "放假安排的年份不连续",
    "day-off-order": "假期的最后一天早于第一天",
    "day-off-year": "假期或者调休不在这一年里",
    "day-off-overlap": "两个假期重叠",
    "make-up-weekday": "调休上班日不是星期六或者星期日",
    "make-up-off": "调休上班日在假期里",
    "make-up-duplicate": "同一个调休上班日写了两次",
}

_WEEKDAYS = "一二三四五六日"


def check_year(year: CalendarYear, lines: Lines) -> Iterator[Problem]:
    """The file holds its own year only; a holiday over New Year is split by files."""
    stem = lines.path.rsplit("/", 1)[-1].removesuffix(".yml")
    own = _own(lines)
    if year.year != own:
        hint = f"改为 `year: {stem}`，或者改文件名"
        yield lines.problem(("year",), "year-file", f"年份 {year.year} 和文件名不一致", hint)
    for position, block in enumerate(year.days_off):
        where = ("days_off", position)
        if block.last < block.first:
            sentence = f"{block.name}的最后一天早于第一天"
            yield lines.problem(where, "day-off-order", sentence, "改正 first 或者 last")
        for name in ("first", "last"):
            day: date = getattr(block, name)
            if day.year not in (own, year.year):
                sentence = f"{block.name}的 {day} 不在 {own} 年"
                hint = f"跨年的假期拆开，{day.year} 年的部分写进 calendar/{day.year}.yml"
                yield lines.problem((*where, name), "day-off-year", sentence, hint)
    ordered = sorted(enumerate(year.days_off), key=lambda item: item[1].first)
    for (_, first), (position, second) in pairwise(ordered):
        if second.first <= first.last:
            sentence = f"{second.name}和{first.name}重叠"
            where = ("days_off", position)
            yield lines.problem(where, "day-off-overlap", sentence, "改正日期，合并的假期写成一项")


def _own(lines: Lines) -> int:
    """The year that the file is called after. Where the file says another of itself, that is told, and
    days of either are fine: which of the two was mistyped, nobody knows."""
    return int(lines.path.rsplit("/", 1)[-1].removesuffix(".yml"))


def check_make_up(year: CalendarYear, lines: Lines) -> Iterator[Problem]:
    """A make-up workday is a weekend day on which people work."""
    for position, day in enumerate(year.make_up_workdays):
        where = ("make_up_workdays", position)
        if day.year not in (_own(lines), year.year):
            hint = f"写进 calendar/{day.year}.yml"
            sentence = f"调休上班日 {day} 不在 {_own(lines)} 年"
            yield lines.problem(where, "day-off-year", sentence, hint)
        if day.weekday() < 5:
            sentence = f"{day} 是星期{_WEEKDAYS[day.weekday()]}，本来就上班"
            yield lines.problem(where, "make-up-weekday", sentence, "对照通知改正日期")
        if day in year.make_up_workdays[:position]:
            yield lines.problem(where, "make-up-duplicate", f"{day} 写了两次", "只留一处")
        for block in year.days_off:
            if block.first <= day <= block.last:
                sentence = f"{day} 在{block.name}假期里，不能又上班"
                yield lines.problem(where, "make-up-off", sentence, "对照通知改正日期")


def check_years(years: Mapping[int, CalendarYear], changes: Iterable[ChangeEntry] = ()) -> Iterator[Problem]:
    """The years follow each other; a gap would be a year that nobody can count in.

    They reach to the year of the last publication: a guide that knows the days of past
    years only can tell nobody whether to come today.
    """
    if not years:
        hint = "照国务院办公厅的通知写一个 calendar/<年份>.yml"
        yield Problem(f"{FOLDER}/calendar", 1, "year-none", "一年的放假安排也没有", hint)
        return
    published = max((entry.date.year for entry in changes), default=0)
    gaps = [year for year in range(min(years), max(*years, published) + 1) if year not in years]
    for year in gaps:
        if year - 1 not in gaps:  # many years that are missing are one mistake
            last = next(last for last in range(year, max(gaps) + 1) if last + 1 not in gaps)
            sentence = f"缺少 {year} 年的放假安排" if last == year else f"缺少 {year} 到 {last} 年的放假安排"
            hint = "照国务院办公厅的通知补上"
            if last > year:
                hint += f"；{year - 1}.yml 或者 {last + 1}.yml 的年份写错了，就改文件名和 year"
            yield Problem(year_path(year), 1, "year-gap", sentence, hint)
