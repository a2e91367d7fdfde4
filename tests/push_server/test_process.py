"""The process: starting, stopping, dying at the worst moment."""

from __future__ import annotations

import http.client
import json
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from push_server.store import Store

from .conftest import Server
from .phone import Phone
from .process import REPO, Process, environment, eventually
from .push_service import PushService, Received, Reply


@pytest.fixture
def launch(site: Path, tmp_path: Path, push_service: PushService) -> Iterator[Any]:
    started: list[Process] = []

    def launch(moment: str | None = None, **variables: str) -> Process:
        variables = {"PUSH_LOCAL_ORIGINS": push_service.origin, "PUSH_RETRY_SECONDS": "0.1", **variables}
        started.append(Process(site, tmp_path / "var", moment, **variables))
        return started[-1]

    yield launch
    for process in started:
        process.end(signal.SIGKILL)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_start_and_stop(launch: Any, number: signal.Signals) -> None:
    process: Process = launch()
    assert process.call("GET", "")[0] == 200
    assert process.call("GET", "push/v1/healthz")[1]["sender"] == "active"
    port = int(process.root.rsplit(":", 1)[1].strip("/"))
    kept_alive = http.client.HTTPConnection("127.0.0.1", port)
    kept_alive.request("GET", "/")
    kept_alive.getresponse().read()
    began = time.monotonic()
    errors = process.end(number)
    kept_alive.close()
    # Nobody waits for a connection that is kept open, a minute or two; a busy machine needs its time.
    assert time.monotonic() - began < 15
    assert process.process.returncode == 0
    assert "Traceback" not in errors
    assert "Warning" not in errors


def test_the_announcement_goes_out_by_itself(launch: Any, push_service: PushService) -> None:
    process: Process = launch("2026-11-23T11:14:58")
    phone = Phone(push_service.origin)
    assert process.call("POST", "push/v1/subscriptions", phone.body())[0] == 201
    assert process.call("POST", "push/v1/subscriptions/test", {"endpoint": phone.endpoint})[0] == 202
    assert eventually(lambda: len(push_service.received) == 2)
    kinds = [phone.read(message.body)["kind"] for message in push_service.received]
    assert kinds == ["test", "noon"]


def test_killed_before_sending_then_started_late(launch: Any, push_service: PushService) -> None:
    phones = [Phone(push_service.origin) for _ in range(5)]
    first: Process = launch("2026-11-23T11:00:00")
    for phone in phones:
        first.call("POST", "push/v1/subscriptions", phone.body())
    first.end(signal.SIGKILL)

    second: Process = launch("2026-11-23T11:20:00")
    assert eventually(lambda: len(push_service.received) >= 5)
    assert eventually(lambda: second.call("GET", "push/v1/healthz")[1]["pending"] == 0)
    assert push_service.paths() == sorted(phone.path for phone in phones)


def test_killed_while_sending_nobody_is_left_out_and_repeats_collapse(
    launch: Any, push_service: PushService, server: Server
) -> None:
    phones = [Phone(push_service.origin) for _ in range(6)]
    release = threading.Event()

    def hold(_received: Received) -> Reply:
        release.wait(5)
        return Reply()

    push_service.reply = hold
    for phone in phones:
        server.subscribe(phone)
    server.close()

    first: Process = launch("2026-11-23T11:20:00", PUSH_CONNECTIONS="2")
    assert eventually(lambda: len(push_service.received) == 2)  # both without an answer
    on_their_way = set(push_service.paths())
    first.end(signal.SIGKILL)
    release.set()

    second: Process = launch("2026-11-23T11:21:00")
    assert eventually(lambda: len(push_service.received) >= 8)
    assert eventually(lambda: second.call("GET", "push/v1/healthz")[1]["pending"] == 0)
    # Nobody can know whether the two had arrived: they alone are repeated, under the Topic
    # by which push service and phone make one message of the two.
    assert Counter(push_service.paths()) == {phone.path: 2 if phone.path in on_their_way else 1 for phone in phones}
    assert len({message.headers["topic"] for message in push_service.received}) == 1


def test_a_push_service_that_is_down_at_first(launch: Any, push_service: PushService) -> None:
    push_service.answer(503)
    process: Process = launch("2026-11-23T11:20:00")
    phone = Phone(push_service.origin)
    process.call("POST", "push/v1/subscriptions", phone.body())
    assert eventually(lambda: len(push_service.received) >= 2)
    push_service.answer(201)
    assert eventually(lambda: process.call("GET", "push/v1/healthz")[1]["pending"] == 0)
    assert process.call("GET", "push/v1/healthz")[1]["subscriptions"] == 1


def test_a_second_process_stands_by_and_takes_over(launch: Any, push_service: PushService) -> None:
    first: Process = launch("2026-11-23T11:20:00")
    second: Process = launch("2026-11-23T11:20:00")
    assert eventually(lambda: first.call("GET", "push/v1/healthz")[1]["sender"] == "active")
    assert second.call("GET", "push/v1/healthz")[1]["sender"] == "standby"
    phones = [Phone(push_service.origin) for _ in range(2)]
    second.call("POST", "push/v1/subscriptions", phones[0].body())  # the first one sends it
    assert eventually(lambda: len(push_service.received) == 1)
    assert eventually(lambda: first.call("GET", "push/v1/healthz")[1]["pending"] == 0)
    first.end(signal.SIGKILL)
    assert eventually(lambda: second.call("GET", "push/v1/healthz")[1]["sender"] == "active")
    second.call("POST", "push/v1/subscriptions", phones[1].body())
    assert eventually(lambda: len(push_service.received) == 2)
    assert Counter(push_service.paths()) == {phone.path: 1 for phone in phones}


def test_sending_without_serving(site: Path, tmp_path: Path) -> None:
    """For those who let another WSGI server answer HTTP."""
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "flask", "--app", "push_server", "deliver"],
        cwd=REPO,
        env=environment(PUSH_SITE=str(site), PUSH_DATA=str(tmp_path / "var")),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert "正在发送提醒" in process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    said, logged = process.communicate(timeout=20)
    assert (said, re.findall(r"INFO push_server\.commands: (\w+)", logged)) == ("", ["started", "stopping"])
    assert logged.count("\n") == 2
    assert process.returncode == 0


def test_requests_that_the_application_never_sees_are_refused_in_its_shape(launch: Any) -> None:
    process: Process = launch()
    port = int(process.root.rsplit(":", 1)[1].strip("/"))

    def answer(request: bytes) -> tuple[int, Any]:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(request)
            response = http.client.HTTPResponse(connection)
            response.begin()
            return response.status, json.loads(response.read())["code"]

    post = b"POST /push/v1/subscriptions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    assert answer(post + b"Content-Length: 9000\r\n\r\n" + b" " * 9000) == (413, "request-too-large")
    assert answer(post + b"Content-Length: 99999999\r\n\r\n") == (413, "request-too-large")
    assert answer(post + b"Content-Length: many\r\n\r\n") == (400, "request-malformed")


def test_a_machine_that_was_cut_off_for_a_day_tells_it_all_at_once(
    launch: Any, tmp_path: Path
) -> None:
    """Ten thousand events are more than a megabyte: the server in front of the application lets them in."""
    process = launch("2026-11-23 16:00")
    with closing(Store(tmp_path / "var")) as store:
        secret = store.tokens.add("kiosk", 0.0)
    events = [
        {
            "id": f"kiosk-2026-11-23-{number:06}",
            "type": "taken",
            "at": "2026-11-23T09:00:00+08:00",
            "ticket": f"A{number:05}",
            "kind": "acceptance",
            "matter": "food-production-permit-renewal",
            "prechecked": True,
        }
        for number in range(10_000)
    ]
    batch = {"sent_at": "2026-11-23T16:00:00+08:00", "events": events}
    assert len(json.dumps(batch)) > 1_800_000
    status, answer = process.call("POST", "push/v1/hall/events", batch, token=secret)
    assert (status, answer["counts"]) == (200, {"accepted": 10_000})
