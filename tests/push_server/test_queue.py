"""The queue over HTTP: a machine reports, everybody reads."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

import pytest
from werkzeug.test import TestResponse

from . import site as fixture_site
from .conftest import Clock, Server, on_file

URL = "/push/v1/queue"


class Machine:
    """The ticket machine with its token."""

    def __init__(self, server: Server) -> None:
        self.http = server.http
        self.token = server.services.store.tokens.add("kiosk", 0.0)

    def report(self, kind: str = "acceptance", token: str | None = None, **body: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {token or self.token}"}
        return self.http.put(f"{URL}/{kind}", json=body, headers=headers)


@pytest.fixture
def machine(server: Server) -> Machine:
    return Machine(server)


def test_nothing_reported(server: Server) -> None:
    answer = server.http.get(URL)
    assert answer.get_json() == {
        "day": "2026-11-23",
        "demo": False,
        "served_at": "2026-11-23T01:00:00Z",
        "closes_at": "2026-11-23T08:30:00Z",
        "noon": {"opens_at": "2026-11-23T03:30:00Z", "closes_at": "2026-11-23T05:00:00Z"},
        "counters": [],
        "matters": {},
    }
    assert answer.headers["Cache-Control"] == "public, max-age=5"


def test_report_and_read(server: Server, machine: Machine, clock: Clock) -> None:
    clock.at("10:42:07")
    assert machine.report(waiting=8, serving="A015").status_code == 200
    counter = {"kind": "acceptance", "waiting": 8, "serving": "A015", "reported_at": "2026-11-23T02:42:07Z"}
    clock.at("10:43:20")
    told = server.http.get(URL).get_json()
    (only,) = told["counters"]
    assert counter.items() <= only.items()
    assert (only["source"], told["served_at"]) == ("count", "2026-11-23T02:43:15Z")
    # Nobody knows how long a service takes, so nobody says how long one waits.
    assert (only["wait"], only["arriving"], only["service"]) == (None, None, None)


def test_revalidation(server: Server, machine: Machine, clock: Clock) -> None:
    machine.report(waiting=8, serving=None)
    clock.forward(5)
    tag = server.http.get(URL).headers["ETag"]
    again = server.http.get(URL, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    machine.report(waiting=7, serving=None)
    assert server.http.get(URL, headers={"If-None-Match": tag}).status_code == 200


def test_an_older_observation_does_not_replace_a_newer_one(server: Server, machine: Machine, clock: Clock) -> None:
    clock.at("10:42")
    assert machine.report(waiting=3, observed_at="2026-11-23T10:41:30+08:00").status_code == 200
    late = machine.report(waiting=9, observed_at="2026-11-23T02:40:00Z")
    assert (late.status_code, late.get_json()["code"]) == (409, "report-outdated")
    assert machine.report(waiting=2, observed_at="2026-11-23T02:41:30Z").status_code == 200  # a correction
    assert server.http.get(URL).get_json()["counters"][0]["waiting"] == 2


def test_a_fast_clock_cannot_lock_out_later_reports(machine: Machine, clock: Clock) -> None:
    clock.at("10:42")
    answer = machine.report(waiting=3, observed_at="2026-11-23T03:00:00Z")
    assert (answer.status_code, answer.get_json()["code"]) == (400, "observed-in-future")
    slightly = machine.report(waiting=3, observed_at="2026-11-23T02:42:40Z")
    assert slightly.get_json()["reported_at"] == "2026-11-23T02:42:00Z"
    clock.forward(1)
    assert machine.report(waiting=4).status_code == 200


@pytest.mark.parametrize(
    "moment",
    [
        "0001-01-01T00:00:00+14:00",
        "0001-01-01T00:00:00Z",
        "0001-01-01T00:00:00-14:00",
        "1969-12-31T23:59:59Z",
        "2026-11-22T00:59:59Z",
        "9999-12-31T23:59:59-14:00",
        "9999-12-31T23:59:59-23:59",
        "2026-11-23T01:00:00-23:59",
        "2026-11-23T01:00:00+24:00",
        "2026-11-23T01:01:01Z",
        "2026-11-23T01:00:60Z",
        "2026-11-23T24:00:00Z",
        "2026-11-23T00:59:00",
        "2026-11-23",
        "2026-02-30T00:00:00Z",
        "10000-01-01T00:00:00Z",
        "-001-01-01T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "٢٠٢٦-11-23T01:00:00Z",
        "",
        "now",
        1795395601,
        1e300,
    ],
)
def test_moments_that_cannot_be_are_refused_and_leave_nothing(server: Server, machine: Machine, moment: Any) -> None:
    answer = machine.report(waiting=3, observed_at=moment)
    assert (answer.status_code, answer.get_json().keys()) == (400, {"code", "message"})
    answer = server.http.get(URL)
    assert (answer.status_code, answer.get_json()["counters"]) == (200, [])
    assert machine.report(waiting=4, observed_at="2026-11-23T00:59:59Z").status_code == 200


@on_file
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("observed_at", -62135647200.0),
        ("observed_at", 1e300),
        ("observed_at", float("inf")),
        ("observed_at", "yesterday"),
        ("observed_at", b"\xff"),
        ("waiting", -1),
        ("waiting", 2**62),
        ("waiting", "many"),
        ("waiting", b"\xff"),
        ("serving", b"\xff"),
    ],
)
def test_a_row_that_cannot_be_shown_keeps_nothing_else_from_it(
    server: Server, machine: Machine, clock: Clock, column: str, value: object
) -> None:
    assert machine.report(waiting=5, serving=None).status_code == 200
    with closing(sqlite3.connect(server.services.settings.data / "push.sqlite3")) as connection:
        row = {"observed_at": 1795395601.0, "waiting": 6, "serving": None} | {column: value}
        connection.execute(
            "INSERT INTO queue_reports (kind, waiting, serving, observed_at, received_at, token)"
            " VALUES ('acceptance', :waiting, :serving, :observed_at, 0, 'x')",
            row,
        )
        connection.commit()
    answer = server.http.get(URL)
    assert answer.status_code == 200
    assert answer.get_json()["counters"][0]["waiting"] == (6 if column == "serving" else 5)
    clock.forward(60)
    assert machine.report(waiting=7).status_code == 200
    assert server.http.get(URL).get_json()["counters"][0]["waiting"] == 7


def rows(server: Server) -> int:
    with closing(sqlite3.connect(server.services.settings.data / "push.sqlite3")) as connection:
        count: int = connection.execute("SELECT count(*) FROM queue_reports").fetchone()[0]
    return count


@on_file
def test_the_same_report_is_stored_once(server: Server, machine: Machine, clock: Clock) -> None:
    report = {"waiting": 3, "serving": "A7", "observed_at": "2026-11-23T08:59:00+08:00"}
    answers = [machine.report(**report) for _ in range(2)]
    clock.forward(30)  # the answer was lost, and the machine says it again
    answers.append(machine.report(**report | {"observed_at": "2026-11-23T00:59:00Z"}))
    assert [(one.status_code, one.get_json()) for one in answers] == [(200, answers[0].get_json())] * 3
    assert rows(server) == 1
    machine.report(**report | {"waiting": 4})
    assert rows(server) == 2


@on_file
def test_reports_are_kept_for_a_month(server: Server, machine: Machine, clock: Clock) -> None:
    machine.report(waiting=1)
    clock.at("2026-11-24 09:00")
    for minutes in range(3):
        clock.forward(60)
        machine.report(waiting=minutes)
    server.run()
    assert rows(server) == 4
    clock.at("2026-12-23 09:00:01")
    server.run()
    assert rows(server) == 3
    clock.at("2027-12-01 09:00")
    server.run()
    assert rows(server) == 1  # the newest stays, and says how old it is
    assert server.http.get(URL).get_json()["counters"][0]["reported_at"] == "2026-11-24T01:03:00Z"


@pytest.mark.parametrize("kind", ["advice", "nonsense"])
def test_only_kinds_with_a_queue(machine: Machine, kind: str) -> None:
    answer = machine.report(kind, waiting=1)
    assert (answer.status_code, answer.get_json()["code"]) == (404, "counter-unknown")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"waiting": -1},
        {"waiting": "8"},
        {"waiting": 8.5},
        {"waiting": True},
        {"waiting": None},
        {"waiting": 10000},
        {"waiting": 1, "serving": ""},
        {"waiting": 1, "serving": "A015\n"},
        {"waiting": 1, "serving": "<b>"},
        {"waiting": 1, "serving": "A" * 17},
        {"waiting": 1, "observed_at": "yesterday"},
        {"waiting": 1, "people": 3},
    ],
)
def test_reports_that_are_not_as_documented(server: Server, machine: Machine, body: dict[str, Any]) -> None:
    answer = machine.report(**body)
    assert (answer.status_code, answer.get_json()["code"]) == (400, "request-invalid")
    assert server.http.get(URL).get_json()["counters"] == []


@pytest.mark.parametrize("header", [None, "Bearer wrong", "Bearer ", "Bearer ü", "Basic a3g6eA==", "Basic ü", "Bearer"])
def test_without_a_valid_token(server: Server, machine: Machine, header: str | None) -> None:
    headers = {"Authorization": header} if header else {}
    answer = server.http.put(f"{URL}/acceptance", json={"waiting": 1}, headers=headers)
    assert (answer.status_code, answer.get_json()["code"]) == (401, "token-invalid")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_revoked_token_and_its_name_are_gone_for_good(server: Server, machine: Machine) -> None:
    tokens = server.services.store.tokens
    assert machine.report(waiting=1).status_code == 200
    assert tokens.revoke("kiosk", 1.0)
    assert machine.report(waiting=1).status_code == 401
    assert not tokens.revoke("kiosk", 2.0)
    assert tokens.add("kiosk", 3.0) is None


def test_tokens_by_command_line(server: Server) -> None:
    run = server.app.test_cli_runner().invoke
    secret = run(args=["token", "add", "hall-1"]).output.strip()
    assert len(secret) == 43
    assert Machine.report(_bare(server, secret), waiting=1).status_code == 200
    listing = run(args=["token", "list"]).output
    assert "hall-1" in listing
    assert secret not in listing
    assert run(args=["token", "revoke", "hall-1"]).exit_code == 0
    assert Machine.report(_bare(server, secret), waiting=1).status_code == 401
    assert run(args=["token", "revoke", "hall-1"]).exit_code == 1
    assert run(args=["token", "add", "no spaces"]).exit_code == 1
    assert run(args=["token", "add", "website", "--role", "editor"]).exit_code == 0
    assert run(args=["token", "add", "other", "--role", "king"]).exit_code == 2
    assert server.services.store.tokens.role("website") == "editor"
    assert "website\teditor" in run(args=["token", "list"]).output


def _bare(server: Server, token: str) -> Machine:
    machine = Machine.__new__(Machine)
    machine.http, machine.token = server.http, token
    return machine


@on_file
def test_the_secret_is_not_in_the_database(server: Server, machine: Machine) -> None:
    server.services.store.ping()
    stored = b"".join(path.read_bytes() for path in server.services.settings.data.iterdir())
    assert machine.token
    assert machine.token.encode() not in stored


def test_a_kind_that_loses_its_queue_is_not_shown_any_more(server: Server, machine: Machine, site: Any) -> None:
    machine.report(waiting=1)
    kinds = [{**kind, "queue": False} for kind in fixture_site.CENTRE["counter_kinds"]]  # type: ignore[union-attr]
    fixture_site.put(site, "api/v1/centre.json", {**fixture_site.CENTRE, "counter_kinds": kinds})
    assert server.http.get(URL).get_json()["counters"] == []
