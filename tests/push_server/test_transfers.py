"""Requests to push services: what comes of each answer, and of none."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import pycurl
import pytest

from push_server.way_out.handle import Reply, TransferError
from push_server.way_out.transfers import Patience, Transfers

from .conftest import in_own_thread
from .ports import free_port
from .push_service import PushService
from .tunnel import Tunnel, certificate, speak_tls

BODY = b"x" * 500
CREATED = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"

Outcome = Reply | tuple[str, str]


async def post(transfers: Transfers, url: str) -> Outcome:
    """The answer, or why there is none and whether the request may have arrived."""
    try:
        return await transfers.post(url, BODY, ["TTL: 5"], inside="//push.example/" not in url)
    except TransferError as error:
        return error.reason, "left" if error.left else "stayed"


def sent(*urls: str, transfers: Callable[[], Transfers] = lambda: Transfers(4)) -> list[Outcome]:
    """What becomes of requests to ``urls``, one after the other."""

    async def run() -> list[Outcome]:
        async with transfers() as opened:
            return [await post(opened, url) for url in urls]

    return run_(run())


def run_(work: Coroutine[object, object, list[Outcome]]) -> list[Outcome]:
    found: list[Outcome] = in_own_thread(asyncio.run, work)
    return found


@contextmanager
def service(*answers: bytes, then: Callable[[socket.socket], object] = lambda _listening: None) -> Iterator[str]:
    """The origin of one that takes a request for each of ``answers`` on one connection, and hangs up where it is
    empty; before that it does ``then``."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listening.accept()
                with connection:
                    for answer in answers:
                        received = b""
                        while not received.endswith(BODY):
                            received += connection.recv(65536)
                        if not answer:
                            then(listening)
                        connection.sendall(answer)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    with suppress(OSError):
        listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    thread.join(5)


def test_connections_are_used_again_and_never_too_many(push_service: PushService) -> None:
    async def run() -> list[Outcome]:
        async with Transfers(3) as transfers:
            urls = [f"{push_service.origin}/{number}/../x" for number in range(12)]
            return list(await asyncio.gather(*(post(transfers, url) for url in urls)))

    assert run_(run()) == [Reply(201, "")] * 12
    assert push_service.paths() == sorted(f"/{number}/../x" for number in range(12))
    assert push_service.connections <= 3


def test_nothing_is_added_to_a_request_nor_followed(
    push_service: PushService, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login user password geheim\n")
    for name, value in {"HOME": str(tmp_path), "http_proxy": "http://127.0.0.1:9", "ALL_PROXY": "x"}.items():
        monkeypatch.setenv(name, value)
    push_service.answer(302, Location=f"{push_service.origin}/elsewhere", Set_Cookie="a=b", Retry_After="17")
    url = f"{push_service.origin}/x"
    assert sent(url, url) == [Reply(302, "17")] * 2
    assert [message.path for message in push_service.received] == ["/x", "/x"]
    assert {*push_service.received[1].headers} & {"cookie", "authorization", "expect", "accept-encoding"} == set()


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (b"", ("no-answer", "left")),
        (b"HTTP/1.1 201 Created\r\nContent-Length: 99\r\n\r\n" + b"y" * 9, ("broken-off", "left")),
        (b"HTTP/1.1 201 Created\r\nContent-Length: 99999\r\n\r\n" + b"y" * 9999, Reply(201, "")),
        (b"HTTP/1.1 201 Created\r\n" + b"X: " + b"y" * 40_000 + b"\r\n\r\n", ("answer-too-long", "left")),
        (b"HTTP/1.1 103 Hints\r\nRetry-After: 5\r\n\r\n" + CREATED, Reply(201, "")),
        (b"HTTP/1.1 503 No\r\nretry-AFTER:  9 \r\nContent-Length: 0\r\n\r\n", Reply(503, "9")),
    ],
)
def test_what_comes_of_an_answer(answer: bytes, outcome: Outcome) -> None:
    with service(answer) as origin:
        assert sent(f"{origin}/x") == [outcome]


def test_a_request_that_found_nobody_stayed() -> None:
    assert sent(f"http://127.0.0.1:{free_port()}/x", "ftp://127.0.0.1/x") == [
        ("not-connected", "stayed"),
        ("curl-1", "stayed"),
    ]


def test_one_that_left_on_a_dying_connection_is_not_said_to_have_stayed() -> None:
    """libcurl tries once more on a new connection; that one fails, and the first try may have arrived."""

    def stop(listening: socket.socket) -> None:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()

    with service(CREATED, b"", then=stop) as origin:
        assert sent(f"{origin}/1", f"{origin}/2") == [Reply(201, ""), ("not-connected", "left")]


def test_a_certificate_has_to_be_trusted_and_of_that_name(
    push_service: PushService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, key = certificate(tmp_path, "push.example")
    speak_tls(push_service, file, key)
    port = push_service.origin.rpartition(":")[2]
    refused = ("certificate-refused", "stayed")
    assert sent(f"https://127.0.0.1:{port}/x") == [refused]
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    assert sent(f"https://127.0.0.1:{port}/x", f"https://localhost:{port}/x") == [Reply(201, ""), refused]
    assert push_service.paths() == ["/x"]


def test_what_the_proxy_refuses_has_stayed(push_service: PushService) -> None:
    tunnel = Tunnel(("127.0.0.1", int(push_service.origin.rpartition(":")[2])), "geheim")
    try:
        for proxy, outcome in {
            f"http://user:falsch@127.0.0.1:{tunnel.port}": ("proxy-407", "stayed"),
            f"http://user:geheim@127.0.0.1:{tunnel.port}": ("tls-failed", "stayed"),
            f"http://user:geheim@127.0.0.1:{free_port()}": ("not-connected", "stayed"),
        }.items():
            assert sent("https://push.example/x", transfers=partial(Transfers, 4, proxy)) == [outcome]
    finally:
        tunnel.close()
    assert push_service.received == []


def test_patience_ends() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        port = mute.getsockname()[1]
        impatient = Patience(connect=0.1, silence=0.15, whole=20)
        urls = (f"https://127.0.0.1:{port}/x", f"http://127.0.0.1:{port}/x")
        assert sent(*urls, transfers=partial(Transfers, 4, patience=impatient)) == [
            ("connect-timeout", "stayed"),
            ("timeout", "left"),
        ]
        hasty = Patience(connect=0.1, silence=20, whole=0.15)
        assert sent(urls[1], transfers=partial(Transfers, 4, patience=hasty)) == [("timeout", "left")]


def test_names_are_looked_up_beside_the_loop() -> None:
    assert int(pycurl.version_info()[4]) & pycurl.VERSION_ASYNCHDNS
