"""A hall that is played: people come, are called, go away; windows open, pause, close."""

from __future__ import annotations

import heapq
import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from .events import Event


@dataclass(slots=True)
class Desk:
    name: str
    state: Literal["open", "paused", "closed"] = "closed"
    ticket: str | None = None
    """Whom it serves."""
    stop: tuple[str, float | None] | None = None
    """What it does when it is done with whom it serves: pause (until) or close."""
    breathes: bool = False
    """Between two people."""


@dataclass(slots=True)
class Person:
    number: str
    kind: str
    matter: str
    seconds: float
    patience: float
    tells: bool
    misses: int = 0
    waits: bool = True
    gone: bool = False


@dataclass(slots=True)
class PlayedHall:
    """The hall in the making: what will happen (``agenda``) and what did (``events``)."""

    seed: int
    day: date
    kind: str
    missed_after: int
    chance: random.Random
    desks: dict[str, Desk]
    source: str
    agenda: list[tuple[float, int, Callable[[float], None]]] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    people: dict[str, Person] = field(default_factory=dict)
    open_until: float = 0.0
    _order: Any = field(default_factory=itertools.count)

    def plan(self, at: float, act: Callable[[float], None]) -> None:
        heapq.heappush(self.agenda, (at, next(self._order), act))

    def run(self) -> None:
        while self.agenda:
            at, _, act = heapq.heappop(self.agenda)
            act(at)

    def tell(self, at: float, what: Any, **more: Any) -> None:
        """The same day of the same seed gives the same ids, so that a restart tells nothing twice."""
        name = f"demo-{self.day:%Y%m%d}-{self.seed}-{len(self.events)}"
        event = Event(
            id=name, type=what, at=round(at, 3), received_at=round(at, 3), source=self.source, demo=True, **more
        )
        self.events.append(event)

    # People

    def come(self, at: float, person: Person) -> None:
        self.people[person.number] = person
        self.line.append(person.number)
        self.tell(at, "taken", ticket=person.number, kind=person.kind, matter=person.matter, prechecked=True)
        self.plan(at + person.patience, lambda then: self.lose_patience(then, person))
        self.call_where_free(at)

    def lose_patience(self, at: float, person: Person) -> None:
        if not person.waits or person.number not in self.line:
            return
        person.gone = True
        if person.tells:
            person.waits = False
            self.line.remove(person.number)
            self.tell(at, "left", ticket=person.number)

    # Windows

    def call_where_free(self, at: float) -> None:
        for desk in self.desks.values():
            if desk.state == "open" and desk.ticket is None and not desk.breathes:
                self.call(at, desk)

    def call(self, at: float, desk: Desk) -> None:
        if desk.state != "open" or desk.ticket is not None or not self.line:
            return
        person = self.people[self.line.pop(0)]
        person.waits, desk.ticket = False, person.number
        self.tell(at, "called", ticket=person.number, window=desk.name)
        absent = person.gone or self.chance.random() < 0.04
        if absent:
            self.plan(at + self.chance.uniform(50, 100), lambda then: self.miss(then, desk, person))
        else:
            self.plan(at + person.seconds, lambda then: self.serve(then, desk, person))

    def miss(self, at: float, desk: Desk, person: Person) -> None:
        self.tell(at, "missed", ticket=person.number, window=desk.name)
        desk.ticket = None
        person.misses += 1
        if person.misses == 1:
            person.waits = True
            self.line.insert(self.missed_after, person.number)
        self.go_on(at, desk, 2.0)

    def serve(self, at: float, desk: Desk, person: Person) -> None:
        # A clerk forgets now and then to press the key; the next call says it too.
        if self.chance.random() < 0.85 or desk.stop is not None:
            self.tell(at, "served", ticket=person.number, window=desk.name)
        desk.ticket = None
        self.go_on(at, desk, self.chance.uniform(8, 45))

    def go_on(self, at: float, desk: Desk, breath: float) -> None:
        if desk.stop is not None:
            self.stop(at, desk, *desk.stop)
            return
        desk.breathes = True

        def ready(then: float) -> None:
            desk.breathes = False
            self.call(then, desk)

        self.plan(at + breath, ready)

    def open(self, at: float, desk: Desk) -> None:
        desk.stop = None
        if desk.state == "open":
            return
        self.tell(at, "window_opened" if desk.state == "closed" else "window_resumed", window=desk.name)
        desk.state = "open"
        self.call(at, desk)

    def stop(self, at: float, desk: Desk, how: str, until: float | None = None) -> None:
        """Pause or close; whoever is at the window is served first."""
        if desk.ticket is not None:
            desk.stop = how, until
            return
        desk.stop = None
        if desk.state == how or (how == "paused" and desk.state == "closed"):
            return
        if how == "paused":
            self.tell(at, "window_paused", window=desk.name, until=until)
        else:
            self.tell(at, "window_closed", window=desk.name)
        desk.state = "paused" if how == "paused" else "closed"
