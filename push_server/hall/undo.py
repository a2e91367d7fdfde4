"""Which press at a window can be taken back. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from .events import Event

UNDOABLE = ("called", "missed", "served")
FOR = 120.0
"""Seconds after a press: who was called by mistake has hardly stood up."""
PUT_BACK = 60.0
"""Seconds by which the clock may have been put back since."""
STAFF = "staff:"


def last_press(events: Iterable[Event], held: Collection[str], window: str, now: float) -> Event | None:
    """The call, miss or end that a clerk told at ``window`` last, as long as it can be taken back:
    nothing has happened since at the window or to the ticket, and it is not long ago. ``held`` are
    the ids of events that have no effect."""
    in_order = sorted((one for one in events if one.id not in held), key=lambda one: (one.at, one.id))
    at_window = [one for one in in_order if one.window == window]
    if not at_window:
        return None
    last = at_window[-1]
    if last.type not in UNDOABLE or not last.source.startswith(STAFF):
        return None
    if not -PUT_BACK <= now - last.received_at <= FOR:
        return None
    of_ticket = [one for one in in_order if one.ticket == last.ticket]
    return last if of_ticket[-1].id == last.id else None
