"""A centre moves from its file into PostgreSQL, with all that was told to whom."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from push_server.__main__ import main
from push_server.errors import StartupError
from push_server.settings import Settings
from push_server.startup import copy, open_data
from push_server.store.schema import metadata

from .conftest import Clock, Start
from .phone import Phone
from .postgres import Cluster
from .push_service import PushService

HALL = {"id": "taken-0001", "type": "taken", "at": "2026-11-23T09:00:00+08:00", "ticket": "A001", "kind": "acceptance"}


def rows(settings: Settings) -> dict[str, list[tuple[object, ...]]]:
    """All that is in the tables, but for what nodes make themselves."""
    store, _ = open_data(settings)
    with closing(store), store.reading.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in metadata.sorted_tables
            if table.name not in ("shards", "releases", "agreed")
        }


@pytest.fixture
def used(start: Start, settings: Settings, clock: Clock, push_service: PushService) -> tuple[Settings, list[Phone]]:
    """A data directory with something in every kind of table; half of the phones have been told."""
    phones = [Phone(push_service.origin) for _ in range(4)]
    server = start()
    token = server.services.store.tokens.add("hall", clock.now.timestamp())
    bearer = {"Authorization": f"Bearer {token}"}
    assert (
        server.http.post(
            "/push/v1/hall/events", json={"sent_at": HALL["at"], "events": [HALL]}, headers=bearer
        ).status_code
        == 200
    )
    assert server.http.post("/push/v1/unfound", json={"query": "开饭店"}).status_code == 204
    server.services.store.audit.add(clock.now.timestamp(), "wang", "window.put", event="e1")
    for phone in phones[:2]:
        assert server.subscribe(phone) == 201
    clock.at("11:20")
    server.run()
    push_service.answer(503)
    for phone in phones[2:]:
        assert server.subscribe(phone) == 201
    server.run()
    push_service.answer(201)
    server.close()
    return settings, phones


def test_everything_is_there_and_nobody_is_told_twice(
    used: tuple[Settings, list[Phone]], start: Start, cluster: Cluster, clock: Clock, push_service: PushService
) -> None:
    settings, phones = used
    url = cluster.made()
    done = CliRunner().invoke(main, ["--data", str(settings.data), "copy", "--to", url])
    assert done.exit_code == 0, done.output
    assert "people\t4\n" in done.output
    assert "条数都对" in done.output
    assert "还在运行" not in done.output

    there = settings.with_options(database=url)
    assert rows(there) == rows(settings)
    before = Counter(push_service.paths())
    clock.at("11:40")
    server = start(database=url)
    server.run()
    assert Counter(push_service.paths()) - before == Counter(phone.path for phone in phones[2:])
    # What is numbered goes on behind what was copied.
    server.services.store.audit.add(clock.now.timestamp(), "wang", "window.put")
    assert [entry.id for entry in server.services.store.audit.page(5)] == [2, 1]
    assert [*server.services.hall.state(clock.now.timestamp()).tickets] == ["A001"]
    server.services.hall.take("2", "acceptance", "desk", clock.now.timestamp())
    assert len(server.services.hall.state(clock.now.timestamp()).tickets) == 2


def test_it_can_be_run_again_until_a_node_has_worked_there(
    used: tuple[Settings, list[Phone]], start: Start, cluster: Cluster
) -> None:
    settings, _ = used
    url = cluster.made()
    first = copy(settings, url)
    with closing(start()) as server:
        server.services.store.audit.add(0.0, "li", "window.put")
        done = CliRunner().invoke(main, ["--data", str(settings.data), "copy", "--to", url])
        assert "注意" not in done.output  # this server does not send
    assert copy(settings, url)["audit"] == first["audit"] + 1

    open_data(settings.with_options(database=url))[0].close()
    with pytest.raises(StartupError, match="已经有服务在用"):
        copy(settings, url)


def test_a_database_that_holds_something_else_is_left_alone(
    used: tuple[Settings, list[Phone]], cluster: Cluster
) -> None:
    settings, _ = used
    url = cluster.made()
    with cluster.connect(url.rpartition("/")[2]) as connection:
        connection.execute("INSERT INTO unfound VALUES ('x', 1, '2026-11-23', '2026-11-23')")
    with pytest.raises(StartupError, match="不是从这里拷过去的"):
        copy(settings, url)


def test_what_cannot_be_kept_there_is_named_and_nothing_is_half_copied(
    used: tuple[Settings, list[Phone]], cluster: Cluster
) -> None:
    settings, _ = used
    with closing(sqlite3.connect(settings.data / "push.sqlite3")) as connection:
        connection.execute("UPDATE unfound SET times = 99999999999")
        connection.commit()
    url = cluster.made()
    with pytest.raises(StartupError, match="表 unfound 里有 PostgreSQL 存不下的内容"):
        copy(settings, url)
    with cluster.connect(url.rpartition("/")[2]) as connection:
        assert connection.execute("SELECT count(*) FROM people").fetchone() == (0,)


def test_a_copy_from_nothing_is_refused(settings: Settings, cluster: Cluster) -> None:
    done = CliRunner().invoke(main, ["--data", str(settings.data), "copy", "--to", cluster.url("postgres")])
    assert isinstance(done.exception, StartupError)
    assert not settings.data.exists()
