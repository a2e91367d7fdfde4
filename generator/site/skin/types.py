"""What a skin is made for, and what comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import Struct

from ...catalog.model.centre import Colours
from ...catalog.offers import Offers, offers_of
from ...catalog.parts import Catalogue, Parts
from ...errors import BuildError

LAYOUTS = ("home", "list", "live", "matter", "page", "screen")
"""One skeleton each; a layout is a template ``site_src/overrides/<layout>.html``."""

CSS = "@@CSS@@"
APP = "@@APP@@"
"""Stand in a page for the names of the folders ``assets/css/<CSS>/`` and
``assets/app/<APP>/``, which the build names after their content."""
STYLE, STYLE_DIGEST = "@@STYLE@@", "@@STYLE-DIGEST@@"
EARLY, EARLY_DIGEST = "@@EARLY@@", "@@EARLY-DIGEST@@"
"""Stand in a page for the style and the script that it holds itself, and for what its policy
names them by."""


class Look(Struct, frozen=True, kw_only=True):
    """What of the catalogue stands in the skin, and so in every page. ``icons`` are
    (symbol, name of the icon) of the sections, ``examples`` for the empty search box."""

    name: str
    hotline: str
    colours: Colours
    offers: Offers
    icons: tuple[tuple[str, str], ...]
    examples: tuple[str, ...]


def look_of(parts: Parts | Catalogue) -> Look:
    """The look that a catalogue asks for."""
    centre = parts.centre
    return Look(
        name=centre.guide_name,
        hotline=centre.hotline,
        colours=centre.colours,
        offers=offers_of(parts),
        icons=tuple((f"section-{section.id}", section.icon) for section in parts.sections if section.icon),
        examples=parts.search.examples,
    )


STAND_IN = Look(
    name="办事指南",
    hotline="0",
    colours=Colours(light="#000000", dark="#ffffff"),
    offers=Offers(noon=True, hall=True, zero_visit=True, deferral=True, supervision=True, queue=True, pre_check="预审"),
    icons=(),
    examples=(),
)
"""The look by which pages and templates are checked while no catalogue tells another: that of a
centre that offers everything."""


@dataclass(frozen=True, kw_only=True)
class Skin:
    """What an engine made.

    ``skeletons`` by layout, with the marks of ``stamp.py``; ``pages`` are the hand-written
    ones by URL (``offline/``), whole but for their ``<!--slot:name-->`` marks; both hold
    ``@@ROOT@@`` and the marks above. ``stylesheet`` is the text of ``screen.css``, ``print_sheet``
    that of ``print.css``. ``assets`` are further files by their path below the site.
    """

    skeletons: dict[str, str]
    pages: dict[str, str]
    stylesheet: bytes
    print_sheet: bytes
    assets: dict[str, bytes]


class SkinError(BuildError):
    """The engine refused a page or setting, or its theme is not the one we know how to trim.
    ``messages`` are its own words."""

    def __init__(self, messages: Sequence[str]) -> None:
        super().__init__("\n".join(messages))
        self.messages = messages
