"""What is left of a ticket when its day is over: times, no number."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from .state import State


class Visit(Struct, frozen=True, kw_only=True):
    """One person at the windows of ``kind`` on ``day`` (ISO). ``state`` is how it ended:
    served, left, missed or unserved. Moments are seconds since 1970; ``implied`` where the end
    follows from the next call of the window and nobody said so; ``window`` that called."""

    day: str
    kind: str
    matter: str | None
    state: str
    taken_at: float
    called_at: float | None
    ended_at: float | None
    implied: bool = False
    window: str | None = None
    demo: bool = False

    @property
    def waited(self) -> float | None:
        """Seconds from the ticket to the (last) call."""
        return None if self.called_at is None else max(0.0, self.called_at - self.taken_at)

    @property
    def took(self) -> float | None:
        """Seconds at the window."""
        if self.state != "served" or self.called_at is None or self.ended_at is None:
            return None
        return max(0.0, self.ended_at - self.called_at)


def visits_of(day: date, state: State, *, demo: bool) -> list[Visit]:
    """The visits that a day's state comes to; whoever still waits was not served."""
    return [
        Visit(
            day=day.isoformat(),
            kind=ticket.kind,
            matter=ticket.matter,
            state={"waiting": "unserved", "called": "served"}.get(ticket.state, ticket.state),
            taken_at=ticket.taken_at,
            called_at=ticket.called_at,
            ended_at=ticket.ended_at,
            implied=ticket.implied or ticket.state == "called",
            window=ticket.window,
            demo=demo,
        )
        for ticket in state.tickets.values()
    ]
