"""Numbers that a claim says it has from an article, and that the article does not say: advice.

7 个工作日 under an article that says 七日 is surer than the article. Words may differ, numbers and their
units do not; questions and answers tell of more than one article, and are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..articles import article_of, number
from ..limits import is_general
from ..lines import Field, Lines
from ..model.journey import Journey
from ..model.matter import LegalBasis, Matter
from ..model.record import Basis
from ..model.texts import LawTexts
from ..problems import Problem
from .answers import UNITS
from .evidence import claims

CODES = {"number-unread": "写了 evidence: law，数字或者单位却和条文的不一样"}

Term = tuple[int | None, str]

_TERM = re.compile(r"([0-9]+|[零〇一二两三四五六七八九十百]+) ?(个工作日|工作日|个月|月|日|天|年|小时|次|倍|份)")
_UNIT = {"工作日": "个工作日", "月": "个月", "天": "日"}
_WORKING = UNITS["working_days"]


def check_numbers(matter: Matter, texts: Mapping[str, LawTexts], lines: Lines) -> Iterator[Problem]:
    """Every number of a claim with its unit stands in the article that the claim names, as far as its words are
    there. Who counts the days of an article as working days says so beside them."""
    for field, basis, evidence in claims(matter):
        if basis is None or basis.article is None or field[0] == "faq":
            continue
        words = _words(texts, basis.law, article_of(basis.article))
        said = matter.result.validity if field[-1] == "validity_basis" else None
        if words is None or (evidence != "law" and said is None):
            continue
        record = _record(matter, field)
        told, article = _told(record) if said is None else _terms(said), _terms(words)
        if is_general(basis):
            continue
        where = (*field, "value") if getattr(record, "unit", None) else field
        yield from _unread(told, article, basis, getattr(record, "note", None), lines, where)


def check_journey_numbers(journey: Journey, texts: Mapping[str, LawTexts], lines: Lines) -> Iterator[Problem]:
    """The same of the limits of a journey's steps; none at all is what an article says in other words."""
    for position, step in enumerate(journey.steps):
        days = step.days
        if days is None or days.basis is None or days.basis.article is None or days.evidence != "law" or not days.value:
            continue
        words = _words(texts, days.basis.law, article_of(days.basis.article))
        if words is None or is_general(days.basis):
            continue
        where = ("steps", position, "days", "value")
        yield from _unread({(days.value, UNITS[days.unit])}, _terms(words), days.basis, days.note, lines, where)


def _unread(
    told: set[Term], article: set[Term], basis: Basis | LegalBasis, note: str | None, lines: Lines, where: Field
) -> Iterator[Problem]:
    for value, unit in sorted(told - article, key=str):
        days = f"{value}日"
        if unit == _WORKING and (value, "日") in article:
            if (value, "日") in _terms(note or ""):
                continue
            hint = f"unit 写 days；要按工作日算，在 note 里写明条文写的是“{days}”、为什么按工作日算"
        else:
            hint = "核对条文，照条文写；不是这一条说的，改引说的那一条"
        sentence = f"写了“{value}{unit}”，{basis.law} {basis.article}里没有这样说"
        yield lines.problem(where, "number-unread", sentence, hint)


def _words(texts: Mapping[str, LawTexts], law: str, article: str) -> str | None:
    known = texts.get(law)
    return None if known is None else next((item.text for item in known.articles if item.article == article), None)


def _told(record: Any) -> set[Term]:
    """The numbers of a claim, in its words or as a limit."""
    terms = _terms(" ".join(str(getattr(record, name, None) or "") for name in ("text", "name")))
    unit = getattr(record, "unit", None)
    return terms | {(record.value, UNITS[unit])} if unit is not None and getattr(record, "value", None) else terms


def _terms(text: str) -> set[Term]:
    found = set()
    for digits, unit in _TERM.findall(text):
        value = int(digits) if digits.isdigit() else number(digits.replace("两", "二"))
        found.add((value, _UNIT.get(unit, unit)))
    return found


def _record(matter: Matter, field: Field) -> Any:
    found: Any = matter
    for part in field:
        found = found[part] if isinstance(part, int) else getattr(found, part)
    return found
