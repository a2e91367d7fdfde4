"""What fills the ``<!--slot:name-->`` marks of hand-written pages."""

from __future__ import annotations

from ..catalog.model.centre import Centre
from ..templates import blocks
from ..views.words import noon_counters, noon_span, regular_hours


def slots(centre: Centre) -> dict[str, str]:
    """HTML by slot name, so that no hand-written page repeats a fact of the catalogue."""
    filled = blocks(
        "slots.html",
        centre=centre,
        hours=regular_hours(centre),
        noon_hours=noon_span(centre),
        noon_counters=noon_counters(centre),
    )
    return {name.replace("_", "-"): text for name, text in filled.items()}
