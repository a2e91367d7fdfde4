"""What fills the ``<!--slot:name-->`` marks of hand-written pages."""

from __future__ import annotations

from ..catalog.model import Centre
from ..views.words import noon_counters, regular_hours, span
from .escape import e


def slots(centre: Centre) -> dict[str, str]:
    """HTML by slot name, so that no hand-written page repeats a fact of the catalogue."""
    noon = centre.noon_service
    return {
        "hotline": f'<a href="tel:{e(centre.hotline)}">{e(centre.hotline)}</a>',
        "hours": str(e(regular_hours(centre))),
        "noon-hours": str(e(span(noon.opens, noon.closes))),
        "noon-counters": str(e(noon_counters(centre))),
    }
