"""What Prometheus reads."""

from __future__ import annotations

import os
import re
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from .conftest import Clock, Server
from .phone import Phone


def read(server: Server) -> dict[tuple[str, ...], float]:
    """Values by name and labels."""
    answer = server.http.get("/push/v1/metrics")
    assert answer.status_code == 200 and answer.content_type == "text/plain; version=0.0.4; charset=utf-8"
    families = list(text_string_to_metric_families(answer.text))
    assert all(family.documentation and family.name.startswith("guide_") for family in families)
    return {(one.name, *one.labels.values()): one.value for family in families for one in family.samples}


def test_a_day_in_numbers(server: Server, phone: Phone, clock: Clock) -> None:
    before = read(server)
    assert ("guide_sender_beat_age_seconds",) not in before and before["guide_storage_writable",] == 1
    assert before["guide_problem", "sender-off", "true"] == 1
    server.subscribe(phone)
    clock.at("11:20")
    assert read(server)["guide_noon_announcement_missed",] == 1
    server.run()
    clock.forward(30)
    s = server.services
    s.hall.take("take-0001", "acceptance", "machine", s.now())
    brought = s.now() - 3600
    for name in ("index.html", "api/v1/release.json"):
        os.utime(s.settings.site / name, (brought, brought))
    now = read(server)
    assert now.pop(("guide_site_age_seconds",)) == 3600
    expected = {
        ("guide_subscriptions",): 1,
        ("guide_messages_pending",): 0,
        ("guide_messages_overdue",): 0,
        ("guide_messages_today", "sent"): 1,
        ("guide_messages_today", "rejected"): 0,
        ("guide_messages_today", "expired"): 0,
        ("guide_noon_announcement_missed",): 0,
        ("guide_sender_beat_age_seconds",): 30,
        ("guide_storage_writable",): 1,
        ("guide_hall_waiting", "acceptance"): 1,
        ("guide_hall_events_today",): 1,
        ("guide_hall_demo",): 0,
    }
    assert now == expected


def test_without_a_database_it_says_so(server: Server) -> None:
    server.services.store.engine.dispose()
    for path in server.services.settings.data.glob("push.sqlite3*"):
        path.unlink()
    (server.services.settings.data / "push.sqlite3").write_bytes(b"no database" * 1000)
    now = read(server)
    assert now["guide_storage_writable",] == 0 and ("guide_subscriptions",) not in now
    assert now["guide_problem", "storage-unavailable", "true"] == 1


def test_the_page_names_every_metric(server: Server, phone: Phone, clock: Clock) -> None:
    server.subscribe(phone)
    server.run()
    page = (Path(__file__).parents[2] / "docs/running.md").read_text("utf-8")
    assert set(re.findall(r"^\| `(guide_\w+)` \|", page, re.MULTILINE)) == {
        family.name for family in text_string_to_metric_families(server.http.get("/push/v1/metrics").text)
    }
