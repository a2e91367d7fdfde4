"""The corpus of articles against the citations: what is cited without a text, and what nobody cites."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from msgspec import Struct

from .articles import in_order, titles
from .citations import citations, sources, whole
from .parts import Catalogue
from .paths import stem


class Coverage(Struct, frozen=True, kw_only=True):
    """``cited`` are the places that cite an article, by law and article: ids of matters, names of other files.
    ``lacking`` are those of ``cited`` without a text, ``vague`` the citations of a law without an article, by law,
    ``idle`` the texts that nobody cites. ``papers`` counts lines of papers by grade."""

    cited: dict[tuple[str, str], tuple[str, ...]]
    lacking: tuple[tuple[str, str], ...]
    vague: dict[str, tuple[str, ...]]
    idle: tuple[tuple[str, str], ...]
    papers: dict[str, int]


def coverage(catalogue: Catalogue) -> Coverage:
    known = titles(catalogue.laws.values())
    found: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    vague: dict[str, dict[str, None]] = defaultdict(dict)
    for path, record in sources(catalogue):
        for _field, cite, basis in citations(record, known):
            law, article = whole(cite)
            if article is not None:
                found[law, article][stem(path)] = None
            elif basis:
                vague[law][stem(path)] = None
    texts = {(law, item.article) for law, words in catalogue.texts.items() for item in words.articles}
    cited = {key: tuple(found[key]) for key in sorted(found, key=_in_order)}
    return Coverage(
        cited=cited,
        lacking=tuple(key for key in cited if key not in texts),
        vague={law: tuple(vague[law]) for law in sorted(vague)},
        idle=tuple(sorted(texts - cited.keys(), key=_in_order)),
        papers=_graded(catalogue),
    )


def _graded(catalogue: Catalogue) -> dict[str, int]:
    grades = Counter(line.evidence for matter in catalogue.matters.values() for line in matter.materials)
    return {grade: grades[grade] for grade in ("law", "guide", "practice")}


def _in_order(key: tuple[str, str]) -> tuple[str, tuple[int, ...]]:
    return key[0], in_order(key[1])


def share(papers: Mapping[str, int], grade: str) -> float:
    """The part of the lines that have ``grade``, in percent."""
    whole_ = sum(papers.values())
    return 100 * papers[grade] / whole_ if whole_ else 0.0
