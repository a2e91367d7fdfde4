"""Things that happen by themselves, in a thread of this process.

Each is a plain function of the moment, safe to run again and in two processes at once, so that
nothing depends on whether this thread or something else drives it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from .. import logs
from ..naming import carried

log = logs.get(__name__)

TICK = 1.0
"""Seconds between two looks at what is due."""


@dataclass(frozen=True, slots=True)
class Job:
    """``act`` is called with seconds since 1970, ``every`` so many seconds of that clock."""

    name: str
    every: float
    act: Callable[[float], object]


class Worker:
    """``run_due`` does what is due now; ``start`` does so all the time in a thread."""

    def __init__(self, jobs: Sequence[Job], clock: Callable[[], datetime]) -> None:
        self._jobs = jobs
        self._clock = clock
        self._done: dict[str, float] = {}
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def run_due(self) -> None:
        """One job that fails stops no other; it is tried again when it is due again."""
        now = self._clock().timestamp()
        for job in self._jobs:
            if 0 <= now - self._done.get(job.name, float("-inf")) < job.every:
                continue
            self._done[job.name] = now
            try:
                job.act(now)
            except Exception as error:  # a full disk must not end the rest
                log.error("job-failed", job=job.name, error=logs.describe(error), again_in=job.every)

    def start(self) -> None:
        self._thread = threading.Thread(target=carried(self._run), name="work", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(2.0)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self.run_due()
            self._stopping.wait(TICK)
