"""Who may hold a connection, and for how long: waitress, with bounds per client.

waitress counts connections as a whole: whoever opens all of them and says nothing locks
everybody else out. Here a newcomer takes the place of the connection that has waited longest
for nothing: of its own address when that has its share, else of anybody when all are taken.
Only connections whose request is complete, and being answered, are never taken.
"""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Callable, Iterable
from typing import Any

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask

from .bodies import LARGEST
from .errors import GENERIC, StartupError
from .proxies import bucket

OWN_FILES = 100
"""Files that the server opens beside connections: the database, the site, logs."""
LOOK = 1.0
"""Seconds between two looks for connections that are over their time."""
KEPT = 60
"""Seconds after which a connection without a request is closed."""


class _ErrorTask(ErrorTask):
    """Requests that are refused before the application sees them: in its shape all the same."""

    def execute(self) -> None:
        error = self.request.error
        code, message = GENERIC.get(error.code, GENERIC[400])
        body = json.dumps({"code": code, "message": message}, ensure_ascii=False).encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers.append(("Content-Type", "application/json"))
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class Channel(HTTPChannel):
    """One connection, which knows since when its request has been coming in."""

    error_task_class = _ErrorTask
    client = ""
    """Its address, as limits count it."""
    begun: float | None = None
    """When the first byte of a request came that is not complete; ``None`` between requests."""

    def __init__(self, server: Any, sock: Any, addr: tuple[Any, ...], *options: Any, **more: Any) -> None:
        super().__init__(server, sock, addr, *options, **more)
        self.client = bucket(str(addr[0]))

    def received(self, data: bytes) -> bool:
        now = time.monotonic()
        taken = bool(super().received(data))
        self.begun = None if self.request is None else self.begun if self.begun is not None else now
        return taken

    @property
    def waits(self) -> bool:
        """Whether nothing is being done for it: no request has come, or not all of it."""
        return not self.requests and not self.will_close


class BoundedServer(TcpWSGIServer):
    """``per_client`` connections from one address at most, and ``request_seconds`` for a request.

    ``exempt`` tells whether an address is a proxy, which asks for many.
    """

    channel_class = Channel

    def __init__(
        self, *arguments: Any, per_client: int, request_seconds: float, exempt: Callable[[str], bool], **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self._per_client = per_client
        self._request_seconds = request_seconds
        self._exempt = exempt

    def readable(self) -> bool:
        # Instead of waitress's: it stops accepting when all connections are taken.
        now = time.time()
        if now >= self.next_channel_cleanup or now < self.next_channel_cleanup - 2 * LOOK:
            self.next_channel_cleanup = now + LOOK
            self.maintenance(now)
        return bool(self.accepting)

    def maintenance(self, now: float) -> None:
        super().maintenance(now)
        limit = time.monotonic() - self._request_seconds
        for channel in self.active_channels.values():
            if channel.waits and channel.begun is not None and channel.begun < limit:
                channel.will_close = True

    def handle_accept(self) -> None:
        before = set(self.active_channels)
        super().handle_accept()
        for new in [channel for number, channel in self.active_channels.items() if number not in before]:
            self._make_room(new)

    def _make_room(self, new: Channel) -> None:
        channels = list(self.active_channels.values())
        if not self._exempt(str(new.addr[0])):
            own = [channel for channel in channels if channel.client == new.client]
            if len(own) > self._per_client:
                self._close_one(own, new)
        if len(self.active_channels) > self.adj.connection_limit:
            self._close_one(self.active_channels.values(), new)

    def _close_one(self, channels: Iterable[Channel], new: Channel) -> None:
        waiting = [channel for channel in channels if channel.waits and channel is not new]
        # Nobody waits for nothing: then the newcomer has to come again.
        over = min(waiting, key=lambda channel: channel.last_activity, default=new)
        over.handle_close()


def provide_files(connections: int) -> None:
    """Let this process open as many files as ``connections`` need. Raises ``StartupError``."""
    needed = connections + OWN_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= needed:
        return
    if hard != resource.RLIM_INFINITY and hard < needed:
        raise StartupError(
            f"系统只让这个程序打开 {hard} 个文件，不够 {connections} 个连接用"
            f" — 请把 PUSH_MAX_CONNECTIONS 和 PUSH_CONNECTIONS 改小，或者用 ulimit -n {needed} 放宽"
        )
    resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))


def adjustments(**options: Any) -> Adjustments:
    """How waitress is set up, beside what ``options`` say."""
    return Adjustments(
        ident=None, channel_timeout=KEPT, asyncore_use_poll=True, max_request_body_size=LARGEST, **options
    )
