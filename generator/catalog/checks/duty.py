"""duty.yml: shifts on days of noon service, and no fewer people and counters than are promised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from ..hours import Timetable
from ..index import Index
from ..lines import Field, Lines
from ..model.calendar import CalendarYear
from ..model.centre import Centre
from ..model.duty import Roster, Shift
from ..problems import Problem
from ..roster import LONGEST, dates
from .centre import no_noon

CODES = {
    "duty-when": "值班没有写清是哪几天",
    "duty-no-noon": "值班的那天没有午间服务，或者还不知道有没有",
    "duty-overlap": "同一天排了两次班",
    "duty-kind": "一班里同一种窗口写了两次",
    "duty-names": "人名不该写，或者和人数对不上",
    "duty-few-counters": "值班开的窗口比承诺的少",
    "duty-few-people": "值班的人比承诺的少，或者不够开这些窗口",
}


def check_shifts(roster: Roster, lines: Lines) -> Iterator[Problem]:
    """Every shift says on which days it is, and no day has two."""
    taken: dict[date, Shift] = {}
    for position, shift in enumerate(roster.shifts):
        where = ("shifts", position)
        yield from _when(shift, where, lines)
        own = dates(shift)
        if own and (twice := next((on for on in own if on in taken), None)):
            sentence = f"{twice} 排了两次班，另一次在“{_days(taken[twice])}”"
            hint = "一天只留一班：改日期，或者把整段拆成前后两段"
            yield lines.problem(where, "duty-overlap", sentence, hint)
        taken |= {on: shift for on in own if on not in taken}
        yield from _posts(shift, where, lines)
        yield from _names(roster, shift, where, lines)


def _when(shift: Shift, where: Field, lines: Lines) -> Iterator[Problem]:
    hint = "一天写 date；一段写 first 和 last，只要其中几天的再写 weekdays"
    single, spanned = shift.date is not None, (shift.first, shift.last) != (None, None)
    if single == spanned or (spanned and None in (shift.first, shift.last)):
        sentence = "date 和 first、last 都写了" if single and spanned else "没有写清是哪几天"
        yield lines.problem(where, "duty-when", sentence, hint)
    elif shift.first is not None and shift.last is not None:
        if shift.last < shift.first:
            sentence = f"最后一天 {shift.last} 早于第一天 {shift.first}"
            yield lines.problem((*where, "last"), "duty-when", sentence, "改正 first 或者 last")
        elif (shift.last - shift.first).days >= LONGEST:
            sentence = f"从 {shift.first} 到 {shift.last} 太长"
            yield lines.problem((*where, "last"), "duty-when", sentence, f"一段至多 {LONGEST} 天，拆成几段")
    if single and shift.weekdays:
        sentence = "只有一天，不用写 weekdays"
        yield lines.problem((*where, "weekdays"), "duty-when", sentence, "删去 weekdays，或者写 first 和 last")
    for number, weekday in enumerate(shift.weekdays):
        if not 1 <= weekday <= 7:
            field = (*where, "weekdays", number)
            yield lines.problem(field, "duty-when", f"没有星期“{weekday}”", "星期一写 1，星期日写 7")


def _posts(shift: Shift, where: Field, lines: Lines) -> Iterator[Problem]:
    kinds = [post.kind for post in shift.posts]
    for number, kind in enumerate(kinds):
        if kind in kinds[:number]:
            field = (*where, "posts", number)
            yield lines.problem(field, "duty-kind", f"窗口“{kind}”写了两次", "合并成一处，写一共开几个")


def _names(roster: Roster, shift: Shift, where: Field, lines: Lines) -> Iterator[Problem]:
    field = (*where, "names")
    if shift.names and not roster.names:
        hint = "人名会公布：中心同意公布的，在文件开头写 names: true；不公布的删去，只写岗位"
        yield lines.problem(field, "duty-names", "写了人名，没有说可以公布", hint)
    elif shift.names and len(shift.names) != shift.staff:
        sentence = f"写了 {len(shift.names)} 个人名，在岗的是 {shift.staff} 人"
        yield lines.problem(field, "duty-names", sentence, "补齐或者删去人名，或者改正 people")


def check_shift_references(
    roster: Roster, centre: Centre, years: Mapping[int, CalendarYear], lines: Lines, index: Index
) -> Iterator[Problem]:
    """Counters are those of centre.yml, and each shift has a day on which somebody comes."""
    if centre.noon_service is None:
        if roster.shifts:
            yield no_noon(("shifts",), "排了午间的班", lines)
        return
    served = _noon_days(centre, years)
    for position, shift in enumerate(roster.shifts):
        where = ("shifts", position)
        for number, post in enumerate(shift.posts):
            if index.counters is not None and post.kind not in index.counters:
                hint = f"可用的有：{'、'.join(sorted(index.counters))}；不在窗口的人只算进 people"
                yield lines.problem((*where, "posts", number), "counter-unknown", f"没有窗口“{post.kind}”", hint)
        own = dates(shift)
        beyond = next((on for on in own if on.year not in years), None)
        field = (*where, "date" if shift.date is not None else "last")
        if beyond is not None:
            sentence = f"还没有 {beyond.year} 年的放假安排，不知道 {beyond} 中午有没有人"
            hint = f"先补上 calendar/{beyond.year}.yml，或者改日期"
            yield lines.problem(field, "duty-no-noon", sentence, hint)
        elif own and served.isdisjoint(own):
            sentence = f"{_days(shift)} 没有午间服务" if shift.date else f"{_days(shift)}，一天午间服务也没有"
            hint = "改日期，或者删去这一班；休息日、节假日不排班，补班的日子照排"
            yield lines.problem(field, "duty-no-noon", sentence, hint)


def check_enough(roster: Roster, centre: Centre, lines: Lines) -> Iterator[Problem]:
    """As many people and counters as are promised: advice, since a roster that falls short is better
    published as it is than not at all."""
    if centre.noon_service is None:
        return
    least = centre.noon_service.staff.at_least
    for position, shift in enumerate(roster.shifts):
        where = ("shifts", position)
        opened = {post.kind: post.open for post in shift.posts}
        for kind in centre.counter_kinds:
            if opened.get(kind.id, 0) < kind.open_noon:
                sentence = f"{_days(shift)}，“{kind.name}”开 {opened.get(kind.id, 0)} 个，承诺的是 {kind.open_noon} 个"
                hint = "排够；排不够的照实写，页面和提醒会照实说"
                yield lines.problem((*where, "posts"), "duty-few-counters", sentence, hint)
        field = (*where, "people" if shift.people is not None else "posts")
        if shift.staff < shift.counters:
            sentence = f"{_days(shift)}，开 {shift.counters} 个窗口，只有 {shift.staff} 人"
            yield lines.problem(field, "duty-few-people", sentence, "people 是在岗的所有人，一个窗口至少一人")
        elif shift.staff < least:
            sentence = f"{_days(shift)}，在岗 {shift.staff} 人，承诺的是至少 {least} 人"
            hint = "排够，窗口后面的人也算进 people；排不够的照实写"
            yield lines.problem(field, "duty-few-people", sentence, hint)


def _noon_days(centre: Centre, years: Mapping[int, CalendarYear]) -> frozenset[date]:
    if not years or sorted(years) != list(range(min(years), max(years) + 1)):
        return frozenset()
    days = Timetable(centre, years).days()
    return frozenset(day.date for day in days if any(span.service == "noon" for span in day.spans))


def _days(shift: Shift) -> str:
    """The days of a shift in words."""
    if shift.date is not None:
        return str(shift.date)
    every = "、".join("一二三四五六日"[weekday - 1] for weekday in shift.weekdays if 1 <= weekday <= 7)
    return f"{shift.first} 到 {shift.last}" + (f"的星期{every}" if every else "")
