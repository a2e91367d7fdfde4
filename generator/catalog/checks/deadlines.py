"""When something has to be done: of which kind the words are, whose duty it is, in which case."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..limits import APPLICANT
from ..lines import Lines
from ..model.matter import Deadline, Matter
from ..problems import Problem

CODES = {
    "deadline-kind": "期限的话和它的 kind 对不上",
    "deadline-who": "期限的话说由别人做，who 却是申请人",
    "deadline-move": "变更里有搬迁，期限却不分情形",
}

_NUMBER = r"(?:\d+|[一二三四五六七八九十]+) ?(?:个工作日|个月|日|天|年)"
_AFTER = re.compile(r"(?:届|期)满(?:之日)?(?:以|之)?后(?!.*内)")
_BEFORE = re.compile(rf"届满前{_NUMBER}$")
_WITHIN = re.compile(rf"{_NUMBER}(?:以|之)?内|至.*(?:之间|期间|日$)")
_EARLIER = re.compile(r"前(?:[^0-9，；]{0,8})?$")
_BY_OTHERS = re.compile(r"由([^，；。]{2,14}?)(?:报|备案|提交|送)")
_MOVE = re.compile(r"住所|场所|地址|搬|迁")

WORDS = {
    "by": "最晚（by）",
    "within": "多少日以内（within）",
    "from": "从那以后（from）",
    "not_before": "等满多久（not_before）",
}


def check_deadline_words(matter: Matter, lines: Lines) -> Iterator[Problem]:
    """Pages head a deadline by its kind: what opens on a day must not read as the last day."""
    for position, deadline in enumerate(matter.deadlines or ()):
        allowed = _kinds(deadline)
        if allowed and deadline.kind not in allowed:
            told = "或者".join(WORDS[kind] for kind in allowed)
            sentence = f"“{deadline.text}”说的是{told}，kind 却是 {deadline.kind}"
            yield lines.problem(("deadlines", position, "kind"), "deadline-kind", sentence, f"kind 改为 {allowed[0]}")
        if deadline.who == APPLICANT and (found := _BY_OTHERS.search(deadline.text)):
            sentence = f"“{deadline.text}”由{found[1]}做"
            hint = f"who 写“{found[1]}”，text 里就不用再说由谁；是申请人的事，改写这句话"
            yield lines.problem(("deadlines", position, "who"), "deadline-who", sentence, hint)


def _kinds(deadline: Deadline) -> tuple[str, ...]:
    """The kinds that the words allow, the likeliest first; none where they do not tell."""
    text = deadline.text.partition("（")[0]
    last = re.split("[，；]", text)[-1]
    if _AFTER.search(text):
        return "from", "not_before"
    if _BEFORE.search(text):
        return ("by",)
    if _WITHIN.search(last):
        return ("within",)
    return ("by",) if _EARLIER.search(last) else ()


def check_deadline_move(matter: Matter, lines: Lines) -> Iterator[Problem]:
    """Who moves applies before he moves in, not after: a deadline for every change is wrong for him."""
    if "变更" not in matter.name:
        return
    moves = [
        option.label
        for situation in matter.situations
        for option in situation.options
        if "变更" in situation.question and _MOVE.search(option.label)
    ]
    for position, deadline in enumerate(matter.deadlines or ()):
        if moves and deadline.who == APPLICANT and deadline.when is None:
            sentence = f"变更里有“{moves[0]}”，“{deadline.text}”却不分情形"
            hint = "用 when 写明是哪些变更的期限；搬迁另写一项，条文一般要求迁入新地址以前申请"
            yield lines.problem(("deadlines", position), "deadline-move", sentence, hint)
