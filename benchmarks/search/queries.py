"""The set of queries (queries.yml) and its two halves."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("queries.yml")
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


def load(file: Path = FILE) -> list[Query]:
    kinds = yaml.safe_load(file.read_text("utf-8"))
    return [
        Query(kind, text, tuple(right), half(text))
        for kind, queries in kinds.items()
        for text, right in queries.items()
    ]


def half(text: str) -> str:
    """Decided by the text alone, so that a new query moves no other."""
    return "check" if hashlib.sha256(text.encode()).digest()[0] % 2 else "tune"
