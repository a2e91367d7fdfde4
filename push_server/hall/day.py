"""A day's log, folded once and then carried on with what comes: nobody folds a thousand
tickets anew for the thousand and first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from .events import Event
from .folding import Folding, fold
from .rules import Rules
from .state import State


class Day:
    """The events of one day and the state that they come to."""

    def __init__(self, day: date, windows: Mapping[str, tuple[str, ...]], rules: Rules) -> None:
        self.day = day
        self.windows = windows
        self._rules = rules
        self._events: dict[str, Event] = {}
        self._folding: Folding | None = Folding(windows, rules)
        self._copies: dict[float | None, State] = {}

    def __len__(self) -> int:
        return len(self._events)

    @property
    def events(self) -> list[Event]:
        return list(self._events.values())

    def add(self, events: Iterable[Event]) -> None:
        """Events of this day that are not in it yet."""
        for event in events:
            if event.id in self._events:
                continue
            self._events[event.id] = event
            self._copies.clear()
            if self._folding is not None and self._folding.goes_on_with(event):
                self._folding.go_on_with(event)
            else:
                self._folding = None

    def state(self, closed_at: float | None = None) -> State:
        """The state now, or after the closing at ``closed_at``. Nothing changes it later."""
        if closed_at not in self._copies:
            if closed_at is not None:
                self._copies[closed_at] = fold(self._events.values(), self.windows, self._rules, closed_at)
            else:
                self._copies[None] = self._now().copy()
        return self._copies[closed_at]

    def held(self) -> Mapping[str, str]:
        """Which events have no effect, and why."""
        return self._now().held

    def _now(self) -> State:
        if self._folding is None:
            self._folding = Folding.over(self._events.values(), self.windows, self._rules)
        return self._folding.state
