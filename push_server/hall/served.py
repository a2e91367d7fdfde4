"""Services, as they are read off tickets and off the visits that are left of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from operator import itemgetter
from typing import Protocol

from msgspec import Struct

from ..published import LOCAL

SHORTEST, LONGEST = 20.0, 7200.0
"""Seconds; what is outside was a slip of the hand or a forgotten ticket."""
STOOD_IN_LINE = 60.0
"""Seconds for which whoever is called next has waited when a service ends: the window had no
reason to rest."""
LONGEST_GAP = 1800.0
"""Seconds; a window that calls nobody for longer had a break."""

_OFFSET = LOCAL.utcoffset(None).total_seconds()
_first = itemgetter(0)


class Served(Struct, frozen=True, kw_only=True):
    """One service: ``seconds`` from call to end; ``hour`` of the call, local, 0–23; ``gap`` the
    seconds until the window called somebody again who had been waiting, ``None`` when nobody
    had or that cannot be told."""

    kind: str
    matter: str | None
    hour: int
    seconds: float
    gap: float | None = None


class Person(Protocol):
    """What is read of a ticket, or of the visit that is left of one."""

    @property
    def kind(self) -> str: ...
    @property
    def matter(self) -> str | None: ...
    @property
    def state(self) -> str: ...
    @property
    def window(self) -> str | None: ...
    @property
    def taken_at(self) -> float: ...
    @property
    def called_at(self) -> float | None: ...
    @property
    def ended_at(self) -> float | None: ...
    @property
    def implied(self) -> bool: ...


def services(people: Iterable[Person]) -> list[Served]:
    """The services that teach something, of one day or of several, in the order of their calls.

    An end that only follows from the next call counts only where whoever was called next had
    been standing in line: otherwise the window may have rested, and that is no service. The same
    is true of the end that follows from a pause or from closing.
    """
    by_window: dict[str, list[tuple[float, Person]]] = defaultdict(list)
    for person in people:
        if person.window is not None and person.called_at is not None:
            by_window[person.window].append((person.called_at, person))
    found = []
    for called in by_window.values():
        called.sort(key=_first)
        for (at, person), following in zip(called, [*called[1:], None], strict=True):
            one = _service(at, person, following)
            if one is not None:
                found.append((at, one))
    found.sort(key=_first)
    return [one for _, one in found]


def _service(called_at: float, person: Person, following: tuple[float, Person] | None) -> Served | None:
    ended_at = person.ended_at
    if person.state != "served" or ended_at is None:
        return None
    gap = None
    if following is not None:
        between = following[0] - ended_at
        if 0 <= between <= LONGEST_GAP and following[1].taken_at <= ended_at - STOOD_IN_LINE:
            gap = between
    if person.implied and gap != 0:
        return None
    seconds = ended_at - called_at
    if not SHORTEST <= seconds <= LONGEST:
        return None
    hour = int((called_at + _OFFSET) // 3600 % 24)
    return Served(kind=person.kind, matter=person.matter, hour=hour, seconds=seconds, gap=gap)
