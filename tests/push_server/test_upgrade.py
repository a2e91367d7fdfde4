"""A database of any earlier version goes on as if nothing had happened: what it holds, and what it has sent.

``databases/`` holds one of each version, as SQL: made with the program of that time. The first
two versions had an index less while they were young.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from push_server import create_app
from push_server.errors import StartupError
from push_server.keys import make_key
from push_server.pushing import Answer, Message
from push_server.settings import Settings
from push_server.store import Store, migrations, schema
from push_server.store.postgres import open_postgres

from . import site as fixture_site
from .conftest import Clock, Start
from .postgres import Cluster
from .process import REPO, environment

DATABASES = Path(__file__).parent / "databases"
VERSIONS = sorted(file.stem for file in DATABASES.glob("*.sql"))
ONE, TWO = (f"https://fcm.googleapis.com/fcm/send/{name}" for name in ("one", "two"))


def put(data: Path, version: str) -> Path:
    data.mkdir(mode=0o700)
    with closing(sqlite3.connect(data / "push.sqlite3")) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript((DATABASES / f"{version}.sql").read_text("utf-8"))
    make_key(data)
    return data


def shape(path: Path) -> dict[str, object]:
    """Columns, keys and indexes of every table, but for the account that Alembic keeps."""
    found: dict[str, object] = {}
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        for (table,) in tables:
            columns = {row[1]: row[2:] for row in connection.execute(f"PRAGMA table_info({table})")}
            keys = sorted(row[2:7] for row in connection.execute(f"PRAGMA foreign_key_list({table})"))
            indexes = sorted(row[1:4] for row in connection.execute(f"PRAGMA index_list({table})"))
            names = {
                row[0]: [one[2] for one in connection.execute(f"PRAGMA index_info({row[0]})")] for row in indexes
            }
            found[table] = (columns, keys, indexes, names)
    found.pop("alembic_version")
    return found


def declared(folder: Path) -> dict[str, object]:
    path = folder / "declared.sqlite3"
    engine = create_engine(f"sqlite:///{path}")
    schema.metadata.create_all(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32))")
    engine.dispose()
    return shape(path)


def test_there_is_one_line_of_steps() -> None:
    script = ScriptDirectory(str(Path(migrations.__file__).parent))
    assert len(script.get_heads()) == len(script.get_bases()) == 1
    steps = list(script.walk_revisions())
    assert [step.revision for step in reversed(steps)] == [f"{number + 1:04}" for number in range(len(steps))]


@pytest.mark.parametrize("version", [None, *VERSIONS])
def test_every_version_reaches_the_tables_that_the_code_uses(tmp_path: Path, version: str | None) -> None:
    data = tmp_path / "var"
    if version is None:
        data.mkdir()
    else:
        put(data, version)
    Store(data).close()
    assert shape(data / "push.sqlite3") == declared(tmp_path)


@pytest.mark.parametrize("version", VERSIONS)
def test_nothing_is_lost_and_nothing_is_sent_twice(start: Start, settings: Settings, clock: Clock, version: str) -> None:
    sent: list[Message] = []

    async def send(message: Message) -> Answer:
        sent.append(message)
        return Answer(status=201)

    put(settings.data, version)
    clock.at("11:20")
    for _ in range(2):  # opened again, it is left as it is
        server = start(send=send)
        server.run()
        assert server.services.store.subscribers.count() == 2
        # One has been told. The other's message was on its way when the program was ended.
        assert Counter(message.subscription.endpoint for message in sent) == {TWO: 1}
        assert server.http.get("/push/v1/queue").get_json()["counters"][0]["waiting"] == 12
        bearer = {"Authorization": "Bearer secret"}
        words = server.http.get("/push/v1/unfound", headers=bearer).get_json()["queries"]
        assert [word["times"] for word in words] == ([] if version.startswith("1") else [3])
        server.close()
    server = start(send=send)
    assert server.http.delete("/push/v1/subscriptions", json={"endpoint": ONE}).status_code == 204
    assert server.services.store.subscribers.count() == 1
    clock.at("2026-11-24 11:20")
    server.run()
    assert Counter(message.subscription.endpoint for message in sent) == {TWO: 2}


CALLED_OFF = """
UPDATE announcements SET expires_at = 1795403880 WHERE key = 'noon:2026-11-23';
UPDATE deliveries SET state = 'expired', reason = 'called off' WHERE announcement = 'noon:2026-11-23';
INSERT INTO announcements SELECT 'noon-off:2026-11-23', NULL, replace(replace(payload, '"kind": "noon"',
  '"kind": "noon-off"'), '今天中午不休息，11:30–13:00 照常办', '更正：今天中午不办了'), urgency, 1795403880, 1795410000
  FROM announcements WHERE key = 'noon:2026-11-23';
INSERT INTO deliveries SELECT 'noon-off:2026-11-23', recipient, 'pending', 0, 1795403880, 1795403880, NULL
  FROM subscriptions;
UPDATE deliveries SET state = 'sent' WHERE announcement = 'noon-off:2026-11-23'
  AND recipient IN (SELECT recipient FROM subscriptions WHERE endpoint LIKE '%one');
"""


def test_a_correction_that_was_half_sent_is_sent_to_the_rest(
    start: Start, settings: Settings, clock: Clock, site: Path
) -> None:
    sent: list[tuple[str, bool]] = []

    async def send(message: Message) -> Answer:
        sent.append((message.subscription.endpoint, "更正" in message.payload.decode()))
        return Answer(status=201)

    put(settings.data, "2")
    with closing(sqlite3.connect(settings.data / "push.sqlite3")) as connection:
        connection.executescript(CALLED_OFF)
    fixture_site.put(site, "api/v1/calendar.json", fixture_site.calendar(noon=False))
    clock.at("11:20")
    server = start(send=send)
    server.run()
    assert sent == [(TWO, True)]
    fixture_site.put(site, "api/v1/calendar.json", fixture_site.calendar())
    server.run()
    assert sorted(sent[1:]) == [(ONE, True), (TWO, True)]  # it takes place after all


def test_in_postgresql_the_tables_are_the_same(cluster: Cluster) -> None:
    url = cluster.create()
    for _ in range(2):  # opened again, it is left as it is
        engine, _ = open_postgres(url)
        found = inspect(engine)
        assert {
            table: ({c["name"]: c["nullable"] for c in found.get_columns(table)}, found.get_pk_constraint(table)["constrained_columns"])
            for table in found.get_table_names()
            if table != "alembic_version"
        } == {
            table.name: ({c.name: c.nullable for c in table.c}, [c.name for c in table.primary_key])
            for table in schema.metadata.sorted_tables
        }
        engine.dispose()


@pytest.mark.parametrize("version", ["1-without-index", "2"])
def test_processes_that_upgrade_at_once_do_it_once(settings: Settings, tmp_path: Path, version: str) -> None:
    put(settings.data, version)
    command = [sys.executable, "-W", "error", "-m", "push_server", "--data", str(settings.data), "token", "list"]
    running = [
        subprocess.Popen(command, cwd=REPO, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    for process in running:
        told, errors = process.communicate(timeout=30)
        assert (process.returncode, errors) == (0, "")
        assert told.startswith("hall\t")
    assert shape(settings.data / "push.sqlite3") == declared(tmp_path)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE schema_version SET version = 3", "UPDATE schema_version SET version = 99"],
)
def test_a_number_that_no_version_had_is_a_newer_one(settings: Settings, statement: str) -> None:
    put(settings.data, "2")
    path = settings.data / "push.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()
    before = path.read_bytes()
    with pytest.raises(StartupError, match=r"更新版本的程序写的.*— 请升级程序"):
        create_app(settings)
    assert path.read_bytes() == before


def test_the_database_of_another_program_with_alembic_is_left_alone(settings: Settings) -> None:
    settings.data.mkdir()
    path = settings.data / "push.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32))")
        connection.execute("CREATE TABLE orders (id INTEGER)")
        connection.commit()
    before = path.read_bytes()
    with pytest.raises(StartupError, match="不是推送服务的数据库"):
        create_app(settings)
    assert path.read_bytes() == before


def test_an_upgrade_that_fails_leaves_everything_as_it_was(settings: Settings) -> None:
    put(settings.data, "2-without-index")
    path = settings.data / "push.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE subscriptions_seen (in_the_way INTEGER)")
        connection.commit()
        before = list(connection.iterdump())
    with pytest.raises(StartupError):
        create_app(settings)
    with closing(sqlite3.connect(path)) as connection:
        assert list(connection.iterdump()) == before
