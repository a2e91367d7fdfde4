"""The task engine (Procrastinate): its tasks lie in the same PostgreSQL, and any node takes them.

A task is the call of a plain function that may run again, and on two nodes at once; what is to be
done stands in the ledger. So tasks that are lost with a node are not missed: the glance that every
node takes each second finds what is due, and hands it out again. The glance is no task: to make one of it
each second, fetch it and put it away was half of what a node at rest did.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

import procrastinate
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job as Task
from procrastinate.jobs import Status
from procrastinate.schema import SchemaManager
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from .. import logs
from ..pushing import Send
from ..sending.sharded import SLOTS, ShardedSender
from .thread import Job

log = logs.get(__name__)

JOBS, SENDS = "jobs", "sends"
"""Queues. Each has workers of its own, so that a long fan-out delays no job."""
SECOND = 1.0
ASKS = {JOBS: 20.0, SENDS: 1.0}
"""Seconds after which a worker asks for tasks of its queue, though it was not told of any: it may have
missed to be told while it asked. Jobs have time."""
PAUSE = 1.0
"""Seconds before the engine is started anew when the database was away."""
GRACE = 3.0
"""Seconds for tasks that are running when a node stops."""


class Engine:
    """The workers of this node, in a thread with an event loop of its own."""

    def __init__(
        self,
        url: str,
        sharded: ShardedSender,
        jobs: Sequence[Job],
        clock: Callable[[], datetime],
        lease: float,
    ) -> None:
        self._url = url
        self._sharded = sharded
        self._jobs = jobs
        self._clock = clock
        self._lease = lease
        self._stopping = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._work: asyncio.Task[None] | None = None
        self._woken: asyncio.Event | None = None
        self.seen_alive = time.monotonic()

    def run(self) -> None:
        # It tells every failure with the stack of all libraries; what failed is told here in a line.
        logging.getLogger("procrastinate").setLevel(logging.CRITICAL)
        asyncio.run(self._run())

    def stop(self) -> None:
        """Claim nothing more; from any thread."""
        self._stopping = True
        loop = self._loop
        if loop is not None:
            with suppress(RuntimeError):  # it has just ended
                loop.call_soon_threadsafe(self._cancel)

    def wake(self) -> None:
        """Glance at once: somebody was called, say, or wants a test message. From any thread."""
        loop, woken = self._loop, self._woken
        if loop is not None and woken is not None:
            with suppress(RuntimeError):  # it has just ended
                loop.call_soon_threadsafe(woken.set)

    def _cancel(self) -> None:
        if self._work is not None:
            self._work.cancel()

    async def _run(self) -> None:
        self._loop, self._woken = asyncio.get_running_loop(), asyncio.Event()
        pulse = asyncio.create_task(self._live())
        while not self._stopping:
            self._work = asyncio.create_task(self._take_part())
            with suppress(asyncio.CancelledError):
                try:
                    await self._work
                except Exception as error:  # most often the database is away
                    log.error("engine-failed", error=logs.describe(error), again_in=PAUSE)
            if not self._stopping:
                await asyncio.sleep(PAUSE)
        pulse.cancel()

    async def _live(self) -> None:
        while True:
            self.seen_alive = time.monotonic()
            await asyncio.sleep(1.0)

    async def _take_part(self) -> None:
        """Work until cancelled, or until the database goes away."""
        schema = await asyncio.to_thread(
            self._sharded.open_engine, procrastinate.__version__, SchemaManager.get_schema()
        )
        async with self._sharded.open_send() as send:
            jobs, sends = self._app(schema), self._app(schema)
            self._tell_jobs(jobs)
            self._tell_sends(sends, send)
            async with jobs.open_async(), sends.open_async():
                workers = [
                    asyncio.create_task(self._worker(jobs, JOBS, 2)),
                    asyncio.create_task(self._worker(sends, SENDS, SLOTS)),
                    asyncio.create_task(self._glances(sends)),
                ]
                try:
                    await asyncio.wait(workers, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    for worker in workers:
                        worker.cancel()
                    ended = await asyncio.gather(*workers, return_exceptions=True)
            for error in ended:
                if isinstance(error, Exception):
                    raise error

    async def _worker(self, app: procrastinate.App, queue: str, concurrency: int) -> None:
        await app.run_worker_async(
            queues=[queue],
            name=queue,
            concurrency=concurrency,
            delete_jobs="always",
            install_signal_handlers=False,
            fetch_job_polling_interval=ASKS[queue],
            update_heartbeat_interval=self._lease / 4,
            stalled_worker_timeout=self._lease * 3,
            shutdown_graceful_timeout=GRACE,
        )

    def _app(self, schema: str) -> procrastinate.App:
        url = make_url(self._url).set(drivername="postgresql")
        options = f"-c search_path={schema} -c lock_timeout=10s"
        return procrastinate.App(
            connector=procrastinate.PsycopgConnector(
                conninfo=url.render_as_string(hide_password=False),
                min_size=1,
                max_size=3,
                timeout=5.0,
                kwargs={"connect_timeout": 5, "options": options, "application_name": "guide engine"},
            ),
            periodic_defaults={"max_delay": self._lease},
        )

    async def _glances(self, sends: procrastinate.App) -> None:
        """Hand out every second what is due, and when this node is told of something."""
        woken = self._woken
        assert woken is not None
        while True:
            began = time.monotonic()
            woken.clear()
            try:
                due = await asyncio.to_thread(self._sharded.glance)
                # Where all workers are busy, the same is due a second later, and on all nodes.
                there = {job.queueing_lock for job in await _waiting(sends)} if due else set()
                for shard in due:
                    if _lock(shard) not in there:
                        await _defer(sends, shard)
            except Exception as error:  # it is tried again within a second
                log.error("job-failed", job="look", error=logs.describe(error))
                with suppress(SQLAlchemyError):
                    await asyncio.to_thread(self._sharded.failed, error)
            with suppress(TimeoutError):
                await asyncio.wait_for(woken.wait(), max(0.0, SECOND - (time.monotonic() - began)))

    def _tell_jobs(self, app: procrastinate.App) -> None:
        """What happens by the clock: the jobs, and tidying up after nodes that died."""

        async def tidy(timestamp: int) -> None:
            stalled = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=self._lease * 2)
            for job in stalled:
                await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)

        self._periodic(app, "tidy", "* * * * *", tidy)
        for job in self._jobs:
            self._periodic(app, job.name, "* * * * *" if job.every < 3600 else "0 * * * *", self._doing(job))

    def _tell_sends(self, app: procrastinate.App, send: Send) -> None:
        async def send_shard(shard: str) -> None:
            try:
                more = await self._sharded.send_shard(shard, send, stopping=lambda: self._stopping)
            except Exception as error:  # the next look finds what is due
                log.error("shard-failed", shard=shard, error=logs.describe(error))
                return
            if more:
                await _defer(app, shard)

        app.task(name="send", queue=SENDS)(send_shard)

    def _doing(self, job: Job) -> Callable[..., Any]:
        async def act(timestamp: int) -> None:
            await asyncio.to_thread(job.act, self._clock().timestamp())

        return act

    def _periodic(self, app: procrastinate.App, name: str, cron: str, act: Callable[..., Any]) -> None:
        async def guarded(timestamp: int) -> None:
            try:
                await act(timestamp)
            except Exception as error:  # it is tried again when it is due again
                log.error("job-failed", job=name, error=logs.describe(error))

        # One of each waits at most: what did not come to its turn is not made up for.
        task = app.task(name=name, queue=JOBS, queueing_lock=name)(guarded)
        app.periodic(cron=cron, periodic_id=name)(task)


async def _defer(app: procrastinate.App, shard: str) -> None:
    with suppress(AlreadyEnqueued):
        deferrer = app.configure_task("send", queue=SENDS, queueing_lock=_lock(shard))
        await deferrer.defer_async(shard=shard)


async def _waiting(app: procrastinate.App) -> Iterable[Task]:
    return await app.job_manager.list_jobs_async(queue=SENDS, status=Status.TODO.value)


def _lock(shard: str) -> str:
    """One task for each shard waits at most."""
    return f"send {shard}"
