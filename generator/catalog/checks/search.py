"""search.yml: nothing said twice, no dead reference."""

from __future__ import annotations

from collections.abc import Iterator

from ..index import Index
from ..lines import Lines
from ..model.search import SearchRules
from ..problems import Problem

CODES = {
    "search-twice": "查找用的词写了两次",
    "search-matter": "查找规则指向不存在的事项",
}


def check_search_file(rules: SearchRules, lines: Lines) -> Iterator[Problem]:
    """Each word of asking once; each action word names one action; each thing belongs to
    one family, and each subject from elsewhere stands once."""
    yield from _twice([(("noise", n), word) for n, word in enumerate(rules.noise)], lines)
    for name, key in (("actions", "words"), ("families", "things"), ("elsewhere", "words"), ("elsewhere", "settles")):
        entries = getattr(rules, name)
        yield from _twice(
            [
                ((name, place, key, number), word)
                for place, entry in enumerate(entries)
                for number, word in enumerate(getattr(entry, key))
            ],
            lines,
        )


def _twice(words: list[tuple[tuple[str | int, ...], str]], lines: Lines) -> Iterator[Problem]:
    seen: set[str] = set()
    for where, word in words:
        if word in seen:
            yield lines.problem(where, "search-twice", f"“{word}”写了两次", "只留一处")
        seen.add(word)


def check_family_targets(rules: SearchRules, lines: Lines, index: Index) -> Iterator[Problem]:
    """The matters of a family exist."""
    for place, family in enumerate(rules.families):
        for action, ids in family.matters.items():
            for number, id in enumerate(ids):
                if id not in index.matters:
                    where = ("families", place, "matters", action, number)
                    yield lines.problem(where, "search-matter", f"没有事项“{id}”", "改正编号，或者删去")
