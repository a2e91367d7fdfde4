"""What a window's page shows. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..hall.events import Event
from ..hall.state import State, Ticket, Window
from ..services import iso

COMING = 5


UNDO = {"called": "叫号", "missed": "过号", "served": "办完"}


def view(
    state: State,
    window: str,
    *,
    kinds: Mapping[str, str],
    matters: Mapping[str, str],
    undoable: Event | None = None,
) -> dict[str, Any]:
    """The window, whom it serves, how many wait for it and who comes next.

    ``kinds`` are the names of the kinds with a queue, ``matters`` those of the matters, by id.
    ``undoable`` is the press that can be taken back. Raises ``KeyError`` for a window that is not declared.
    """
    found = state.windows[window]
    serving = state.tickets.get(found.ticket or "")
    return {
        "window": window,
        "kinds": [{"kind": kind, "name": kinds.get(kind, kind)} for kind in found.kinds],
        "state": found.state,
        "until": None if found.until is None else iso(found.until),
        "ticket": None if serving is None else ticket_view(serving, kinds, matters),
        "waiting": sum(len(state.lines.get(kind, ())) for kind in found.kinds),
        "next": coming(state, found),
        "others": [{"kind": kind, "name": name} for kind, name in kinds.items() if serving and kind != serving.kind],
        "missed": sorted(
            ticket.number
            for ticket in state.tickets.values()
            if ticket.state == "missed" and ticket.kind in found.kinds
        ),
        "undo": None
        if undoable is None
        else {"event": undoable.id, "what": UNDO[undoable.type], "ticket": undoable.ticket},
    }


def ticket_view(ticket: Ticket, kinds: Mapping[str, str], matters: Mapping[str, str]) -> dict[str, Any]:
    return {
        "number": ticket.number,
        "kind": kinds.get(ticket.kind, ticket.kind),
        "matter": ticket.matter,
        "matter_name": matters.get(ticket.matter or ""),
        "prechecked": ticket.prechecked,
        "called_at": None if ticket.called_at is None else iso(ticket.called_at),
        "misses": ticket.misses,
    }


def coming(state: State, window: Window) -> list[str]:
    """The tickets that the window calls next, as long as nobody else calls them."""
    lines = {kind: list(state.lines.get(kind, ())) for kind in window.kinds}
    found: list[str] = []
    while len(found) < COMING:
        heads = [line[0] for line in lines.values() if line]
        if not heads:
            break
        first = min(heads, key=lambda number: (state.tickets[number].taken_at, number))
        lines[state.tickets[first].kind].remove(first)
        found.append(first)
    return found
