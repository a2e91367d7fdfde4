"""Words that leave the reader to guess: which papers, when, how much.

The national audit of service guides (国办函〔2017〕115号) counts catch-all papers and vague
steps as faults. Catch-all words are errors; vague ones are advice, for sometimes the law
itself is vague. What stands in quotation marks is the law's own word, and what is called
``source``, ``basis`` or ``title`` tells where something stands; both are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from ..lines import Field, Lines
from ..problems import Problem
from .texts import strings

CODES = {
    "catch-all": "兜底说法，看的人不知道到底要什么",
    "wording-vague": "含糊的说法，没有说清时间、数量或者找谁",
}

_THINGS = "材料|资料|文件|证件|证明|手续|凭证"
_CATCH_ALL = re.compile(
    rf"其[他它](?:相关|有关)?(?:{_THINGS}|条件|要求)|其[他它](?:相关|有关)"
    rf"|(?:等|等有关|等相关|有关|相关)(?:{_THINGS})"
    r"|(?:规定|要求|认为需要|需要)的?其[他它]"
)
_EMPTY_STEP = re.compile(r"按(?:照)?(?:有关|相关)?规定(?:要求)?(?:办理|执行|进行)|(?:有关|相关)规定办理")
_VAGUE = re.compile(
    "尽快|尽早|及时|若干|酌情|适当|原则上|视情|视具体|一定(?:时期|期限|时间|数量|比例)|近期|择期|随时"
    "|(?:有关|相关)(?:部门|单位|规定|要求|人员)|等等|之类"
)
_QUOTATION = re.compile("“[^”]*”|《[^》]*》")
_ELSEWHERE = frozenset({"source", "basis", "title", "legal_basis", "scope", "words", "noise"})


def find_catch_all(text: str) -> str | None:
    """The catch-all words of a text, if any."""
    found = _CATCH_ALL.search(text)
    return found[0] if found else None


def find_empty_step(step: str) -> str | None:
    """The words of a step that tell nobody what to do, if any."""
    found = _EMPTY_STEP.search(step)
    return found[0] if found else None


def check_phrases(record: msgspec.Struct, lines: Lines) -> Iterator[Problem]:
    """Catch-all words in every text; names of papers have a code of their own."""
    for field, text in _read(record):
        if field[0] == "materials" and field[-1] == "name":
            continue
        if found := find_catch_all(text):
            sentence = f"“{found}”没有说清是什么"
            hint = "逐项写出来，说不清的删去；法规原话写进引号“”"
            yield lines.problem(field, "catch-all", sentence, hint)


def check_vague(record: msgspec.Struct, lines: Lines) -> Iterator[Problem]:
    """Vague words: advice."""
    for field, text in _read(record):
        if found := _VAGUE.search(text):
            hint = "写出几天内、多少、找哪个单位；法规原话写进引号“”"
            yield lines.problem(field, "wording-vague", f"“{found[0]}”没有说清", hint)


def _read(record: msgspec.Struct) -> Iterator[tuple[Field, str]]:
    """The texts that tell a citizen something, without quotations."""
    for field, text in strings(record):
        if not _ELSEWHERE.intersection(field):
            yield field, _QUOTATION.sub("“”", text)
