"""Connections that say nothing, or say it slowly: they lock nobody out. Real sockets, small bounds."""

from __future__ import annotations

import http.client
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from .process import Process, eventually

REQUEST = b"GET /push/v1/queue HTTP/1.1\r\nHost: x\r\n\r\n"


class Visitors:
    """Opens connections to a server with small bounds, from any address of 127.0.0.0/8."""

    def __init__(self, process: Process, stack: ExitStack) -> None:
        self.port = int(process.root.rsplit(":", 1)[1].strip("/"))
        self._stack = stack

    def connect(self, source: str = "127.0.0.1", said: bytes = b"") -> socket.socket:
        one = self._stack.enter_context(
            socket.create_connection(("127.0.0.1", self.port), timeout=5, source_address=(source, 0))
        )
        one.sendall(said)
        return one

    def served(self, source: str = "127.0.0.1", headers: bytes = b"") -> bool:
        one = self.connect(source, REQUEST[:-2] + headers + b"\r\n")
        try:
            return one.recv(12) == b"HTTP/1.1 200"
        except OSError:
            return False


def closed(one: socket.socket, seconds: float = 0.0) -> bool:
    """Whether the server has closed it, at the latest after ``seconds``."""
    one.settimeout(seconds or 0.001)
    try:
        return one.recv(1) == b""
    except TimeoutError:
        return False
    except ConnectionError:
        return True


@pytest.fixture
def visitors(site: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Visitors]:
    bounds = {"PUSH_MAX_CONNECTIONS": "12", "PUSH_MAX_CLIENT_CONNECTIONS": "4", "PUSH_REQUEST_SECONDS": "1"}
    process = Process(site, tmp_path / "var", **{**bounds, **getattr(request, "param", {})})
    with ExitStack() as stack:
        yield Visitors(process, stack)
    assert "Traceback" not in process.end(15)


def test_one_client_that_opens_many_and_says_nothing(visitors: Visitors) -> None:
    idle = [visitors.connect() for _ in range(30)]
    assert visitors.served()
    assert visitors.served("127.0.0.2")
    assert eventually(lambda: sum(not closed(one) for one in idle) <= 4)
    assert closed(idle[0])


def test_many_clients_that_open_all_there_are(visitors: Visitors) -> None:
    for number in range(40):
        visitors.connect(f"127.0.1.{number + 1}")
    assert visitors.served("127.0.0.2")


def test_who_asks_keeps_the_connection(visitors: Visitors) -> None:
    kept = http.client.HTTPConnection("127.0.0.1", visitors.port, timeout=5, source_address=("127.0.0.3", 0))
    with closing(kept):
        for number in range(3):
            kept.request("GET", "/push/v1/queue")
            assert kept.getresponse().read().startswith(b"{")
            own = kept.sock
            for _ in range(8):
                visitors.connect(f"127.0.0.{number + 4}")
            assert kept.sock is own


@pytest.mark.parametrize(
    "begun",
    [
        b"GET / HTTP/1.1\r\n",
        b"G",
        b"\r\n",
        b"POST /push/v1/unfound HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{",
        b"POST /push/v1/unfound HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
    ],
    ids=["headers", "letter", "nothing", "body", "chunks"],
)
def test_a_request_that_drips_in_is_given_up(visitors: Visitors, begun: bytes) -> None:
    one = visitors.connect(said=begun)
    began = time.monotonic()

    def given_up() -> bool:
        try:
            one.sendall(b"1" if begun.endswith(b"{") else b"a")
        except OSError:
            return True
        return closed(one, 0.05)

    assert eventually(given_up, 6)
    assert time.monotonic() - began > 0.9


@pytest.mark.parametrize("visitors", [{"PUSH_TRUSTED_PROXY": "127.0.0.1"}], indirect=True)
def test_a_named_proxy_may_have_them_all(visitors: Visitors) -> None:
    idle = [visitors.connect() for _ in range(11)]
    assert visitors.served(headers=b"X-Forwarded-For: 203.0.113.1\r\n")
    assert not any(closed(one) for one in idle)
    assert visitors.served("127.0.0.2")  # the twelve are full, and one of them makes room
    assert sum(closed(one) for one in idle) >= 1
