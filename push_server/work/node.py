"""One of several nodes on a database in PostgreSQL: what this one does of the common work.

The counterpart of ``sending/sender.py``, with the same face.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from ..naming import carried
from ..sending.sharded import ShardedSender
from .thread import Job

if TYPE_CHECKING:
    from .engine import Engine

ENDS = 8.0
"""Seconds that a stopping node waits for its work to come to an end."""
SILENT = 60.0


class Node:
    """``run_due`` does by hand what is due now; ``start`` lets the task engine do it, here and on all
    other nodes, unless this one only serves pages."""

    def __init__(
        self,
        url: str,
        sharded: ShardedSender,
        jobs: Sequence[Job],
        clock: Callable[[], datetime],
        *,
        lease: float,
        works: bool,
    ) -> None:
        self._url = url
        self._sharded = sharded
        self._jobs = jobs
        self._clock = clock
        self._lease = lease
        self._works = works
        self._thread: threading.Thread | None = None
        self._engine: Engine | None = None

    @property
    def state(self) -> str:
        """``off``, ``active`` or ``stuck``."""
        if self._thread is None or self._engine is None:
            return "off"
        silent = time.monotonic() - self._engine.seen_alive > SILENT
        return "stuck" if silent or not self._thread.is_alive() else "active"

    def start(self) -> None:
        if not self._works:
            return
        from .engine import Engine  # 190 ms that a node without its share of the work saves

        self._engine = Engine(self._url, self._sharded, self._jobs, self._clock, self._lease)
        self._thread = threading.Thread(target=carried(self._engine.run), name="work", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Look at once; the other nodes do within a second."""
        if self._engine is not None:
            self._engine.wake()

    def stop(self) -> None:
        if self._engine is not None and self._thread is not None:
            self._engine.stop()
            self._thread.join(ENDS)

    def run_due(self) -> None:
        self._sharded.run_due()
