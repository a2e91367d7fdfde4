"""Many phones, and a push service over TLS that only counts: for what takes 20,000 messages."""

from __future__ import annotations

import asyncio
import secrets
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import insert

from push_server.store import Store
from push_server.store.schema import people, wishes
from push_server.store.subscribers import digest

from .phone import Phone

CREATED = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"


class CountingService:
    """Answers every message with 201, after ``delay`` seconds, and counts them by their path."""

    def __init__(self, certificate: Path, key: Path, *, delay: float = 0.0) -> None:
        self._delay = delay
        self.counted: Counter[str] = Counter()
        self.moments: list[float] = []
        self.total = 0
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(certificate, key)
        self._loop = asyncio.new_event_loop()
        self._watchers: list[tuple[int, threading.Event]] = []
        ready = threading.Event()
        threading.Thread(target=self._serve, args=(ready,), daemon=True).start()
        assert ready.wait(10)

    def after(self, number: int) -> threading.Event:
        """What is set once ``number`` messages have come."""
        event = threading.Event()
        self._loop.call_soon_threadsafe(self._watchers.append, (number, event))
        return event

    def heard(self, path: str) -> None:
        self.counted[path] += 1
        self.total += 1
        self.moments.append(time.monotonic())
        for number, event in self._watchers:
            if self.total >= number:
                event.set()

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)

    def _serve(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(
            self._loop.create_server(lambda: _Connection(self.heard, self._delay), "127.0.0.1", 0, ssl=self._context)
        )
        self.origin = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        ready.set()
        self._loop.run_forever()
        server.close()
        self._loop.close()


class _Connection(asyncio.Protocol):
    """As much of HTTP/1.1 as a message needs: a head with Content-Length, and a body."""

    def __init__(self, heard: Callable[[str], None], delay: float) -> None:
        self._heard = heard
        self._delay = delay
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end].decode("ascii")
            length = int(head.lower().partition("content-length:")[2].partition("\r\n")[0])
            if len(self._buffer) < end + 4 + length:
                return
            self._buffer = self._buffer[end + 4 + length :]
            self._heard(head.split(" ", 2)[1])
            if self._delay:
                asyncio.get_running_loop().call_later(self._delay, self._transport.write, CREATED)
            else:
                self._transport.write(CREATED)


def subscribe_many(store: Store, origin: str, number: int, now: float) -> list[str]:
    """Write ``number`` people who wish to hear of the noon service into the database; their paths.

    All phones have the keys of a few: to make a pair takes longer than to write a row.
    """
    subscriptions = [Phone(origin).subscription()["keys"] for _ in range(8)]
    names = [secrets.token_hex(16) for _ in range(number)]
    rows = [
        {
            "id": name,
            "endpoint": f"{origin}/wpush/{name}",
            "endpoint_digest": digest(f"{origin}/wpush/{name}"),
            **subscriptions[index % 8],
            "created_at": now,
            "seen_at": now,
        }
        for index, name in enumerate(names)
    ]
    with store.engine.begin() as connection:
        connection.execute(insert(people), rows)
        connection.execute(insert(wishes), [{"topic": "noon", "subject": "", "person": name} for name in names])
    return [f"/wpush/{name}" for name in names]
