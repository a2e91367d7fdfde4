"""Running it: one process that answers HTTP and sends.

Waitress, not gunicorn: a single process without forking, so the sender's thread, its lock and
the database belong to the very process an operator starts and stops.
"""

from __future__ import annotations

import errno
import signal
import socket
from collections.abc import Callable, Sequence
from datetime import datetime
from types import FrameType
from typing import Any

from flask import Flask
from waitress import wasyncore
from waitress.task import ThreadedTaskDispatcher

from . import logs
from .app import create_app
from .centres import Centre
from .connections import BoundedServer, adjustments, provide_files
from .demo import Player, over_http
from .errors import StartupError
from .fairness import FairQueue
from .installation import Installation
from .proxies import Proxies
from .services import Services, utc_now
from .settings import UNSET_CONTACT, Settings

log = logs.get(__name__)

THREADS = 8
MOST_THREADS = 32
"""Of several centres, which have ``THREADS`` each where that is not more."""


class _Dispatcher(ThreadedTaskDispatcher):
    """Stops within a second; waitress would wait five for a request that hangs."""

    def shutdown(self, cancel_pending: bool = True, timeout: float = 0.5) -> bool:
        return bool(super().shutdown(cancel_pending, timeout))


def serve(
    settings: Settings,
    host: str,
    port: int,
    clock: Callable[[], datetime] = utc_now,
    centres: Sequence[Centre] = (),
) -> None:
    """Serve until SIGINT or SIGTERM. Raises ``StartupError``; port 0 takes any free one.

    ``settings`` are those of the one centre, or with ``centres`` those of the process.
    """
    logs.configure(settings.log, settings.node)
    provide_files(settings.max_connections + settings.connections * max(1, len(centres)))
    listener = _listen(host, port)
    app: Flask | Installation
    try:
        app = Installation(centres, clock=clock) if centres else create_app(settings, clock=clock)
    except StartupError:
        listener.close()
        raise
    dispatcher = _Dispatcher()
    threads = min(MOST_THREADS, THREADS * max(1, len(centres)))
    if isinstance(app, Installation):
        whose = app.centre_of
        dispatcher.queue = FairQueue(lambda channel: whose(_asked(channel)), THREADS, dispatcher.queue_cv)
    dispatcher.set_thread_count(threads)
    server = BoundedServer(
        app,
        _sock=listener,
        bind_socket=False,
        sockinfo=(listener.family, listener.type, listener.proto, listener.getsockname()),
        dispatcher=dispatcher,
        # proxies.py decides whom to believe, whichever server runs the application.
        adj=adjustments(
            sockets=[listener],
            threads=threads,
            connection_limit=settings.max_connections,
            clear_untrusted_proxy_headers=False,
        ),
        per_client=settings.max_client_connections,
        request_seconds=settings.request_seconds,
        exempt=Proxies(settings.trusted_proxies, clock).believes,
    )
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    if isinstance(app, Installation):
        app.start(lambda one, centre: _begin(one, listener, centre))
        end = app.stop
    else:
        end = _begin(app, listener)
    shown = {"127.0.0.1": "localhost"}.get(host, f"[{host}]" if ":" in host else host)
    where = f"{shown}:{listener.getsockname()[1]}"
    if centres:
        # Not as an address to open: that is one of the hosts.
        names = "；".join(f"{centre.id} {'、'.join(centre.hosts)}" for centre in centres)
        print(f"办事指南已启动，监听 {where} （按 Ctrl-C 停止）：{names}", flush=True)
    else:
        print(f"办事指南已启动：http://{where}{settings.prefix}/ （按 Ctrl-C 停止）", flush=True)
    try:
        server.run()
    finally:
        log.info("stopping")
        end()
        wasyncore.close_all(server._map)


def _begin(app: Flask, listener: socket.socket, centre: Centre | None = None) -> Callable[[], None]:
    """Let ``app`` do what it does by itself; what ends it."""
    s: Services = app.extensions["push_server"]
    if s.settings.contact == UNSET_CONTACT:
        log.warning("contact-unset", words="没有设置 PUSH_CONTACT，推送服务有问题时联系不到人 — 请设成 mailto:值班邮箱")
    s.sender.start()
    s.worker.start()
    player = None
    if s.demo_secret is not None:
        player = _player(s, listener, s.demo_secret, centre.hosts[0] if centre else None)
        player.start()
    log.info("started", works=s.sender.state, release=s.published.current().release)

    def end() -> None:
        if player is not None:
            player.stop()
        s.close()

    return end


def _player(s: Services, listener: socket.socket, secret: str, name: str | None) -> Player:
    """Who plays a hall, through the door of this very server."""
    host, port = listener.getsockname()[:2]
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    root = f"http://{f'[{here}]' if ':' in here else here}:{port}{s.settings.prefix}/"
    return Player(s.hall, s.published, s.settings.site, s.clock, over_http(root, secret, name))


def _asked(channel: Any) -> str:
    """The header Host of the request that waits in a connection."""
    return str(channel.requests[0].headers.get("HOST", "")) if channel.requests else ""


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit


def _listen(host: str, port: int) -> socket.socket:
    where = f"{host}:{port}"
    listener = None
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, address = found[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
        return listener
    except UnicodeError:
        raise StartupError(f"不能在 {where} 上启动（这不是主机名）— 请检查 --host") from None
    except OSError as error:
        if listener is not None:
            listener.close()
        if error.errno == errno.EADDRINUSE:
            raise StartupError(f"端口被占用：{where} 上已有程序在运行 — 请先停掉它，或用 --port 换一个端口") from None
        if error.errno == errno.EACCES:
            raise StartupError(f"没有权限使用 {where} — 请用 --port 换一个 1024 以上的端口") from None
        raise StartupError(f"不能在 {where} 上启动（{error.strerror or error}）— 请检查 --host 和 --port") from None
