"""The sender: makes announcements when they are due and works through the ledger.

One process per data directory sends; others with the same directory stand by and take over
when it ends. Everything that must survive a crash is in the ledger.
"""

from __future__ import annotations

import asyncio
import fcntl
import logging
import os
import random
import threading
import time
from collections.abc import Callable, Collection
from contextlib import AbstractAsyncContextManager, suppress
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from . import noon
from .published import Published
from .pushing import Answer, Message, Send
from .retrying import judge
from .settings import Settings
from .store import Store
from .store.ledger import Task, Verdict

log = logging.getLogger(__name__)

TICK = 1.0
"""Seconds between two looks at calendar and ledger when nothing wakes the sender."""
KEEP = 30 * 86400.0
"""The ledger forgets an announcement this many seconds after its end."""
RECHECK = 60.0
"""Seconds after which missing rows are looked for whatever seems to be known."""
SILENCE = 8
"""So many attempts in a row without any answer, and a push service is left alone for a while:
each of them occupies a connection until it times out, which others wait for."""
REST = 60.0
"""Seconds for which it is left alone."""
GRACE = 1.0
"""Seconds that a stopping sender waits for answers on their way."""


class Sender:
    """``run_due`` does what is due now and returns; ``start`` does so all the time in a thread."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        published: Published,
        clock: Callable[[], datetime],
        open_send: Callable[[], AbstractAsyncContextManager[Send]],
    ) -> None:
        self._settings = settings
        self._store = store
        self._published = published
        self._clock = clock
        self._open_send = open_send
        self._paused: dict[str, float] = {}
        self._silent: dict[str, int] = {}
        self._latest = float("-inf")
        self._lock: int | None = None
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._woken: asyncio.Event | None = None
        self._stopping = threading.Event()
        self._pruned_at = float("-inf")
        self._dirty = True
        self._fanned_out: object = None
        self._fanned_out_at = float("-inf")
        self._seen_alive = float("-inf")

    # --- for the caller ---------------------------------------------------------------

    @property
    def state(self) -> str:
        """``off``, ``standby`` (another process sends), ``active`` or ``stuck``."""
        if self._thread is None:
            return "off"
        if not self._thread.is_alive() or time.monotonic() - self._seen_alive > 60:
            return "stuck"
        return "standby" if self._lock is None else "active"

    def start(self) -> None:
        self._seen_alive = time.monotonic()
        self._thread = threading.Thread(target=self._run, name="sender", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Look at the ledger at once: somebody subscribed or wants a test message."""
        self._dirty = True
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
        self._release()

    def run_due(self) -> None:
        """Make due announcements and send until nothing more can be done at this moment.

        Does nothing when another process is the sender of the data directory.
        """
        if not self._acquire():
            return
        asyncio.run(self._drain())

    # --- the lock ---------------------------------------------------------------------

    def _acquire(self) -> bool:
        """Become the one sender; the operating system releases the lock of a killed process."""
        if self._lock is not None:
            return True
        handle = os.open(lock_file(self._settings.data), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            return False
        self._lock = handle
        self._store.ledger.clock_put_back(self._now())
        interrupted = self._store.ledger.resume_interrupted(self._now())
        if interrupted:
            log.warning("%d messages were on their way when the last sender died; sent again", interrupted)
        return True

    def _release(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    # --- the work ---------------------------------------------------------------------

    def _run(self) -> None:
        pause = TICK
        while not self._stopping.is_set():
            try:
                self._seen_alive = time.monotonic()
                if self._acquire():
                    asyncio.run(self._work())
                    pause = TICK
            except Exception as error:
                # A full disk or a broken calendar must not end the reminders for good.
                log.error("sender failed, trying again in %.0f s: %r", pause, error)
                pause = min(pause * 2, 60.0)
                self._release()
            self._stopping.wait(pause)

    async def _work(self) -> None:
        self._loop, self._woken = asyncio.get_running_loop(), asyncio.Event()
        try:
            async with self._open_send() as send:
                while not self._stopping.is_set():
                    self._seen_alive = time.monotonic()
                    self._woken.clear()
                    await self._pass(send)
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._woken.wait(), self._until_next())
        finally:
            self._loop = self._woken = None

    async def _drain(self) -> None:
        async with self._open_send() as send:
            await self._pass(send)

    async def _pass(self, send: Send) -> None:
        """Announce, then keep the connections busy until no row is due."""
        self._announce()
        if self._store.ledger.idle(self._now()):
            return
        running: dict[asyncio.Task[Answer], Task] = {}
        verdicts: list[Verdict] = []
        while True:
            now = self._now()
            room = 0 if self._stopping.is_set() else self._settings.connections - len(running)
            claimed, more = self._store.ledger.step(verdicts, room, now)
            verdicts = []
            for task in claimed:
                postponed = self._postponed(task, now)
                if postponed:
                    verdicts.append(postponed)
                else:
                    running[asyncio.create_task(self._attempt(send, task))] = task
            if not running:
                if verdicts or more:
                    continue
                return
            done = await self._some(running)
            if not done:  # stopping, and no answer within the grace: those rows stay "sending"
                for waiting in running:
                    waiting.cancel()
                await asyncio.gather(*running, return_exceptions=True)
                return
            verdicts += [self._verdict(running.pop(future), future.result()) for future in done]
            self._seen_alive = time.monotonic()

    async def _some(self, running: Collection[asyncio.Task[Answer]]) -> set[asyncio.Task[Answer]]:
        """Those that have finished, at least one; none when the sender stops and time is up."""
        waited = 0.0
        while True:
            done, _ = await asyncio.wait(running, timeout=0.2, return_when=asyncio.FIRST_COMPLETED)
            if done:
                return done
            waited = waited + 0.2 if self._stopping.is_set() else 0.0
            if waited >= GRACE - 0.2:
                return set()

    async def _attempt(self, send: Send, task: Task) -> Answer:
        ttl = int(task.expires_at - self._now())
        message = Message(
            subscription=task.subscription,
            payload=task.payload.encode(),
            ttl=ttl,
            urgency=task.urgency,
            topic=task.topic,
        )
        try:
            return await send(message)
        except Exception as error:
            log.error("sending failed in this program: %s", type(error).__name__)
            return Answer(reason="internal", refused=True)

    def _verdict(self, task: Task, answer: Answer) -> Verdict:
        now = self._now()
        host = urlsplit(task.subscription.endpoint).hostname or ""
        if answer.retry_after and answer.status in (429, 503):
            self._paused[host] = now + answer.retry_after
        if answer.status is not None:
            self._silent.pop(host, None)
        elif not answer.refused:
            self._silent[host] = self._silent.get(host, 0) + 1
            if self._silent[host] >= SILENCE and self._paused.get(host, now) <= now:
                log.warning("push service %s does not answer, left alone for %.0f s", host, REST)
                self._paused[host] = now + REST
        verdict = judge(task, answer, now, self._settings.retry_seconds, random.uniform(0.8, 1.2))
        if verdict.state == "failed" and not verdict.gone:
            log.error("push service %s rejected a message: %s", host, verdict.reason)
        return verdict

    def _postponed(self, task: Task, now: float) -> Verdict | None:
        """A verdict that puts ``task`` off while its push service wants to be left alone."""
        until = self._paused.get(urlsplit(task.subscription.endpoint).hostname or "", now)
        if until <= now:
            return None
        if until >= task.expires_at:
            return Verdict(task=task, state="expired", reason="paused", attempts=task.attempts)
        return Verdict(task=task, state="pending", reason="paused", attempts=task.attempts, next_at=until)

    def _announce(self) -> None:
        moment, ledger = self._clock(), self._store.ledger
        now, data = moment.timestamp(), self._published.current()
        if now < self._latest - 1:
            self._paused.clear()
            ledger.clock_put_back(now)
        self._latest = now
        current = ledger.current(now)
        for announcement in noon.called_off(data.calendar, current, data.centre):
            told = ledger.take_back(announcement.key, noon.taken_back(data.calendar, announcement), now)
            log.info("called off %s, corrected for %d", announcement.key, told)
        ledger.withdraw(noon.restored(data.calendar, current, data.centre), now)
        for announcement in noon.due(data.calendar, current, moment, self._settings.lead, data.centre):
            ledger.announce(announcement, now)
            log.info("announced %s", announcement.key)
        # The search for missing rows reads every subscription: only when there may be some.
        known = (ledger.current(now), ledger.newest_subscriber())
        if self._dirty or known != self._fanned_out or not 0 <= now - self._fanned_out_at < RECHECK:
            self._dirty = False
            ledger.fan_out(now)
            self._fanned_out, self._fanned_out_at = known, now
        if now - self._pruned_at > 86400:
            self._pruned_at = now
            ledger.prune(now - KEEP)

    def _until_next(self) -> float:
        due = self._store.ledger.next_due()
        wait = TICK if due is None else due - self._now()
        return TICK if wait <= 0 else min(wait, TICK)

    def _now(self) -> float:
        return self._clock().timestamp()


def lock_file(data: Path) -> Path:
    return data / "sender.lock"
