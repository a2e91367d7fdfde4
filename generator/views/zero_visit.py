"""The view of help at home (零跑动): what is announced, where, and for which matters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct

from ..catalog.model.centre import Commitment
from ..catalog.model.lists import Place, Section
from ..catalog.model.matter import Matter
from .summary import Summary
from .words import Claim, Context

if TYPE_CHECKING:
    from ..catalog.model.services import Help, ZeroVisit

Group = tuple[Section, tuple[Summary, ...]]


class ZeroVisitView(Struct, frozen=True, kw_only=True):
    """``confirmed`` are the matters that the centre has taken in; ``candidates`` those
    that a natural person may apply for and of which nobody has said whether they are."""

    guide: str
    hotline: str
    commitment: Commitment | None
    origin: str | None
    model: str
    help: tuple[Help, ...]
    places: tuple[Place, ...]
    questions: tuple[str, ...]
    confirmed: tuple[Group, ...]
    candidates: tuple[Group, ...]

    @property
    def confirmed_matters(self) -> int:
        return sum(len(items) for _, items in self.confirmed)

    @property
    def candidate_matters(self) -> int:
        return sum(len(items) for _, items in self.candidates)

    @property
    def planned(self) -> bool:
        return self.commitment is None or self.commitment.status == "announced"


def zero_visit_view(
    context: Context, zero_visit: ZeroVisit, places: Iterable[Place], summaries: Iterable[Summary]
) -> ZeroVisitView:
    centre = context.centre
    commitment = next((item for item in centre.commitments if item.id == zero_visit.commitment), None)
    open_to_all = [item for item in summaries if item.natural_person]
    return ZeroVisitView(
        guide=centre.guide_name,
        hotline=centre.hotline,
        commitment=commitment,
        origin=context.origin(commitment.source) if commitment else None,
        model=zero_visit.model,
        help=zero_visit.help,
        places=tuple(place for place in places if place.id in zero_visit.places),
        questions=zero_visit.questions,
        confirmed=_groups(context, [item for item in open_to_all if item.zero_visit]),
        candidates=_groups(context, [item for item in open_to_all if not item.zero_visit]),
    )


def _groups(context: Context, items: list[Summary]) -> tuple[Group, ...]:
    groups = ((section, tuple(item for item in items if item.section == section.id)) for section in context.sections)
    return tuple((section, own) for section, own in groups if own)


_HELP = (("collect", "上门取件"), ("handle", "全程代办"), ("deliver", "上门送件"))


def home_service(matter: Matter, context: Context) -> Claim | None:
    """What the page of a matter says of help at home; ``None`` where the centre has confirmed none:
    which matters a plan may take in one day is the page of the plan's."""
    terms = matter.zero_visit
    if terms is None:
        return None
    done = "、".join(word for field, word in _HELP if getattr(terms, field))
    places = "、".join(context.places.get(id, id) for id in terms.places)
    return Claim(text=f"{done}（{places}）", source=context.origin(terms.source))
