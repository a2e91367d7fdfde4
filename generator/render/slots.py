"""What fills the ``<!--slot:name-->`` marks of hand-written pages."""

from __future__ import annotations

from ..catalog.model import Centre
from ..views.words import noon_counters, noon_span, regular_hours
from .escape import e


def slots(centre: Centre) -> dict[str, str]:
    """HTML by slot name, so that no hand-written page repeats a fact of the catalogue."""
    noon = noon_span(centre) or ""
    return {
        "hotline": f'<a href="tel:{e(centre.hotline)}">{e(centre.hotline)}</a>',
        "hours": str(e(regular_hours(centre))),
        "noon-hours": str(e(noon)),
        "noon-too": f"工作日午间（{e(noon)}）大厅也有人。" if noon else "",
        "noon-counters": str(e(noon_counters(centre))),
    }
