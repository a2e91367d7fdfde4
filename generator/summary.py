"""What the rest of the guide needs to know of a matter without loading it again.

A summary is small enough to keep for every matter between two builds, so that lists,
counts and cross references can be renewed when one of 3,000 matters changes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from .catalog.model import Matter


class Summary(Struct, frozen=True, kw_only=True):
    """One matter in lists. ``None`` is "no source states it".

    ``laws`` are the ids of the laws cited, ``evidence`` counts the matter's claims by
    grade, ``unknown`` counts the answers that the centre has still to confirm.
    """

    id: str
    name: str
    name_en: str | None
    section: str
    group: str
    type: str | None
    applicants: tuple[str, ...]
    aliases: tuple[str, ...]
    on_the_spot: bool
    noon: bool | None
    noon_completed: bool | None
    free: bool | None
    on_site_check: str
    materials: int
    related: tuple[str, ...]
    laws: tuple[str, ...]
    papers: tuple[str, ...]
    evidence: dict[str, int]
    unknown: int
    checked_on: date
    confirmed: bool


def summarize(matter: Matter) -> Summary:
    """The summary of a matter; a pure function of the record."""
    promised = matter.time_limit.promised
    grades = Counter(_grades(matter))
    return Summary(
        id=matter.id,
        name=matter.name,
        name_en=matter.name_en,
        section=matter.section,
        group=matter.group,
        type=matter.type,
        applicants=matter.applicants,
        aliases=matter.aliases,
        on_the_spot=promised is not None and promised.on_the_spot,
        noon=matter.noon_service.accepted,
        noon_completed=matter.noon_service.completed,
        free=None if matter.fee is None else matter.fee.amount == 0,
        on_site_check=matter.on_site_check.value,
        materials=len(matter.materials),
        related=matter.related,
        laws=tuple(sorted({basis.law for basis in matter.legal_basis})),
        papers=tuple(sorted({line.paper for line in matter.materials if line.paper})),
        evidence={grade: grades[grade] for grade in ("law", "guide", "practice")},
        unknown=sum(answer is None for answer in _answers(matter)),
        checked_on=matter.checked_on,
        confirmed=matter.confirmed is not None,
    )


def _grades(matter: Matter) -> Iterator[str]:
    for claims in (matter.legal_basis, matter.conditions, matter.materials, matter.faq):
        for claim in claims:
            yield claim.evidence
    for claim in (matter.time_limit.statutory, matter.applicant_deadline, matter.fee):
        if claim is not None:
            yield claim.evidence


def _answers(matter: Matter) -> Iterator[object]:
    """The questions that every matter page answers, ``None`` where it cannot."""
    yield matter.authority
    yield matter.counter
    yield matter.time_limit.statutory
    yield matter.time_limit.promised
    yield matter.noon_service.accepted
    yield matter.visits
    yield matter.fee
    yield matter.result.document
    yield matter.result.validity
    for handling in (matter.on_site_check, matter.online):
        yield None if handling.value == "unknown" else handling.value
