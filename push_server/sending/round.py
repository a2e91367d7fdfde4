"""One round of sending: keeps the connections busy until no row of the ledger is due.

Between two steps it asks whether something else is to be said by now, so that nothing waits
for the end of a round. A message that has been claimed is asked about once more just before
it leaves.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Collection
from typing import Any
from urllib.parse import urlsplit

from .. import logs
from ..pushing import Answer, Message, Send
from ..settings import Settings
from ..store.outbox import Outbox, Task, Verdict
from .governor import Governor
from .verdicts import WITHDRAWN, judge, put_off

log = logs.get(__name__)

GRACE = 1.0
"""Seconds that a stopping sender waits for answers on their way."""
SETTLING = 10.0
"""Seconds that one waits for them who cannot go on, because nothing can be written, say."""


Call = Callable[..., Awaitable[Any]]


async def here(act: Callable[..., Any], *arguments: Any) -> Any:
    """Call ``act`` in this thread: a database that is a file answers before another thread would begin."""
    return act(*arguments)


class Round:
    """``announce`` sees to what is to be said; ``stale`` tells whether that may have changed
    since. ``alive`` is called after every step, ``stopping`` asked before. ``ending`` tells that no more
    is to be claimed, while answers are waited for. ``call`` is how the database is asked."""

    def __init__(
        self,
        settings: Settings,
        outbox: Outbox,
        governor: Governor,
        *,
        connections: int,
        now: Callable[[], float],
        announce: Callable[..., None],
        stale: Callable[[], bool],
        alive: Callable[[], None],
        stopping: Callable[[], bool],
        ending: Callable[[], bool] = lambda: False,
        call: Call = here,
    ) -> None:
        self._settings = settings
        self._outbox = outbox
        self._connections = connections
        self._ending = ending
        self._call = call
        self._governor = governor
        self._now = now
        self._announce = announce
        self._stale = stale
        self._alive = alive
        self._stopping = stopping
        self._unwritten: list[Verdict] = []
        """What came of messages, as long as it is not written down: a full disk is no reason to send again."""
        self._well = False
        """A push service turned out to be well: what was put off for it, and is not noted yet, may go."""

    def write_down(self) -> None:
        """What a round that failed has left, before anybody takes it for interrupted."""
        if self._unwritten:
            self._outbox.step(self._unwritten, 0, self._now())
            self._unwritten = []

    async def run(self, send: Send) -> None:
        self._announce(at_once=True)
        if await self._call(self._outbox.idle, self._now()):
            return
        running: dict[asyncio.Task[Answer], Task] = {}
        try:
            await self._work(send, running)
        except Exception:
            await self._settle(running)
            raise
        except asyncio.CancelledError:
            ended = [future for future in running if future.done() and not future.cancelled()]
            self._unwritten += [self._verdict(running[future], future.result()) for future in ended]
            raise

    async def _work(self, send: Send, running: dict[asyncio.Task[Answer], Task]) -> None:
        while True:
            self._announce()
            self._alive()
            now = self._now()
            room = 0 if self._stopping() or self._ending() else self._connections - len(running)
            busy = [task.person for task in running.values()]
            claimed, more = await self._call(self._outbox.step, self._unwritten, room, now, busy)
            self._unwritten = verdicts = []
            for task in claimed:
                wait = self._governor.wait(_host(task), task.person, now)
                if wait:
                    verdicts.append(put_off(task, *wait))
                else:
                    running[asyncio.create_task(self._attempt(send, task))] = task
            if not running:
                if verdicts or more:
                    await asyncio.sleep(0)
                    continue
                return
            done = await self._some(running)
            if not done:  # stopping, and no answer within the grace: those rows stay "sending"
                for waiting in running:
                    waiting.cancel()
                await asyncio.gather(*running, return_exceptions=True)
                return
            for future in done:
                verdicts.append(self._verdict(running.pop(future), future.result()))
            if self._well:
                self._well = False
                await self._call(self._outbox.release, "rest", self._now())
                for verdict in verdicts:
                    if verdict.reason == "rest":
                        verdict.next_at = self._now()

    async def _settle(self, running: dict[asyncio.Task[Answer], Task]) -> None:
        """Keep the answers to what is on its way."""
        if not running:
            return
        done, late = await asyncio.wait(running, timeout=GRACE if self._stopping() else SETTLING)
        for future in late:
            future.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        self._unwritten += [self._verdict(running.pop(future), future.result()) for future in done]

    @property
    def unwritten(self) -> list[Verdict]:
        """What came of messages and is not written down, when the round has ended before its time."""
        return self._unwritten

    async def _some(self, running: Collection[asyncio.Task[Answer]]) -> set[asyncio.Task[Answer]]:
        """Those that have finished, at least one; none when the sender stops and time is up."""
        waited = 0.0
        while True:
            done, _ = await asyncio.wait(running, timeout=0.2, return_when=asyncio.FIRST_COMPLETED)
            if done:
                return done
            waited = waited + 0.2 if self._stopping() else 0.0
            if waited >= GRACE - 0.2:
                return set()
            # All connections wait, perhaps for a push service that is silent.
            self._announce()
            self._alive()

    async def _attempt(self, send: Send, task: Task) -> Answer:
        if self._stale():
            return WITHDRAWN
        message = Message(
            subscription=task.subscription,
            payload=task.payload.encode(),
            ttl=int(task.expires_at - self._now()),
            urgency=task.urgency,
            topic=task.tag,
        )
        try:
            return await send(message)
        except Exception as error:
            log.error("sending-failed", error=logs.describe(error))
            return Answer(reason="internal", refused=True)

    def _verdict(self, task: Task, answer: Answer) -> Verdict:
        now, host = self._now(), _host(task)
        news = self._governor.heard(host, task.person, answer, now, task.expires_at)
        if news == "rested":
            log.warning("push-service-rested", host=host)
        elif news == "well":
            log.info("push-service-well", host=host)
            self._well = True
        verdict = judge(task, answer, now, self._settings.retry_seconds, random.uniform(0.8, 1.2))
        if verdict.state == "failed" and not verdict.gone:
            log.error("message-rejected", host=host, reason=verdict.reason)
        return verdict


def _host(task: Task) -> str:
    return urlsplit(task.subscription.endpoint).hostname or ""
