"""What the blueprints work with, put together once by the factory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import current_app, request
from flask_limiter import Limiter

from .hall_log import HallLog
from .hall_watch import HallWatch
from .keys import Signer
from .notices import Notices
from .proxies import Proxies, bucket
from .published import Published
from .sending.sender import Sender
from .settings import Settings
from .store import Store
from .work.node import Node
from .work.thread import Worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    settings: Settings
    clock: Callable[[], datetime]
    store: Store
    published: Published
    signer: Signer
    sender: Sender | Node
    proxies: Proxies
    hall: HallLog
    watch: HallWatch
    worker: Worker
    notices: Notices
    demo_secret: str | None = None
    """What the simulator of the hall shows; made anew at every start, ``None`` where it does not run."""

    def now(self) -> float:
        return self.clock().timestamp()

    def close(self) -> None:
        self.worker.stop()
        self.sender.stop()
        self.store.close()


def services() -> Services:
    """The services of the application that handles this request."""
    found: Services = current_app.extensions["push_server"]
    return found


def utc_now() -> datetime:
    return datetime.now(UTC)


def iso(moment: float) -> str:
    """``2026-11-23T02:42:00Z``"""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _client() -> str:
    """Whom a limit counts, at the centre that was asked: all of a process have one memory of it.
    ``Proxies`` has put the visitor's address into the request."""
    return f"{services().settings.centre} {bucket(request.remote_addr or '')}"


limiter = Limiter(_client, storage_uri="memory://", strategy="fixed-window", headers_enabled=False)
"""Generous limits: behind a carrier's NAT many phones share one address."""
