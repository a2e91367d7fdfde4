"""The state of the hall at one moment: tickets, lines and windows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

TicketState = Literal["waiting", "called", "missed", "served", "left", "unserved"]
WindowState = Literal["open", "paused", "closed"]
HeldCode = Literal["ticket-unknown", "ticket-used", "ticket-over", "nothing-to-correct", "corrected"]
"""Why an event that is kept has no effect: its ticket was never taken, or was taken twice, or
is done with; what it takes back is not there; it was taken back itself."""


@dataclass(slots=True, kw_only=True)
class Ticket:
    """``called_at`` and ``window`` are of the last call, ``ended_at`` of its end; seconds since
    1970. ``misses`` counts how often it was called in vain."""

    number: str
    kind: str
    matter: str | None
    prechecked: bool
    taken_at: float
    state: TicketState = "waiting"
    window: str | None = None
    called_at: float | None = None
    ended_at: float | None = None
    misses: int = 0
    implied: bool = False
    """Ended by the next call of its window or by its closing, not by somebody's word."""


@dataclass(slots=True, kw_only=True)
class Window:
    """``kinds`` are the kinds of tickets that it calls; ``ticket`` is being served there;
    ``since`` it is in this state, ``until`` it pauses, as far as somebody said."""

    id: str
    kinds: tuple[str, ...]
    state: WindowState = "closed"
    since: float | None = None
    until: float | None = None
    ticket: str | None = None


@dataclass(slots=True, kw_only=True)
class State:
    """The hall at one moment. ``lines`` holds the waiting tickets of every kind, the next one
    first; ``held`` why an event (by its id) has no effect; ``last_at`` the moment of the last
    event that has one, in all and per kind."""

    tickets: dict[str, Ticket] = field(default_factory=dict)
    lines: dict[str, list[str]] = field(default_factory=dict)
    windows: dict[str, Window] = field(default_factory=dict)
    held: dict[str, HeldCode] = field(default_factory=dict)
    last_at: float | None = None
    heard: dict[str, float] = field(default_factory=dict)

    def copy(self) -> State:
        """The same state, which no event changes any more."""
        return State(
            tickets={number: replace(ticket) for number, ticket in self.tickets.items()},
            lines={kind: list(line) for kind, line in self.lines.items()},
            windows={name: replace(window) for name, window in self.windows.items()},
            held=dict(self.held),
            last_at=self.last_at,
            heard=dict(self.heard),
        )

    def ahead(self, number: str) -> int | None:
        """How many are called before a ticket; ``None`` when it does not wait."""
        ticket = self.tickets.get(number)
        if ticket is None or ticket.state != "waiting":
            return None
        return self.lines[ticket.kind].index(number)

    def serving(self, kind: str) -> list[Window]:
        """The windows that serve tickets of ``kind`` and are not closed."""
        return [window for window in self.windows.values() if kind in window.kinds and window.state != "closed"]

    def next_for(self, window: str) -> str | None:
        """The ticket that ``window`` calls next: of the heads of its lines, whoever came first."""
        heads = [line[0] for kind in self.windows[window].kinds if (line := self.lines.get(kind))]
        return min(heads, key=lambda number: (self.tickets[number].taken_at, number), default=None)
