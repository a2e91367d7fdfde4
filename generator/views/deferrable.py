"""The view of papers that may follow later (容缺受理), and of the form that promises them."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from ..catalog.model.centre import Commitment
from ..catalog.model.lists import Section
from ..catalog.model.services import Case, DeferralRules
from .summary import Summary
from .words import Claim, Context


class DeferrableView(Struct, frozen=True, kw_only=True):
    """``here`` and ``elsewhere`` are the rules of the centre and of other cities;
    ``cases`` go with the name of their matter and their source in words. ``sections``
    are with the number of their papers that may follow; ``papers`` counts all of them,
    ``dated`` those with a term. ``pre_check`` as in ``Offers``."""

    guide: str
    hotline: str
    pre_check: str
    commitment: Commitment | None
    origin: str | None
    here: tuple[Claim, ...]
    elsewhere: tuple[Claim, ...]
    cases: tuple[tuple[Case, str | None, str | None], ...]
    sections: tuple[tuple[Section, int, tuple[Summary, ...]], ...]
    papers: int
    dated: int


class PromiseView(Struct, frozen=True, kw_only=True):
    guide: str
    hotline: str
    centre: str
    promises: tuple[str, ...]


def cases_of(topic: str, context: Context, cases: Iterable[Case]) -> tuple[tuple[Case, str | None, str | None], ...]:
    """The cases of a topic with the name of their matter and their source in words."""
    return tuple(
        (case, context.names.get(case.matter), context.origin(case.source)) for case in cases if case.topic == topic
    )


def deferrable_view(
    context: Context, deferral: DeferralRules, cases: Iterable[Case], summaries: Iterable[Summary]
) -> DeferrableView:
    centre = context.centre
    commitment = next((item for item in centre.commitments if item.id == deferral.commitment), None)
    listed = [item for item in summaries if item.deferrable]
    terms = [term for item in listed for _, term in item.deferrable]
    groups = ((section, tuple(item for item in listed if item.section == section.id)) for section in context.sections)

    def rules(where: str) -> tuple[Claim, ...]:
        return tuple(
            Claim(text=rule.text, source=context.origin(rule.source)) for rule in deferral.rules if rule.where == where
        )

    return DeferrableView(
        guide=centre.guide_name,
        hotline=centre.hotline,
        pre_check=context.offers.pre_check,
        commitment=commitment,
        origin=context.origin(commitment.source) if commitment else None,
        here=rules("here"),
        elsewhere=rules("elsewhere"),
        cases=cases_of("deferral", context, cases),
        sections=tuple((section, sum(len(item.deferrable) for item in own), own) for section, own in groups if own),
        papers=len(terms),
        dated=sum(term is not None for term in terms),
    )


def promise_view(context: Context, deferral: DeferralRules) -> PromiseView:
    centre = context.centre
    return PromiseView(guide=centre.guide_name, hotline=centre.hotline, centre=centre.name, promises=deferral.promises)
