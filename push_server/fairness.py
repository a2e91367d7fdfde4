"""Turns of centres at the threads that answer: what piles up at one keeps no other waiting.

In place of waitress's queue, which is first come, first served for all.
"""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict, deque
from collections.abc import Callable
from typing import Any


class FairQueue:
    """The centres that have requests waiting take turns, and each has ``most`` threads at most, so that
    one whose database hangs does not hold them all.

    ``centre_of`` tells whose a task is. Waitress holds the lock of ``changed`` whenever it asks.
    """

    def __init__(self, centre_of: Callable[[Any], str], most: int, changed: threading.Condition) -> None:
        self._centre_of = centre_of
        self._most = most
        self._changed = changed
        self._waiting: OrderedDict[str, deque[Any]] = OrderedDict()
        self._running: Counter[str] = Counter()

    def __len__(self) -> int:
        """How many may begin now."""
        return sum(max(0, min(len(tasks), self._most - self._running[name])) for name, tasks in self._waiting.items())

    def append(self, task: Any) -> None:
        self._waiting.setdefault(self._centre_of(task), deque()).append(task)

    def popleft(self) -> Turn:
        """Raises ``IndexError`` when none may begin."""
        centre = next((name for name in self._waiting if self._running[name] < self._most), None)
        if centre is None:
            raise IndexError("no request may begin")
        tasks = self._waiting[centre]
        task = tasks.popleft()
        if tasks:
            self._waiting.move_to_end(centre)
        else:
            del self._waiting[centre]
        self._running[centre] += 1
        return Turn(self, centre, task)

    def over(self, centre: str) -> None:
        with self._changed:
            self._running[centre] -= 1
            self._changed.notify()


class Turn:
    """A task that has begun, with the face of one."""

    def __init__(self, queue: FairQueue, centre: str, task: Any) -> None:
        self._queue = queue
        self._centre = centre
        self._task = task

    def service(self) -> None:
        try:
            self._task.service()
        finally:
            self._queue.over(self._centre)

    def cancel(self) -> None:
        self._task.cancel()
