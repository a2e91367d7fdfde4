"""Plays the hall that does not exist, in real time, through the API of the machines.

It comes through the same door as a ticket machine, so that a demonstration shows what is
really there. What it tells has the same ids after a restart, and so counts once. The first
real word ends it for good: the answer is then ``demo-over``.
"""

from __future__ import annotations

import json
import threading
import urllib.request
from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy.exc import SQLAlchemyError

from . import logs
from .hall.demo import WINDOWS, demo_day
from .hall.events import MAY_HAVE, NEEDS, Event
from .hall.timetable import local_day
from .hall_log import HallLog
from .naming import carried
from .published import Published

log = logs.get(__name__)

TICK = 1.0
"""Seconds between two looks at what has happened."""
PATIENCE = 10.0
"""Seconds for one answer, and between two attempts where there is none."""
BATCH = 2000
MATTERS = "api/v1/matters.json"
MOST_MATTERS = 40
"""As many as a hall has to do with on a day."""


class _Matter(msgspec.Struct):
    id: str


class Over(Exception):
    """There is a real hall."""


class Player:
    """``play`` tells what has happened up to now; ``start`` does so all the time in a thread."""

    def __init__(
        self,
        hall: HallLog,
        published: Published,
        site: Path,
        clock: Callable[[], datetime],
        tell: Callable[[dict[str, Any]], dict[str, Any]],
    ) -> None:
        self._hall = hall
        self._published = published
        self._site = site
        self._clock = clock
        self._tell = tell
        self._day: date | None = None
        self._events: Sequence[Event] = ()
        self._told = 0
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def play(self) -> None:
        """Raises ``Over`` when a real hall has told something, ``OSError`` when nobody answers."""
        now = self._clock()
        today = local_day(now.timestamp())
        if today != self._day:
            self._begin(today)
        due = bisect_right(self._events, now.timestamp(), key=lambda event: event.at)
        while self._told < due:
            some = self._events[self._told : min(due, self._told + BATCH)]
            answer = self._tell({"sent_at": now.isoformat(), "events": [_as_told(event) for event in some]})
            if any(result.get("code") == "demo-over" for result in answer["results"]):
                raise Over
            self._told += len(some)

    def start(self) -> None:
        self._thread = threading.Thread(target=carried(self._run), name="demo", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(2.0)

    def _run(self) -> None:
        while not self._stopping.is_set():
            pause = TICK
            try:
                self.play()
            except Over:
                log.info("demo-over")
                return
            except (OSError, ValueError, SQLAlchemyError) as error:
                log.warning("demo-waits", error=logs.describe(error))
                pause = PATIENCE
            self._stopping.wait(pause)

    def _begin(self, today: date) -> None:
        if self._hall.is_real():
            raise Over
        snapshot = self._published.current()
        kind = next((kind.id for kind in snapshot.centre.counter_kinds if kind.queue), None)
        if kind is None:
            raise Over
        known = self._hall.windows(demo=True)
        for window in WINDOWS:
            if window not in known:
                self._hall.declare(window, [kind], demo=True)
        self._events = demo_day(
            snapshot.calendar,
            today,
            kind=kind,
            matters=self._matters(),
            missed_after=self._hall.rules.missed_after,
        )
        self._day, self._told = today, 0

    def _matters(self) -> list[str]:
        """Published ones, spread over all."""
        try:
            file = msgspec.json.decode((self._site / MATTERS).read_bytes(), type=list[_Matter])
        except (OSError, msgspec.DecodeError):
            return ["matter"]
        ids = sorted(matter.id for matter in file) or ["matter"]
        return ids[:: max(1, len(ids) // MOST_MATTERS)]


def over_http(root: str, secret: str, host: str | None = None) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Tell a batch to the server at ``root`` (``http://127.0.0.1:8000/``), which serves ``host`` among others."""
    named = {} if host is None else {"Host": host}

    def tell(batch: dict[str, Any]) -> dict[str, Any]:
        request = urllib.request.Request(
            f"{root}push/v1/hall/events",
            json.dumps(batch).encode(),
            {"Content-Type": "application/json", "Authorization": f"Bearer {secret}", **named},
        )
        # No proxy stands between a server and itself.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=PATIENCE) as answer:
            found: dict[str, Any] = json.load(answer)
            return found

    return tell


def _as_told(event: Event) -> dict[str, object]:
    """As a machine writes it."""
    told: dict[str, object] = {"id": event.id, "type": event.type, "at": _iso(event.at)}
    for name in sorted(NEEDS[event.type] | MAY_HAVE.get(event.type, frozenset())):
        value = getattr(event, name)
        if value is not None:
            told[name] = _iso(value) if name == "until" else value
    return told


def _iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat()
