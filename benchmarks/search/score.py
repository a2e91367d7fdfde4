"""From answers to figures: hit@1, hit@3, MRR, false answers, nothing found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .queries import ELSEWHERE, Query


@dataclass(frozen=True, slots=True)
class Answer:
    """The matters found, best first, and whether they were shown as weak."""

    found: tuple[str, ...]
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares between 0 and 1 of ``queries`` queries. Of those that must find nothing,
    ``first`` counts the ones that did not, weak answers included."""

    queries: int
    first: float
    third: float
    mrr: float
    nothing: float


def rank(query: Query, answer: Answer) -> int | None:
    """The place of the first right matter, from 1."""
    return next((place for place, id in enumerate(answer.found, 1) if id in query.right), None)


def figures(pairs: Iterable[tuple[Query, Answer]]) -> Figures:
    """Of answerable queries, or of queries that are not, never of both together."""
    pairs = list(pairs)
    if not pairs:
        return Figures(0, 0, 0, 0, 0)
    if all(query.kind == ELSEWHERE for query, _ in pairs):
        answered = sum(bool(answer.found) for _, answer in pairs) / len(pairs)
        return Figures(len(pairs), answered, answered, 0, 1 - answered)
    ranks = [rank(query, answer) for query, answer in pairs]
    return Figures(
        len(pairs),
        sum(place == 1 for place in ranks) / len(pairs),
        sum(place is not None and place <= 3 for place in ranks) / len(pairs),
        sum(1 / place for place in ranks if place) / len(pairs),
        sum(not answer.found for _, answer in pairs) / len(pairs),
    )


def by_kind(queries: Sequence[Query], answers: Sequence[Answer]) -> dict[str, Figures]:
    """Figures of each kind in the order of the file, and of all answerable ones as ``all``."""
    pairs = list(zip(queries, answers, strict=True))
    kinds = dict.fromkeys(query.kind for query in queries)
    made = {kind: figures(pair for pair in pairs if pair[0].kind == kind) for kind in kinds}
    return {"all": figures(pair for pair in pairs if pair[0].kind != ELSEWHERE), **made}


def misses(queries: Sequence[Query], answers: Sequence[Answer]) -> list[tuple[Query, Answer]]:
    """Queries whose first answer is not right, and those from elsewhere that got one."""
    return [
        (query, answer)
        for query, answer in zip(queries, answers, strict=True)
        if (answer.found if query.kind == ELSEWHERE else rank(query, answer) != 1)
    ]
