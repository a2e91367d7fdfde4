"""Health is judged by facts: what is not done, or cannot be written, is told in words."""

from __future__ import annotations

import re
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .conftest import Clock, Server, Start
from .phone import Phone
from .process import REPO, Process, environment, eventually
from .push_service import PushService, Reply


def health(server: Server) -> tuple[int, dict[str, Any]]:
    answer = server.http.get("/push/v1/healthz")
    body = answer.get_json()
    assert len(body["words"]) == len(body["problems"])
    assert all(re.fullmatch(r"[^。]*[一-鿿][^。]*。(.*。)?", words) for words in body["words"])
    assert (answer.status_code == 503) == (body["status"] == "failing")
    assert (body["status"] == "ok") == (body["problems"] == [])
    return answer.status_code, body


def problems(server: Server) -> list[str]:
    found: list[str] = health(server)[1]["problems"]
    return found


def test_all_is_well(server: Server, phone: Phone) -> None:
    server.subscribe(phone)
    server.run()
    assert health(server) == (
        200,
        {
            "status": "ok",
            "problems": [],
            "words": [],
            "release": "00112233445566aa",
            "calendar_until": "2026-11-24",
            "sender": "elsewhere",
            "last_beat": "2026-11-23T01:00:00Z",
            "last_error": None,
            "subscriptions": 1,
            "pending": 0,
            "overdue": 0,
            "sent_today": 0,
            "rejected_today": 0,
            "expired_today": 0,
            "storage": True,
        },
    )


def test_nobody_sends(server: Server, clock: Clock) -> None:
    status, body = health(server)
    assert (status, body["problems"], body["sender"]) == (503, ["sender-off"], "off")
    server.run()
    clock.forward(90)
    assert health(server)[0] == 200
    clock.forward(1)
    status, body = health(server)
    assert (status, body["problems"], body["last_beat"]) == (503, ["sender-off"], "2026-11-23T01:00:00Z")
    assert "11-23 09:00" in body["words"][0]
    clock.at("2026-11-20 09:00")  # a beat from the future is none
    assert problems(server) == ["sender-off"]


def test_the_calendar_has_ended(server: Server, clock: Clock) -> None:
    clock.at("2026-11-25 09:00")
    server.run()
    body = health(server)[1]
    assert (body["status"], body["problems"]) == ("degraded", ["calendar-ended"])


def test_what_is_due_was_not_announced(server: Server, clock: Clock, phone: Phone) -> None:
    server.subscribe(phone)
    clock.at("11:16:59")
    server.services.store.pulse.beat(clock().timestamp())
    assert problems(server) == []
    clock.at("11:17")
    assert health(server)[0] == 503
    assert problems(server) == ["announcement-missed"]
    clock.at("13:30")
    server.services.store.pulse.beat(clock().timestamp())
    body = health(server)[1]
    assert (body["status"], body["problems"]) == ("degraded", ["announcement-missed"])
    clock.at("2026-11-24 08:00")
    server.services.store.pulse.beat(clock().timestamp())
    assert problems(server) == []


def test_announced_in_time_is_no_problem(server: Server, clock: Clock, phone: Phone) -> None:
    server.subscribe(phone)
    clock.at("11:15")
    server.run()
    clock.at("11:40")
    server.run()
    body = health(server)[1]
    assert (body["status"], body["sent_today"], body["rejected_today"]) == ("ok", 1, 0)


def test_all_were_answered_no(server: Server, clock: Clock, push_service: PushService) -> None:
    push_service.answer(403)
    for _ in range(3):
        server.subscribe(Phone(push_service.origin))
    clock.at("11:15")
    server.run()
    status, body = health(server)
    assert (status, body["problems"], body["rejected_today"]) == (503, ["all-rejected"], 3)
    assert "3 条" in body["words"][0]
    assert push_service.origin not in str(body)


def test_some_were_answered_no(server: Server, clock: Clock, push_service: PushService) -> None:
    phones = [Phone(push_service.origin) for _ in range(4)]
    push_service.reply = lambda received: Reply(403 if received.path == phones[0].path else 201)
    for phone in phones:
        server.subscribe(phone)
    clock.at("11:15")
    server.run()
    body = health(server)[1]
    assert (body["status"], body["problems"]) == ("degraded", ["some-rejected"])
    clock.at("2026-11-24 09:00")
    server.run()
    assert problems(server) == []


def test_phones_that_have_gone_are_no_problem(server: Server, clock: Clock, push_service: PushService) -> None:
    push_service.answer(410)
    server.subscribe(Phone(push_service.origin))
    clock.at("11:15")
    server.run()
    assert problems(server) == []


def test_due_and_not_left(server: Server, clock: Clock, push_service: PushService, phone: Phone) -> None:
    push_service.answer(503)
    server.subscribe(phone)
    for at in ("11:15", "11:16", "11:17:30"):
        clock.at(at)
        server.run()
    status, body = health(server)
    assert (status, body["problems"], body["overdue"]) == (503, ["messages-late"], 1)
    for at in ("11:40", "12:30", "12:59:59", "13:00:01"):
        clock.at(at)
        server.run()
    status, body = health(server)
    assert (status, body["problems"], body["expired_today"]) == (503, ["messages-expired"], 1)


def test_the_database_can_only_be_read(server: Server) -> None:
    server.run()
    with server.services.store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    status, body = health(server)
    assert (status, body["problems"], body["storage"]) == (503, ["storage-unavailable"], False)
    assert "只能读" in body["words"][0]


@pytest.fixture
def small_files() -> Iterator[None]:
    """No file may become larger than half a megabyte: to this process the disk is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (512 * 1024, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_the_disk_is_full(server: Server, small_files: None) -> None:
    with pytest.raises(OSError, match="File too large"):
        server.run()
    status, body = health(server)
    assert (status, body["problems"], body["storage"]) == (503, ["storage-unavailable"], False)
    assert "磁盘满了" in body["words"][0]
    assert [path for path in server.services.settings.data.iterdir() if path.name.startswith(".")] == []


def test_a_damaged_database(server: Server) -> None:
    server.run()
    server.services.store.engine.dispose()
    for path in server.services.settings.data.glob("push.sqlite3*"):
        path.write_bytes(b"garbage" * 9999) if path.suffix == ".sqlite3" else path.unlink()
    status, body = health(server)
    assert (status, body["problems"]) == (503, ["storage-unavailable"])
    assert "用备份恢复" in body["words"][0]


def test_the_sender_fails(server: Server, clock: Clock) -> None:
    server.run()
    clock.forward(5)
    server.services.store.pulse.failed(clock().timestamp(), "OperationalError")
    status, body = health(server)
    assert (status, body["problems"], body["last_error"]) == (503, ["sender-failing"], "OperationalError")
    clock.forward(11)
    server.run()
    assert problems(server) == []


def test_a_sender_in_a_process_of_its_own(start: Start, site: Path, tmp_path: Path) -> None:
    server = start(data=tmp_path / "var")
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "flask", "--app", "push_server", "deliver"],
        cwd=REPO,
        env=environment(PUSH_SITE=str(site), PUSH_DATA=str(tmp_path / "var")),
        stdout=subprocess.DEVNULL,
    )
    try:
        assert eventually(lambda: server.services.store.pulse.sender().at is not None)
        beat = server.services.store.pulse.sender().at
        assert beat is not None
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def test_a_server_that_sends_itself(site: Path, tmp_path: Path) -> None:
    process = Process(site, tmp_path / "var", "2026-11-23T10:00:00")
    try:
        assert eventually(lambda: process.call("GET", "push/v1/healthz")[1]["status"] == "ok")
        assert process.call("GET", "push/v1/healthz")[1]["sender"] == "active"
    finally:
        process.end(signal.SIGKILL)
