"""The view of one matter."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from ..catalog import when
from ..catalog.model.centre import Colours
from ..catalog.model.matter import Matter, Situation
from ..catalog.offers import Offers
from .facts import CHECK, ONLINE, fee_words, four_facts, handled, noon_state, noon_words, promised_limit
from .grounds import ground_marks, validity_claim
from .laws import LawLine, law_line
from .papers import PaperLine, paper_line
from .summary import asked, summarize
from .words import (
    Claim,
    Context,
    assumed_hours,
    cite,
    day,
    noon_counters,
    noon_span,
    regular_hours,
    term,
)
from .zero_visit import home_service


class MatterView(Struct, frozen=True, kw_only=True):
    """Everything that the page of one matter says, ``None`` where no source states it.
    ``zone`` is the anchor of its counter on the hall's page; ``home`` is ``None`` where
    no natural person may apply. For scripts: ``at_noon`` is ``done``, ``accepted``, ``no``
    or ``unknown``, ``on_the_spot`` whether it is decided so today, and ``limits`` are
    ``(statutory, "20 working_days")`` where a limit binds already, and ``expiry`` likewise
    ``(closes, "30 days")`` of what is renewed before it runs out: ``document``. ``noon_hours`` is
    ``None`` without noon service. ``grounds`` are the marks of authority, counter, variants and steps."""

    id: str
    name: str
    section_id: str
    section: str
    group: str
    type: str | None
    variants: tuple[str, ...]
    facts: tuple[tuple[str, bool], ...]
    situations: tuple[Situation, ...]
    window: tuple[PaperLine, ...]
    on_site: tuple[PaperLine, ...]
    deferrable: tuple[PaperLine, ...]
    conditions: tuple[Claim, ...]
    applicants: tuple[str, ...]
    counter: str | None
    zone: str | None
    home: Claim | None
    authority: str | None
    noon: str | None
    at_noon: str
    on_the_spot: bool
    limits: tuple[tuple[str, str], ...]
    expiry: tuple[tuple[str, str], ...]
    document: str
    noon_source: str | None
    noon_hours: str | None
    offers: Offers
    colours: Colours
    noon_counters: str
    hours: str
    assumed: str | None
    visits: int | None
    on_site_check: Claim | None
    online: Claim | None
    statutory: Claim | None
    promised: Claim | None
    deadline: Claim | None
    steps: tuple[str, ...]
    fee: Claim | None
    result: str | None
    validity: Claim | None
    result_basis: str | None
    grounds: dict[str, Claim]
    faq: tuple[tuple[str, Claim], ...]
    laws: tuple[LawLine, ...]
    unknown: int
    confirmed: str | None
    checked_on: str
    related: tuple[tuple[str, str], ...]
    journeys: tuple[tuple[str, str], ...]
    name_en: str | None
    summary_en: str | None
    note: str | None
    centre: str
    guide: str
    hotline: str

    @property
    def decided_by(self) -> Claim | None:
        """Who decides, with what that rests on."""
        ground = self.grounds["authority"]
        return Claim(text=self.authority, evidence=ground.evidence, source=ground.source) if self.authority else None

    @property
    def in_short(self) -> str:
        """The facts that are known, in a line."""
        return "，".join(text for text, known in self.facts if known)

    @property
    def at_noon_told(self) -> Claim | None:
        """Whether one may come at noon, with its source."""
        return Claim(text=self.noon, source=self.noon_source) if self.noon else None

    @property
    def outcome(self) -> Claim | None:
        """What one gets, with its basis."""
        return Claim(text=self.result, source=self.result_basis) if self.result else None

    @property
    def papers(self) -> int:
        """How many papers there are."""
        return len(self.window) + len(self.on_site) + len(self.deferrable)


def matter_view(matter: Matter, context: Context) -> MatterView:
    """The view of ``matter``. Related matters that the catalogue lacks are left out."""
    centre, laws = context.centre, context.laws
    limit, noon = matter.time_limit, matter.noon_service
    # A plan is no promise yet.
    promised = None if limit.promised and context.announced(limit.promised.source) else limit.promised
    lines = [paper_line(seq, line, matter, context) for seq, line in enumerate(matter.materials, 1)]
    needed = {
        needed: tuple(line for line, material in zip(lines, matter.materials, strict=True) if material.needed == needed)
        for needed in ("window", "on_site", "deferrable")
    }
    kinds = {kind.id: kind.name for kind in centre.counter_kinds}
    return MatterView(
        id=matter.id,
        name=matter.name,
        section_id=matter.section,
        section=context.section(matter.section).name,
        group=matter.group,
        type=matter.type,
        variants=matter.variants,
        facts=four_facts(matter, context),
        situations=in_asking_order(matter),
        window=needed["window"],
        on_site=needed["on_site"],
        deferrable=needed["deferrable"],
        conditions=tuple(
            Claim(text=item.text, evidence=item.evidence, source=cite(item.basis, laws)) for item in matter.conditions
        ),
        applicants=matter.applicants,
        counter=None if matter.counter is None else kinds.get(matter.counter, matter.counter),
        zone=context.zones.get(matter.counter or ""),
        home=home_service(matter, context) if context.offers.zero_visit or matter.zero_visit else None,
        authority=matter.authority,
        noon=noon_words(matter, context),
        at_noon=noon_state(matter, context),
        on_the_spot=promised is not None and promised.on_the_spot,
        limits=tuple(
            (kind, f"{item.value} {item.unit}")
            for kind, item in (("statutory", limit.statutory), ("promised", promised))
            if item is not None and item.value is not None
        ),
        expiry=_expiry(matter),
        document=matter.result.document or matter.name,
        noon_source=context.origin(noon.source),
        noon_hours=noon_span(centre),
        noon_counters=noon_counters(centre),
        offers=context.offers,
        colours=centre.colours,
        hours=regular_hours(centre),
        assumed=assumed_hours(centre),
        visits=matter.visits,
        on_site_check=handled(matter.on_site_check, CHECK),
        online=handled(matter.online, ONLINE),
        statutory=None
        if limit.statutory is None
        else Claim(
            text=term(limit.statutory.value, limit.statutory.unit)
            + (f"（{limit.statutory.note}）" if limit.statutory.note else ""),
            evidence=limit.statutory.evidence,
            source=cite(limit.statutory.basis, laws),
        ),
        promised=promised_limit(matter, context),
        deadline=None
        if matter.applicant_deadline is None
        else Claim(
            text=matter.applicant_deadline.text,
            evidence=matter.applicant_deadline.evidence,
            source=cite(matter.applicant_deadline.basis, laws),
        ),
        steps=matter.steps,
        fee=None
        if matter.fee is None
        else Claim(
            text=fee_words(matter) + (f"，{matter.fee.text}" if matter.fee.text else ""),
            evidence=matter.fee.evidence,
            source=cite(matter.fee.basis, laws),
        ),
        result=matter.result.document,
        validity=validity_claim(matter, context),
        result_basis=cite(matter.result.basis, laws),
        grounds=ground_marks(matter, context),
        faq=tuple(
            (
                item.question,
                Claim(text=item.answer, evidence=item.evidence, source=cite(item.basis, laws) or item.source),
            )
            for item in matter.faq
        ),
        laws=tuple(law_line(item, laws) for item in matter.legal_basis),
        unknown=asked(summarize(matter), context.offers).unknown,
        confirmed=None if matter.confirmed is None else f"{matter.confirmed.by}，{day(matter.confirmed.on)}",
        checked_on=day(matter.checked_on),
        related=tuple((id, context.names[id]) for id in matter.related if id in context.names),
        journeys=context.journeys.get(matter.id, ()),
        name_en=matter.name_en,
        summary_en=matter.summary_en,
        note=matter.note,
        centre=centre.name,
        guide=centre.guide_name,
        hotline=centre.hotline,
    )


def _expiry(matter: Matter) -> tuple[tuple[str, str], ...]:
    expiry = matter.applicant_deadline and matter.applicant_deadline.expiry
    if not expiry:
        return ()
    return tuple(
        (edge, f"{before.value} {before.unit}")
        for edge, before in (("opens", expiry.opens), ("closes", expiry.closes))
        if before is not None
    )


def in_asking_order(matter: Matter) -> tuple[Situation, ...]:
    """The question that decides the most papers first: it settles others, and who came for
    a new legal representative is not asked about trade permits first. Who goes comes last."""
    named = Counter(
        question
        for line in matter.materials
        for question in {situation for situation, _ in when.terms(when.parse(line.when))}
    )
    return tuple(sorted(matter.situations, key=lambda item: (item.id == _WHO_GOES, -named[item.id])))


_WHO_GOES = "agent"
