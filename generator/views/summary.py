"""What the rest of the guide needs to know of a matter without loading it again.

A summary is small enough to keep for every matter between two builds, so that lists,
counts and cross references can be renewed when one of 3,000 matters changes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import msgspec
from msgspec import Struct

from ..catalog.checks.evidence import element_claims
from ..catalog.limits import is_general, limits
from ..catalog.model.centre import Centre
from ..catalog.model.matter import Matter
from ..catalog.offers import Offers
from .words import weakest
from .work_fields import open_fields, open_of_line


class Summary(Struct, frozen=True, kw_only=True):
    """One matter in lists. ``None`` is "no source states it".

    ``laws`` are the ids of the laws cited, ``evidence`` counts the matter's claims by
    grade, ``statutory_evidence`` and ``fee_evidence`` are those of these two, ``practice_materials`` those
    of the lowest grade that are papers and that the centre has not confirmed; ``practice_lines`` are
    (number, name, form) of those that no other matter asks for, ``recurrent`` (paper, form, what) is open
    of recurrent papers: ``needed``, ``copies``, ``exempt``. ``place`` is the kind of place where it is done.
    ``unknown_fields`` are the answers that the centre has still to give, by their way in
    the matter's file. ``statutory`` (one for each case, each once) and ``promised`` are numbers with
    their unit; ``general`` tells that no law but the one on all licences sets a limit;
    ``promised_source`` is where the promise stands, also one that is on the spot.
    ``deferrable`` are the papers that may follow, with their term in working days.
    """

    id: str
    name: str
    name_en: str | None
    summary_en: str | None
    section: str
    group: str
    type: str | None
    applicants: tuple[str, ...]
    aliases: tuple[str, ...]
    counter: str | None
    place: str | None
    on_the_spot: bool
    statutory: tuple[tuple[int, str], ...]
    general: bool
    statutory_evidence: str | None = None
    promised: tuple[int, str] | None
    promised_source: str | None
    noon: bool | None
    noon_completed: bool | None
    free: bool | None
    fee_evidence: str | None = None
    on_site_check: str
    materials: int
    on_site: int
    deferrable: tuple[tuple[str, int | None], ...]
    zero_visit: bool
    related: tuple[str, ...]
    laws: tuple[str, ...]
    papers: tuple[str, ...]
    evidence: dict[str, int]
    practice_materials: int
    practice_lines: tuple[tuple[int, str, str], ...]
    recurrent: tuple[tuple[str, str, str], ...]
    unknown_fields: tuple[str, ...]
    checked_on: date
    valid_until: date | None
    confirmed: bool

    @property
    def unknown(self) -> int:
        """How many answers the centre has still to give."""
        return len(self.unknown_fields)

    def over(self, today: date | None) -> bool:
        """Whether there is no such matter any more; ``None`` is a day before all others."""
        return today is not None and self.valid_until is not None and self.valid_until < today

    @property
    def natural_person(self) -> bool:
        """Whether a natural person may apply."""
        return "自然人" in self.applicants


def plans(centre: Centre) -> frozenset[str]:
    """The commitments that are announced, and that nobody has confirmed to be kept: by their ids."""
    return frozenset(item.id for item in centre.commitments if item.status == "announced")


def asked(summary: Summary, offers: Offers) -> Summary:
    """``summary`` with no more open answers than this centre has to give: where there is no
    noon service, nobody asks what is done over noon."""
    if offers.noon:
        return summary
    fields = tuple(field for field in summary.unknown_fields if not field.startswith("noon_service."))
    return msgspec.structs.replace(summary, unknown_fields=fields)


def summarize(matter: Matter) -> Summary:
    """The summary of a matter; a pure function of the record."""
    statutory, promised = matter.time_limit.statutory, matter.time_limit.promised
    grades = Counter(_grades(matter))
    return Summary(
        id=matter.id,
        name=matter.name,
        name_en=matter.name_en,
        summary_en=matter.summary_en,
        section=matter.section,
        group=matter.group,
        type=matter.type,
        applicants=matter.applicants,
        aliases=matter.aliases,
        counter=matter.counter,
        place=None if matter.place is None else matter.place.kind,
        on_the_spot=promised is not None and promised.on_the_spot,
        statutory=tuple(dict.fromkeys((limit.value, limit.unit) for limit in limits(statutory))),
        general=statutory is not None and all(is_general(limit.basis) for limit in limits(statutory)),
        statutory_evidence=weakest(limit.evidence for limit in limits(statutory)),
        promised=None
        if promised is None or promised.value is None or promised.unit is None
        else (promised.value, promised.unit),
        promised_source=None if promised is None else promised.source,
        noon=matter.noon_service.accepted,
        noon_completed=matter.noon_service.completed,
        free=None if matter.fee is None else matter.fee.amount == 0,
        fee_evidence=matter.fee and matter.fee.evidence,
        on_site_check=matter.on_site_check.value,
        materials=len(matter.materials),
        on_site=sum(line.needed == "on_site" for line in matter.materials),
        deferrable=tuple(
            (line.name, None if line.deferral is None else line.deferral.within_working_days)
            for line in matter.materials
            if line.needed == "deferrable"
        ),
        zero_visit=matter.zero_visit is not None,
        related=matter.related,
        laws=tuple(sorted({basis.law for basis in matter.legal_basis})),
        papers=tuple(sorted({line.paper for line in matter.materials if line.paper})),
        evidence={grade: grades[grade] for grade in ("law", "guide", "practice")},
        practice_lines=tuple(
            (number, line.name, line.form)
            for number, line in enumerate(matter.materials, 1)
            if line.evidence == "practice" and line.confirmed is None and line.paper is None
        ),
        recurrent=tuple(
            sorted(
                {
                    (line.paper, line.form, what)
                    for line in matter.materials
                    if line.paper
                    for what in open_of_line(line)
                }
            )
        ),
        practice_materials=sum(line.evidence == "practice" and line.confirmed is None for line in matter.materials),
        unknown_fields=tuple(open_fields(matter)),
        checked_on=matter.checked_on,
        valid_until=matter.valid_until,
        confirmed=matter.confirmed is not None,
    )


def _grades(matter: Matter) -> Iterator[str]:
    for claims in (matter.legal_basis, matter.conditions, matter.materials, matter.faq, matter.deadlines or ()):
        for claim in claims:
            yield claim.evidence
    for limit in limits(matter.time_limit.statutory):
        yield limit.evidence
    if matter.fee is not None:
        yield matter.fee.evidence
    yield from (evidence for _, _, evidence in element_claims(matter) if evidence is not None)
