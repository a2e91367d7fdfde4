"""The sender: a thread that sees to what is to be said, and works through the ledger.

One process per data directory sends; others with the same directory stand by and take over
when it ends. Everything that must survive a crash is in the ledger.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from .. import logs
from ..hall_log import HallLog
from ..naming import carried
from ..published import Published
from ..pushing import Send
from ..settings import Settings
from ..store import Store
from ..voice.lookout import Lookout
from .governor import Governor
from .lock import Lock
from .reserve import Reserve
from .round import GRACE, Round

log = logs.get(__name__)

TICK = 1.0
"""Seconds between two looks at calendar and ledger when nothing wakes the sender."""

BEAT = 10.0
"""Seconds between two signs of life in the database."""


class Sender:
    """``run_due`` does what is due now and returns; ``start`` does so all the time in a thread."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        published: Published,
        clock: Callable[[], datetime],
        open_send: Callable[[], AbstractAsyncContextManager[Send]],
        hall: HallLog,
    ) -> None:
        self._store = store
        self._clock = clock
        self._open_send = open_send
        self._lock = Lock(settings.data)
        self._reserve = Reserve(settings.data, settings.connections)
        self._governor = Governor()
        self._lookout = Lookout(store, published, clock, settings.lead, hall)
        self._round = Round(
            settings,
            store.outbox,
            self._governor,
            connections=settings.connections,
            now=self._now,
            announce=self._announce,
            stale=self._lookout.stale,
            alive=self._progressed,
            stopping=lambda: self._stopping.is_set(),
        )
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._woken: asyncio.Event | None = None
        self._stopping = threading.Event()
        self._latest = float("-inf")
        self._seen_alive = float("-inf")
        self._beaten_at = float("-inf")

    # --- for the caller ---------------------------------------------------------------

    @property
    def state(self) -> str:
        """``off``, ``standby`` (another process sends), ``active`` or ``stuck``."""
        if self._thread is None:
            return "off"
        if not self._thread.is_alive() or time.monotonic() - self._seen_alive > 60:
            return "stuck"
        return "active" if self._lock.held else "standby"

    def start(self) -> None:
        self._alive()
        self._thread = threading.Thread(target=carried(self._run), name="sender", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Look at the ledger at once: somebody subscribed or wants a test message."""
        loop, woken = self._loop, self._woken
        if loop is not None and woken is not None:
            with suppress(RuntimeError):  # it has just stopped
                loop.call_soon_threadsafe(woken.set)

    def stop(self) -> None:
        """Stop claiming, wait shortly for answers on their way, release the lock."""
        self._stopping.set()
        self.wake()
        if self._thread is not None:
            self._thread.join(GRACE + 0.5)
        self._lock.release()

    def run_due(self) -> None:
        """Make due announcements and send until nothing more can be done at this moment.

        Does nothing when another process is the sender of the data directory.
        """
        try:
            if self._acquire():
                asyncio.run(self._once())
                self._beat()
        except Exception:
            self._write_down()
            self._lock.release()
            raise

    # --- the work ---------------------------------------------------------------------

    def _acquire(self) -> bool:
        """Become the one sender, and see to what the last one left."""
        if self._lock.held or not self._lock.acquire():
            return self._lock.held
        self._round.write_down()
        self._reserve.keep()
        self._store.ledger.clock_put_back(self._now())
        interrupted = self._store.outbox.resume_interrupted(self._now())
        if interrupted:
            log.warning("messages-sent-again", messages=interrupted)
        return True

    def _write_down(self) -> None:
        """What a round that failed has left, while the process lives and as long as it has the lock."""
        with suppress(SQLAlchemyError):  # then it is kept in memory, until there is room
            try:
                self._round.write_down()
            except SQLAlchemyError:
                self._reserve.give_up()
                self._round.write_down()

    def _run(self) -> None:
        pause = TICK
        while not self._stopping.is_set():
            try:
                self._alive()
                if self._acquire():
                    asyncio.run(self._work())
                    pause = TICK
            except Exception as error:
                # A full disk or a broken calendar must not end the reminders for good.
                log.error("sender-failed", error=logs.describe(error), again_in=pause)
                self._write_down()
                with suppress(SQLAlchemyError):  # most often it is the storage that fails
                    self._store.pulse.failed(self._now(), type(error).__name__)
                self._beaten_at = float("-inf")
                pause = min(pause * 2, 60.0)
                self._lock.release()
            self._stopping.wait(pause)

    async def _work(self) -> None:
        self._loop, self._woken = asyncio.get_running_loop(), asyncio.Event()
        try:
            async with self._open_send() as send:
                while not self._stopping.is_set():
                    self._alive()
                    self._woken.clear()
                    await self._round.run(send)
                    self._beat()
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._woken.wait(), self._until_next())
        finally:
            self._loop = self._woken = None

    async def _once(self) -> None:
        async with self._open_send() as send:
            await self._round.run(send)

    def _announce(self, *, at_once: bool = False) -> None:
        now = self._now()
        if now < self._latest - 1:
            self._governor.clock_put_back()
            self._store.ledger.clock_put_back(now)
        self._latest = now
        self._lookout.see_to_it(at_once=at_once)

    def _alive(self) -> None:
        self._seen_alive = time.monotonic()

    def _progressed(self) -> None:
        self._alive()
        self._beat()

    def _beat(self) -> None:
        """Tell other processes, now and then, that the work is being done."""
        now = self._now()
        if not 0 <= now - self._beaten_at < BEAT:
            self._store.pulse.beat(now)
            self._beaten_at = now

    def _until_next(self) -> float:
        due = self._store.outbox.next_due()
        wait = TICK if due is None else due - self._now()
        return TICK if wait <= 0 else min(wait, TICK)

    def _now(self) -> float:
        return self._clock().timestamp()
