"""Situations and ``when``: questions that make a difference, papers that somebody needs.

Answers of different situations are independent of each other, so an expression is decided
by the situations that it names: all their answers are tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import product
from math import prod

from ..lines import Field, Lines
from ..model.matter import Matter
from ..problems import Problem
from ..when import Answer, When, WhenError, answers, holds, options, parse, possible, terms
from .answers import UNITS

CODES = {
    "when-syntax": "适用情形的写法不对",
    "when-unknown": "适用情形用了没有定义的情形或者选项",
    "when-never": "怎么回答都用不到这份材料、这个时限",
    "when-always": "怎么回答都用得到，等于没有写适用情形",
    "situation-duplicate": "两个情形用了同一个 id",
    "situation-options": "情形的选项少于两个，等于没有问",
    "situation-idle": "情形怎么回答，材料、时限都一样，等于白问",
    "option-duplicate": "同一情形的选项重复",
    "situation-one": "可以同时有几样的事，却只能选一个",
}

BOUND = 4096
"""Answers that are tried for one expression. One of more (six situations of four options)
is let pass: nobody could read it either."""

SEVERAL = r"(?:变更|备案)(?:的是)?(?:什么|哪项|哪些)|股东是什么"
"""Questions about what may well be several things at once."""

Options = Mapping[str, tuple[str, ...]]
Answers = Mapping[str, tuple[Answer, ...]]


def check_situations(matter: Matter, lines: Lines) -> Iterator[Problem]:
    """A situation is a question with at least two different answers."""
    seen: set[str] = set()
    for position, situation in enumerate(matter.situations):
        where = ("situations", position)
        if situation.id in seen:
            sentence = f"情形“{situation.id}”定义了两次"
            yield lines.problem((*where, "id"), "situation-duplicate", sentence, "换一个 id")
        seen.add(situation.id)
        if len(situation.options) < 2:
            sentence = f"情形“{situation.id}”只有 {len(situation.options)} 个选项"
            hint = "至少写两个选项，不需要问的删去这个情形"
            yield lines.problem((*where, "options"), "situation-options", sentence, hint)
        if situation.choose == "one" and (found := re.match(SEVERAL, situation.question)):
            hint = "可以选几项的写 choose: many，材料取全部选项的；确实只能有一样的，换个问法"
            sentence = f"问的是“{found[0]}”，却只能选一个"
            yield lines.problem((*where, "question"), "situation-one", sentence, hint)
        for field in ("id", "label"):
            values = [getattr(option, field) for option in situation.options]
            for number, value in enumerate(values):
                if value in values[:number]:
                    sentence = f"情形“{situation.id}”有两个选项是“{value}”"
                    at = (*where, "options", number, field)
                    yield lines.problem(at, "option-duplicate", sentence, "改成不同的选项")


def check_when(matter: Matter, lines: Lines) -> Iterator[Problem]:
    """``when`` follows the grammar of ``when.py``, uses situations of the matter, and is
    true for some answers and false for others; every question decides about a paper, a limit or a
    deadline.

    An option that no ``when`` names is "none of the others". There may be several: people
    look for the answer that is theirs.
    """
    known = options(matter.situations)
    given = {item.id: answers(item) for item in matter.situations}
    several = frozenset(item.id for item in matter.situations if item.choose == "many")
    expressions: list[When] = []
    sound = True
    for field, text, name in _conditional(matter):
        where = (*field, "when")
        try:
            parsed = parse(text)
        except WhenError as error:
            hint = "写成 `情形=选项`，“并且”用 ` & `，“或者”用 ` | `，符号两边各一个空格"
            sentence = f"读不懂“{error.part or text}”"
            yield lines.problem(where, "when-syntax", sentence, hint)
            sound = False
            continue
        unknown = list(_unknown(parsed, known))
        for told in unknown:
            yield lines.problem(where, "when-unknown", *told)
        if unknown:
            sound = False
            continue
        expressions.append(parsed)
        if not any(possible(alternative, several) for alternative in parsed):
            sentence = f"“{name}”怎么回答都用不到"
            hint = "一个问题只有一个回答：“或者”用 ` | `；可以选几项的写 choose: many；确实没有人用到的删去"
            yield lines.problem(where, "when-never", sentence, hint)
        elif _always(parsed, given):
            sentence = f"“{name}”怎么回答都用得到"
            yield lines.problem(where, "when-always", sentence, "删去 when，或者改成真正需要的情形")
    if not sound or not matter.materials:
        return
    for position, situation in enumerate(matter.situations):
        if len(known[situation.id]) < 2 or any(_matters(situation.id, when, given, several) for when in expressions):
            continue
        sentence = f"“{situation.question}”怎么回答，材料、时限都一样"
        hint = "在有关材料、时限的 when 里写上，或者删去这个情形"
        yield lines.problem(("situations", position), "situation-idle", sentence, hint)


def _conditional(matter: Matter) -> Iterator[tuple[Field, str, str]]:
    """All that depends on answers: the field, its expression, what to call it."""
    for position, material in enumerate(matter.materials):
        if material.when is not None:
            yield ("materials", position), material.when, material.name
    if (statutory := matter.time_limit.statutory) is not None:
        for position, case in enumerate(statutory.cases):
            yield ("time_limit", "statutory", "cases", position), case.when, f"{case.value} {UNITS[case.unit]}"
    for position, deadline in enumerate(matter.deadlines or ()):
        if deadline.when is not None:
            yield ("deadlines", position), deadline.when, deadline.text


def _unknown(when: When, known: Options) -> Iterator[tuple[str, str]]:
    """What does not exist, with what does."""
    for situation, option in terms(when):
        if situation not in known:
            hint = f"可用的有：{'、'.join(known)}" if known else "先在 situations 里写出情形"
            yield f"没有情形“{situation}”", hint
        elif option not in known[situation]:
            yield f"情形“{situation}”没有选项“{option}”", f"可用的有：{'、'.join(known[situation])}"


def _always(when: When, known: Answers) -> bool:
    if len(when) == 1:  # nearly all: one group of terms, each of which can be false
        return False
    asked = sorted({situation for situation, _ in terms(when)})
    if prod(len(known[situation]) for situation in asked) > BOUND:
        return False
    return all(
        holds(when, dict(zip(asked, chosen, strict=True)))
        for chosen in product(*(known[situation] for situation in asked))
    )


def _matters(situation: str, when: When, known: Answers, several: frozenset[str]) -> bool:
    """Whether the answer to ``situation`` ever decides about ``when``."""
    asked = {other for other, _ in terms(when)}
    if situation not in asked:
        return False
    if len(when) == 1:
        return possible(when[0], several)
    others = sorted(asked - {situation})
    if prod(len(known[other]) for other in asked) > BOUND:
        return True
    for chosen in product(*(known[other] for other in others)):
        given = dict(zip(others, chosen, strict=True))
        if len({holds(when, given | {situation: answer}) for answer in known[situation]}) > 1:
            return True
    return False
