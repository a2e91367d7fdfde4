"""Steps that tell the statutory limit once more, and in another unit.

法定 15 个工作日 beside a step that says 15日内 leaves the reader with two dates. The same
number may be another term, so this is advice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..limits import limits
from ..lines import Lines
from ..model.matter import Matter
from ..problems import Problem
from .answers import UNITS

CODES = {"limit-told": "步骤里的期限和法定时限数字一样，单位不一样"}

_TERM = re.compile(r"(\d+|[一二三四五六七八九十]{1,3}) ?(个工作日|日|天|个月)内")
UNIT_WORDS = {"个工作日": "working_days", "个月": "months", "日": "days", "天": "days"}
_DIGITS = "零一二三四五六七八九"


def check_told_limits(matter: Matter, lines: Lines) -> Iterator[Problem]:
    """A step that repeats the number of the statutory limit repeats its unit."""
    statutory = limits(matter.time_limit.statutory)
    if not statutory:
        return
    for position, step in enumerate(matter.step_texts):
        for found in _TERM.finditer(step):
            number, unit = found.groups()
            alike = [limit for limit in statutory if limit.value == number_of(number)]
            if not alike or UNIT_WORDS[unit] in {limit.unit for limit in alike}:
                continue
            if any(found[0] in deadline.text for deadline in matter.deadlines or ()):
                continue
            (limit, *_) = alike
            told = f"{limit.value} {UNITS[limit.unit]}"
            sentence = f"步骤里写“{found[0]}”，法定时限是 {told}"
            hint = f"是同一个期限就改成“{told.replace(' ', '')}内”；是另一个期限，把它是什么写明"
            yield lines.problem(("steps", position), "limit-told", sentence, hint)


def number_of(text: str) -> int:
    """15 of 15 and of 十五; below a hundred."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (_DIGITS.index(tens[-1:] or "一") * 10 if ten else 0) + (_DIGITS.index(ones[-1:]) if ones else 0)
