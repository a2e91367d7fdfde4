"""How many more people will take a ticket, and when: possible futures."""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from .estimate_habits import PIECE, Habits
from .openings import Opening

STEP = 600.0
"""Seconds of one piece of a rate."""
RECENT = 3600.0
"""What came within so many seconds tells what comes next."""
TRUST = 6.0
"""Today's rate is drawn towards the usual one as if so many more people had come at that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """People per second in each piece of ``STEP`` seconds from ``start``; ``evidence`` is how
    many people the rate rests on, so how far it may be off."""

    start: float
    rates: tuple[float, ...]
    evidence: float

    def draw(self, chance: random.Random) -> list[float]:
        """The moments at which somebody comes in one possible future, ascending."""
        level = chance.gammavariate(self.evidence, 1 / self.evidence)
        moments = []
        for piece, rate in enumerate(self.rates):
            moment, end = 0.0, STEP
            while rate > 0:
                moment += chance.expovariate(rate * level)
                if moment >= end:
                    break
                moments.append(self.start + piece * STEP + moment)
        return moments


def expect(
    kind: str,
    taken: Sequence[float],
    openings: Sequence[Opening],
    habits: Habits,
    now: float,
    horizon: float,
    midnight: float,
) -> Arrivals:
    """What to expect from ``now`` to ``horizon``, from the tickets ``taken`` today (moments,
    ascending), and from what is usual; nobody comes while it is closed."""
    opened = min((opening.opens for opening in openings), default=now - RECENT)
    since = max(now - RECENT, min(opened, *taken[:1]) if taken else opened)
    recent = len(taken) - bisect_left(taken, since)
    span = max(now - since, 0.0)

    def usual(moment: float) -> float | None:
        came = habits.came.get((kind, int((moment - midnight) // PIECE)))
        return None if came is None else came / PIECE

    expected = sum(usual(since + (step + 0.5) * STEP) or 0.0 for step in range(int(span // STEP))) * STEP
    level = (recent + TRUST) / (expected + TRUST)
    # Nobody's habits are known: what came lately goes on.
    lately = (recent + 0.5) / max(span, 1800.0)
    pieces = max(1, int((horizon - now) // STEP) + 1)
    rates = []
    for piece in range(pieces):
        moment = now + (piece + 0.5) * STEP
        open_then = any(opening.opens - 600 <= moment < opening.closes for opening in openings) or not openings
        known = usual(moment)
        rates.append(0.0 if not open_then else lately if known is None else known * level)
    return Arrivals(start=now, rates=tuple(rates), evidence=recent + TRUST)
