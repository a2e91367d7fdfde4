"""What is wrong with the catalogue, said to the editor who can mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from msgspec import Struct


class Problem(Struct, frozen=True, order=True):
    """One fault, sorted by where it is.

    ``path`` is relative to the repository (``catalog/…``), ``line`` counts from 1,
    ``code`` is stable English, ``sentence`` says in Chinese what is wrong and ``hint``
    what to do about it.
    """

    path: str
    line: int
    code: str
    sentence: str
    hint: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: [{self.code}] {self.sentence} — {self.hint}"


class Report:
    """Collects the problems of one file. ``strays`` are the keys that a record did not know, with
    what was said; ``lacking`` those that one was without, with the record's name, too. A key that slipped
    from one record into another is both, and told once."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.strays: dict[str, Problem] = {}
        self.lacking: dict[str, tuple[str, Problem]] = {}

    def say(self, line: int, code: str, sentence: str, hint: str) -> None:
        self.problems.append(Problem(self.path, line, code, sentence, hint))


def instead(
    wrong: str, known: Iterable[str], otherwise: str, names: Mapping[str, tuple[str, ...]] | None = None
) -> str:
    """A hint that names what was probably meant, followed by what else can be done. ``names`` leads
    from what people call a thing to its ids."""
    if len(found := (names or {}).get(wrong, ())) == 1:
        return f"改为编号 {found[0]}"
    near = difflib.get_close_matches(wrong, list(known), 1, 0.85)
    return f"是不是“{near[0]}”？不是就{otherwise}" if near else otherwise
