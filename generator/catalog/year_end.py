"""The end of the year: from November on, what the missing calendar of the next year already breaks.

The notice on days off usually comes in November. The day is passed in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from .journey_clocks import TICKS
from .journeys import defaults, drawn
from .limits import limits, renewal
from .model.matter import Matter
from .model.record import LimitUnit
from .parts import Catalogue
from .paths import year_path
from .problems import Problem
from .workdays import DAY, UncoveredDate, Workdays

CODES = {"year-missing": "十一月以后，下一年的放假安排还没有写"}

FROM_MONTH = 11
_UNITS = {"working_days": "个工作日", "days": "日", "months": "个月"}


def check_year_end(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """The first year that is missing, once ``today`` is in the November before it or later, with what can no
    longer be counted."""
    missing = max(catalogue.years) + 1
    if today < date(missing - 1, FROM_MONTH, 1):
        return
    sentence = f"还没有 {missing} 年的放假安排：{'；'.join(broken(catalogue, today))}"
    hint = (
        f"国务院办公厅的通知一出来就写 calendar/{missing}.yml；没有出来以前，页面请人打 {catalogue.centre.hotline} 问"
    )
    yield Problem(year_path(missing), 1, "year-missing", sentence, hint)


def broken(catalogue: Catalogue, today: date) -> list[str]:
    """In words, what is wrong on ``today`` already, and what will be when the calendar ends."""
    workdays, last = Workdays(catalogue.years), date(max(catalogue.years), 12, 31)
    matters = list(catalogue.matters.values())
    told = []
    if limits := Counter(limit for matter in matters for limit in set(_limits(matter))):
        longest = max(limits, key=lambda limit: _days(*limit))
        common = max(limits, key=lambda limit: (limits[limit], _days(*limit)))
        told += [_from_when(workdays, last, limit, limits[limit]) for limit in dict.fromkeys((common, longest))]
        if today <= last and (now := sum(limits[one] for one in limits if not _countable(workdays, today, one))):
            told.append(f"今天受理的，{now} 个时限已经算不出最迟哪天办结")
    if names := _late_journeys(catalogue, workdays, today, last):
        told.append(f"从今天排，排不到头的一件事：{'、'.join(names)}")
    if kept := sum(_expires(matter) for matter in matters):
        told.append(f"{kept} 个事项的延续期限，过了年的按周一到周五估算")
    ends = f"{last.year} 年 12 月 31 日"
    noon = "午间日历、" if catalogue.centre.noon_service is not None else ""
    told.append(
        f"{noon}开放时间、订阅的日历（.ics）到 {ends}为止，以后推送不说哪天开门"
        + ("，也不提醒午间服务" if noon else "")
    )
    if today > last:
        told.append("今天开不开门，页面和推送都不知道")
    return told


def _limits(matter: Matter) -> Iterator[tuple[int, LimitUnit]]:
    """The limits that the page counts from the day of acceptance."""
    for limit in (matter.time_limit.promised, *limits(matter.time_limit.statutory)):
        if limit is not None and limit.value and limit.unit is not None:
            yield limit.value, limit.unit


def _from_when(workdays: Workdays, last: date, limit: tuple[int, LimitUnit], matters: int) -> str:
    """From which day of acceptance on the end of a limit lies beyond the calendar."""
    day = last
    while workdays.covers(day) and not _countable(workdays, day, limit):
        day -= DAY
    return f"{limit[0]} {_UNITS[limit[1]]}的时限（{matters} 个事项），{day + DAY} 以后受理的算不出最迟哪天"


def _countable(workdays: Workdays, accepted: date, limit: tuple[int, LimitUnit]) -> bool:
    try:
        workdays.due(accepted, *limit)
    except UncoveredDate:
        return False
    return True


def _days(value: int, unit: LimitUnit) -> float:
    return value * TICKS[unit] / TICKS["days"]


def _late_journeys(catalogue: Catalogue, workdays: Workdays, today: date, last: date) -> list[str]:
    """Journeys whose outcome, by the limits of the law, comes after the calendar's last day."""
    names = []
    for journey in catalogue.journeys.values():
        plan = drawn(journey, defaults(journey), "statutory")
        outcome = plan.step(journey.outcome.step)
        length = 0 if outcome is None else outcome.finish / TICKS["days"]
        if today + timedelta(days=length) > last:
            names.append(journey.name)
    return names


def _expires(matter: Matter) -> bool:
    return renewal(matter) is not None
