"""Time limits, noon service, fee, counter, related matters: answers that must agree."""

from __future__ import annotations

from collections.abc import Iterator

from ..index import Index
from ..limits import limits
from ..lines import Lines
from ..model.matter import Matter
from ..model.record import LimitUnit
from ..problems import Problem, instead
from .centre import no_noon

CODES = {
    "promise-shape": "承诺时限要么是即办，要么写数字和单位，不能都写或者都不写",
    "promise-longer": "承诺时限比法定时限还长",
    "noon-contradiction": "午间不受理，却写了午间能办结",
    "noon-on-site": "要现场核查，却写了午间能办结",
    "fee-empty": "写了收费，却没有金额也没有说明",
    "counter-unknown": "centre.yml 里没有这种窗口",
    "related-self": "相关事项写了自己",
    "related-unknown": "没有这个相关事项",
    "journey-limit": "一件事里写的时限和事项里的不一样",
}

UNITS = {"working_days": "个工作日", "days": "日", "months": "个月"}


def check_limits(matter: Matter, lines: Lines) -> Iterator[Problem]:
    """A promise is on the spot or a term, and never longer than the law allows.

    Terms in different units are compared by the fewest days that the promise can take
    and the most that the law can: what is told is wrong in every calendar.
    """
    promised, statutory = matter.time_limit.promised, matter.time_limit.statutory
    if promised is None:
        return
    where = ("time_limit", "promised")
    given = (promised.value is not None, promised.unit is not None)
    if any(given) if promised.on_the_spot else not all(given):
        hint = "即办写 on_the_spot: true，不写 value 和 unit；否则 value 和 unit 都写"
        sentence = "承诺时限没有写清是即办还是几天"
        if promised.on_the_spot:
            sentence = "承诺时限既写了即办，又写了天数"
        yield lines.problem(where, "promise-shape", sentence, hint)
        return
    if promised.value is None or promised.unit is None:
        return
    # The promise is made for every case.
    for limit in limits(statutory):
        if (
            promised.value > limit.value
            if promised.unit == limit.unit
            else _fewest(promised.value, promised.unit) > _most(limit.value, limit.unit)
        ):
            sentence = f"承诺 {promised.value} {UNITS[promised.unit]}，法定只有 {limit.value} {UNITS[limit.unit]}"
            yield lines.problem((*where, "value"), "promise-longer", sentence, "核对两个时限")


def _fewest(value: int, unit: LimitUnit) -> int:
    """Days of the calendar that a term takes at least: working days without a weekend,
    months of a February each."""
    return value * 28 if unit == "months" else value


def _most(value: int, unit: LimitUnit) -> int:
    """Days of the calendar that a term takes at most: every five working days with a
    weekend, once with a long holiday (the longest have 9 days) and its make-up days."""
    return {"days": value, "months": value * 31, "working_days": value + value // 5 * 2 + 2 + 9 + 2}[unit]


def check_noon(matter: Matter, lines: Lines) -> Iterator[Problem]:
    """What is not accepted over noon cannot be completed over noon; nor can what is decided
    only after somebody has been to see the place."""
    noon = matter.noon_service
    if noon.completed and noon.accepted is False:
        hint = "改正 accepted 或者 completed"
        where = ("noon_service", "completed")
        yield lines.problem(where, "noon-contradiction", "午间不受理，却能办结", hint)
    if noon.completed and matter.on_site_check.value == "yes":
        hint = "completed 改为 null 或者 false；不是每次都核查的，on_site_check 写 conditional"
        sentence = "要到现场核查，午间办不完"
        yield lines.problem(("noon_service", "completed"), "noon-on-site", sentence, hint)


def check_noon_offered(matter: Matter, lines: Lines, index: Index) -> Iterator[Problem]:
    """Where the centre has no noon service, nothing is accepted or completed over noon."""
    for key in ("accepted", "completed"):
        if index.noon is False and getattr(matter.noon_service, key):
            yield no_noon(("noon_service", key), f"{key}: true 说午间能办", lines)


def check_fee(matter: Matter, lines: Lines) -> Iterator[Problem]:
    """An empty fee would read as free of charge."""
    fee = matter.fee
    if fee is not None and fee.amount is None and fee.text is None:
        hint = "免费写 amount: 0；金额不详的写 text；都不知道的写 `fee: null`"
        yield lines.problem(("fee",), "fee-empty", "没有写金额，也没有说明", hint)


def check_counter(matter: Matter, lines: Lines, index: Index) -> Iterator[Problem]:
    """Counters are the kinds of centre.yml."""
    if index.counters is None or matter.counter is None:
        return
    if matter.counter not in index.counters:
        hint = f"可用的有：{'、'.join(sorted(index.counters))}；未定写 null"
        sentence = f"没有窗口“{matter.counter}”"
        yield lines.problem(("counter",), "counter-unknown", sentence, hint)


def check_related(matter: Matter, lines: Lines, index: Index) -> Iterator[Problem]:
    """Related matters exist and are others."""
    for position, other in enumerate(matter.related):
        where = ("related", position)
        if other == matter.id:
            yield lines.problem(where, "related-self", "相关事项写了自己", "删去这一项")
        elif other not in index.matters:
            hint = instead(other, index.matters, "改正编号（事项改过编号的写新的），或者删去", index.names)
            yield lines.problem(where, "related-unknown", f"没有事项“{other}”", hint)


def check_journey_limits(matter: Matter, lines: Lines, index: Index) -> Iterator[Problem]:
    """A step that is this one matter tells the matter's limits (that of one of its cases), not others."""
    limit = matter.time_limit
    own: dict[str, set[tuple[int, str]]] = {
        "statutory": {(item.value, item.unit) for item in limits(limit.statutory)},
        "promised": set(),
    }
    if limit.promised is not None and limit.promised.on_the_spot:
        own["promised"] = {(0, "working_days")}
    elif limit.promised is not None and limit.promised.value is not None and limit.promised.unit is not None:
        own["promised"] = {(limit.promised.value, limit.promised.unit)}
    for told in index.limits.get(matter.id, ()):
        for kind, said in (("statutory", told.statutory), ("promised", told.promised)):
            if said is not None and said not in own[kind]:
                word = "法定" if kind == "statutory" else "承诺"
                sentence = f"{told.path} 的步骤“{told.step}”写的{word}时限是 {said[0]} {UNITS[said[1]]}，和这里不同"
                yield lines.problem(("time_limit", kind), "journey-limit", sentence, "核对来源，两处改成一样")
