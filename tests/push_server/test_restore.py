"""A backup made while everything runs, put back after all was lost: nobody is told twice, nobody is forgotten."""

from __future__ import annotations

import shutil
import threading
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from push_server.__main__ import main
from push_server.errors import StartupError
from push_server.keys import key_files
from push_server.published import LOCAL
from push_server.restored import count_as_sent, read_moment
from push_server.settings import Settings
from push_server.startup import backup

from .conftest import BOTH, Clock, Server, Start, in_own_thread, on_file
from .phone import Phone
from .postgres import Cluster
from .push_service import PushService, Reply

BACKENDS = BOTH


class Keeper:
    """Backs up, and puts back, as docs/operations.md says."""

    def __init__(self, settings: Settings, folder: Path, cluster: Cluster | None) -> None:
        self._settings = settings
        self._folder = folder
        self._cluster = cluster

    def back_up(self) -> None:
        if self._cluster is None:
            backup(self._settings, self._folder)
            return
        self._folder.mkdir(mode=0o700)
        for file in (*key_files(self._settings.data), self._settings.data / "console.key"):
            shutil.copy(file, self._folder)
        assert self._settings.database is not None
        url = self._settings.database.replace("+psycopg", "")
        dump = self._cluster.call("pg_dump", "--format=custom", "--file=guide.dump", url)
        assert dump == ""

    def put_back(self) -> Settings:
        """What a node is told that starts with what was kept."""
        data = self._folder.with_name("restored")
        shutil.copytree(self._folder, data)
        if self._cluster is None:
            return self._settings.with_options(data=data)
        url = self._cluster.create()
        self._cluster.call(
            "pg_restore", "--no-owner", "--exit-on-error", f"--dbname={url.replace('+psycopg', '')}", "guide.dump"
        )
        return self._settings.with_options(data=data, database=url)


@pytest.fixture
def keeper(settings: Settings, tmp_path: Path, request: pytest.FixtureRequest) -> Keeper:
    cluster = request.getfixturevalue("cluster") if settings.database else None
    return Keeper(settings, tmp_path / "kept", cluster)


def start_there(start: Start, there: Settings) -> Server:
    return start(data=there.data, database=there.database)


def test_in_the_middle_of_noon(start: Start, keeper: Keeper, clock: Clock, push_service: PushService) -> None:
    """People subscribe and messages leave while the backup is made."""
    told, waiting = ([Phone(push_service.origin) for _ in range(3)] for _ in range(2))
    paths = {phone.path for phone in told}
    push_service.reply = lambda received: Reply(201 if received.path in paths else 503)
    server = start()
    for phone in (*told, *waiting):
        assert server.subscribe(phone) == 201
    clock.at("11:15")
    server.run()

    over, begun = threading.Event(), threading.Event()
    newcomers = [Phone(push_service.origin) for _ in range(200)]
    seen: list[Phone] = []

    def come() -> None:
        with server.app.test_client() as http:
            for phone in newcomers:
                if over.is_set():
                    return
                assert http.post("/push/v1/subscriptions", json=phone.body()).status_code == 201
                seen.append(phone)
                begun.set()

    thread = threading.Thread(target=come)
    thread.start()
    assert begun.wait(10)
    before = len(seen)
    keeper.back_up()
    over.set()
    thread.join()
    server.close()

    there = keeper.put_back()
    push_service.answer(201)
    push_service.received.clear()
    clock.at("11:25")
    again = start_there(start, there)
    known = again.services.store.subscribers.known
    assert all(known(phone.endpoint) for phone in (*told, *waiting, *seen[:before]))
    again.run()
    counted = Counter(push_service.paths())
    assert counted.keys() & paths == set()
    assert {phone.path for phone in (*waiting, *seen[:before])} <= counted.keys()
    assert set(counted.values()) == {1}
    assert again.services.store.subscribers.count() == len(counted) + len(told)


def test_a_backup_from_before_what_was_said(
    start: Start, keeper: Keeper, clock: Clock, push_service: PushService
) -> None:
    phones = [Phone(push_service.origin) for _ in range(4)]
    server = start()
    for phone in phones:
        server.subscribe(phone)
    keeper.back_up()
    clock.at("11:20")
    server.run()
    assert Counter(push_service.paths()) == Counter(phone.path for phone in phones)
    server.close()

    there = keeper.put_back()
    clock.at("11:40")
    assert in_own_thread(count_as_sent, there, read_moment("2026-11-23 11:30"), clock()) == 4
    again = start_there(start, there)
    again.run()
    assert len(push_service.received) == 4
    late = Phone(push_service.origin)
    push_service.received.clear()
    again.subscribe(late)
    again.run()
    assert push_service.paths() == [late.path]
    push_service.received.clear()
    clock.at("2026-11-24 11:20")
    again.run()
    assert Counter(push_service.paths()) == Counter(phone.path for phone in (*phones, late))


def test_what_was_due_after_that_moment_is_sent(
    start: Start, keeper: Keeper, clock: Clock, push_service: PushService, phone: Phone
) -> None:
    server = start()
    server.subscribe(phone)
    keeper.back_up()
    server.close()
    there = keeper.put_back()
    clock.at("11:40")
    assert in_own_thread(count_as_sent, there, read_moment("2026-11-23 11:10"), clock()) == 0
    start_there(start, there).run()
    assert push_service.paths() == [phone.path]


def test_not_while_somebody_sends(start: Start, settings: Settings, clock: Clock) -> None:
    server = start()
    clock.at("11:00")
    server.run()
    clock.forward(60)
    with pytest.raises(StartupError, match="正在发提醒"):
        in_own_thread(count_as_sent, settings, read_moment("2026-11-23 10:00"), clock())


def test_not_for_a_time_that_the_backup_knows(start: Start, keeper: Keeper, clock: Clock) -> None:
    server = start()
    clock.at("11:00:30")
    server.run()
    keeper.back_up()
    server.close()
    there = keeper.put_back()
    clock.at("11:40")
    with pytest.raises(StartupError, match="到 2026-11-23 11:00 为止"):
        in_own_thread(count_as_sent, there, read_moment("2026-11-23 10:59"), clock())


@on_file
def test_not_for_a_time_to_come(settings: Settings) -> None:
    done = CliRunner().invoke(main, ["--data", str(settings.data), "restored", "--until", "2999-01-01 11:00"])
    assert isinstance(done.exception, StartupError)
    assert "还没有到" in str(done.exception)
    with pytest.raises(StartupError, match="写法不对"):
        read_moment("11:25")
    assert read_moment("2026-11-23 11:25").tzinfo is LOCAL
    assert not settings.data.exists()


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
@on_file
def test_the_command_sends_whoever_has_postgresql_to_pg_dump(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(StartupError, match="请用 pg_dump"):
        backup(settings, tmp_path / "kept")
    assert not (tmp_path / "kept").exists()
