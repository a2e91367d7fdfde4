"""Several workers on one database: each shard has one at a time, and whoever lost it does no harm."""

from __future__ import annotations

import shutil
import threading
from collections import Counter
from contextlib import suppress

import pytest
from sqlalchemy.exc import DBAPIError

from push_server import create_app
from push_server.errors import StartupError
from push_server.keys import make_key
from push_server.pushing import Answer, Message
from push_server.settings import Settings
from push_server.store.shards import Holding, Lost

from . import site as fixture_site
from .conftest import Clock, Server, Start
from .phone import Phone
from .postgres import Cluster
from .push_service import PushService

BACKENDS = ("postgresql",)
ALL = "0123456789abcdef"
ONE, TWO = "one", "two"


def of(server: Server, shard: str, owner: str) -> Holding:
    holding = Holding(shard, owner)
    assert server.services.store.shards.take(holding, 60)
    return holding


@pytest.fixture
def told(server: Server, clock: Clock, push_service: PushService) -> tuple[Server, list[Phone]]:
    """It is time to tell forty people, and nothing has left."""
    phones = [Phone(push_service.origin) for _ in range(40)]
    for phone in phones:
        assert server.subscribe(phone) == 201
    clock.at("11:20")
    server.services.sender._sharded.look()  # type: ignore[union-attr]
    return server, phones


def test_a_shard_has_one_holder_until_it_is_left_or_not_seen_any_more(server: Server) -> None:
    shards = server.services.store.shards
    first, second = Holding("3", ONE), Holding("3", TWO)
    assert shards.take(first, 60)
    assert not shards.take(first, 60)
    assert not shards.take(second, 60)
    shards.leave(second)
    assert not shards.take(second, 60)
    shards.leave(first)
    assert shards.take(second, 60)
    assert shards.take(first, 0)  # nobody has seen the second for no time at all
    with pytest.raises(Lost):
        shards.beat(second)


def test_what_is_to_be_done_is_found_in_the_ledger_alone(told: tuple[Server, list[Phone]], clock: Clock) -> None:
    server, _ = told
    shards, ledger, now = server.services.store.shards, server.services.store.ledger, clock.now.timestamp()
    assert shards.due(now, 60) == list(ALL)  # nobody has made rows yet
    holding = of(server, "3", ONE)
    assert "3" not in shards.due(now, 60)
    made = ledger.fan_out_shard(holding, now)
    assert ledger.fan_out_shard(holding, now) == 0
    shards.leave(holding)
    assert ("3" in shards.due(now, 60)) is (made > 0)
    server.run()
    assert shards.due(now, 60) == []
    assert ledger.tally("noon:2026-11-23") == {"sent": 40}


def test_a_worker_that_slept_claims_nothing_and_writes_nothing_down(
    told: tuple[Server, list[Phone]], clock: Clock
) -> None:
    server, _ = told
    store, now = server.services.store, clock.now.timestamp()
    for shard in ALL:
        slept = of(server, shard, ONE)
        if store.ledger.fan_out_shard(slept, now):
            break
    claimed, _ = store.outbox.of(slept).step([], 64, now)
    assert claimed
    woken = Holding(slept.shard, TWO)
    assert store.shards.take(woken, 0)
    assert store.outbox.of(woken).resume_interrupted(now) == len(claimed)
    before = store.ledger.tally("noon:2026-11-23")
    for act in (
        lambda: store.outbox.of(slept).step([], 64, now),
        lambda: store.outbox.of(slept).resume_interrupted(now),
        lambda: store.ledger.fan_out_shard(slept, now),
    ):
        with pytest.raises(Lost):
            act()
    assert store.ledger.tally("noon:2026-11-23") == before


def test_what_was_on_its_way_goes_out_once_more_and_nothing_else(
    told: tuple[Server, list[Phone]], clock: Clock, push_service: PushService, start: Start
) -> None:
    server, phones = told
    store, now = server.services.store, clock.now.timestamp()
    on_their_way = 0
    for shard in ALL[:4]:  # as a worker leaves them that is killed
        holding = of(server, shard, ONE)
        store.ledger.fan_out_shard(holding, now)
        on_their_way += len(store.outbox.of(holding).step([], 64, now)[0])
    server.run()
    assert len(push_service.received) == 40 - on_their_way  # they are the other worker's
    other = start(lease=1e-9)
    other.run()
    assert Counter(push_service.paths()) == {phone.path: 1 for phone in phones}


def test_a_node_cut_off_from_the_database_stops_sending_and_loses_no_answer(
    settings: Settings, start: Start, clock: Clock, push_service: PushService, cluster: Cluster
) -> None:
    assert settings.database is not None
    url, sent, cut = settings.database, [], threading.Event()

    async def send(message: Message) -> Answer:
        sent.append(message.subscription.endpoint)
        if len(sent) == 3:
            cluster.cut(url)
            cut.set()
        return Answer(status=201)

    server = start(send=send, connections=4)
    phones = [Phone(push_service.origin) for _ in range(60)]
    for phone in phones:
        server.subscribe(phone)
    clock.at("11:20")

    def mend() -> None:
        assert cut.wait(30)
        # What it had claimed has left by the time it finds that it can claim no more.
        at_the_cut.append(len(sent))
        cluster.mend(url)

    at_the_cut: list[int] = []
    mending = threading.Thread(target=mend)
    mending.start()
    server.run()
    mending.join()
    assert at_the_cut[0] <= 4
    assert Counter(sent) == {phone.endpoint: 1 for phone in phones}


NO_ROOM = """
DROP SEQUENCE IF EXISTS no_room;
DROP TRIGGER IF EXISTS no_room ON deliveries;
CREATE SEQUENCE no_room;
CREATE OR REPLACE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF nextval('no_room') <= 2 THEN RAISE 'could not extend file' USING ERRCODE = 'disk_full'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER no_room BEFORE UPDATE ON deliveries FOR EACH ROW WHEN (NEW.state = 'sent') EXECUTE FUNCTION no_room();
"""
"""Two answers that cannot be written down, as where the disk is full for a moment."""


def test_a_full_disk_of_the_database_loses_no_answer(
    told: tuple[Server, list[Phone]], push_service: PushService, clock: Clock
) -> None:
    server, phones = told
    with server.services.store.engine.begin() as connection:
        connection.exec_driver_sql(NO_ROOM)
    server.run()
    clock.forward(60)
    server.run()
    assert Counter(push_service.paths()) == {phone.path: 1 for phone in phones}


def test_one_that_is_full_for_longer_than_a_turn_waits_loses_none_either(
    told: tuple[Server, list[Phone]], push_service: PushService, start: Start
) -> None:
    _, phones = told
    server = start(lease=0.01)
    with server.services.store.engine.begin() as connection:
        connection.exec_driver_sql(NO_ROOM.replace("<= 2", "<= 4"))
    with pytest.raises(DBAPIError):
        server.run()
    assert 0 < len(push_service.received) < 40
    # How often an answer is tried in one turn depends on how long that takes.
    for _ in range(4):
        with suppress(DBAPIError):
            server.run()
    assert Counter(push_service.paths()) == {phone.path: 1 for phone in phones}


def test_a_node_with_the_old_site_does_not_take_back_what_the_others_say(
    start: Start,
    settings: Settings,
    clock: Clock,
    push_service: PushService,
    phone: Phone,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    old = tmp_path_factory.mktemp("old") / "site"
    shutil.copytree(settings.site, old)
    behind = start(site=old)
    behind.subscribe(phone)
    clock.at("11:20")
    behind.run()
    server = start()
    fixture_site.put(settings.site, "api/v1/calendar.json", fixture_site.calendar(noon=False))
    fixture_site.put(settings.site, "api/v1/release.json", {"id": "ffee", "source_commit": None, "files": {}})
    clock.forward(1)
    server.run()
    assert [phone.read(one.body)["kind"] for one in push_service.received] == ["noon", "noon-off"]
    for _ in range(40):
        clock.forward(1)
        behind.run()
        server.run()
    assert len(push_service.received) == 2
    # Somebody went back: after a minute without the newer one the older is what holds.
    fixture_site.put(settings.site, "api/v1/calendar.json", fixture_site.calendar())
    fixture_site.put(
        settings.site, "api/v1/release.json", {"id": "00112233445566aa", "source_commit": None, "files": {}}
    )
    clock.forward(65)
    server.run()
    assert len(push_service.received) == 3


@pytest.mark.parametrize("name", ["vapid.pem", "console.key"])
def test_all_nodes_have_the_same_keys(server: Server, settings: Settings, name: str) -> None:
    other = settings.with_options(data=settings.data.with_name("other"))
    with pytest.raises(StartupError, match=r"里却没有密钥 vapid\.pem — 请从别的节点"):
        create_app(other)
    for file in ("vapid.pem", "console.key"):
        shutil.copy(settings.data / file, other.data / file)
    create_app(other).extensions["push_server"].close()
    (other.data / name).unlink()
    if name == "vapid.pem":
        make_key(other.data)
    with pytest.raises(StartupError, match=f"{name} 和别的节点上的不一样"):
        create_app(other)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://user:geheim@host/guide", "DATABASE_URL 写法不对"),
        ("postgresql+psycopg://user:geheim@127.0.0.1:1/guide", r"打不开数据库 .*127\.0\.0\.1:1/guide"),
        ("postgresql://user:geheim@127.0.0.1/guide", "DATABASE_URL 写法不对"),
        ("nonsense geheim", "DATABASE_URL 写法不对"),
    ],
)
def test_a_database_that_cannot_be_reached_is_told_without_its_password(
    settings: Settings, url: str, words: str
) -> None:
    with pytest.raises(StartupError, match=words) as told:
        create_app(settings.with_options(database=url))
    assert "geheim" not in str(told.value)


def test_a_newer_database_and_one_of_another_program_are_refused(settings: Settings, cluster: Cluster) -> None:
    newer, foreign = cluster.made(), cluster.create()
    with cluster.connect(newer.rpartition("/")[2]) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0999'")
    with pytest.raises(StartupError, match="更新版本的程序写的"):
        create_app(settings.with_options(database=newer))
    with cluster.connect(foreign.rpartition("/")[2]) as connection:
        connection.execute("CREATE TABLE tokens (id integer)")
    with pytest.raises(StartupError, match="别的程序的表"):
        create_app(settings.with_options(database=foreign))
