"""The page of a matter."""

from __future__ import annotations

from ..views.matter import MatterView
from .card import card_path
from .jsonld import government_service
from .page import Page, page


def matter_page(view: MatterView) -> Page:
    """The page of one matter at ``matters/<id>/``."""
    return page(
        "matter.html",
        f"matters/{view.id}/",
        "matter",
        matter=view,
        data=government_service(view),
        card=card_path(view.id),
    )
