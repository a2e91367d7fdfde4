"""The card of a matter (办事卡): one file with everything in it, to forward or to print.

No script, and nothing is fetched: it reads the same in a chat, from a memory stick, and on
the notice board.
"""

from __future__ import annotations

from functools import lru_cache

from ..catalog.model.centre import Colours
from ..templates import html
from ..views.matter import MatterView
from .inline import digest_source


def card_path(id: str) -> str:
    return f"cards/{id}.html"


def card(view: MatterView, address: str | None = None) -> str:
    """The whole file; ``address`` is that of the site, to which a forwarded card leads back."""
    return html(
        "cards/card.html",
        matter=view,
        colours=view.colours,
        root=address or "../",
        style_digest=_digest(view.colours),
    )


@lru_cache(maxsize=1)
def _digest(colours: Colours) -> str:
    """By which the policy of the card allows the style that stands in it."""
    return digest_source(html("cards/card.css", colours=colours))
