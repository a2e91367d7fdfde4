"""What authority, counter, variants and steps of a matter rest on."""

from __future__ import annotations

from ..catalog.checks.evidence import GROUNDED, grounds
from ..catalog.model.matter import Matter
from .words import Claim, Context, cite

PRACTICE = Claim(text="", evidence="practice")
"""Where nobody has said what it rests on."""


def ground_marks(matter: Matter, context: Context) -> dict[str, Claim]:
    """The mark of each of these fields, without text."""
    told = dict.fromkeys(GROUNDED, PRACTICE)
    for name, ground in grounds(matter):
        parts = (cite(ground.basis, context.laws), context.origin(ground.source))
        told[name] = Claim(text="", evidence=ground.evidence, source="；".join(part for part in parts if part) or None)
    return told
