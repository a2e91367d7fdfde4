"""centre.yml and places.yml: hours that fit together, sources that exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import time
from itertools import pairwise

from ..index import Index
from ..lines import Field, Lines
from ..model.calendar import CalendarYear
from ..model.centre import Centre
from ..model.lists import Place, Places
from ..problems import Problem

CODES = {
    "hours-empty": "没有写开放时间",
    "hours-order": "关门不晚于开门",
    "hours-overlap": "两段开放时间重叠",
    "noon-outside": "午间服务不在上午关门和下午开门之间",
    "noon-none": "中心没有午间服务，别处却说午间能办",
    "staff-order": "午间值守人数的下限大于上限",
    "exception-uncovered": "临时调整的日期不在已有的放假安排年份里",
    "exception-duplicate": "同一天写了两次临时调整",
    "commitment-unknown": "centre.yml 里没有这条承诺",
    "entry-duplicate": "同一列表里同一个 id 或者词写了两次",
}

Stretch = tuple[Field, str, time, time]


def check_hours(centre: Centre, lines: Lines) -> Iterator[Problem]:
    """Regular hours and noon service follow each other without overlap."""
    if not centre.hours:
        hint = "至少写一段 opens 和 closes"
        yield lines.problem(("hours",), "hours-empty", "没有写开放时间", hint)
    noon = centre.noon_service
    stretches: list[Stretch] = [
        (("hours", position), item.name, item.opens.at, item.closes.at) for position, item in enumerate(centre.hours)
    ]
    if noon is None:
        yield from _stretches(stretches, lines)
        return
    stretches.append((("noon_service",), "午间服务", noon.opens, noon.closes))
    yield from _stretches(stretches, lines)
    before = any(item.closes.at == noon.opens for item in centre.hours)
    after = any(item.opens.at == noon.closes for item in centre.hours)
    if centre.hours and not (before and after):
        sentence = f"午间服务 {_span(noon.opens, noon.closes)} 和上午、下午的时间接不上"
        hint = "上午关门的时间应等于午间服务开始，下午开门的时间应等于午间服务结束"
        yield lines.problem(("noon_service",), "noon-outside", sentence, hint)
    if noon.staff.at_least > noon.staff.at_most:
        where = ("noon_service", "staff")
        yield lines.problem(where, "staff-order", "在岗人数的下限大于上限", "对调两个数字")


def check_no_noon(centre: Centre, lines: Lines) -> Iterator[Problem]:
    """A centre without noon service has no counters open over noon, on no day."""
    if centre.noon_service is not None:
        return
    for position, kind in enumerate(centre.counter_kinds):
        if kind.open_noon:
            yield no_noon(("counter_kinds", position, "open_noon"), f"“{kind.name}”午间开 {kind.open_noon} 个", lines)
    for position, exception in enumerate(centre.exceptions):
        for number, part in enumerate(exception.spans):
            if part.noon_service:
                where = ("exceptions", position, "spans", number, "noon_service")
                yield no_noon(where, f"{exception.date} 写了午间服务", lines)


def no_noon(field: Field, told: str, lines: Lines) -> Problem:
    """What is said of noon at a centre that has no noon service."""
    sentence = f"{told}，centre.yml 里却没有午间服务（noon_service: null）"
    return lines.problem(field, "noon-none", sentence, "去掉这里写的，或者在 centre.yml 写出 noon_service")


def check_exceptions(centre: Centre, lines: Lines) -> Iterator[Problem]:
    """The spans of each one-off change are in order, and a date has one change."""
    seen = set()
    for position, exception in enumerate(centre.exceptions):
        where = ("exceptions", position)
        if exception.date in seen:
            sentence = f"{exception.date} 写了两次临时调整"
            yield lines.problem((*where, "date"), "exception-duplicate", sentence, "合并成一处")
        seen.add(exception.date)
        yield from _stretches(
            [
                ((*where, "spans", number), str(exception.date), span.opens, span.closes)
                for number, span in enumerate(exception.spans)
            ],
            lines,
        )


def check_exception_years(centre: Centre, years: Mapping[int, CalendarYear], lines: Lines) -> Iterator[Problem]:
    """A one-off change lies in a year whose holidays are known."""
    for position, exception in enumerate(centre.exceptions):
        if exception.date.year not in years:
            hint = f"改正日期，或者先补上 calendar/{exception.date.year}.yml"
            sentence = f"还没有 {exception.date.year} 年的放假安排"
            where = ("exceptions", position, "date")
            yield lines.problem(where, "exception-uncovered", sentence, hint)


def check_ids(centre: Centre, lines: Lines) -> Iterator[Problem]:
    """Ids are unique within their list."""
    for name in ("sources", "hours", "counter_kinds", "services", "commitments"):
        yield from unique_ids([item.id for item in getattr(centre, name)], name, lines)


def check_centre_sources(centre: Centre, lines: Lines, index: Index) -> Iterator[Problem]:
    """Each ``source`` names an entry of ``sources``; ``null`` marks an assumption."""
    for position, item in enumerate(centre.hours):
        for end in ("opens", "closes"):
            source = getattr(item, end).source
            yield from unknown_source(source, ("hours", position, end, "source"), lines, index)
    if centre.noon_service is not None:
        yield from unknown_source(centre.noon_service.source, ("noon_service", "source"), lines, index)
    for name in ("services", "commitments", "exceptions"):
        for position, entry in enumerate(getattr(centre, name)):
            yield from unknown_source(entry.source, (name, position, "source"), lines, index)


def check_places_file(places: Places, lines: Lines) -> Iterator[Problem]:
    """Each place once."""
    yield from unique_ids([item.id for item in places.places], "places", lines)


def check_place_sources(places: Sequence[Place], lines: Lines, index: Index) -> Iterator[Problem]:
    """The sources of places exist."""
    for position, place in enumerate(places):
        yield from unknown_source(place.source, ("places", position, "source"), lines, index)


def unique_ids(ids: list[str], name: str, lines: Lines) -> Iterator[Problem]:
    """A problem for every id of a list that stands in it before."""
    for position, id_ in enumerate(ids):
        if id_ in ids[:position]:
            where = (name, position)
            hint = "只留一处，或者换一个"
            yield lines.problem(where, "entry-duplicate", f"“{id_}”写了两次", hint)


def unknown_source(source: str | None, field: Field, lines: Lines, index: Index) -> Iterator[Problem]:
    """A problem unless ``source`` is the id of an entry of ``sources``, or ``None``."""
    if source is not None and index.sources is not None and source not in index.sources:
        hint = f"可用的有：{'、'.join(sorted(index.sources))}；没有来源写 null"
        yield lines.problem(field, "source-unknown", f"没有来源“{source}”", hint)


def unknown_commitment(
    commitment: str, lines: Lines, index: Index, field: Field = ("commitment",)
) -> Iterator[Problem]:
    """A problem unless ``commitment``, which stands in ``field``, is the id of one of centre.yml."""
    if index.commitments is not None and commitment not in index.commitments:
        hint = f"可用的有：{'、'.join(sorted(index.commitments))}；新的先写进 centre.yml 的 commitments"
        yield lines.problem(field, "commitment-unknown", f"没有承诺“{commitment}”", hint)


def _stretches(stretches: list[Stretch], lines: Lines) -> Iterator[Problem]:
    for field, name, opens, closes in stretches:
        if closes <= opens:
            sentence = f"{name} {_span(opens, closes)}，关门不晚于开门"
            yield lines.problem((*field, "closes"), "hours-order", sentence, "改正 opens 或者 closes")
    ordered = sorted(stretches, key=lambda item: item[2])
    for (_, first, _, closes), (field, second, opens, ends) in pairwise(ordered):
        if opens < closes:
            other = "前一段" if first == second else first
            sentence = f"{second} {_span(opens, ends)} 和{other}重叠，{other}到 {closes:%H:%M} 才结束"
            hint = f"开始时间不早于 {closes:%H:%M}"
            yield lines.problem(field, "hours-overlap", sentence, hint)


def _span(opens: time, closes: time) -> str:
    return f"{opens:%H:%M}–{closes:%H:%M}"
