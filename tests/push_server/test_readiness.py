"""Can a node serve visitors? What a load balancer asks, and why not."""

from __future__ import annotations

import os
import shutil
from typing import Any

import pytest

from .conftest import BOTH, Clock, Server, on_file
from .postgres import Cluster

BACKENDS = BOTH


def ready(server: Server) -> tuple[int, dict[str, Any]]:
    answer = server.http.get("/push/v1/readyz")
    body = answer.get_json()
    assert answer.headers["Cache-Control"] == "no-store"
    assert body["ready"] == (body["failing"] == []) == (answer.status_code == 200)
    return answer.status_code, body


def test_what_it_tells_by_name(server: Server, clock: Clock) -> None:
    brought = clock().timestamp() - 7200
    for name in ("index.html", "api/v1/release.json"):
        os.utime(server.services.settings.site / name, (brought, brought))
    server.run()
    clock.forward(30)
    assert ready(server) == (
        200,
        {
            "ready": True,
            "failing": [],
            "database": {"ready": True},
            "sender": {"sends": True, "state": "elsewhere", "beat_age_seconds": 30.0},
            "site": {
                "ready": True,
                "current": True,
                "release": "00112233445566aa",
                "brought_at": "2026-11-22T23:00:00Z",
                "age_seconds": 7230.0,
            },
        },
    )


def test_a_sender_that_is_down_takes_no_pages_away(server: Server, clock: Clock) -> None:
    status, body = ready(server)
    assert (status, body["sender"]) == (200, {"sends": False, "state": "off", "beat_age_seconds": None})
    server.run()
    clock.forward(91)
    status, body = ready(server)
    assert (status, body["sender"]) == (200, {"sends": False, "state": "off", "beat_age_seconds": 91.0})
    assert server.http.get("/push/v1/healthz").status_code == 503


def test_without_pages_nobody_can_be_served(server: Server, clock: Clock) -> None:
    site = server.services.settings.site
    (site / "api/v1/centre.json").write_bytes(b"{")
    status, body = ready(server)  # the last good data is in use
    assert (status, body["site"]["current"], body["site"]["release"]) == (200, False, "00112233445566aa")
    shutil.rmtree(site)
    status, body = ready(server)
    assert (status, body["failing"], body["site"]["ready"], body["site"]["age_seconds"]) == (503, ["site"], False, None)


@on_file
def test_without_the_file_nobody_can_be_served(server: Server) -> None:
    server.run()
    server.services.store.engine.dispose()
    for path in server.services.settings.data.glob("push.sqlite3*"):
        path.write_bytes(b"garbage" * 9999) if path.suffix == ".sqlite3" else path.unlink()
    status, body = ready(server)
    assert (status, body["failing"]) == (503, ["database"])
    assert body["sender"] == {"sends": None, "state": "off", "beat_age_seconds": None}
    assert body["site"]["ready"]


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
@on_file
def test_without_postgresql_nobody_can_be_served(server: Server, cluster: Cluster, backend: str) -> None:
    server.run()
    cluster.cut(backend)
    try:
        status, body = ready(server)
        assert (status, body["failing"], body["sender"]["sends"]) == (503, ["database"], None)
    finally:
        cluster.mend(backend)
    assert ready(server)[0] == 200
