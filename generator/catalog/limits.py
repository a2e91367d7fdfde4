"""Limits and deadlines that depend on the case: which of them holds, and for whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from .model.matter import Deadline, LimitCase, Matter, StatutoryLimit
from .model.record import Basis
from .when import Answer, When, holds

APPLICANT, AUTHORITY = "applicant", "authority"

GENERAL = "XKF", "第四十二条"
"""行政许可法第四十二条: twenty days where no other law says otherwise."""

Limit = StatutoryLimit | LimitCase


def is_general(basis: Basis) -> bool:
    """Whether a limit is the general one of all licences, not one of its own."""
    law, article = GENERAL
    return basis.law == law and basis.article is not None and basis.article.startswith(article)


def limits(limit: StatutoryLimit | None) -> tuple[Limit, ...]:
    """Every limit that the law sets: that of each case, then the one that holds in all others."""
    return () if limit is None else (*limit.cases, limit)


def first_of(whens: Sequence[When], answers: Mapping[str, Answer]) -> tuple[int, ...]:
    """Which of some cases may be the first that holds, by position. As soon as enough is answered it
    is one, or none."""
    found = []
    for position, when in enumerate(whens):
        met = holds(when, answers)
        if met is not False:
            found.append(position)
        if met:
            break
    return tuple(found)


def of_applicant(matter: Matter) -> Iterator[Deadline]:
    """The deadlines that the applicant has to keep."""
    return (item for item in matter.deadlines or () if item.who == APPLICANT)


def last_day(matter: Matter) -> Deadline | None:
    """The first of the applicant's deadlines that tells by when he has to come."""
    return next((item for item in of_applicant(matter) if item.kind in ("by", "within")), None)


def renewal(matter: Matter) -> Deadline | None:
    """The deadline that is counted back from the day on which a document runs out; there is one at
    most."""
    return next((item for item in of_applicant(matter) if item.expiry is not None), None)
