"""What authority, counter, variants, steps and the validity of a matter's document rest on."""

from __future__ import annotations

from ..catalog.checks.evidence import GROUNDED, article_of, grounds
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


def validity_claim(matter: Matter, context: Context) -> Claim | None:
    """How long the document is valid: by law where the article was read."""
    result = matter.result
    if result.validity is None:
        return None
    basis = result.validity_basis
    if basis is None:
        return Claim(text=result.validity, evidence="practice")
    law = context.laws.get(basis.law)
    read = law is not None and any(
        item.verified and item.article == article_of(basis.article or "") for item in law.articles
    )
    return Claim(text=result.validity, evidence="law" if read else "guide", source=cite(basis, context.laws))
