"""The queries (queries.yml, and second.yml and so on, written later) and their two halves."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import yaml

_SETS = (
    *("queries", "second", "third", "fourth", "fifth", "sixth"),
    *("seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth"),
)
FILES = tuple(Path(__file__).with_name(f"{name}.yml") for name in _SETS)
ELSEWHERE = "elsewhere"
"""The kind that must find nothing."""


@dataclass(frozen=True, slots=True)
class Query:
    """``right`` are the matters of which any may come first; none for what is not here.
    ``half`` is ``tune`` or ``check``: words and weights are chosen by the first alone."""

    kind: str
    text: str
    right: tuple[str, ...]
    half: str


def load(*files: Path) -> list[Query]:
    """All queries of ``files`` (else of both sets), those of a kind together."""
    sets = [yaml.safe_load(file.read_text("utf-8")) for file in files or FILES]
    kinds: dict[str, dict[str, list[str]]] = {}
    for one in sets:
        for kind, queries in one.items():
            kinds.setdefault(kind, {}).update(queries)
    return [
        Query(kind, text, tuple(right), half(text))
        for kind, queries in kinds.items()
        for text, right in queries.items()
    ]


def half(text: str) -> str:
    """Decided by the text alone, so that a new query moves no other."""
    return "check" if hashlib.sha256(text.encode()).digest()[0] % 2 else "tune"
