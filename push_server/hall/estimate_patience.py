"""Who goes away before it is his turn: the longer the wait, the more."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from .served import Person

STEP, STEPS = 900.0, 9
"""Seconds of one piece of a wait; the last piece has no end."""
BEFORE = (0.5, 36_000.0)
"""So many went away in so many seconds, in each piece, before any is known."""
SILENT = (3, 4)
"""Of so many, the second number, so many said nothing, before any is known."""
IN_VAIN = 75.0
"""Seconds that go by when somebody is called in vain for good; a call before that, after which
he might have come back, is part of what lies between two services."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Per piece of a wait how many went away in it, and the seconds that people waited in it;
    ``said`` is how many of all who went away said so.

    Who goes without a word is noticed only when he is called; that counts as the moment.
    """

    lost: tuple[int, ...] = (0,) * STEPS
    seconds: tuple[float, ...] = (0.0,) * STEPS
    said: int = 0

    def __add__(self, other: Patience) -> Patience:
        return Patience(
            tuple(a + b for a, b in zip(self.lost, other.lost, strict=True)),
            tuple(a + b for a, b in zip(self.seconds, other.seconds, strict=True)),
            self.said + other.said,
        )

    def held(self) -> float:
        """Seconds that windows spend, on average, on somebody who went away."""
        silent = sum(self.lost) - self.said + SILENT[0]
        return IN_VAIN * silent / (sum(self.lost) + SILENT[1])

    def gone(self) -> list[float]:
        """The share that is not there any more after 0, 1, 2 … pieces of a wait."""
        many, weight = BEFORE
        shares, hazard = [0.0], 0.0
        for lost, seconds in zip(self.lost, self.seconds, strict=True):
            hazard += STEP * (lost + many) / (seconds + weight)
            shares.append(1 - math.exp(-hazard))
        return shares


def learn_patience(people: Iterable[Person]) -> Patience:
    """What became of those whose wait is over."""
    lost, seconds, said = [0] * STEPS, [0.0] * STEPS, 0
    for person in people:
        end = person.called_at or person.ended_at
        if end is None:
            continue
        waited = max(0.0, end - person.taken_at)
        last = min(STEPS - 1, int(waited // STEP))
        for piece in range(last):
            seconds[piece] += STEP
        seconds[last] += waited - last * STEP
        # When the day closes, who was missed is no longer told from who was not called at all.
        called_in_vain = person.state == "unserved" and person.called_at is not None
        if person.state in ("left", "missed") or called_in_vain:
            lost[last] += 1
            said += person.state == "left"
    return Patience(tuple(lost), tuple(seconds), said)
