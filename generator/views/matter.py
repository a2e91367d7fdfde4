"""The view of one matter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from msgspec import Struct

from ..catalog import when
from ..catalog.model import Colours, Handling, Law, LegalBasis, Matter, Situation
from ..catalog.offers import Offers
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
    titled,
)
from .zero_visit import home_service


class LawLine(Struct, frozen=True, kw_only=True):
    """A law of the matter: title, article, version, and whether the article was read.
    ``verified`` is ``None`` where no article is named."""

    title: str
    article: str | None
    version: str | None
    verified: bool | None
    note: str | None

    @property
    def name(self) -> str:
        return titled(self.title)

    @property
    def details(self) -> str:
        """Version, whether the article was read, and the note."""
        read = "条款待确认" if self.article is None else "条文已核" if self.verified else "条文待核"
        return "，".join(filter(None, (self.version, read, self.note)))

    @property
    def details_of_article(self) -> str:
        """The same for whoever has said already that no article is named."""
        read = {True: "条文已核", False: "条文待核", None: None}[self.verified]
        return "，".join(filter(None, (self.version, read, self.note)))


class MatterView(Struct, frozen=True, kw_only=True):
    """Everything that the page of one matter says, ``None`` where no source states it.
    ``zone`` is the anchor of its counter on the hall's page; ``home`` is ``None`` where
    no natural person may apply. For scripts: ``at_noon`` is ``done``, ``accepted``, ``no``
    or ``unknown``, ``on_the_spot`` whether it is decided so today, and ``limits`` are
    ``(statutory, "20 working_days")`` where a limit binds already. ``noon_hours`` is ``None``
    without noon service."""

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
    validity: str | None
    result_basis: str | None
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
        facts=_facts(matter, context),
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
        noon=_noon(matter),
        at_noon=_at_noon(matter),
        on_the_spot=promised is not None and promised.on_the_spot,
        limits=tuple(
            (kind, f"{item.value} {item.unit}")
            for kind, item in (("statutory", limit.statutory), ("promised", promised))
            if item is not None and item.value is not None
        ),
        noon_source=context.origin(noon.source),
        noon_hours=noon_span(centre),
        noon_counters=noon_counters(centre),
        offers=context.offers,
        colours=centre.colours,
        hours=regular_hours(centre),
        assumed=assumed_hours(centre),
        visits=matter.visits,
        on_site_check=_handling(matter.on_site_check, _CHECK),
        online=_handling(matter.online, _ONLINE),
        statutory=None
        if limit.statutory is None
        else Claim(
            text=term(limit.statutory.value, limit.statutory.unit)
            + (f"（{limit.statutory.note}）" if limit.statutory.note else ""),
            evidence=limit.statutory.evidence,
            source=cite(limit.statutory.basis, laws),
        ),
        promised=_promised(matter, context),
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
            text=_fee(matter) + (f"，{matter.fee.text}" if matter.fee.text else ""),
            evidence=matter.fee.evidence,
            source=cite(matter.fee.basis, laws),
        ),
        result=matter.result.document,
        validity=matter.result.validity,
        result_basis=cite(matter.result.basis, laws),
        faq=tuple(
            (
                item.question,
                Claim(text=item.answer, evidence=item.evidence, source=cite(item.basis, laws) or item.source),
            )
            for item in matter.faq
        ),
        laws=tuple(_law_line(item, laws) for item in matter.legal_basis),
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


_CHECK = {"yes": "要现场核查", "no": "不用现场核查", "conditional": "必要时现场核查"}
_ONLINE = {"yes": "可以网上办", "no": "不能网上办", "conditional": "有的情形可以网上办"}


def _handling(handling: Handling, words: Mapping[str, str]) -> Claim | None:
    text = words.get(handling.value)
    return None if text is None else Claim(text=text, source=handling.basis)


def _facts(matter: Matter, context: Context) -> tuple[tuple[str, bool], ...]:
    """At most four facts as words: how fast, at noon, what it costs, whether somebody
    comes to look. ``False`` marks one that is not known."""
    limit, noon = matter.time_limit, matter.noon_service
    promised, statutory = limit.promised, limit.statutory
    plan = "（计划）" if promised is not None and context.announced(promised.source) else ""
    if promised is not None and promised.on_the_spot:
        speed = f"即来即办{plan}"
    elif promised is not None and promised.value is not None and promised.unit is not None:
        pause = " " if promised.value else ""
        speed = f"承诺{pause}{term(promised.value, promised.unit)}{plan}"
    elif statutory is not None:
        speed = f"法定 {term(statutory.value, statutory.unit)}"
    else:
        speed = ""
    at_noon = {None: "", True: "午间可办" if noon.completed else "午间可受理", False: "午间不办"}[noon.accepted]
    fee = "" if matter.fee is None else _fee(matter)
    check = _CHECK.get(matter.on_site_check.value, "")
    words = [("办多久", speed), ("午间能不能办", at_noon), ("收不收费", fee), ("现场核查", check)]
    if not context.offers.noon:
        del words[1]
    return tuple((word, True) if word else (f"{asked}：待中心确认", False) for asked, word in words)


def _fee(matter: Matter) -> str:
    fee = matter.fee
    if fee is None:
        return ""
    if fee.amount is None:
        return "收费看说明"
    return f"收费 {fee.amount} 元" if fee.amount else "不收费"


def _noon(matter: Matter) -> str | None:
    """Whether one may come at noon, in a sentence."""
    noon = matter.noon_service
    if noon.accepted is None:
        return None
    if not noon.accepted:
        return "午间不办这件事"
    if noon.completed is None:
        return "午间能受理；当场能不能办完，待中心确认"
    return "午间能受理，也能办完" if noon.completed else "午间能受理，不能当场办完"


def _at_noon(matter: Matter) -> str:
    noon = matter.noon_service
    if noon.accepted is None:
        return "unknown"
    if not noon.accepted:
        return "no"
    return "done" if noon.completed else "accepted"


def _promised(matter: Matter, context: Context) -> Claim | None:
    promised = matter.time_limit.promised
    if promised is None:
        return None
    if promised.on_the_spot:
        text = "即来即办"
    elif promised.value is not None and promised.unit is not None:
        text = term(promised.value, promised.unit)
    else:
        return None
    if promised.provided:
        text += f"（条件：{promised.provided}）"
    if context.announced(promised.source):
        text += "，是已经宣布的计划，有没有实行待中心确认"
    return Claim(text=text, source=context.origin(promised.source))


def _law_line(basis: LegalBasis, laws: Mapping[str, Law]) -> LawLine:
    law = laws.get(basis.law)
    read = None
    if law is not None and basis.article is not None:
        read = any(item.article == basis.article and item.verified for item in law.articles)
    return LawLine(
        title=law.title if law else basis.law,
        article=basis.article,
        version=f"{day(law.version_date)} 版" if law and law.version_date else None,
        verified=read if basis.evidence == "law" or read is None else False,
        note=basis.note,
    )
