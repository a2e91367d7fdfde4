"""What a renewal may be applied for, in numbers: as its words say it, and in order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..limits import APPLICANT
from ..lines import Field, Lines
from ..model.matter import Before, Deadline, Matter
from ..problems import Problem
from .answers import UNITS
from .step_limits import UNIT_WORDS, number_of

CODES = {
    "expiry-words": "往前数的天数，最晚时间的那句话里没有说",
    "expiry-order": "最早可以申请的日子不比最晚的早",
    "expiry-basis": "往前数的天数没有依据",
    "expiry-several": "往前数的天数不止一处，或者不是申请人的",
}

_TERM = re.compile(r"(\d+|[一二三四五六七八九十]{1,3}) ?(个工作日|个月|日|天)")
_DAYS = {"working_days": 7 / 5, "days": 1.0, "months": 30.0}
"""About so many days of the calendar are one of a unit: near terms are not compared."""


def check_expiry(matter: Matter, lines: Lines) -> Iterator[Problem]:
    """Machines count by the numbers, people read the words: both have to be the same."""
    counted = [(position, item) for position, item in enumerate(matter.deadlines or ()) if item.expiry is not None]
    for position, deadline in counted:
        where = ("deadlines", position, "expiry")
        if deadline.who != APPLICANT:
            sentence = f"“{deadline.text}”不是申请人的期限，却写了 expiry"
            yield lines.problem(where, "expiry-several", sentence, "删去 expiry：到期提醒只给申请人")
        elif position != counted[0][0]:
            hint = "只留一个 expiry：一个证到期只有一种算法，提醒按它算"
            yield lines.problem(where, "expiry-several", "两个期限都写了 expiry", hint)
        yield from _counted(deadline, where, lines)


def _counted(deadline: Deadline, where: Field, lines: Lines) -> Iterator[Problem]:
    assert deadline.expiry is not None
    opens, closes = deadline.expiry.opens, deadline.expiry.closes
    told = {(number_of(number), UNIT_WORDS[unit]) for number, unit in _TERM.findall(deadline.text)}
    for name, before in (("opens", opens), ("closes", closes)):
        if before is not None and (before.value, before.unit) not in told:
            sentence = f"{name} 是 {_words(before)}，text 里没有这样说"
            hint = f"核对条文，把“{_words(before).replace(' ', '')}”写进 text，或者改正这里的数字和单位"
            yield lines.problem((*where, name), "expiry-words", sentence, hint)
    if opens is not None and opens.value * _DAYS[opens.unit] <= closes.value * _DAYS[closes.unit]:
        sentence = f"最早是到期前 {_words(opens)}，最晚是到期前 {_words(closes)}"
        yield lines.problem((*where, "opens"), "expiry-order", sentence, "opens 的数字更大：离到期更远；对调或者改正")
    if deadline.basis is None:
        hint = "写出条文是哪一条；没有条文这样说的，删去 expiry"
        yield lines.problem(where, "expiry-basis", "往前数几天没有依据", hint)


def _words(before: Before) -> str:
    return f"{before.value} {UNITS[before.unit]}"
