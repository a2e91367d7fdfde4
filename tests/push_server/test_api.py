"""What holds for the whole API: its document, its one shape of errors, its health."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import validate

from push_server import errors

from . import site as fixture_site
from .conftest import Clock, Server, Start
from .phone import Phone


def test_the_document_is_valid_and_names_every_route(server: Server) -> None:
    document = server.http.get("/push/v1/openapi.json").get_json()
    validate(document)
    documented = {(path, method.upper()) for path, methods in document["paths"].items() for method in methods}
    routes = {
        (re.sub(r"<(\w+)>", r"{\1}", rule.rule), method)
        for rule in server.app.url_map.iter_rules()
        if rule.rule.startswith(errors.API) and not rule.rule.endswith("openapi.json")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert documented == routes
    assert {"/push/v1/key", "/push/v1/queue/{kind}"} <= {path for path, _ in documented}


NO_CHARACTER = {"data": rb'{"endpoint": "\ud800"}', "content_type": "application/json"}
"""Half of a pair of surrogates: JSON can say it, no text can hold it."""


@pytest.mark.parametrize(
    ("method", "path", "options", "status", "code"),
    [
        ("GET", "nothing", {}, 404, "not-found"),
        ("DELETE", "key", {}, 405, "method-not-allowed"),
        ("POST", "subscriptions", {"data": b"{", "content_type": "application/json"}, 400, "request-malformed"),
        ("POST", "subscriptions", {"json": [1]}, 400, "request-invalid"),
        ("POST", "subscriptions", {"data": b"[" * 8000, "content_type": "application/json"}, 400, "request-malformed"),
        ("POST", "subscriptions/test", NO_CHARACTER, 404, "endpoint-unknown"),
        ("POST", "subscriptions", {"json": {"x": "y" * 9000}}, 413, "request-too-large"),
        ("POST", "subscriptions/test", {"json": {"endpoint": "https://x"}}, 404, "endpoint-unknown"),
        ("PUT", "queue/acceptance", {"json": {"waiting": 1}}, 401, "token-invalid"),
    ],
)
def test_every_error_has_one_shape(
    server: Server, method: str, path: str, options: dict[str, Any], status: int, code: str
) -> None:
    answer = server.http.open(f"/push/v1/{path}", method=method, **options)
    assert answer.status_code == status
    body = answer.get_json()
    assert body.keys() == {"code", "message"}
    assert body["code"] == code
    assert re.search(r"[一-鿿]", body["message"])
    assert answer.headers["Cache-Control"] == "no-store"


HOSTILE = [
    b"NaN",
    b"-Infinity",
    b"1e400",
    b"9" * 5000,
    b"-" + b"9" * 4299,
    b'"\\ud800"',
    b'"\\u0000"',
    b'"' + b"x" * 7000 + b'"',
    b'"\xef\xb7\xba\xef\xb7\xba"',
    '"中文"'.encode(),
    b'"9999-12-31T23:59:59+00:00"',
    b'"0001-01-01T00:00:00+00:00"',
    b"[" * 3000 + b"]" * 3000,
    b'{"a":' * 1200 + b"1" + b"}" * 1200,
    b'{"\\ud800": 1}',
    b"null",
    b"true",
    b"\xff",
    b"{}",
]
"""Values of a field that a schema may let pass and later code may not bear."""
KEYS = json.dumps(Phone("https://fcm.googleapis.com").subscription()["keys"]).encode()
"""As they have to be, so that what is beside them is looked at."""
BODIES: dict[str, list[tuple[str, bytes]]] = {
    "queue/acceptance": [
        ("PUT", b'{"waiting": @}'),
        ("PUT", b'{"waiting": 1, "serving": @}'),
        ("PUT", b'{"waiting": 1, "observed_at": @}'),
        ("PUT", b'{"waiting": 1, "x": @}'),
    ],
    "hall/events": [
        ("POST", b'{"sent_at": @, "events": []}'),
        (
            "POST",
            b'{"sent_at": @, "events": [{"id": "event-00", "type": "taken", "at": "2026-11-23T09:00:00+08:00", '
            b'"ticket": "A000", "kind": "acceptance"}]}',
        ),
        (
            "POST",
            b'{"sent_at": "2026-11-23T08:00:00+08:00", "events": [{"id": "event-02", "type": "window_paused", '
            b'"at": "2026-11-23T08:00:00+08:00", "window": "1", "until": @}]}',
        ),
        ("POST", b'{"sent_at": "2026-11-23T09:00:00+08:00", "events": @}'),
        ("POST", b'{"sent_at": "2026-11-23T09:00:00+08:00", "events": [@]}'),
        *(
            (
                "POST",
                b'{"sent_at": "2026-11-23T09:00:00+08:00", "events": [{"id": "event-01", "type": "taken", '
                b'"at": "2026-11-23T09:00:00+08:00", "ticket": "A001", "kind": "acceptance", "%s": @}]}' % name,
            )
            for name in (b"id", b"type", b"at", b"ticket", b"kind", b"matter", b"prechecked", b"window", b"until", b"x")
        ),
    ],
    "announcements": [
        ("POST", b'{"title": @, "expires_at": "2026-11-23T19:00:00+08:00"}'),
        ("POST", b'{"title": "x", "body": @, "expires_at": "2026-11-23T19:00:00+08:00"}'),
        ("POST", b'{"title": "x", "expires_at": @}'),
        ("POST", b'{"title": "x", "expires_at": "2026-11-23T19:00:00+08:00", "day": @, "hours": []}'),
        ("POST", b'{"title": "x", "expires_at": "2026-11-23T19:00:00+08:00", "day": "2026-11-23", "hours": @}'),
        ("POST", b'{"title": "x", "expires_at": "2026-11-23T19:00:00+08:00", "corrects": @}'),
        ("POST", b'{"title": "x", "expires_at": "2026-11-23T19:00:00+08:00", "audience": @, "publish_at": @}'),
    ],
    "shown": [("POST", b'{"id": @}')],
    "tickets/A001/Zk3vQ1xW8pLm5nRt7yBc2d/leave": [("POST", b'{"id": @}')],
    "tickets/demo": [("POST", b'{"kind": @}')],
    "unfound": [("POST", b'{"query": @}'), ("POST", b'{"query": "x", "\\ud800": @}')],
    "subscriptions": [
        ("POST", b'{"subscription": @, "topics": ["noon"]}'),
        ("POST", b'{"subscription": {"endpoint": @, "keys": {"p256dh": @, "auth": @}}, "topics": ["noon"]}'),
        ("POST", b'{"subscription": {"endpoint": "https://fcm.googleapis.com/x", "keys": @}, "topics": [@]}'),
        ("POST", b'{"subscription": {"endpoint": "https://fcm.googleapis.com/x", "keys": {}}, "wishes": @}'),
        (
            "POST",
            b'{"subscription": {"endpoint": "https://fcm.googleapis.com/x", "keys": {"p256dh": "x", "auth": "x"}}, '
            b'"wishes": [{"topic": "ticket", "subject": @, "threshold": @, "key": @, "lead": @, "weekdays": @, '
            b'"on_date": @}], "rest": {"quiet": @, "paused_until": @}}',
        ),
        (
            "POST",
            b'{"subscription": {"endpoint": "https://fcm.googleapis.com/x", "keys": %s}, "person": {"id": @, '
            b'"secret": @}, "replaces": @, "key": @, "wishes": [{"topic": "ticket", "subject": "A001", '
            b'"threshold": 3, "key": @}]}' % KEYS,
        ),
        (
            "POST",
            b'{"subscription": {"endpoint": "https://fcm.googleapis.com/x", "keys": %s}, "person": {"id": @, '
            b'"secret": "x"}, "topics": ["noon"]}' % KEYS,
        ),
        ("DELETE", b'{"endpoint": @}'),
        ("DELETE", b'{"person": {"id": @, "secret": "x"}}'),
    ],
    "subscriptions/test": [("POST", b'{"endpoint": @}'), ("POST", b'{"person": {"id": @, "secret": @}}')],
}


def test_the_list_of_bodies_names_every_endpoint_that_takes_one(server: Server) -> None:
    paths = server.http.get("/push/v1/openapi.json").get_json()["paths"]
    given = {"{kind}": "acceptance", "{ticket}": "A001", "{key}": "Zk3vQ1xW8pLm5nRt7yBc2d"}
    taking = {
        (re.sub(r"{\w+}", lambda name: given[name[0]], path.removeprefix("/push/v1/")), method.upper())
        for path, methods in paths.items()
        for method, operation in methods.items()
        if "requestBody" in operation
    }
    assert taking == {(path, method) for path, bodies in BODIES.items() for method, _ in bodies}


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: value[:12].decode("latin-1"))
def test_no_value_of_a_field_is_our_failure(server: Server, value: bytes) -> None:
    server.app.testing = False
    s = server.services
    s.hall.declare("1", ["acceptance"])
    s.hall.take("take-0001", "acceptance", "machine", s.now())
    tokens = {role: s.store.tokens.add(role, 0.0, role=role) for role in ("machine", "editor")}
    headers = {"Content-Type": "application/json", "Idempotency-Key": "k" * 8}
    for path, bodies in BODIES.items():
        headers["Authorization"] = f"Bearer {tokens['editor' if path == 'announcements' else 'machine']}"
        for method, body in bodies:
            answer = server.http.open(
                f"/push/v1/{path}", method=method, data=body.replace(b"@", value), headers=headers
            )
            assert answer.status_code < 500, (method, path, body)
            if answer.status_code >= 400:
                assert answer.get_json().keys() == {"code", "message"}
    assert server.http.get("/push/v1/queue").status_code == 200
    assert server.http.get("/push/v1/unfound", headers=headers).status_code == 200


@pytest.mark.parametrize("key", ["中文", "%FF", "%00", "é", "x" * 5000])
def test_a_strange_key_opens_no_ticket(server: Server, key: str) -> None:
    s = server.services
    s.hall.take("take-0001", "acceptance", "machine", s.now())
    for answer in (
        server.http.get(f"/push/v1/tickets/A001/{key}"),
        server.http.post(f"/push/v1/tickets/A001/{key}/leave", json={"id": "press-0001"}),
        server.http.get(f"/push/v1/tickets/{key}/{key}"),
    ):
        assert (answer.status_code, answer.get_json()["code"]) == (404, "ticket-unknown")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("If-Modified-Since", "Mon, 01 Jan 2026 00:00:00 +999999999999999"),
        ("If-Unmodified-Since", "Mon, 01 Jan 0001 00:00:00 +9999"),
        ("If-Range", "Mon, 01 Jan 2026 00:00:00 +999999999999999"),
        ("If-None-Match", 'W/"'),
        ("Range", "bytes=0-99999999999999999999999"),
        ("Accept-Encoding", "gzip;q=nan"),
        ("X-Forwarded-For", "\xff,[,%," + "9" * 999),
        ("Authorization", "Bearer \xff\x00"),
        ("Host", "[::1"),
    ],
)
def test_no_header_is_our_failure(server: Server, name: str, value: str) -> None:
    server.app.testing = False
    for path in ("", "noon", "push/v1/queue", "push/v1/unfound", "push/v1/readyz"):
        assert server.http.get(f"/{path}", headers={name: value}).status_code < 500


def test_our_own_failure_has_the_shape_too(server: Server, phone: Phone) -> None:
    server.services.store.engine.dispose()
    database = server.services.settings.data / "push.sqlite3"
    for path in server.services.settings.data.glob("push.sqlite3-*"):
        path.unlink()
    database.write_bytes(b"no database" * 1000)
    answer = server.http.post("/push/v1/subscriptions", json=phone.body())
    assert (answer.status_code, answer.get_json()["code"]) == (503, "storage-unavailable")
    health = server.http.get("/push/v1/healthz")
    assert (health.status_code, health.get_json()["problems"]) == (503, ["storage-unavailable"])
    assert server.http.get("/push/v1/readyz").status_code == 503


def test_a_mistake_in_the_program_is_answered_in_the_shape(
    server: Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> float:
        raise RuntimeError("bug")

    monkeypatch.setattr(server.services.store.subscribers, "count", fail)
    answer = server.http.get("/push/v1/healthz")
    assert (answer.status_code, answer.get_json()["code"]) == (500, "server-error")
    assert "bug" in caplog.text


@pytest.mark.parametrize("broken", [b"{", b"\xff", b"[]", None])
def test_a_broken_rebuild_leaves_the_last_good_data(
    server: Server, clock: Clock, phone: Phone, push_service: Any, site: Path, broken: bytes | None
) -> None:
    server.subscribe(phone)
    server.run()
    if broken is None:
        (site / "api/v1/calendar.json").unlink()
    else:
        fixture_site.put(site, "api/v1/calendar.json", broken)
    body = server.http.get("/push/v1/healthz").get_json()
    assert (body["status"], body["problems"]) == ("degraded", ["data-refused"])
    clock.at("11:15")
    server.run()
    assert len(push_service.received) == 1
    fixture_site.put(site, "api/v1/calendar.json", fixture_site.calendar())
    assert server.http.get("/push/v1/healthz").get_json()["status"] == "ok"


def test_a_rebuild_is_picked_up(server: Server, clock: Clock, phone: Phone, push_service: Any, site: Path) -> None:
    server.subscribe(phone)
    fixture_site.put(site, "api/v1/calendar.json", fixture_site.calendar(noon=False))
    fixture_site.put(site, "api/v1/release.json", {"id": "ffffffffffffffff"})
    clock.at("11:15")
    server.run()
    assert push_service.received == []
    assert server.http.get("/push/v1/healthz").get_json()["release"] == "ffffffffffffffff"


def test_the_default_clock_knows_its_zone(settings: Any) -> None:
    from push_server.services import utc_now

    assert abs((datetime.now(UTC) - utc_now()).total_seconds()) < 5


def test_settings_from_the_environment(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    from push_server.settings import from_environment

    found = from_environment(
        {"PUSH_PREFIX": "guide/", "PUSH_LEAD_MINUTES": "20", "PUSH_HOSTS": "a.example, *.b.example"}
    )
    assert (found.prefix, found.lead.total_seconds(), found.push_hosts) == (
        "/guide",
        1200,
        ("a.example", "*.b.example"),
    )


@pytest.mark.parametrize(
    "values",
    [
        {"PUSH_CONTACT": "office@example.com"},
        {"PUSH_CONTACT": "mailto:nobody"},
        {"PUSH_LEAD_MINUTES": "soon"},
        {"PUSH_LEAD_MINUTES": "-5"},
        {"PUSH_LEAD_MINUTES": "1000"},
        {"PUSH_HOSTS": "https://fcm.googleapis.com"},
        {"PUSH_HOSTS": "*"},
        {"PUSH_LOCAL_ORIGINS": "127.0.0.1:9000"},
        {"PUSH_LOCAL_ORIGINS": "http://127.0.0.1:9000/"},
        {"PUSH_PREFIX": "a b"},
        {"PUSH_PREFIX": "../guide"},
        {"PUSH_CONNECTIONS": "0.5"},
        {"PUSH_MAX_SUBSCRIPTIONS": "0.5"},
        {"PUSH_TRUSTED_PROXY": "localhost"},
    ],
)
def test_settings_that_cannot_work_are_refused(values: dict[str, str]) -> None:
    from push_server.settings import from_environment

    with pytest.raises(errors.StartupError, match="请"):
        from_environment(values)


def test_whom_to_ring_is_what_the_centre_publishes(start: Start, site: Path) -> None:
    """A centre with another number needs no other server."""
    server = start(unfound=False)

    def told() -> str:
        return server.http.post("/push/v1/unfound", json={"query": "护照"}).get_json()["message"]

    assert told() == "这里不收没找到的词，请拨打 0100-2000。"
    fixture_site.put(site, "api/v1/centre.json", {**fixture_site.CENTRE, "hotline": "0100-3000"})
    assert told() == "这里不收没找到的词，请拨打 0100-3000。"


def test_without_a_number_the_centre_is_named(start: Start, site: Path) -> None:
    """A guide that has published no hotline is served all the same."""
    fixture_site.put(site, "api/v1/centre.json", {k: v for k, v in fixture_site.CENTRE.items() if k != "hotline"})
    answer = start(unfound=False).http.post("/push/v1/unfound", json={"query": "护照"})
    assert answer.get_json()["message"] == "这里不收没找到的词，请联系中心。"
