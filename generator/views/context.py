"""The catalogue around one page: what views take from the shared files."""

from __future__ import annotations

from collections.abc import Mapping

from ..catalog.articles import titles
from ..catalog.model.centre import Centre
from ..catalog.offers import offers_of
from ..catalog.parts import Parts
from .words import Context


def context_of(parts: Parts, names: Mapping[str, str]) -> Context:
    """What views need to know around one page; ``names`` of the matters by id."""
    return Context(
        centre=parts.centre,
        laws=parts.laws,
        papers=parts.papers,
        sections=parts.sections,
        names=names,
        places={place.id: place.name for place in parts.places},
        # The first zone of a kind of counter is the one that is shown.
        zones={zone.counter: zone.id for zone in reversed(parts.hall.zones) if zone.counter},
        journeys=_journeys_of(parts),
        titles=titles(parts.laws.values()),
        offers=offers_of(parts),
        remedy=parts.supervision.remedy,
        complaint=_complaint(parts.centre),
    )


def _complaint(centre: Centre) -> str | None:
    """Where to complain besides the hotline, in words."""
    told = centre.complaint
    known = () if told is None else (told.phone, told.online, told.letter)
    return "、".join(filter(None, known)) or None


def _journeys_of(parts: Parts) -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, dict[str, str]] = {}
    for journey in parts.journeys.values():
        for step in journey.steps:
            for matter in step.matters:
                found.setdefault(matter, {})[journey.id] = journey.name
    return {id: tuple(own.items()) for id, own in found.items()}
