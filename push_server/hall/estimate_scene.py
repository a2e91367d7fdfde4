"""What an estimate rests on: the part of the state that says how long somebody will wait."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .estimate_patience import Patience, learn_patience
from .state import State, Ticket, Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What an estimate rests on. ``lines`` are per kind the tickets that wait, with their
    matters, the next first; ``counted`` the kinds of which only a number is known, so that
    nobody knows who is being served. ``taken`` are today's moments per kind, ascending;
    and so ``called`` with the window; ``ended`` the last end at a window. ``since`` somebody
    waits; ``patience`` is what today says, per kind, of who went away."""

    lines: Mapping[str, Sequence[tuple[str, str | None]]]
    since: Mapping[str, float]
    windows: Sequence[Window]
    serving: Mapping[str, tuple[float, str | None]]
    taken: Mapping[str, Sequence[float]]
    called: Mapping[str, Sequence[tuple[float, str]]]
    ended: Mapping[str, float]
    patience: Mapping[str, Patience]
    counted: frozenset[str] = frozenset()

    def order(self) -> Iterator[tuple[str, str, str | None]]:
        """(kind, number, matter) of all who wait, as they are called: of the heads of the lines
        whoever came first."""
        rest = {kind: list(reversed(line)) for kind, line in self.lines.items() if line}
        while rest:
            kind = (
                min(rest, key=lambda one: self.since.get(rest[one][-1][0], 0.0)) if len(rest) > 1 else next(iter(rest))
            )
            number, matter = rest[kind].pop()
            yield kind, number, matter
            if not rest[kind]:
                del rest[kind]


def scene(state: State, counts: Mapping[str, int]) -> Scene:
    """What ``state`` says; ``counts`` of the kinds without tickets."""
    lines: dict[str, list[tuple[str, str | None]]] = {
        kind: [(number, state.tickets[number].matter) for number in line] for kind, line in state.lines.items()
    }
    for kind, people in counts.items():
        lines[kind] = [(f"#{place}", None) for place in range(people)]
    taken: dict[str, list[float]] = {}
    called: dict[str, list[tuple[float, str]]] = {}
    ended: dict[str, float] = {}
    of_kind: dict[str, list[Ticket]] = {}
    for ticket in state.tickets.values():
        taken.setdefault(ticket.kind, []).append(ticket.taken_at)
        if ticket.called_at is not None and ticket.window is not None:
            called.setdefault(ticket.kind, []).append((ticket.called_at, ticket.window))
            if ticket.ended_at is not None:
                ended[ticket.window] = max(ticket.ended_at, ended.get(ticket.window, 0.0))
        of_kind.setdefault(ticket.kind, []).append(ticket)
    for moments in taken.values():
        moments.sort()
    serving = {}
    for window in state.windows.values():
        if window.ticket is not None:
            ticket = state.tickets[window.ticket]
            if ticket.state == "called" and ticket.called_at is not None:
                serving[window.id] = ticket.called_at, ticket.matter
    return Scene(
        lines=lines,
        since={number: state.tickets[number].taken_at for line in state.lines.values() for number in line},
        windows=list(state.windows.values()),
        serving=serving,
        taken=taken,
        called=called,
        ended=ended,
        patience={kind: learn_patience(tickets) for kind, tickets in of_kind.items()},
        counted=frozenset(counts),
    )
