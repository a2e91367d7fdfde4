"""Expressions over a matter's situations: who needs a paper.

::

    when  = conj *( " | " conj )
    conj  = term *( " & " term )        & binds tighter than |
    term  = situation "=" option        both are ids of the matter

A missing expression means always. Checks and personal lists of papers share this module. A question may
have several answers (``choose: many``): a term holds if its option is among them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from itertools import combinations

from .model.matter import Situation

Term = tuple[str, str]
When = tuple[tuple[Term, ...], ...]
"""Alternatives, each a group of terms that must all hold. ``()`` never holds."""

ALWAYS: When = ((),)

Answer = str | Collection[str]
"""The option that was chosen, or all of those that were; never an empty collection."""

_TERM = re.compile(r"([a-z0-9][a-z0-9_-]*)=([a-z0-9][a-z0-9_-]*)")


class WhenError(ValueError):
    """An expression that does not follow the grammar. ``part`` is what cannot be read."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


def parse(text: str | None) -> When:
    """The alternatives of an expression; ``ALWAYS`` for ``None``.

    Raises ``WhenError`` for a text outside the grammar. Whether the situations exist is
    not asked here.
    """
    if text is None:
        return ALWAYS
    return tuple(tuple(_term(part) for part in alternative.split(" & ")) for alternative in text.split(" | "))


def _term(part: str) -> Term:
    found = _TERM.fullmatch(part)
    if found is None:
        raise WhenError(part.strip())
    return found[1], found[2]


def terms(when: When) -> Iterable[Term]:
    """Every term, in the order written."""
    for alternative in when:
        yield from alternative


def holds(when: When, answers: Mapping[str, Answer]) -> bool | None:
    """Whether the expression is true for ``answers`` (situation id → option ids).

    ``None`` when it depends on a situation that has no answer yet.
    """
    open_ = False
    for alternative in when:
        undecided = False
        for situation, option in alternative:
            answer = answers.get(situation)
            if answer is None:
                undecided = True
            elif option != answer if isinstance(answer, str) else option not in answer:
                break
        else:
            if not undecided:
                return True
            open_ = True
    return None if open_ else False


def options(situations: Iterable[Situation]) -> dict[str, tuple[str, ...]]:
    """Situation id → its option ids."""
    return {item.id: tuple(option.id for option in item.options) for item in situations}


def answers(situation: Situation) -> tuple[Answer, ...]:
    """Every answer to a situation: its options, or every set of them where several may hold."""
    ids = tuple(option.id for option in situation.options)
    if situation.choose == "one":
        return ids
    return tuple(chosen for size in range(1, len(ids) + 1) for chosen in combinations(ids, size))


def possible(group: Collection[Term], several: Collection[str] = ()) -> bool:
    """Whether the terms of ``group`` can hold together: one answer for each situation but for those
    with ``several``."""
    single = {term for term in group if term[0] not in several}
    return len({situation for situation, _ in single}) == len(single)
