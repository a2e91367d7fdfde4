"""The windows of one simulated future: which is free first, and until when it may call."""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence

from .estimate_windows import Interval

NEVER = math.inf


class Desks:
    """The windows of one draw, by the kinds that they serve: in every pool (a heap) the one that
    is free first comes first."""

    def __init__(self) -> None:
        self.until: list[float] = []
        self._rest: list[list[Interval]] = []
        self._heaps: dict[tuple[str, ...], list[tuple[float, int]]] = {}

    def add(self, kinds: tuple[str, ...], intervals: Sequence[Interval], free: float) -> None:
        desk = len(self.until)
        self.until.append(-NEVER)
        self._rest.append(list(reversed(intervals)))
        heapq.heappush(self._heaps.setdefault(kinds, [(NEVER, -1)]), (self._next(desk, free), desk))

    def pools(self, kind: str) -> list[list[tuple[float, int]]]:
        """The heaps whose windows serve ``kind``; one that is never free when there are none."""
        return [heap for kinds, heap in self._heaps.items() if kind in kinds] or [[(NEVER, -1)]]

    def later(self, heap: list[tuple[float, int]], free: float) -> None:
        """The first window of ``heap`` is free at ``free``, when it may not call any more."""
        desk = heap[0][1]
        heapq.heapreplace(heap, (self._next(desk, free), desk))

    def advance(self, heap: list[tuple[float, int]], moment: float) -> None:
        """Nobody is called before ``moment``: the first window is one that may call then."""
        while heap[0][0] < moment and moment >= self.until[heap[0][1]]:
            self.later(heap, moment)

    def _next(self, desk: int, free: float) -> float:
        if free < self.until[desk]:
            return free
        rest = self._rest[desk]
        while rest:
            opens, closes = rest.pop()
            if free < closes:
                self.until[desk] = closes
                return max(opens, free)
        self.until[desk] = -NEVER
        return NEVER
