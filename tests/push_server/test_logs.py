"""What the processes write about themselves: one JSON object a line, and nothing that opens anything."""

from __future__ import annotations

import json
import re
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from push_server import logs
from push_server.store.database import FILE
from push_server.store.postgres import connect

from .phone import Phone
from .postgres import Cluster
from .process import REPO, Process, environment, eventually
from .push_service import PushService

FIRST = ["time", "level", "event", "node", "source"]  # no centre where there is one


def read(text: str) -> list[dict[str, Any]]:
    """The lines, each of which is an object that begins with what every one has."""
    lines = [json.loads(line) for line in text.splitlines()]
    for line in lines:
        assert list(line)[:5] == FIRST, line
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", line["time"])
        assert line["level"] in ("info", "warning", "error", "critical")
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", line["event"])
        assert line["node"] == "node-1"
    return lines


def command(*words: str, **variables: str) -> tuple[str, str]:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "push_server", *words],
        cwd=REPO,
        env=environment(PUSH_LOG="json", PUSH_NODE="node-1", **variables),
        capture_output=True,
        text=True,
        timeout=30,
    )
    return done.stdout, done.stderr


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> dict[str, str]:
    """The variable that leads to a database in PostgreSQL; none for a file."""
    if request.param == "sqlite":
        return {}
    cluster: Cluster = request.getfixturevalue("cluster")
    return {"DATABASE_URL": cluster.made().replace("guide@", "guide:pa55word-of-the-database@")}


def _drop(table: str, data: Path, database: dict[str, str]) -> None:
    if database:
        engine = connect(database["DATABASE_URL"])
        with engine.begin() as connection:
            connection.exec_driver_sql(f"DROP TABLE {table} CASCADE")
        engine.dispose()
    else:
        with closing(sqlite3.connect(data / FILE)) as file:
            file.execute(f"DROP TABLE {table}")
            file.commit()


def test_nothing_that_opens_anything_is_written(
    database: dict[str, str], site: Path, tmp_path: Path, push_service: PushService
) -> None:
    """Requests and sendings that fail in all the ways that a process lives through."""
    data = tmp_path / "var"
    told, _ = command("--data", str(data), "token", "add", "desk", "--role", "editor", **database)
    editor = told.strip()
    process = Process(
        site,
        data,
        "2026-11-23T11:14:57",
        PUSH_LOCAL_ORIGINS=push_service.origin,
        PUSH_RETRY_SECONDS="0.2",
        PUSH_DEMO="on",
        PUSH_LOG="json",
        PUSH_NODE="node-1",
        **database,
    )
    phones = [Phone(push_service.origin) for _ in range(3)]
    push_service.answer(403)
    for phone in phones:
        assert process.call("POST", "push/v1/subscriptions", phone.body())[0] == 201
    person = process.call("POST", "push/v1/subscriptions", {**phones[0].body(), "person": None})[1].get("person") or {}
    ticket: dict[str, object] = {}
    # The played hall comes to life a moment after the server.
    assert eventually(lambda: bool(ticket.update(borrowed(process)) or ticket.get("ticket_path")), 20)
    key = str(ticket.get("ticket_path", "")).rpartition("=")[2]
    secrets = [
        editor,
        key,
        "pa55word-of-the-database",
        "office@example.com",
        "Zhangwei-8812",
        *map(str, person.values()),
    ]
    for phone in phones:
        secrets += [phone.path.rpartition("/")[2], phone.endpoint, *phone.subscription()["keys"].values()]
    process.call("POST", "push/v1/subscriptions/test", {"endpoint": phones[1].endpoint})
    process.call("GET", f"push/v1/tickets/A001/{key or 'k'}")
    process.call("POST", "push/v1/announcements", {"Zhangwei-8812": editor}, editor)
    process.call("POST", "push/v1/announcements", {}, f"{editor}x")
    for _ in range(25):  # more than one may
        process.call("POST", "push/v1/unfound", {"query": "Zhangwei-8812"})
    assert eventually(lambda: len(push_service.received) == 4, 20)  # the test, and the announcement to three
    _drop("people", data, database)
    for phone in phones:
        process.call("POST", "push/v1/subscriptions", Phone(push_service.origin).body())
        process.call("DELETE", "push/v1/subscriptions", {"endpoint": phone.endpoint})
    assert process.call("GET", "push/v1/healthz")[1]["problems"]
    written = process.end(signal.SIGTERM)
    lines = read(written)
    assert {"started", "announced", "message-rejected", "storage-failed"} <= {line["event"] for line in lines}
    assert all(secrets), secrets
    assert [secret for secret in secrets if secret in written + process.announced] == []


def borrowed(process: Process) -> dict[str, object]:
    """The answer to who would borrow a number of the played hall."""
    told: dict[str, object] = process.call("POST", "push/v1/tickets/demo", {"kind": "acceptance"})[1]
    return told


PROGRAM = """
import logging, sys, threading, warnings
from sqlalchemy.exc import IntegrityError
from push_server import logs
from push_server.store.database import FILE
from push_server.store.postgres import connect
endpoint, key = sys.argv[1:]
logs.configure("json", "node-1")
log = logs.get("push_server.errors")
try:
    raise RuntimeError(f"cannot reach {endpoint}")
except RuntimeError as error:
    log.error("request-failed", rule="/tickets", exc_info=error)
    logging.getLogger("asyncio").error("Task exception was never retrieved: %r", error, exc_info=True)
detail = Exception(f"duplicate key\\nDETAIL: Key (endpoint)=({endpoint}) already exists.")
log.error("job-failed", job="look", error=logs.describe(IntegrityError("INSERT", {"endpoint": endpoint}, detail)))
log.error("job-failed", job="look", error=logs.describe(OSError(28, "No space left on device", endpoint)))
log.warning("careless", endpoint=endpoint, token={"auth": [key]}, error=RuntimeError(key), shard="03", late=True)
logging.getLogger("waitress").error("Exception while serving %s", f"/push/v1/tickets/A023/{key}")
logging.getLogger("flask-limiter").info("203.0.113.7 came too often")
logging.getLogger("library").warning("from 8.8.8.8 and 2400:3200::1 for li@example.cn through 10.0.0.1, at 11:15:00")
warnings.warn(f"unclosed {endpoint}", ResourceWarning, stacklevel=1)
warnings.warn(f"old {endpoint}", stacklevel=1)
thread = threading.Thread(target=lambda: int(endpoint))
thread.start()
thread.join()
raise ValueError(key)
"""


def test_what_goes_wrong_is_told_without_its_values(push_service: PushService) -> None:
    phone = Phone(push_service.origin)
    key = phone.subscription()["keys"]["auth"]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, phone.endpoint, key], cwd=REPO, capture_output=True, text=True, timeout=20
    )
    assert done.returncode == 1
    lines = read(done.stderr)
    told = done.stderr + done.stdout
    hidden = [phone.path.rpartition("/")[2], key, "8.8.8.8", "2400:3200::1", "li@example.cn", "203.0.113.7"]
    assert [secret for secret in hidden if secret in told] == []
    by_event: dict[str, list[dict[str, Any]]] = {}
    for line in lines:
        by_event.setdefault(line["event"], []).append(line)
    (failed,) = by_event["request-failed"]
    assert (failed["error"], failed["rule"], failed["source"]) == ("RuntimeError", "/tickets", "push_server.errors")
    assert re.fullmatch(r"<string>:\d+ <module>", failed["stack"][0])
    assert [one["error"] for one in by_event["job-failed"]] == ["Exception", "OSError: No space left on device"]
    (careless,) = by_event["careless"]
    assert careless["endpoint"] == f"{push_service.origin}/…" and careless["token"] == {"auth": ["…"]}
    assert (careless["shard"], careless["late"]) == ("03", True)
    words = [one["words"] for one in by_event["library"]]
    assert words[1:3] == [
        "Exception while serving /push/v1/tickets/A023/…",
        "from … and … for … through 10.0.0.1, at 11:15:00",
    ]
    assert [one["error"] for one in by_event["program-failed"]] == ["ValueError", "ValueError"]


@pytest.mark.parametrize(
    "text",
    [
        "noon:2026-11-23",
        "00112233445566aa",
        "push_server/sending/round.py:137 _verdict",
        "fcm.googleapis.com",
        "10.0.0.11",
        "11:15:30",
        "api/v1/matters/company-registration.json",
        "postgresql+psycopg",
        "没有设置 PUSH_CONTACT，推送服务有问题时联系不到人",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert logs.hide(text) == text


def test_a_start_that_fails_is_a_line_too(tmp_path: Path) -> None:
    (line,) = read(command("--site", str(tmp_path), "--port", "0")[1])
    assert (line["event"], line["level"]) == ("start-failed", "critical")
    assert "没有生成好的网站" in line["words"]
    (line,) = read(command("token", "list", PUSH_LEAD_MINUTES="x")[1])
    assert "PUSH_LEAD_MINUTES" in line["words"]


def test_for_people_it_is_a_line_of_words(site: Path, tmp_path: Path) -> None:
    process = Process(site, tmp_path / "var", PUSH_CONTACT="")
    lines = process.end(signal.SIGTERM).splitlines()
    assert re.fullmatch(
        r"\S+Z WARNING push_server\.serve: contact-unset — 没有设置 PUSH_CONTACT，.* 请设成 mailto:值班邮箱", lines[0]
    )


EVENT = re.compile(r"log\.(?:info|warning|error|critical)\(\s*\"([a-z-]+)\"")


def test_the_page_names_every_event() -> None:
    from push_server.proxies import _WORDS

    code = "".join(path.read_text("utf-8") for path in sorted((REPO / "push_server").rglob("*.py")))
    page = (REPO / "docs/operations.md").read_text("utf-8").partition("## Logs")[2].partition("\n## ")[0]
    listed = {name for row in re.findall(r"^\| (`.*?) \|", page, re.M) for name in re.findall(r"`([a-z-]+)`", row)}
    assert listed == {*EVENT.findall(code), *_WORDS, "program-failed", "library"}
    assert not re.search(r"\blog\.(?:debug|exception)\(|log\.\w+\(\s*f?\"[^\"]*[ %{]", code)
