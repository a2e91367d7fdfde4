"""How sure a claim is, in the forms that programs read: a concept for each mark of the pages.

The concepts have the addresses at which the page about the guide explains them (``about/#law``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..catalog.model.matter import Matter
from ..views.matter import MatterView
from ..views.words import ASK, CENTRE, CENTRE_MEANING, EVIDENCE, EVIDENCE_MEANING, GRADES, Claim

UNKNOWN = "unknown"


class Mark(NamedTuple):
    """``code`` as in the catalogue, ``word`` as on the pages."""

    code: str
    word: str
    meaning: str


MARKS: tuple[Mark, ...] = (
    *(Mark(code, word, dict(EVIDENCE_MEANING)[word]) for code, word in EVIDENCE.items()),
    Mark(CENTRE, GRADES[CENTRE], CENTRE_MEANING),
    Mark(UNKNOWN, ASK, "公开资料里没有找到，要问中心。"),
)
"""The grades, the surest first, and what stands where nobody knows."""


def concept(code: str, root: str) -> str:
    """The address of a mark; ``root`` is the way to the site's root."""
    return f"{root}about/#{code}"


def concepts(root: str) -> Iterator[dict[str, object]]:
    """The marks as JSON-LD, so that a file explains its own."""
    for mark in MARKS:
        yield {
            "@id": concept(mark.code, root),
            "@type": ["skos:Concept", "dct:ProvenanceStatement"],
            "skos:notation": mark.code,
            "skos:prefLabel": {"@value": mark.word, "@language": "zh-CN"},
            "skos:definition": {"@value": mark.meaning, "@language": "zh-CN"},
        }


def word(claim: Claim) -> str:
    """The mark of ``claim`` with its source, as pages show it: 依据：《食品安全法》第三十三条. Empty where
    there is neither."""
    if claim.source:
        return f"{claim.word}：{claim.source}"
    return claim.word if claim.evidence else ""


def marked(claim: Claim) -> str:
    """What ``claim`` says, with its mark: 不收费（依据：《行政许可法》第五十八条）."""
    told = word(claim)
    return f"{claim.text}（{told}）" if told else claim.text


def read(claim: Claim) -> str:
    """Of a law: its mark, the version, and whether the article was read: 参考，条款待确认."""
    return f"{claim.word}，{claim.source}"


def in_short(view: MatterView) -> str:
    """What people ask first, with the marks: 法定 7 个工作日（依据：…）；不收费（依据：…）."""
    told = (
        ("承诺 ", view.promised),
        (f"{view.limit_word} ", view.statutory),
        ("", view.at_noon_told if view.offers.noon else None),
        ("", view.fee),
        ("", view.on_site_check),
    )
    return "；".join(f"{label}{marked(claim)}" for label, claim in told if claim is not None)


def introduced(matter: Matter, view: MatterView) -> str:
    """What the matter is, who may come, and how far it has been checked."""
    kind = f"（{matter.type}）" if matter.type else ""
    who = f"，{'、'.join(matter.applicants)}可以办" if matter.applicants else ""
    state = f"中心已经确认：{view.confirmed}" if view.confirmed else "中心还没有逐项确认"
    note = f"{matter.note.rstrip('。')}。" if matter.note else ""
    return f"{matter.name}{kind}{who}。{note}资料核对到 {view.checked_on}，{state}。"
