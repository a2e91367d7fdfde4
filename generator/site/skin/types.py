"""What a skin is made for, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec import Struct

from ...catalog.model import Colours
from ...catalog.offers import Offers, offers_of
from ...catalog.parts import Parts
from ...errors import BuildError

LAYOUTS = ("home", "list", "matter", "page")
"""One skeleton each; a layout is a template ``site_src/overrides/<layout>.html``."""

CSS = "@@CSS@@"
APP = "@@APP@@"
"""Stand in a page for the names of the folders ``assets/css/<CSS>/`` and
``assets/app/<APP>/``, which the build names after their content."""


class SkinError(BuildError):
    """The engine refused a page or setting, or its theme is not the one we know how to trim."""


class Look(Struct, frozen=True, kw_only=True):
    """What of the catalogue stands in the skin, and so in every page. ``icons`` are
    (symbol, name of the icon) of the sections, ``examples`` for the empty search box."""

    name: str
    hotline: str
    colours: Colours
    offers: Offers
    icons: tuple[tuple[str, str], ...]
    examples: tuple[str, ...]


def look_of(parts: Parts) -> Look:
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


@dataclass(frozen=True, kw_only=True)
class Skin:
    """What an engine made.

    ``skeletons`` by layout, with the marks of ``stamp.py``; ``pages`` are the hand-written
    ones by URL (``offline/``, ``404.html``), whole but for their ``<!--slot:name-->``
    marks; both hold ``@@ROOT@@``, ``CSS`` and ``APP``. ``stylesheet`` is the text of
    ``site.css``. ``assets`` are further files by their path below the site.
    """

    skeletons: dict[str, str]
    pages: dict[str, str]
    stylesheet: bytes
    assets: dict[str, bytes]
