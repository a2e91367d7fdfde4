"""The first two files of the search: names and words with the matters they lead to.

The first holds what is Chinese, so that a phone can answer most queries after a few
kilobytes. The second holds what is in English, what is handled elsewhere, and the
characters that no name has but that people type: 食品京营许可, 營業執照.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from typing import Any

import msgspec

from ..catalog.model.search import FamilyMatters
from ..catalog.parts import Parts
from ..views.summary import Summary, plans

NAMES = "api/v1/search.json"
MORE = "api/v1/search-more.json"

LONGEST_FIRST, MOST_FIRST = 6, 1
"""In the first file: the characters of the longest word, and how many words lead to the
same matters."""

ON_THE_SPOT, NOON, NOON_COMPLETED, FREE, ZERO_VISIT, ON_THE_SPOT_PLANNED = 1, 2, 4, 8, 16, 32
"""The facts of a matter, added up; from bit 6 on stands where it is done, by ``PLACES``. A plan to
decide on the spot is not told as a fact, nor what no article says to be free."""

PLACES = ("window", "online", "bank", "police", "engraver", "tax", "fund", "other")

APPLICANTS = ("自然人", "法人", "个体工商户", "业主委员会", "非法人组织")
"""Who may apply: bit by bit in this order, which phones know; a new one comes last."""


class Names:
    """``first`` and ``second`` are the files but for the characters; ``terms`` and
    ``more_terms`` the texts in them, sorted, whose readings they need."""

    def __init__(self, parts: Parts, summaries: Sequence[Summary]) -> None:
        rules = parts.search
        places = {item.id: place for place, item in enumerate(summaries)}
        words = [
            (members, word.word)
            for word in parts.words
            if (members := tuple(places[id] for id in word.matters if id in places))
        ]
        families = [
            (family.things, members) for family in rules.families if (members := _by_action(family.matters, places))
        ]
        elsewise = {thing for things, _ in families for thing in things}
        elsewise.update(text for item in summaries for text in (item.name, *item.aliases))
        first_words, late_words = _first_and_late(words, elsewise)
        sections = [section.id for section in parts.sections]
        announced = plans(parts.centre)
        # An alias that words.yml ranks as well is said there.
        ranked = {(member, word) for members, word in words for member in members}
        aliases = [
            ((place,), alias)
            for place, item in enumerate(summaries)
            for alias in item.aliases
            if (place, alias) not in ranked
        ]
        self.first: dict[str, Any] = {
            "sections": [[section.id, section.name] for section in parts.sections],
            "matters": [_matter(item, sections, announced) for item in summaries],
            "words": _grouped([*aliases, *first_words]),
            "families": [[_joined(things, False), members] for things, members in families],
            "actions": [[action.id, _joined(action.words, False)] for action in rules.actions],
            "noise": _joined(rules.noise, False),
            "journeys": [
                [
                    item.id,
                    item.name,
                    item.summary,
                    [places[id] for id in item.sought_as if id in places],
                    "|".join(item.words),
                ]
                for item in parts.journeys.values()
            ],
        }
        self.second: dict[str, Any] = {
            "names": [item.name_en or "" for item in summaries],
            "words": _grouped(late_words),
            "families": [_joined(things, True) for things, _ in families],
            "actions": [_joined(action.words, True) for action in rules.actions],
            "noise": _joined(rules.noise, True),
            "elsewhere": [[item.about, "|".join(item.words), "|".join(item.settles)] for item in rules.elsewhere],
            "lookalikes": "|".join(rules.lookalikes),
        }
        self.terms = sorted(set(_texts(self.first)))
        self.more_terms = sorted(set(_texts(self.second)))


def encode(fields: dict[str, Any]) -> bytes:
    return msgspec.json.encode(fields) + b"\n"


def english(text: str) -> bool:
    """Whether it is English rather than an abbreviation that Chinese texts use (SC, OTC)."""
    return text.isascii() and (len(text) > 4 or " " in text or text.islower())


def _first_and_late(
    words: Sequence[tuple[tuple[int, ...], str]],
    elsewise: Set[str],
) -> tuple[list[tuple[tuple[int, ...], str]], list[tuple[tuple[int, ...], str]]]:
    """The words for the first file, and those that may wait for the second: English, long
    ones (most of what is in them is in short ones, too), and all after the first few that
    lead to the same matters, as words.yml begins with the usual ones. What the first file has
    in another way as well (``elsewise``) is not torn apart: who types it is answered by it alone."""
    first, late = [], []
    seen: Counter[tuple[int, ...]] = Counter()
    for members, word in words:
        if word in elsewise and not english(word):
            first.append((members, word))
        elif english(word) or len(word) > LONGEST_FIRST or seen[members] >= MOST_FIRST:
            late.append((members, word))
        else:
            seen[members] += 1
            first.append((members, word))
    return first, late


def _joined(texts: Iterable[str], in_english: bool) -> str:
    return "|".join(text for text in texts if english(text) == in_english)


def _texts(fields: dict[str, Any]) -> Iterable[str]:
    """Every text in a file, however deep."""
    pending: list[Any] = [fields[key] for key in sorted(fields) if key not in ("sections", "journeys")]
    while pending:
        value = pending.pop()
        if isinstance(value, str):
            yield from (text for text in value.split("|") if not text.isascii())
        elif isinstance(value, list):
            pending += value


def _matter(item: Summary, sections: Sequence[str], announced: Set[str]) -> list[Any]:
    spot = ON_THE_SPOT_PLANNED if item.promised_source in announced else ON_THE_SPOT
    facts = (
        spot * item.on_the_spot
        + NOON * bool(item.noon)
        + NOON_COMPLETED * bool(item.noon_completed)
        + FREE * (bool(item.free) and item.fee_evidence == "law")
        + ZERO_VISIT * item.zero_visit
        + (PLACES.index(item.place or PLACES[0]) << 6)
    )
    who = sum(1 << place for place, name in enumerate(APPLICANTS) if name in item.applicants)
    return [item.id, item.name, sections.index(item.section), facts, who]


def _grouped(words: Iterable[tuple[tuple[int, ...], str]]) -> list[Any]:
    """Words that lead to the same matters stand together: the matters of each group, how
    many words it has, and all the words: ``[[[3, 7], [5]], [2, 1], "开饭店|开餐馆|药店"]``."""
    groups: dict[tuple[int, ...], list[str]] = {}
    for members, word in words:
        groups.setdefault(members, []).append(word)
    ordered = sorted(groups.items())
    told = "|".join(word for _, found in ordered for word in found)
    return [[list(members) for members, _ in ordered], [len(found) for _, found in ordered], told]


def _by_action(matters: FamilyMatters, places: dict[str, int]) -> dict[str, list[int]]:
    found = {action: [places[id] for id in ids if id in places] for action, ids in matters.items()}
    return {action: members for action, members in found.items() if members}
