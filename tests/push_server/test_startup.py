"""What keeps the server from starting: one sentence, exit code 1, and nothing touched."""

from __future__ import annotations

import re
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from push_server import create_app
from push_server.__main__ import main
from push_server.errors import StartupError
from push_server.settings import Settings
from push_server.startup import open_data

from .conftest import Start
from .phone import Phone
from .process import REPO, environment

Damage = Callable[[Path, Path], None]


def _spoil_middle(site: Path, data: Path) -> None:
    database = data / "push.sqlite3"
    content = bytearray(database.read_bytes())
    content[4096:12288] = b"\xaa" * 8192
    database.write_bytes(content)


def _newer(site: Path, data: Path) -> None:
    with closing(sqlite3.connect(data / "push.sqlite3")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()


def _foreign(site: Path, data: Path) -> None:
    (data / "push.sqlite3").unlink()
    with closing(sqlite3.connect(data / "push.sqlite3")) as connection:
        connection.execute("CREATE TABLE other (x)")
        connection.commit()


def _without_a_table(site: Path, data: Path) -> None:
    with closing(sqlite3.connect(data / "push.sqlite3")) as connection:
        connection.execute("DROP TABLE deliveries")
        connection.commit()


DAMAGES: dict[str, tuple[Damage, str]] = {
    "database-garbage": (lambda _site, data: _write(data / "push.sqlite3", b"garbage" * 999), "数据库 .* 已损坏"),
    "database-empty": (lambda _site, data: _write(data / "push.sqlite3", b""), "数据库 .* 已损坏"),
    "database-middle": (_spoil_middle, "数据库 .* 已损坏"),
    "database-newer": (_newer, "请升级程序"),
    "database-table-lost": (_without_a_table, "数据库 .* 已损坏"),
    "database-foreign": (_foreign, "不是推送服务的数据库"),
    "database-gone": (lambda _site, data: (data / "push.sqlite3").unlink(), "没有数据库"),
    "key-garbage": (lambda _site, data: _write(data / "vapid.pem", b"-----BEGIN"), "密钥文件 .* 已损坏"),
    "key-empty": (lambda _site, data: _write(data / "vapid.pem", b""), "密钥文件 .* 已损坏"),
    "key-gone": (lambda _site, data: (data / "vapid.pem").unlink(), "没有密钥"),
    "site-gone": (lambda site, _data: (site / "index.html").unlink(), "没有生成好的网站"),
    "centre-gone": (lambda site, _data: (site / "api/v1/centre.json").unlink(), "centre.json"),
    "calendar-broken": (lambda site, _data: _write(site / "api/v1/calendar.json", b"{"), "calendar.json"),
}


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in (".sqlite3", ".pem")}


@pytest.fixture
def used(start: Start, settings: Settings) -> Settings:
    """A data directory with a subscription in it, and nobody using it."""
    server = start()
    assert server.subscribe(Phone("https://fcm.googleapis.com")) == 201
    server.close()
    return settings


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_told_and_left_as_it_is(used: Settings, name: str) -> None:
    damage, sentence = DAMAGES[name]
    damage(used.site, used.data)
    before = _contents(used.data)
    with pytest.raises(StartupError, match=sentence) as caught:
        create_app(used)
    assert re.search("— (请|程序没有改动它，请)", str(caught.value))
    assert _contents(used.data) == before


def _run(*options: object, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "push_server", *map(str, options)],
        cwd=REPO,
        env=environment(**variables),
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )


def _assert_one_sentence(done: subprocess.CompletedProcess[str], sentence: str) -> None:
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("启动失败：")
    assert sentence in line
    assert "请" in line


def test_a_taken_port(settings: Settings) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        port = other.getsockname()[1]
        done = _run("--site", settings.site, "--data", settings.data, "--port", port)
    _assert_one_sentence(done, f"端口被占用：127.0.0.1:{port}")


def test_a_damaged_database_by_command_line(used: Settings) -> None:
    (used.data / "push.sqlite3").write_bytes(b"garbage" * 999)
    _assert_one_sentence(_run("--site", used.site, "--data", used.data, "--port", 0), "已损坏")
    assert (used.data / "push.sqlite3").read_bytes() == b"garbage" * 999


def test_no_place_for_data(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StartupError, match=r"写不进去（.*— 请"):
        create_app(settings.with_options(data=tmp_path / "file" / "var"))


def test_a_full_disk_is_left_as_it_was(settings: Settings) -> None:
    script = (
        "import os, resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))\n"
        "from push_server.__main__ import run\n"
        "run()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "--site", settings.site, "--data", settings.data, "--port", "0"],
        cwd=REPO,
        env=environment(PYTHONDONTWRITEBYTECODE="1"),
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    _assert_one_sentence(done, "磁盘空间")
    assert list(settings.data.iterdir()) == []


def test_nothing_is_made_without_a_site(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(StartupError, match="没有生成好的网站 — 请"):
        create_app(settings.with_options(site=tmp_path / "none"))
    assert not settings.data.exists()


def test_flask_finds_the_factory(used: Settings) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "flask", "--app", "push_server", "token", "add", "hall"],
        cwd=REPO,
        env=environment(PUSH_SITE=str(used.site), PUSH_DATA=str(used.data)),
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    store, _ = open_data(used)
    assert store.tokens.owner(done.stdout.strip()) == "hall"
    store.close()


def test_tokens_without_flask(used: Settings) -> None:
    options = ["--data", str(used.data), "token"]
    run = CliRunner().invoke
    secret = run(main, [*options, "add", "hall"]).output.strip()
    assert "hall" in run(main, [*options, "list"]).output
    store, _ = open_data(used)
    assert store.tokens.owner(secret) == "hall"
    assert run(main, [*options, "revoke", "hall"]).exit_code == 0
    assert store.tokens.owner(secret) is None
    assert run(main, [*options, "revoke", "hall"]).exit_code == 1
    store.close()


def test_a_backup_of_a_server_that_runs_is_whole(start: Start, phone: Phone, tmp_path: Path) -> None:
    server = start()
    server.subscribe(phone)
    key = server.http.get("/push/v1/key").get_json()
    data, kept = server.services.settings.data, tmp_path / "kept"
    command = ["--data", str(data), "backup", str(kept)]
    assert CliRunner().invoke(main, command).exit_code == 0
    assert {path.name: path.stat().st_mode & 0o777 for path in kept.iterdir()} == {
        "push.sqlite3": 0o600,
        "vapid.pem": 0o600,
    }
    restored = start(data=kept)
    assert restored.services.store.subscribers.known(phone.endpoint)
    assert restored.http.get("/push/v1/key").get_json() == key
    again = CliRunner().invoke(main, command)
    assert isinstance(again.exception, StartupError)
    assert "已经有了" in str(again.exception)


def test_a_backup_of_nothing_makes_nothing(settings: Settings, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["--data", str(settings.data), "backup", str(tmp_path / "kept")])
    assert isinstance(done.exception, StartupError)
    assert not settings.data.exists()
    assert not (tmp_path / "kept").exists()
