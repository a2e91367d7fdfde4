"""Where a matter is done, in words: at the windows of the centre, or elsewhere, and how."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct

from ..catalog.model.matter import Matter
from ..catalog.venues import at_window
from .words import Claim, Context, cite


class KindWords(NamedTuple):
    """``papers`` heads what one brings, ``short`` tells it in a list."""

    papers: str
    short: str


KINDS = {
    "window": KindWords("带到窗口", ""),
    "online": KindWords("网上要填要传的", "网上办"),
    "bank": KindWords("带到银行", "到银行办"),
    "police": KindWords("带到公安机关", "到公安机关办"),
    "engraver": KindWords("带到刻章点", "到刻章点办"),
    "tax": KindWords("交给税务机关", "到税务机关办"),
    "fund": KindWords("带到公积金中心", "到公积金中心办"),
    "other": KindWords("要准备的", "不在窗口办"),
}
UNKNOWN = KindWords("要准备的", "")


class PlaceView(Struct, frozen=True, kw_only=True):
    """``window`` tells whether words of windows, tickets and the noon service are true. Elsewhere
    ``name`` tells where, with its source, and ``how`` what to do there; ``None`` is not known."""

    window: bool
    papers: str
    name: Claim | None
    how: str | None


def place_view(matter: Matter, context: Context) -> PlaceView:
    place = matter.place
    words = UNKNOWN if place is None else KINDS[place.kind]
    name = None
    if place is not None:
        text = place.name or context.places.get(place.at or "")
        source = cite(place.basis, context.laws) or context.origin(place.source)
        name = Claim(text=text, source=source) if text else None
    return PlaceView(window=at_window(matter), papers=words.papers, name=name, how=None if place is None else place.how)


def place_short(kind: str | None) -> str:
    """Where it is done in a list; empty for the window, and where nobody knows."""
    return KINDS[kind].short if kind is not None else ""
