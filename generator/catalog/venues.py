"""Where matters are done: whether what is told of the centre's windows is true of them."""

from __future__ import annotations

from .model.matter import Matter


def at_window(matter: Matter) -> bool:
    """Whether a matter is done at a window of the centre."""
    return matter.place is not None and matter.place.kind == "window"
