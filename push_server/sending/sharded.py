"""Sending from a database that several nodes share: a look at what is to be said, and shards of the ledger.

Both are plain functions of store and moment, safe to run on any node, again, and at once.
``work/engine.py`` drives them; ``run_due`` does so by hand.
"""

from __future__ import annotations

import asyncio
import secrets
import threading
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress
from datetime import datetime
from typing import Any

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from .. import logs
from ..hall.waiting import STALE
from ..hall_log import HallLog
from ..notices import Notices
from ..published import Published
from ..pushing import Send
from ..settings import Settings
from ..store import Store
from ..store.engine import open_engine_schema
from ..store.outbox import Verdict
from ..store.shards import Glance, Holding, Lost
from ..voice.lookout import Lookout
from .governor import Governor
from .round import Round

log = logs.get(__name__)

TURN = 5.0
"""Seconds for which a shard is sent before others that wait have their turn."""
SLOTS = 2
"""Shards that a worker sends at once: while one waits for the database the other sends."""
BEAT = 10.0
WHOLE = 10.0
"""Seconds between two looks at everything, whatever a glance tells."""
APART = 60.0
"""Seconds by which the clocks of two nodes may differ."""
PATIENCE = 0.5
"""Seconds between two attempts to write down answers when the database is away."""


class ShardedSender:
    """What a node does of the sending. Safe to share between threads."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        published: Published,
        clock: Callable[[], datetime],
        open_send: Callable[[], AbstractAsyncContextManager[Send]],
        hall: HallLog,
        notices: Notices,
    ) -> None:
        self._settings = settings
        self._store = store
        self._clock = clock
        self.open_send = open_send
        self._governor = Governor()
        self._notices = notices
        self._lookout = Lookout(store, published, clock, settings.lead, hall)
        self._latest: float | None = None
        self._looked_at = float("-inf")
        self._wished = -1
        self._writing = threading.Lock()
        self._left: list[tuple[Holding, list[Verdict]]] = []
        """What came of messages whose turn ended before it could be written down. Their shards are held on to:
        who took one would send those messages once more."""
        self._beaten_at = float("-inf")

    def glance(self) -> list[str]:
        """The same as ``look`` while there is nothing new to be said: one question, asked every second."""
        self._write_down()
        now = self._now()
        seen = self._store.shards.glance(now, self._settings.lease)
        if not self._rests(seen, now):
            return self.look()
        self._latest = now
        if seen.aged:
            return self._due(now)
        return seen.due

    def _due(self, now: float) -> list[str]:
        """The shards in which something is to be sent, after those have been gone through where rows may be missing."""
        shards, lease = self._store.shards, self._settings.lease
        seen = shards.glance(now, lease)
        if not seen.aged:
            return seen.due
        shards.whole(self._store.ledger.short(now), now, lease)
        return shards.glance(now, lease).due

    def _write_down(self) -> None:
        """Before anything else is done. Raises what the database says as long as it cannot be."""
        with self._writing:
            while self._left:
                holding, verdicts = self._left[0]
                try:
                    self._store.outbox.of(holding).step(verdicts, 0, self._now())
                    self._store.shards.leave(holding)
                except Lost:
                    log.warning("shard-lost", shard=holding.shard)
                del self._left[0]

    def _rests(self, seen: Glance, now: float) -> bool:
        """Whether nothing is to be said that was not to be said at the last look.

        What begins by the clock begins with a minute, or stands in the ledger with its moment; the hall says
        nothing new as long as it is silent.
        """
        wished, self._wished = self._wished, seen.wished
        if self._latest is None or now < self._latest or self._lookout.stale():
            return False
        if not self._notices.rests(now, seen.notices):
            return False
        if now - self._looked_at >= WHOLE or now // 60 != self._looked_at // 60:
            return False
        return seen.wished == wished and (not wished or now - seen.heard_at > STALE)

    def look(self) -> list[str]:
        """Announce what is to be said now; the shards in which something is to be sent."""
        self._write_down()
        now = self._now()
        with self._store.deciding():
            if self._latest is None or now < self._latest - 1:
                self._governor.clock_put_back()
                self._store.ledger.clock_put_back(now, by=APART)
            self._latest = self._looked_at = now
            self._notices.see_to_it(now)
            self._lookout.see_to_it(at_once=True)
        due = self._due(now)
        if not 0 <= now - self._beaten_at < BEAT:
            self._store.pulse.beat(now)
            self._beaten_at = now
        return due

    async def send_shard(self, shard: str, send: Send, *, stopping: Callable[[], bool] = lambda: False) -> bool:
        """Send what is due in ``shard``, for a while; whether more is due there at this moment.

        Does nothing when another node holds the shard.

        Rows on their way under the owner before, who was not seen any more, go out once more.
        """
        holding = Holding(shard, secrets.token_hex(8))
        if not await asyncio.to_thread(self._store.shards.take, holding, self._settings.lease):
            return False
        turn = _Turn(self._store, holding, self._settings.lease)
        outbox = self._store.outbox.of(holding)
        ends = time.monotonic() + TURN
        try:
            interrupted = await asyncio.to_thread(outbox.resume_interrupted, self._now())
            if interrupted:
                log.warning("messages-sent-again", messages=interrupted, shard=shard)
            await asyncio.to_thread(self._store.ledger.fan_out_shard, holding, self._now())
            round_ = Round(
                self._settings,
                outbox,
                self._governor,
                connections=max(1, self._settings.connections // SLOTS),
                now=self._now,
                announce=self._announce,
                stale=self._lookout.stale,
                alive=turn.beat,
                stopping=stopping,
                ending=lambda: turn.lost or time.monotonic() > ends,
                call=turn.call,
            )
            try:
                await round_.run(send)
            except Lost:
                raise
            except BaseException:  # a node that stops its work while the database is away, too
                if round_.unwritten:
                    self._left.append((holding, round_.unwritten))
                raise
        except Lost:
            log.warning("shard-lost", shard=shard)
        finally:
            await turn.end(leaves=not any(left is holding for left, _ in self._left))
        if stopping() or turn.lost:
            return False
        return not await asyncio.to_thread(outbox.idle, self._now())

    def open_engine(self, version: str, statements: str) -> str:
        """The schema in which the task engine has its tables."""
        return open_engine_schema(self._store.engine, version, statements)

    def failed(self, error: Exception) -> None:
        """A look did not come to its end."""
        self._store.pulse.failed(self._now(), type(error).__name__)
        self._beaten_at = float("-inf")

    def run_due(self) -> None:
        """Look, and send until nothing more can be done at this moment."""
        asyncio.run(self._once())

    async def _once(self) -> None:
        async with self.open_send() as send:
            while due := await asyncio.to_thread(self.look):
                for shard in due:
                    while await self.send_shard(shard, send):
                        pass

    def _announce(self, *, at_once: bool = False) -> None:
        """Look at once when something else was published: messages on their way may say the old."""
        if self._lookout.stale():
            with suppress(SQLAlchemyError):  # the look of every second says so
                self.look()

    def _now(self) -> float:
        return self._clock().timestamp()


class _Turn:
    """How a shard's turn asks the database: in a thread, and again when it is away for a moment.

    Answers of push services are not thrown away because the database restarts; nothing is claimed
    until they are written down.
    """

    def __init__(self, store: Store, holding: Holding, lease: float) -> None:
        self._store = store
        self._holding = holding
        self._lease = lease
        self._beaten = time.monotonic()
        self._beating: asyncio.Future[Any] | None = None
        self.lost = False

    async def call(self, act: Callable[..., Any], *arguments: Any) -> Any:
        """Raises ``Lost``, and what the database said when it was away for longer than the lease."""
        given_up = time.monotonic() + 2 * self._lease
        while True:
            try:
                answer = await asyncio.to_thread(act, *arguments)
                self._beaten = time.monotonic()
                return answer
            except DBAPIError as error:
                if not _passes(error) or time.monotonic() > given_up:
                    raise
                log.warning("database-away", error=logs.describe(error))
                await asyncio.sleep(PATIENCE)

    def beat(self) -> None:
        """Now and then, while answers are waited for, tell that this worker is alive."""
        if time.monotonic() - self._beaten < self._lease / 4 or self._beating is not None:
            return
        self._beaten = time.monotonic()
        self._beating = asyncio.ensure_future(asyncio.to_thread(self._store.shards.beat, self._holding))
        self._beating.add_done_callback(self._heard)

    async def end(self, *, leaves: bool) -> None:
        if self._beating is not None:
            await asyncio.wait([self._beating])
        if not leaves:
            return
        with suppress(SQLAlchemyError):  # the lease ends by itself
            await asyncio.to_thread(self._store.shards.leave, self._holding)

    def _heard(self, beating: asyncio.Future[Any]) -> None:
        self._beating = None
        self.lost = self.lost or isinstance(beating.exception(), Lost)


def _passes(error: DBAPIError) -> bool:
    """Whether the same may go well in a moment: the database restarts, has no room, or two waited for each other."""
    state = getattr(error.orig, "sqlstate", None) or ""
    return error.connection_invalidated or state[:2] in ("", "08", "57", "40", "53") or state == "55P03"
