"""Several centres in one process: who is asked, what each has alone, and what happens when one is broken."""

from __future__ import annotations

import http.client
import io
import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from werkzeug.test import Client

from push_server import logs
from push_server.__main__ import main
from push_server.app import create_app
from push_server.centres import Centre
from push_server.console import passwords
from push_server.errors import StartupError
from push_server.fairness import FairQueue
from push_server.installation import Installation
from push_server.naming import carried
from push_server.settings import Settings

from .conftest import Clock, in_own_thread
from .phone import Phone, claims
from .process import REPO, environment, eventually
from .push_service import PushService
from .two_centres import PASSWORD, House, cookie_of, open_house, token_of

pytestmark = pytest.mark.usefixtures("quick_hashes")

Open = Callable[..., tuple[Installation, dict[str, House]]]


@pytest.fixture
def open_both(tmp_path: Path, clock: Clock, empty: Path, push_service: PushService) -> Iterator[Open]:
    opened: list[House] = []

    def open_both(**options: Any) -> tuple[Installation, dict[str, House]]:
        installation, houses = open_house(tmp_path, clock, empty, local_push_origins=(push_service.origin,), **options)
        opened.extend(houses.values())
        return installation, houses

    yield open_both
    for house in opened:
        house.s.close()


@pytest.mark.parametrize("host", ["east.example", "EAST.example", "east.example.", "east.example:8443"])
def test_the_host_is_whose_centre_it_is(host: str, open_both: Open) -> None:
    _, houses = open_both()
    page = houses["east"].http.get("/", headers={"Host": host})
    assert page.status_code == 200 and "东岭" in page.text and "西坡" not in page.text


@pytest.mark.parametrize(
    "host", ["", "elsewhere.example", "east.example.evil", "127.0.0.1", "east.example, west.example"]
)
def test_a_host_that_is_nobodys_is_told_so(host: str, open_both: Open) -> None:
    _, houses = open_both()
    http = houses["east"].http
    # Another header chooses nothing.
    page = http.get("/", headers={"Host": host, "X-Forwarded-Host": "east.example", "Forwarded": "host=east.example"})
    assert page.status_code == 421 and "请检查网址" in page.text and page.mimetype == "text/plain"
    answer = http.get("/push/v1/queue", headers={"Host": host})
    assert answer.status_code == 421 and answer.json["code"] == "host-unknown"  # type: ignore[index]


def test_everybody_gets_their_centres_message_signed_with_its_key(
    open_both: Open, clock: Clock, push_service: PushService
) -> None:
    _, houses = open_both()
    phones = {name: Phone(push_service.origin, name) for name in houses}
    for name, house in houses.items():
        assert house.ask("POST", "/push/v1/subscriptions", json=phones[name].body()).status_code == 201
    clock.at("11:16")
    in_own_thread(houses["east"].s.sender.run_due)
    assert [one.path for one in push_service.received] == ["/wpush/east"]
    in_own_thread(houses["west"].s.sender.run_due)
    in_own_thread(houses["east"].s.sender.run_due)
    assert sorted(one.path for one in push_service.received) == ["/wpush/east", "/wpush/west"]
    for one in push_service.received:
        name = one.path.rpartition("/")[2]
        told = claims(one.headers["authorization"], houses[name].s.signer.public_key)
        assert told["sub"] == f"mailto:duty@{name}.example"


def test_leaving_one_centre_is_not_leaving_the_other(open_both: Open, push_service: PushService) -> None:
    """The same phone may listen to both, though its endpoint is another one for each in life."""
    _, houses = open_both()
    phone = Phone(push_service.origin)
    for house in houses.values():
        house.ask("POST", "/push/v1/subscriptions", json=phone.body())
    assert houses["west"].ask("DELETE", "/push/v1/subscriptions", json={"endpoint": phone.endpoint}).status_code == 204
    assert [houses[name].s.store.subscribers.count() for name in ("east", "west")] == [1, 0]


def test_a_burst_at_one_centre_shuts_nobody_out_of_the_other(open_both: Open) -> None:
    _, houses = open_both(rate_limits=True)

    def send(name: str) -> int:
        return houses[name].ask("POST", "/push/v1/unfound", json={"query": "没有的事"}).status_code

    assert [send("east") for _ in range(22)] == [204] * 20 + [429] * 2
    assert send("west") == 204


def sign_in(house: House, password: str) -> int:
    page = house.ask("GET", "/console/sign-in")
    form = {"name": "chief", "password": password, "csrf_token": token_of(page)}
    return house.ask("POST", "/console/sign-in", data=form, headers={"Cookie": cookie_of(page)}).status_code


def test_guessing_at_one_centre_shuts_nobody_out_of_the_other(open_both: Open) -> None:
    _, houses = open_both()
    assert [sign_in(houses["east"], "wrong password") for _ in range(6)] == [422] * 5 + [429]
    assert sign_in(houses["west"], "wrong password") == 422


def test_a_password_is_good_at_its_centre_alone(open_both: Open) -> None:
    _, houses = open_both()
    s = houses["east"].s
    assert s.store.accounts.add("chief", "主任", ("admin",), passwords.hashed(PASSWORD), s.now())
    assert [sign_in(houses[name], PASSWORD) for name in ("west", "east")] == [422, 302]


# --- what is not opened --------------------------------------------------------------


def centre(folder: Path, name: str, **changed: Any) -> Centre:
    given = {"site": folder / name / "site", "data": folder / name / "var", "rate_limits": False, **changed}
    return Centre(name, (f"{name}.example",), Settings(centre=name, **given))


def test_a_broken_centre_is_told_and_keeps_no_other_from_starting(
    open_both: Open, tmp_path: Path, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    _, houses = open_both()
    for house in houses.values():
        house.s.close()
    index = tmp_path / "west" / "site" / "index.html"
    index.rename(tmp_path / "aside")
    installation = Installation([centre(tmp_path, "east"), centre(tmp_path, "west")], clock=clock)
    http = Client(installation)
    begun: list[str] = []
    try:
        assert http.get("/", headers={"Host": "east.example"}).status_code == 200
        closed = http.get("/push/v1/queue", headers={"Host": "west.example"})
        assert (closed.status_code, closed.json["code"]) == (503, "centre-unavailable")  # type: ignore[index]
        assert "没有生成好的网站" in caplog.text
        installation.start(lambda _app, centre: begun.append(centre.id) or (lambda: None))  # type: ignore[func-returns-value]
        installation.open_again()
        assert begun == ["east"] and caplog.text.count("没有生成好的网站") == 1
        (tmp_path / "aside").rename(index)
        installation.open_again()
        assert http.get("/", headers={"Host": "west.example"}).status_code == 200
        assert begun == ["east", "west"]
    finally:
        installation.stop()
        for app in installation.apps.values():
            app.extensions["push_server"].close()


def test_none_that_can_be_opened_is_no_start(tmp_path: Path, clock: Clock) -> None:
    with pytest.raises(StartupError, match=r"\[east\].*\[west\]"):
        Installation([centre(tmp_path, "east"), centre(tmp_path, "west")], clock=clock)


@pytest.mark.parametrize("file", ["vapid.pem", "console.key"])
def test_a_key_that_was_copied_from_another_centre_is_refused(
    file: str, open_both: Open, tmp_path: Path, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    _, houses = open_both()
    for house in houses.values():
        house.s.close()
    shutil.copy(tmp_path / "east" / "var" / file, tmp_path / "west" / "var" / file)
    installation = Installation([centre(tmp_path, "east"), centre(tmp_path, "west")], clock=clock)
    assert list(installation.apps) == ["east"] and f"{file} 是同一把密钥" in caplog.text
    installation.apps["east"].extensions["push_server"].close()


def test_a_database_belongs_to_its_centre_for_good(open_both: Open, tmp_path: Path, clock: Clock) -> None:
    """Whatever the file of centres says by mistake: the rows of one are not served as those of another."""
    _, houses = open_both()
    for house in houses.values():
        house.s.close()
    mixed = centre(tmp_path, "east", data=tmp_path / "west" / "var").settings
    with pytest.raises(StartupError, match="这个数据库是中心 west 的，不是 east 的"):
        create_app(mixed, clock=clock)


# --- what they share: the threads, and the log ------------------------------------------


class Task:
    def __init__(self, centre: str) -> None:
        self.centre = centre

    def service(self) -> None:
        """Nothing to do."""


def fair(most: int) -> FairQueue:
    return FairQueue(lambda task: task.centre, most, threading.Condition())


def test_centres_take_turns() -> None:
    queue = fair(most=9)
    for name in "AAAABC":
        queue.append(Task(name))
    begun = [queue.popleft()._task.centre for _ in range(len(queue))]
    assert begun == ["A", "B", "C", "A", "A", "A"]


def test_a_centre_that_hangs_leaves_threads_to_the_others() -> None:
    queue = fair(most=2)
    for name in "AAAB":
        queue.append(Task(name))
    first, other, _ = (queue.popleft() for _ in range(3))
    assert other._task.centre == "B" and len(queue) == 0
    with pytest.raises(IndexError):
        queue.popleft()
    first.service()
    assert len(queue) == 1 and queue.popleft()._task.centre == "A"


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_is_logged_names_the_centre_in_other_threads_too(form: str, open_both: Open) -> None:
    stream, kept, level = io.StringIO(), logging.getLogger().handlers[:], logging.getLogger().level
    hooks = sys.excepthook, threading.excepthook
    log = logs.get("push_server.test")

    def begin(_app: Any, _centre: Centre) -> Callable[[], None]:
        one = threading.Thread(target=carried(lambda: log.warning("at-work")))
        one.start()
        return one.join

    try:
        logs.configure(form, "node-1", stream)
        installation, _ = open_both()
        installation.start(begin)
        installation.stop()
        log.warning("of-nobody")
    finally:
        logging.captureWarnings(False)
        logging.getLogger().handlers[:], sys.excepthook, threading.excepthook = kept, *hooks
        logging.getLogger().setLevel(level)
    lines = [line for line in stream.getvalue().splitlines() if "at-work" in line or "of-nobody" in line]
    if form == "json":
        told = [(one.get("centre"), one["event"]) for one in map(json.loads, lines)]
        assert told == [("east", "at-work"), ("west", "at-work"), (None, "of-nobody")]
    else:
        assert [line.partition("] ")[0] for line in lines[:2]] == ["[east", "[west"] and lines[2][0] != "["


# --- as an operator has it ------------------------------------------------------------


def run(file: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--centres", str(file), *arguments])


@pytest.fixture
def file(open_both: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in os.environ:
        if name.startswith("PUSH_") or name == "DATABASE_URL":
            monkeypatch.delenv(name)
    _, houses = open_both()
    for house in houses.values():
        house.s.close()
    file = tmp_path / "centres.toml"
    demo = {"east": "true", "west": "false"}
    tables = [
        f'[{name}]\nhosts = ["{name}.example"]\nPUSH_SITE = "{name}/site"\nPUSH_DATA = "{name}/var"\nPUSH_DEMO = {demo[name]}\n'
        for name in houses
    ]
    file.write_text("\n".join(tables), "utf-8")
    return file


def test_a_command_is_for_one_centre(file: Path, tmp_path: Path, clock: Clock) -> None:
    unsaid = run(file, "token", "list")
    assert unsaid.exit_code == 2 and "--centre" in unsaid.output and "east、west" in unsaid.output
    added = run(file, "--centre", "east", "staff", "add", "wang", "--role", "admin", "--password", PASSWORD)
    assert added.exit_code == 0 and "添加好了" in added.output
    assert "wang" in run(file, "--centre", "east", "staff", "list").output
    assert run(file, "--centre", "west", "staff", "list").output == ""
    assert run(file, "--centre", "west", "hall", "window", "add", "3", "acceptance").exit_code == 0
    assert run(file, "--centre", "east", "hall", "window", "list").output == ""
    refused = run(file, "--centre", "east", "staff", "disable", "wang")
    assert refused.exit_code == 1 and "最后一个管理员" in refused.output
    assert run(file, "--centre", "east", "backup", str(tmp_path / "copy")).exit_code == 0
    assert "没有中心 'north'" in str(run(file, "--centre", "north", "token", "list").exception)
    assert run(file, "--centre", "east", "centres").exit_code == 2
    assert run(file, "centres").output.splitlines()[1].split("\t")[:2] == ["west", "west.example"]
    names = {}
    for name in ("east", "west"):
        app = create_app(centre(tmp_path, name).settings, clock=clock)
        names[name] = [one.name for one in app.extensions["push_server"].store.accounts.listing()]
        app.extensions["push_server"].close()
    assert names == {"east": ["wang"], "west": []}
    assert sorted(path.name for path in (tmp_path / "copy").iterdir()) == ["push.sqlite3", "vapid.pem"]


@pytest.mark.parametrize("more", [["--site", "elsewhere"], ["--data", "elsewhere"], ["--prefix", "/guide/"]])
def test_what_stands_in_the_file_is_not_said_beside_it(more: list[str], file: Path) -> None:
    refused = run(file, *more, "centres")
    assert refused.exit_code == 2 and "请写进文件里" in refused.output


def test_one_process_serves_all_and_plays_the_hall_of_the_right_one(file: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "push_server", "--centres", str(file), "--port", "0"],
        cwd=REPO,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        port = int(said.split(" （")[0].rpartition(":")[2])
        assert "east east.example；west west.example" in said

        def get(host: str, path: str) -> tuple[int, str]:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", path, headers={"Host": host, "Connection": "close"})
            answer = connection.getresponse()
            found = answer.status, answer.read().decode()
            connection.close()
            return found

        assert "东岭" in get("east.example", "/")[1] and "西坡" in get("west.example", "/")[1]
        assert get(f"localhost:{port}", "/")[0] == 421
        assert eventually(lambda: "guide_hall_demo 1.0" in get("east.example", "/push/v1/metrics")[1])
        assert "guide_hall_demo 0.0" in get("west.example", "/push/v1/metrics")[1]
        assert eventually(lambda: '"sender":"active"' in get("west.example", "/push/v1/healthz")[1].replace(" ", ""))
    finally:
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=20)
    assert process.returncode == 0 and "Error" not in errors and "Traceback" not in errors, errors
