"""The view of one matter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from msgspec import Struct

from ..catalog import when
from ..catalog.limits import renewal
from ..catalog.model.centre import Colours
from ..catalog.model.elements import StepDetail
from ..catalog.model.lists import Law
from ..catalog.model.matter import Expiry, Matter, Situation
from ..catalog.offers import Offers
from .cases import (
    CaseLine,
    DeadlineGroup,
    deadline_groups,
    limit_lines,
    limit_word,
    renewal_group,
    together,
)
from .claims import Stated, claims
from .elements import ElementsView, answer, confirmed, elements_view
from .facts import CHECK, ONLINE, amount_words, four_facts, handled, noon_state, noon_words, promised_limit
from .grounds import ground_marks, validity_claim
from .laws import LawLine, law_line
from .papers import PaperLine, paper_line
from .place import PlaceView, place_view
from .words import (
    CENTRE,
    Claim,
    Context,
    assumed_hours,
    backed,
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
    ``(statutory, "20 working_days")`` where a limit binds already in every case, and ``expiry`` likewise
    ``(closes, "30 days")`` of what is renewed before it runs out: ``document``. ``noon_hours`` is
    ``None`` without noon service. ``by_law`` are the limits by case, ``statutory`` the same in one.
    ``claims`` are all that have a grade, for the published forms. ``titles`` as in ``Context``;
    ``grounds`` are the marks of authority, counter, variants and steps."""

    id: str
    name: str
    section_id: str
    section: str
    group: str
    type: str | None
    variants: tuple[str, ...]
    facts: tuple[tuple[str, bool], ...]
    situations: tuple[Situation, ...]
    exempt: tuple[PaperLine, ...]
    window: tuple[PaperLine, ...]
    on_site: tuple[PaperLine, ...]
    deferrable: tuple[PaperLine, ...]
    conditions: tuple[Claim, ...]
    applicants: tuple[str, ...]
    counter: str | None
    place: PlaceView
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
    by_law: tuple[CaseLine, ...]
    limit_word: str
    promised: Claim | None
    deadlines: tuple[DeadlineGroup, ...]
    renewal: DeadlineGroup | None
    steps: tuple[str, ...]
    told_steps: tuple[Claim, ...]
    more: ElementsView
    fee: Claim | None
    result: str | None
    validity: Claim | None
    result_basis: str | None
    grounds: dict[str, Claim]
    faq: tuple[tuple[str, Claim], ...]
    laws: tuple[LawLine, ...]
    claims: tuple[Stated, ...]
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
    titles: Mapping[str, str]

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

    @property
    def lines(self) -> list[PaperLine]:
        """All lines of the papers, in their order."""
        return sorted((*self.window, *self.on_site, *self.deferrable, *self.exempt), key=lambda line: line.seq)


def matter_view(matter: Matter, context: Context) -> MatterView:
    """The view of ``matter``. Related matters that the catalogue lacks are left out."""
    centre, laws = context.centre, context.laws
    limit, noon = matter.time_limit, matter.noon_service
    # A plan is no promise yet.
    promised = None if limit.promised and context.announced(limit.promised.source) else limit.promised
    by_law, renewed, place = limit_lines(matter, laws), renewal(matter), place_view(matter, context)
    lines = [paper_line(seq, line, matter, context) for seq, line in enumerate(matter.materials, 1)]
    needed = {
        needed: tuple(
            line
            for line, material in zip(lines, matter.materials, strict=True)
            if material.needed == needed and line.exempt is None
        )
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
        exempt=tuple(line for line in lines if line.exempt is not None),
        window=needed["window"],
        on_site=needed["on_site"],
        deferrable=needed["deferrable"],
        conditions=tuple(
            confirmed(Claim(text=item.text, evidence=item.evidence, source=cite(item.basis, laws)), item.confirmed)
            for item in matter.conditions
        ),
        applicants=matter.applicants,
        counter=None if matter.counter is None else kinds.get(matter.counter, matter.counter),
        place=place,
        zone=context.zones.get(matter.counter or ""),
        home=home_service(matter, context),
        authority=matter.authority,
        noon=noon_words(matter, context),
        at_noon=noon_state(matter, context),
        on_the_spot=promised is not None and promised.on_the_spot,
        limits=tuple(
            (kind, f"{item.value} {item.unit}")
            for kind, item in (("statutory", None if len(by_law) > 1 else limit.statutory), ("promised", promised))
            if item is not None and item.value is not None
        ),
        expiry=() if renewed is None or renewed.expiry is None else _expiry(renewed.expiry),
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
        statutory=together(line.told for line in by_law),
        by_law=by_law,
        limit_word=limit_word(by_law),
        promised=promised_limit(matter, context),
        deadlines=deadline_groups(matter, context),
        renewal=None if renewed is None else renewal_group(renewed, matter, context),
        steps=matter.step_texts,
        told_steps=tuple(_step(step, laws) for step in matter.steps),
        more=elements_view(matter, context),
        fee=None
        if matter.fee is None
        else Claim(
            text=amount_words(matter.fee),
            evidence=matter.fee.evidence if matter.fee.basis else CENTRE,
            source=cite(matter.fee.basis, laws) or answer(matter.answers, "fee"),
        ),
        result=matter.result.document,
        validity=validity_claim(matter, context),
        result_basis=cite(matter.result.basis, laws),
        grounds=ground_marks(matter, context),
        faq=tuple(
            (
                item.question,
                confirmed(
                    Claim(text=item.answer, evidence=item.evidence, source=backed(item.basis, item.source, laws)),
                    item.confirmed,
                ),
            )
            for item in matter.faq
        ),
        laws=tuple(law_line(item, laws) for item in matter.legal_basis),
        claims=tuple(claims(matter, context)),
        unknown=_asked_on_the_page(matter, place, context),
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
        titles=context.titles,
    )


def _asked_on_the_page(matter: Matter, place: PlaceView, context: Context) -> int:
    """How many answers the page asks for: those that one has to know before one leaves home. What else
    is not known is silent."""
    limit, noon = matter.time_limit, matter.noon_service
    at_window = (
        # Which of the papers may follow.
        bool(matter.materials) and all(line.needed != "deferrable" for line in matter.materials),
        matter.counter is None,
        context.offers.noon and (noon.accepted is None or (noon.accepted and noon.completed is None)),
    )
    return sum(
        (
            not matter.materials,
            *(at_window if place.window else (place.name is None,)),
            limit.statutory is None and promised_limit(matter, context) is None,
            matter.fee is None,
        )
    )


def _step(step: StepDetail | str, laws: Mapping[str, Law]) -> Claim:
    if isinstance(step, str):
        return Claim(text=step)
    days = f"（{term(step.days, step.unit)}）" if step.days is not None and step.unit is not None else ""
    return Claim(text=step.text + days, evidence="law" if step.basis else None, source=cite(step.basis, laws))


def _expiry(expiry: Expiry) -> tuple[tuple[str, str], ...]:
    return tuple(
        (edge, f"{before.value} {before.unit}")
        for edge, before in (("opens", expiry.opens), ("closes", expiry.closes))
        if before is not None
    )


def in_asking_order(matter: Matter) -> tuple[Situation, ...]:
    """The question that decides the most papers, limits and deadlines first: it settles others, and who
    came for a new legal representative is not asked about trade permits first. Who goes comes last."""
    statutory = matter.time_limit.statutory
    named = Counter(
        question
        for line in (*matter.materials, *(statutory.cases if statutory else ()), *(matter.deadlines or ()))
        for question in {situation for situation, _ in when.terms(when.parse(line.when))}
    )
    return tuple(sorted(matter.situations, key=lambda item: (item.id == _WHO_GOES, -named[item.id])))


_WHO_GOES = "agent"
