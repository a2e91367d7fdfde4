"""From the events of a day to the state of the hall: a pure fold.

The same events give the same state in whatever order they came, and however often: they
are put in the order in which they happened. Two clocks never agree, so that a ticket may
seem to be called before it was taken; what a ticket needs to exist counts first.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Literal

from .events import Event
from .rules import Rules
from .state import HeldCode, State, Ticket, Window, WindowState


def fold(
    events: Iterable[Event],
    windows: Mapping[str, Collection[str]],
    rules: Rules,
    closed_at: float | None = None,
) -> State:
    """The state after ``events`` of one day.

    ``windows`` maps every window to the kinds that it serves; ``closed_at`` is the moment
    (seconds since 1970) after which whoever waits is no longer served, once it has come.
    """
    folding = Folding.over(events, windows, rules, closed_at)
    folding.close_if_over()
    return folding.state


def _order(event: Event) -> tuple[float, str]:
    return event.at, event.id


class Folding:
    """A fold that can go on; ``day.py`` says when it may."""

    def __init__(self, windows: Mapping[str, Collection[str]], rules: Rules, closed_at: float | None = None) -> None:
        self.state = State(windows={name: Window(id=name, kinds=tuple(kinds)) for name, kinds in windows.items()})
        self._rules = rules
        self._owners: dict[str, Event] = {}
        self._unknown: set[str] = set()
        self._taken_back: set[str | None] = set()
        self._closing = closed_at
        self._last: tuple[float, str] = (float("-inf"), "")

    @classmethod
    def over(
        cls,
        events: Iterable[Event],
        windows: Mapping[str, Collection[str]],
        rules: Rules,
        closed_at: float | None = None,
    ) -> Folding:
        """All ``events`` folded, in whatever order they come."""
        folding = cls(windows, rules, closed_at)
        unique = {event.id: event for event in events}
        folding._take_back(unique)
        in_order = sorted(unique.values(), key=_order)
        for event in in_order:
            if event.type == "taken" and event.id not in folding.state.held:
                folding._own(event)
        for event in in_order:
            folding._apply(event)
        return folding

    def _take_back(self, events: Mapping[str, Event]) -> None:
        """Mark what corrections take back; a correction itself stands."""
        for event in events.values():
            if event.type != "correction":
                continue
            self._taken_back.add(event.corrects)
            corrected = events.get(event.corrects or "")
            if corrected is None or corrected.type == "correction":
                self.state.held[event.id] = "nothing-to-correct"
            else:
                self.state.held[corrected.id] = "corrected"

    def _own(self, event: Event) -> None:
        """Whoever took a number first has it; called in the order of the events."""
        assert event.ticket is not None
        if event.ticket in self._owners:
            self.state.held[event.id] = "ticket-used"
        else:
            self._owners[event.ticket] = event

    def goes_on_with(self, event: Event) -> bool:
        """Whether ``event``, which just came, happened after all others and changes none of them."""
        if event.type == "correction" or _order(event) <= self._last:
            return False
        if event.id in self._taken_back:
            return False
        # A number that was called before, or that somebody has, means another order of things.
        return event.type != "taken" or not (event.ticket in self._owners or event.ticket in self._unknown)

    def go_on_with(self, event: Event) -> None:
        """The same as folding all events anew; only where ``goes_on_with``."""
        if event.type == "taken":
            self._own(event)
        self._apply(event)

    def _apply(self, event: Event) -> None:
        """In the order of the events, each once."""
        self._last = _order(event)
        if self._closing is not None and event.at > self._closing:
            self.close_if_over()
        if event.id in self.state.held:
            return
        if event.ticket is not None:
            owner = self._owners.get(event.ticket)
            if owner is None:
                self.state.held[event.id] = "ticket-unknown"
                self._unknown.add(event.ticket)
                return
            if event.ticket not in self.state.tickets:
                self._take(owner)
        code = self._EFFECTS[event.type](self, event)
        if code is not None:
            self.state.held[event.id] = code
            return
        self.state.last_at = max(event.at, self.state.last_at or event.at)
        for kind in self._kinds(event):
            self.state.heard[kind] = max(event.at, self.state.heard.get(kind, event.at))

    def close_if_over(self) -> None:
        """Once the moment has come, the day is over for whoever waits."""
        if self._closing is None:
            return
        at, self._closing = self._closing, None
        for ticket in self.state.tickets.values():
            if ticket.state in ("waiting", "missed"):
                ticket.state, ticket.ended_at = "unserved", at
        self.state.lines.clear()
        for window in self.state.windows.values():
            if window.state != "closed":
                self._leave(window, at)
                window.state, window.since, window.until = "closed", at, None

    def _kinds(self, event: Event) -> Iterable[str]:
        if event.ticket is not None:
            return (self.state.tickets[event.ticket].kind,)
        if event.window is not None:
            return self.state.windows[event.window].kinds
        return ()

    def _ticket(self, event: Event) -> Ticket:
        assert event.ticket is not None
        return self.state.tickets[event.ticket]

    def _window(self, event: Event) -> Window:
        """A window that nobody declared serves what it is first heard of with."""
        assert event.window is not None
        known = self.state.windows.get(event.window)
        if known is None:
            kinds = (self._ticket(event).kind,) if event.ticket is not None else ()
            known = self.state.windows[event.window] = Window(id=event.window, kinds=kinds)
        return known

    def _take(self, event: Event) -> None:
        assert event.ticket is not None and event.kind is not None
        self.state.tickets[event.ticket] = Ticket(
            number=event.ticket,
            kind=event.kind,
            matter=event.matter,
            prechecked=event.prechecked,
            taken_at=event.at,
        )
        self._line_up(event.ticket)

    def _line_up(self, number: str) -> None:
        """Into the line of its kind, by when it was taken; who came back keeps his place."""
        line = self.state.lines.setdefault(self.state.tickets[number].kind, [])
        moment = self.state.tickets[number].taken_at
        place = len(line)
        while place and self._since(line[place - 1]) > (moment, number):
            place -= 1
        line.insert(place, number)

    def _since(self, number: str) -> tuple[float, str]:
        return self.state.tickets[number].taken_at, number

    def _behind(self, number: str) -> None:
        """Into its line, behind as many others as the rules say."""
        line = self.state.lines.setdefault(self.state.tickets[number].kind, [])
        line.insert(self._rules.missed_after, number)

    def _out_of_line(self, ticket: Ticket) -> None:
        line = self.state.lines.get(ticket.kind, [])
        if ticket.number in line:
            line.remove(ticket.number)

    def _leave(self, window: Window, at: float, *, but: str | None = None) -> None:
        """Whom a window was serving is done when it goes on to something else."""
        if window.ticket is not None and window.ticket != but:
            ticket = self.state.tickets[window.ticket]
            if ticket.state == "called" and ticket.window == window.id:
                ticket.state, ticket.ended_at, ticket.implied = "served", at, True
        window.ticket = but

    def _taken(self, event: Event) -> HeldCode | None:
        return None  # done before

    def _called(self, event: Event) -> HeldCode | None:
        ticket, window = self._ticket(event), self._window(event)
        if ticket.state in ("served", "left"):
            return "ticket-over"
        if ticket.state == "called" and ticket.window is not None and ticket.window != window.id:
            self.state.windows[ticket.window].ticket = None
        self._leave(window, event.at, but=ticket.number)
        self._out_of_line(ticket)
        ticket.state, ticket.window, ticket.called_at, ticket.ended_at = "called", window.id, event.at, None
        if window.state != "open":
            window.state, window.since, window.until = "open", event.at, None
        return None

    def _recalled(self, event: Event) -> HeldCode | None:
        if self._ticket(event).state != "called":
            return self._called(event)
        return None

    def _missed(self, event: Event) -> HeldCode | None:
        ticket = self._ticket(event)
        if ticket.state != "called":
            return "ticket-over"
        self._free(ticket)
        ticket.misses += 1
        if ticket.misses <= self._rules.comebacks:
            ticket.state = "waiting"
            self._behind(ticket.number)
        else:
            ticket.state = "missed"
        return None

    def _returned(self, event: Event) -> HeldCode | None:
        ticket = self._ticket(event)
        if ticket.state != "missed":
            return "ticket-over"
        ticket.state = "waiting"
        self._behind(ticket.number)
        return None

    def _served(self, event: Event) -> HeldCode | None:
        return self._end(event, "served")

    def _left(self, event: Event) -> HeldCode | None:
        return self._end(event, "left")

    def _end(self, event: Event, state: Literal["served", "left"]) -> HeldCode | None:
        ticket = self._ticket(event)
        if ticket.state in ("served", "left") and not ticket.implied:
            return "ticket-over"
        self._out_of_line(ticket)
        self._free(ticket)
        ticket.state, ticket.ended_at, ticket.implied = state, event.at, False
        return None

    def _moved(self, event: Event) -> HeldCode | None:
        ticket = self._ticket(event)
        if ticket.state in ("served", "left"):
            return "ticket-over"
        assert event.kind is not None
        self._out_of_line(ticket)
        self._free(ticket)
        ticket.kind, ticket.state = event.kind, "waiting"
        self._line_up(ticket.number)
        return None

    def _free(self, ticket: Ticket) -> None:
        window = self.state.windows.get(ticket.window or "")
        if window is not None and window.ticket == ticket.number:
            window.ticket = None

    def _window_opened(self, event: Event) -> HeldCode | None:
        return self._set(event, "open")

    def _window_resumed(self, event: Event) -> HeldCode | None:
        return self._set(event, "open")

    def _window_paused(self, event: Event) -> HeldCode | None:
        return self._set(event, "paused")

    def _window_closed(self, event: Event) -> HeldCode | None:
        return self._set(event, "closed")

    def _set(self, event: Event, state: WindowState) -> HeldCode | None:
        window = self._window(event)
        if state != "open":
            self._leave(window, event.at)
        window.state, window.since, window.until = state, event.at, event.until
        return None

    def _correction(self, event: Event) -> HeldCode | None:
        return None  # done before

    _EFFECTS: Mapping[str, Callable[[Folding, Event], HeldCode | None]] = {
        "taken": _taken,
        "called": _called,
        "recalled": _recalled,
        "missed": _missed,
        "returned": _returned,
        "served": _served,
        "left": _left,
        "moved": _moved,
        "window_opened": _window_opened,
        "window_paused": _window_paused,
        "window_resumed": _window_resumed,
        "window_closed": _window_closed,
        "correction": _correction,
    }
