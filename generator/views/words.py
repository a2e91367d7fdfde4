"""Dates, hours, sources and conditions in words; the context they are taken from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, time

from msgspec import Struct

from ..catalog import when as expressions
from ..catalog.articles import inner
from ..catalog.model.centre import Centre
from ..catalog.model.lists import Law, Paper, Section
from ..catalog.model.matter import Situation
from ..catalog.model.record import Basis
from ..catalog.model.services import Remedy
from ..catalog.offers import Offers

ASK = "待中心确认"
"""What the guide says where no source states the answer."""

EVIDENCE = {"law": "依据", "guide": "参考", "practice": "待确认"}
"""The mark of a claim, by its grade."""

CENTRE = "centre"
"""In place of a grade: the centre itself has said so."""

GRADES = {**EVIDENCE, CENTRE: "中心答复"}
"""The mark of everything that is said, by what it rests on."""

CENTRE_MEANING = "中心自己这样答复，写着谁答复的、哪天。"

EVIDENCE_MEANING = (
    ("依据", "条文已经看到，写着第几条。"),
    ("参考", "公开的办事指南、别的版本或者别的地方的规定这样写，本地可能不同；写着“旧版”的，那个版本已经不是现行的。"),
    ("待确认", "通行的做法，还没有找到明文。"),
)
"""What the marks mean, in their order."""

LIST_STATUS = {"compiled": "这份清单是照国家的法律法规整理的，主管部门自己的清单没有公开，以窗口答复为准。"}
"""What is said of a list of matters that nobody has published (``lists.Section``)."""

OLD = "旧版"
"""The mark of a claim that an edition backs which holds no longer."""

SUPERSEDED = ("年版取代）", "（旧文本，")
"""What ``superseded`` says of an edition, as it stands behind its title."""

UNITS = {"working_days": "个工作日", "days": "日", "months": "个月"}
FORMS = {"original": "原件", "copy": "复印件", "electronic": "电子件"}


class Context(Struct, frozen=True, kw_only=True):
    """The catalogue around one matter. ``names`` are the names of all matters by id,
    ``places`` those of the service places; ``zones`` are the anchors of the hall's page
    by the kind of counter that stands there, ``journeys`` (id, name) of those that a matter
    is a part of, by the matter's id; ``titles`` the ids of laws by title (``articles.titles``), by which a
    sentence leads to the words of the article that it names; ``offers`` tells which pages there are around them.
    ``forms`` are the sizes of files to download by name, ``remedy`` is what one can do against a decision,
    ``complaint`` where to complain besides the hotline."""

    centre: Centre
    laws: Mapping[str, Law]
    papers: Mapping[str, Paper]
    sections: tuple[Section, ...]
    names: Mapping[str, str]
    places: Mapping[str, str] = {}
    zones: Mapping[str, str] = {}
    journeys: Mapping[str, tuple[tuple[str, str], ...]] = {}
    titles: Mapping[str, str] = {}
    offers: Offers = Offers()
    forms: Mapping[str, int] = {}
    remedy: Remedy | None = None
    complaint: str | None = None

    def origin(self, source: str | None) -> str | None:
        """A source in words: 某某日报，2018年11月1日; text that is no id stays as it is."""
        for known in self.centre.sources:
            if known.id == source:
                return f"{known.publisher}，{day(known.published_on)}"
        for commitment in self.centre.commitments:
            if commitment.id == source:
                return self.origin(commitment.source)
        return source

    def announced(self, source: str | None) -> bool:
        """Whether ``source`` is a commitment that is a plan still."""
        return any(item.id == source and item.status == "announced" for item in self.centre.commitments)

    def section(self, id: str) -> Section:
        return next(section for section in self.sections if section.id == id)


class Claim(Struct, frozen=True, kw_only=True):
    """Something said, how sure it is (``law``, ``guide``, ``practice``; ``None`` is not
    graded), and where it comes from in words."""

    text: str
    evidence: str | None = None
    source: str | None = None

    @property
    def word(self) -> str:
        """Its mark."""
        if self.evidence == "guide" and self.source and any(word in self.source for word in SUPERSEDED):
            return OLD
        return GRADES.get(self.evidence or "", "出处")

    @property
    def cited(self) -> str:
        """Its source, laws named as people name them; a page has them in full under 依据和把握."""
        return (self.source or "").replace("《中华人民共和国", "《")


def unsure(evidence: str | None) -> str:
    """The mark in brackets, for what has no room for more than a word: nothing where the article was
    read or the centre has said so, else （参考） or （待确认）."""
    return "" if evidence in (None, "law", CENTRE) else f"（{EVIDENCE[evidence]}）"


def weakest(grades: Iterable[str | None]) -> str | None:
    """The grade of what rests on several claims; ``None`` where none of them has one."""
    known = {grade for grade in grades if grade is not None}
    return next((grade for grade in (*reversed(EVIDENCE), CENTRE) if grade in known), None)


def titled(law: str) -> str:
    """The title of a law in its marks, which some records hold already."""
    return f"《{inner(law)}》"


def term(value: int, unit: str) -> str:
    """A limit in words: 5 个工作日; none at all is 当天办结."""
    return f"{value} {UNITS[unit]}" if value else "当天办结"


def clock(moment: time) -> str:
    return moment.strftime("%H:%M")


def day(moment: date) -> str:
    """2026年11月23日."""
    return f"{moment.year}年{moment.month}月{moment.day}日"


def span(opens: time, closes: time) -> str:
    return f"{clock(opens)}–{clock(closes)}"


def noon_span(centre: Centre) -> str | None:
    """11:30–13:00; ``None`` without noon service."""
    noon = centre.noon_service
    return None if noon is None else span(noon.opens, noon.closes)


def noon_counters(centre: Centre) -> str:
    """1 个业务咨询窗口、2 个业务受理窗口在岗. What stands in brackets in a counter's name is left out."""
    return counters({kind.id: kind.open_noon for kind in centre.counter_kinds}, centre) + "在岗"


def counters(numbers: Mapping[str, int], centre: Centre) -> str:
    """1 个业务咨询窗口、2 个业务受理窗口, by the ids of kinds; none of a kind is left out."""
    kinds = ((numbers.get(kind.id, 0), kind.name.split("（")[0]) for kind in centre.counter_kinds)
    return "、".join(f"{number} 个{name}" for number, name in kinds if number)


def regular_hours(centre: Centre) -> str:
    return "，".join(f"{part.name} {span(part.opens.at, part.closes.at)}" for part in centre.hours)


def assumed_hours(centre: Centre) -> str | None:
    """The boundaries of the day that no source states, in words."""
    words = [
        f"{clock(boundary.at)} {word}"
        for part in centre.hours
        for word, boundary in (("开门", part.opens), ("关门", part.closes))
        if boundary.source is None
    ]
    return "、".join(words) or None


def cite(basis: Basis | None, laws: Mapping[str, Law]) -> str | None:
    """《中华人民共和国行政许可法》第五十八条, with a word if it holds no longer; a law that is not listed goes by
    its id."""
    if basis is None:
        return None
    law = laws.get(basis.law)
    if law is None:
        return f"{titled(basis.law)}{basis.article or ''}"
    old = superseded(law)
    return f"{titled(law.title)}{basis.article or ''}{f'（{old}）' if old else ''}"


def superseded(law: Law) -> str | None:
    """That an edition holds no longer, in a word: 已被2026年版取代; ``None`` where it holds."""
    after = law.replaced_by
    if after is None:
        return None
    return f"已被{after.on.year}年版取代" if after.on else "旧文本，后来有修改"


def backed(basis: Basis | None, source: str | None, laws: Mapping[str, Law]) -> str | None:
    """A basis, and behind an edition that holds no longer what else its source says."""
    cited = cite(basis, laws)
    if cited is None or source is None or basis is None:
        return cited or source
    law = laws.get(basis.law)
    return f"{cited}；{source}" if law is not None and law.replaced_by is not None else cited


def condition(when: str | None, situations: Iterable[Situation]) -> str | None:
    """``premises=rent & agent=agent`` in words: 「场所是？」选「租用」，并且….

    Alternatives that differ in one answer are drawn together: 选「租用」或「无偿」. An
    answer that speaks for itself goes without its question: 「委托他人代办」.
    """
    if not when:
        return None
    asked = {situation.id: situation for situation in situations}
    labels = Counter(option.label for situation in asked.values() for option in situation.options)
    clear = frozenset(label for label, times in labels.items() if times == 1 and _CLEAR.fullmatch(label))
    alternatives = _drawn_together(expressions.parse(when))
    either = "，或者" if all(len(group) == 1 for group in alternatives) else "；或者"
    return either.join(
        "，并且".join(_choice(asked, clear, question, answers) for question, answers in group.items())
        for group in alternatives
    )


def _drawn_together(alternatives: Iterable[Iterable[tuple[str, str]]]) -> list[dict[str, list[str]]]:
    """Alternatives that differ in the answer to one question only, as one of several answers."""
    groups: list[dict[str, list[str]]] = []
    for terms in alternatives:
        chosen = {question: [answer] for question, answer in terms}
        for group in groups:
            differing = [question for question in chosen if group.get(question) != chosen[question]]
            if group.keys() == chosen.keys() and len(differing) == 1:
                group[differing[0]] += chosen[differing[0]]
                break
        else:
            groups.append(chosen)
    return groups


_CLEAR = re.compile("(?![是不有没用]).{4,}")
"""Short labels (自有) and replies (是, 没有) mean nothing without their question."""


def _choice(asked: Mapping[str, Situation], clear: frozenset[str], question: str, answers: list[str]) -> str:
    situation = asked.get(question)
    options: dict[str, str] = {} if situation is None else {option.id: option.label for option in situation.options}
    labels = [options.get(answer, answer) for answer in answers]
    chosen = "或".join(f"「{label}」" for label in labels)
    if clear.issuperset(labels):
        return chosen
    return f"「{situation.question if situation else question}」选{chosen}"
