"""Two nodes that serve and three that send share one PostgreSQL, and things go wrong in the middle."""

from __future__ import annotations

import json
import shutil
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import datetime
from pathlib import Path

import pytest

from push_server.keys import make_key
from push_server.published import LOCAL
from push_server.settings import Settings
from push_server.startup import open_data

from .crowd import CountingService, subscribe_many
from .nodes import Node
from .phone import Phone
from .postgres import Cluster, running
from .process import eventually
from .test_nginx import Front
from .tunnel import certificate

MESSAGES = 20_000
IN_FLIGHT = 32
"""Of one worker, at most."""
CAREFUL = """
fsync = off
max_connections = 100
"""
"""Nobody pulls the plug of the machine, but what was committed stays when the server is restarted."""


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def postgres(stack: ExitStack) -> Cluster:
    return stack.enter_context(running(CAREFUL))


@pytest.mark.timeout(420)
def test_every_message_arrives_once_though_a_worker_dies_and_the_database_restarts(
    stack: ExitStack, postgres: Cluster, site: Path, tmp_path: Path
) -> None:
    authority, key = certificate(tmp_path, "push.example")
    service = CountingService(authority, key)
    stack.callback(service.close)
    url = postgres.made()
    moment = datetime(2026, 11, 23, 11, 14, 0, tzinfo=LOCAL)
    first = tmp_path / "first"
    first.mkdir()
    make_key(first)
    with closing(open_data(Settings(site=site, data=first, database=url))[0]) as store:
        paths = subscribe_many(store, service.origin, MESSAGES, moment.timestamp())

    began = time.time()

    def launch(what: str, name: str) -> Node:
        data = tmp_path / name
        if not data.exists():
            shutil.copytree(first, data)
        node = Node(
            what,
            "2026-11-23T11:15:00",
            began,
            tmp_path / f"{name}.log",
            DATABASE_URL=url,
            PUSH_SITE=str(site),
            PUSH_DATA=str(data),
            PUSH_WORKS="off" if what == "web" else "on",
            PUSH_CONNECTIONS=str(IN_FLIGHT),
            PUSH_LEASE_SECONDS="6",
            PUSH_LOCAL_ORIGINS=service.origin,
            PUSH_TRUSTED_PROXY="127.0.0.1",
            SSL_CERT_FILE=str(authority),
            PYTHONASYNCIODEBUG="",
        )
        stack.callback(node.end)
        return node

    # The first node makes the key of the console; the others have a copy of both.
    webs = [launch("web", "first")]
    webs[0].ready()
    webs.append(launch("web", "second"))
    webs[1].ready()
    workers = [launch("worker", f"worker{number}") for number in range(3)]
    a_quarter, half = service.after(MESSAGES // 4), service.after(MESSAGES // 2)

    def both(text: str) -> str:
        one = f"server 127.0.0.1:{webs[0].port};"
        assert one in text
        return text.replace(one, f"{one} server 127.0.0.1:{webs[1].port};")

    front = Front(tmp_path / "nginx", webs[0], both)
    stack.callback(front.close)
    answers: Counter[int] = Counter()
    over = threading.Event()
    visitor = threading.Thread(target=_visit, args=(front, answers, over))
    visitor.start()
    stack.callback(over.set)
    for worker in workers:
        worker.ready()

    assert a_quarter.wait(120), workers[0].said()
    workers[0].kill()
    assert half.wait(120), workers[1].said()
    postgres.stop("fast")
    postgres.start()
    late = Phone(service.origin)
    assert eventually(lambda: front.post("/push/v1/subscriptions", late.body(), "127.0.0.1") == 201, 20)
    paths.append(late.path)

    assert eventually(lambda: service.counted.keys() >= set(paths), 120), _left(service, paths, workers)
    assert eventually(lambda: json.loads(front.get("/push/v1/healthz").body)["pending"] == 0, 30)
    over.set()
    visitor.join()

    assert service.counted.keys() == set(paths)
    twice = {path: times for path, times in service.counted.items() if times > 1}
    print(
        f"{len(twice)} twice; {service.total} in {service.moments[-1] - service.moments[0]:.1f} s; visitors {answers}"
    )
    assert set(twice.values()) <= {2}
    # What the killed one had on its way; and what the others had, where the database was away for longer than
    # they may be silent: who cannot say that it is alive counts as dead.
    assert len(twice) <= 3 * IN_FLIGHT
    assert answers[200] > 0
    assert answers.keys() <= {0, 200, 429, 502, 503, 504}
    told = json.loads(front.get("/push/v1/healthz").body)
    assert (told["sender"], told["sent_today"]) == ("elsewhere", len(paths))
    for node in (*webs, *workers[1:]):
        node.end()
        assert "Traceback" not in node.said()
        assert "wpush" not in node.said()


def _visit(front: Front, answers: Counter[int], over: threading.Event) -> None:
    """Somebody who looks at the guide all the time."""
    while not over.wait(0.05):
        for path in ("/", "/push/v1/queue", "/push/v1/readyz"):
            try:
                answers[front.get(path).status] += 1
            except OSError:  # nothing within seconds
                answers[0] += 1


def _left(service: CountingService, paths: list[str], workers: list[Node]) -> str:
    return f"{len(set(paths) - service.counted.keys())} are missing\n" + "".join(worker.said() for worker in workers)
