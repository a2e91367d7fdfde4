"""How many wait now, as far as somebody told lately."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .state import State

STALE = 15 * 60.0
"""Seconds after which what was told says nothing about now."""


def waiting_now(
    kinds: Iterable[str], state: State, counts: Mapping[str, tuple[int, float]], now: float
) -> dict[str, int]:
    """People per kind of counter. ``counts`` are plain counts with their moment (seconds since
    1970), for kinds whose tickets nobody tells of."""
    with_tickets = {ticket.kind for ticket in state.tickets.values()}
    found: dict[str, int] = {}
    for kind in kinds:
        if kind in with_tickets:
            if now - state.heard.get(kind, float("-inf")) <= STALE:
                found[kind] = len(state.lines.get(kind, ()))
        elif kind in counts:
            waiting, at = counts[kind]
            if now - at <= STALE:
                found[kind] = waiting
    return found
