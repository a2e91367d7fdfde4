"""The view of supervision: rights, promised limits beside statutory ones, whom to ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from ..catalog.model.lists import Law, Section
from ..catalog.model.record import Basis
from ..catalog.model.services import Oversight, Remedy, Supervision
from .summary import Summary, plans
from .words import LIST_STATUS, UNITS, Claim, Context, cite, term, unsure


class LimitRow(Struct, frozen=True, kw_only=True):
    """One matter: its two limits in words, ``None`` where no source states one.
    ``saved`` is how much shorter the promise is, where both count in the same unit."""

    id: str
    name: str
    statutory: str | None
    promised: str | None
    saved: str | None


class Counts(Struct, frozen=True, kw_only=True):
    """How many of the ``matters`` are promised on the spot, within a number of days, or
    not at all; ``planned`` of the promises are announced only; ``statutory`` have a
    limit in law, and ``compared`` have both in the same unit."""

    matters: int
    on_the_spot: int
    limited: int
    none: int
    planned: int
    statutory: int
    compared: int


class RemedyView(Struct, frozen=True, kw_only=True):
    """What one can do against a decision: numbers of days and months as claims with their articles;
    ``body`` with its address and ``court`` where the centre has told them."""

    review: Claim
    suit: Claim
    after: Claim
    first: Claim | None
    body: str | None
    court: str | None


class SupervisionView(Struct, frozen=True, kw_only=True):
    """``duties`` are (name, claim), ``overdue`` claims in order, ``oversight`` with the
    source in words."""

    guide: str
    hotline: str
    calendar: str
    titles: Mapping[str, str]
    duties: tuple[tuple[str, Claim], ...]
    overdue: tuple[Claim, ...]
    oversight: tuple[tuple[Oversight, str | None], ...]
    remedy: RemedyView | None
    complaint: str | None
    counts: Counts
    sections: tuple[tuple[Section, tuple[LimitRow, ...]], ...]

    def list_status(self, section: Section) -> str | None:
        """Where the section's list of matters comes from, if it needs saying."""
        return LIST_STATUS.get(section.list_status or "")


def supervision_view(context: Context, supervision: Supervision, summaries: Iterable[Summary]) -> SupervisionView:
    laws, listed = context.laws, tuple(summaries)
    announced = plans(context.centre)
    rows: dict[str, list[LimitRow]] = {section.id: [] for section in context.sections}
    for item in listed:
        rows[item.section].append(_row(item, item.promised_source in announced))
    return SupervisionView(
        guide=context.centre.guide_name,
        hotline=context.centre.hotline,
        calendar=context.offers.calendar,
        titles=context.titles,
        duties=tuple(
            (duty.name, Claim(text=duty.text, evidence=duty.evidence, source=cite(duty.basis, laws)))
            for duty in supervision.duties
        ),
        overdue=tuple(
            Claim(text=step.text, evidence="law" if step.basis else None, source=cite(step.basis, laws))
            for step in supervision.overdue
        ),
        oversight=tuple((item, context.origin(item.source)) for item in supervision.oversight),
        remedy=None if supervision.remedy is None else _remedy(supervision.remedy, laws),
        complaint=context.complaint,
        counts=Counts(
            matters=len(listed),
            on_the_spot=sum(item.on_the_spot for item in listed),
            limited=sum(item.promised is not None for item in listed),
            none=sum(item.promised is None and not item.on_the_spot for item in listed),
            planned=sum(item.promised_source in announced for item in listed),
            statutory=sum(bool(item.statutory) for item in listed),
            compared=sum(_saved(item) is not None for item in listed),
        ),
        sections=tuple((section, tuple(rows[section.id])) for section in context.sections if rows[section.id]),
    )


def _remedy(remedy: Remedy, laws: Mapping[str, Law]) -> RemedyView:
    def told(text: object, basis: Basis | None) -> Claim:
        return Claim(text=str(text), evidence="law" if basis else None, source=cite(basis, laws))

    review, suit = remedy.review, remedy.suit
    return RemedyView(
        review=told(review.within_days, review.basis),
        suit=told(suit.within_months, suit.basis),
        after=told(suit.after_review_days, suit.after_review_basis),
        first=None if review.first is None else told(f"{review.first}。", review.first_basis),
        body="，".join(filter(None, (review.body, review.address))) or None,
        court=suit.court,
    )


def _row(item: Summary, planned: bool) -> LimitRow:
    promised = "即来即办" if item.on_the_spot else _words(item.promised)
    return LimitRow(
        id=item.id,
        name=item.name,
        statutory=_limits(item),
        promised=f"{promised}（计划）" if promised and planned else promised,
        saved=_saved(item),
    )


def _limits(item: Summary) -> str | None:
    told = "或者 ".join(term(*limit) for limit in item.statutory)
    if len(item.statutory) > 1:
        return f"{told}，看情形{unsure(item.statutory_evidence)}"
    mark = "（一般期限）" if item.general else unsure(item.statutory_evidence)
    return f"{told}{mark}" if told else None


def _words(limit: tuple[int, str] | None) -> str | None:
    return None if limit is None else term(*limit)


def _saved(item: Summary) -> str | None:
    """少 19 个工作日. Days and working days are never taken for each other (行政许可法第八十二条)."""
    if len(item.statutory) != 1 or item.promised is None:
        return None
    ((value, unit),) = item.statutory
    if unit != item.promised[1]:
        return None
    less = value - item.promised[0]
    return f"少 {less} {UNITS[item.promised[1]]}" if less else "相同"
