"""The limit that the law sets: one for each case, and its own where there is one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, product
from math import prod

from ..limits import is_general, limits
from ..lines import Lines
from ..model.matter import Matter
from ..paths import matter_path
from ..problems import Problem
from ..when import WhenError, answers, holds, parse, terms
from .situations import BOUND

CODES = {
    "limit-missing": "行政许可没有写法定时限，连一般期限也没有",
    "limit-cases": "说明里分了情形，时限却只有一个",
    "limit-overlap": "两个时限的情形会同时成立",
    "limit-unlike": "要重新申请的变更写了一般期限，同一个证的新办却有单独的期限",
}

LinesOf = Callable[[str], Lines]

# What everybody is told of a complete file is no case.
_EVERYBODY = r"材料(?:要件)?齐全[^；。]*?当场"
_CASES = r"适用于|其[他余](?:事项|情形|变更|的)|当场"
_AFRESH = r"重新(?:申请|申领|核发)"


def check_limit_there(matter: Matter, lines: Lines) -> Iterator[Problem]:
    """A licence is decided within a limit: its own, or the general one of all licences."""
    if matter.type == "行政许可" and matter.time_limit.statutory is None:
        hint = "没有单独规定的，写一般期限：20 个工作日，依据 XKF 第四十二条，把握照实写"
        yield lines.problem(("time_limit", "statutory"), "limit-missing", "行政许可没有法定时限", hint)


def check_limit_cases(matter: Matter, lines: Lines) -> Iterator[Problem]:
    """Where a note tells of cases there are cases, and no two of them hold together."""
    statutory = matter.time_limit.statutory
    if statutory is None:
        return
    where = ("time_limit", "statutory")
    note = re.sub(_EVERYBODY, "", statutory.note or "")
    if not statutory.cases and (found := re.search(_CASES, note)):
        hint = "分开的情形写进 cases（when 和各自的期限），外面写其他情形的期限"
        yield lines.problem((*where, "note"), "limit-cases", f"说明里写了“{found[0]}”，时限却只有一个", hint)
    for one, other in combinations(range(len(statutory.cases)), 2):
        first, second = statutory.cases[one], statutory.cases[other]
        if _together(matter, first.when, second.when):
            sentence = f"“{first.when}”和“{second.when}”会同时成立"
            hint = "改成互不重叠的情形；可以选几项的，把期限长的那几项并成一个情形"
            yield lines.problem((*where, "cases", other, "when"), "limit-overlap", sentence, hint)


def _together(matter: Matter, one: str, other: str) -> bool:
    """Whether some answers meet both expressions."""
    try:
        both = parse(one), parse(other)
    except WhenError:
        return False
    given = {item.id: answers(item) for item in matter.situations}
    asked = sorted({situation for when in both for situation, _ in terms(when)} & given.keys())
    if prod(len(given[situation]) for situation in asked) > BOUND:
        return False
    return any(
        all(holds(when, dict(zip(asked, chosen, strict=True))) for when in both)
        for chosen in product(*(given[situation] for situation in asked))
    )


def check_unlike(matters: Iterable[Matter], lines_of: LinesOf) -> Iterator[Problem]:
    """A change for which the licence has to be applied for afresh is decided within the limit of the
    first licence: the general limit is for those of which no law says another."""
    listed = tuple(matters)
    own = {matter.result.document: matter for matter in reversed(listed) if _own_limit(matter)}
    for matter in listed:
        first = own.get(matter.result.document)
        if (
            matter.result.document is None
            or first is None
            or _own_limit(matter)
            or not limits(matter.time_limit.statutory)
        ):
            continue
        if found := re.search(_AFRESH, " ".join(_told(matter))):
            sentence = f"写着“{found[0]}”，时限却是一般期限；{first.id} 发的也是“{first.result.document}”，有单独的期限"
            hint = "核对条文，要重新申请的情形写进 cases，期限和新办一样"
            path = matter_path(matter.section, matter.id)
            yield lines_of(path).problem(("time_limit", "statutory"), "limit-unlike", sentence, hint)


def _own_limit(matter: Matter) -> bool:
    return any(not is_general(limit.basis) for limit in limits(matter.time_limit.statutory))


def _told(matter: Matter) -> Iterator[str]:
    """What a matter says of itself."""
    yield matter.name
    yield from matter.variants
    yield from (condition.text for condition in matter.conditions)
    yield from (option.label for situation in matter.situations for option in situation.options)
