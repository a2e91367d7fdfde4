"""Ticket machines tell what happened, over HTTP: every event gets its answer, the rest counts."""

from __future__ import annotations

import random
import re
from collections import Counter
from typing import Any

import pytest
from werkzeug.test import TestResponse

from push_server.hall.intake import MOST

from ..conftest import Clock, Server, on_file
from .day import at

URL = "/push/v1/hall/events"


class Machine:
    def __init__(self, server: Server, name: str = "kiosk") -> None:
        self.server = server
        self.secret = server.services.store.tokens.add(name, 0.0)
        self.sent_at = "2026-11-23T10:00:00+08:00"

    def send(self, *events: object, sent_at: str | None = None, secret: str | None = None) -> TestResponse:
        headers = {"Authorization": f"Bearer {secret or self.secret}"}
        return self.server.http.post(
            URL, json={"sent_at": sent_at or self.sent_at, "events": list(events)}, headers=headers
        )

    def results(self, *events: object, **more: Any) -> list[dict[str, Any]]:
        answer = self.send(*events, **more)
        assert answer.status_code == 200, answer.get_json()
        return list(answer.get_json()["results"])


def told(kind_of: str, clock: str = "09:55:00", **more: object) -> dict[str, object]:
    name = re.sub("[^A-Za-z0-9-]", "_", "-".join(str(part) for part in (kind_of, clock, *more.values())))
    return {"id": f"{name:_<8}"[:64], "type": kind_of, "at": f"2026-11-23T{clock}+08:00", **more}


def taken(ticket: str, clock: str = "09:55:00", **more: object) -> dict[str, object]:
    return told("taken", clock, ticket=ticket, kind="acceptance", **more)


@pytest.fixture
def machine(server: Server, clock: Clock) -> Machine:
    clock.at("10:00")
    server.services.hall.declare("1", ["acceptance"])
    return Machine(server)


def test_a_batch_is_taken_down_and_each_event_answered(server: Server, machine: Machine) -> None:
    answer = machine.send(
        taken("A001", matter="company-setup", prechecked=True), told("called", "09:58:00", ticket="A001", window="1")
    )
    body = answer.get_json()
    assert [result["result"] for result in body["results"]] == ["accepted", "accepted"]
    assert body["counts"] == {"accepted": 2}
    ticket = server.services.hall.state(at("10:00")).tickets["A001"]
    assert (ticket.state, ticket.matter, ticket.prechecked) == ("called", "company-setup", True)
    path = body["results"][0]["ticket_path"]
    number, _, key = path.removeprefix("ticket/#").partition(".")
    assert server.services.hall.ticket(number, key, at("10:00"))


def test_a_batch_sent_again_counts_once_and_opens_the_same_page(server: Server, machine: Machine) -> None:
    first = machine.results(taken("A001"))
    again = machine.results(taken("A001"), sent_at="2026-11-23T10:00:20+08:00")
    assert again[0]["result"] == "repeated"
    assert again[0]["ticket_path"] == first[0]["ticket_path"]
    assert len(server.services.hall.state(at("10:00")).tickets) == 1


def test_only_bearers_of_a_token_tell(server: Server, machine: Machine) -> None:
    answer = machine.send(taken("A001"), secret="nobody")
    assert (answer.status_code, answer.get_json()["code"]) == (401, "token-invalid")


@pytest.mark.parametrize(
    ("event", "code"),
    [
        ("A001", "event-malformed"),
        ([], "event-malformed"),
        ({}, "id-invalid"),
        (taken("A001") | {"id": "short"}, "id-invalid"),
        (taken("A001") | {"id": "<script>alert(1)</script>"}, "id-invalid"),
        (taken("A001") | {"type": "eaten"}, "type-unknown"),
        (taken("A001") | {"type": ["taken"]}, "type-unknown"),
        (taken("A001") | {"at": "2026-11-23 09:55"}, "at-invalid"),
        (taken("A001") | {"at": 1}, "at-invalid"),
        (taken("A001") | {"at": "0001-01-01T00:00:00+14:00"}, "at-invalid"),
        (taken("A001") | {"at": "2026-11-30T09:55:00+08:00"}, "at-future"),
        (taken("A001") | {"at": "2026-11-22T09:55:00+08:00"}, "at-other-day"),
        (told("taken", ticket="A001"), "field-missing"),
        (taken("A001", colour="x"), "field-unknown"),
        (taken("A001", window="1"), "field-unknown"),
        (taken("A 1"), "field-invalid"),
        (taken("<b>A001</b>"), "field-invalid"),
        (taken("A001\u202e"), "field-invalid"),
        (taken("A001", matter="x" * 81), "field-invalid"),
        (taken("A001", prechecked="yes"), "field-invalid"),
        (taken("A001") | {"kind": "advice"}, "kind-unknown"),
        (taken("A001") | {"kind": "no-such-kind"}, "kind-unknown"),
        (told("called", ticket="A001", window="77"), "window-unknown"),
        (told("window_paused", window="1", until="soon"), "field-invalid"),
        (told("window_paused", window="1", until="2026-11-24T10:30:00+08:00"), "field-invalid"),
        (told("window_paused", window="1", until="2026-11-23T09:30:00+08:00"), "field-invalid"),
        (told("correction", corrects=7), "field-invalid"),
    ],
)
def test_what_is_wrong_is_named_and_the_rest_counts(server: Server, machine: Machine, event: object, code: str) -> None:
    wrong, right = machine.results(event, taken("A002"))
    assert (wrong["result"], wrong["code"], wrong["place"]) == ("refused", code, 0)
    assert wrong["message"].endswith("。") and "<" not in wrong["message"]
    assert right["result"] == "accepted"
    assert server.services.hall.state(at("10:00")).lines == {"acceptance": ["A002"]}


def test_a_call_before_its_ticket_is_told_so_and_counts_when_the_ticket_comes(server: Server, machine: Machine) -> None:
    (early,) = machine.results(told("called", "09:58:00", ticket="A001", window="1"))
    assert (early["result"], early["code"]) == ("held", "ticket-unknown")
    machine.results(taken("A001"))
    assert server.services.hall.state(at("10:00")).tickets["A001"].state == "called"


def test_a_number_that_is_taken_twice_belongs_to_the_first(server: Server, machine: Machine) -> None:
    first, second = machine.results(taken("A001"), taken("A001", "09:57:00"))
    assert (first["result"], second["result"], second["code"]) == ("accepted", "held", "ticket-used")
    assert server.services.hall.state(at("10:00")).lines == {"acceptance": ["A001"]}


def test_a_pause_told_again_by_a_clock_that_is_off_is_the_same_pause(
    server: Server, machine: Machine, clock: Clock
) -> None:
    """The way takes longer one time than another, and so does what puts the clock right."""
    pause = told("window_paused", "09:48:00", window="1", until="2026-11-23T10:10:00+08:00")
    (first,) = machine.results(pause, sent_at="2026-11-23T09:50:00+08:00")
    clock.forward(30.4)
    (again,) = machine.results(pause, sent_at="2026-11-23T09:50:30+08:00")
    assert (first["result"], again["result"]) == ("accepted", "repeated")
    assert server.services.hall.state(at("10:01")).windows["1"].until == at("10:20")


@pytest.mark.parametrize("minutes", [-7, -1, 1, 7])
def test_a_clock_that_is_minutes_off_is_put_right(server: Server, machine: Machine, minutes: int) -> None:
    hour, minute = divmod(600 + minutes, 60)
    sent = f"2026-11-23T{hour:02}:{minute:02}:00+08:00"
    hour, minute = divmod(595 + minutes, 60)
    machine.results(taken("A001", f"{hour:02}:{minute:02}:00"), sent_at=sent)
    assert server.services.hall.state(at("10:00")).tickets["A001"].taken_at == at("09:55")


def test_two_machines_with_one_token_do_not_overwrite_each_other(server: Server, machine: Machine) -> None:
    (one,) = machine.results(taken("A001") | {"id": "counter-1"})
    (two,) = machine.results(taken("A002") | {"id": "counter-1"})
    assert (one["result"], two["result"], two["code"]) == ("accepted", "refused", "id-used")


def test_a_batch_that_is_too_long_is_taken_as_far_as_it_goes(server: Server, machine: Machine) -> None:
    events = [taken(f"A{number}") for number in range(MOST + 2)]
    results = machine.results(*events)
    assert Counter(result["result"] for result in results) == {"accepted": MOST, "refused": 2}
    assert [result["code"] for result in results[-2:]] == ["batch-full"] * 2
    assert results[-1]["id"] == events[-1]["id"]


def test_a_body_beyond_all_bounds_is_refused_before_it_is_read(machine: Machine) -> None:
    answer = machine.send({"id": "x" * 5_000_000})
    assert (answer.status_code, answer.get_json()["code"]) == (413, "request-too-large")


def test_a_token_taken_back_while_it_speaks_leaves_nothing_behind(
    server: Server, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = server.services.hall
    windows = hall.windows

    def revoked_meanwhile() -> dict[str, tuple[str, ...]]:
        server.services.store.tokens.revoke("kiosk", 1.0)
        return windows()

    monkeypatch.setattr(type(hall), "windows", lambda _self, *, demo: revoked_meanwhile())
    assert machine.send(taken("A001")).status_code == 401
    monkeypatch.undo()
    assert hall.state(at("10:00")).tickets == {}


def test_a_window_of_the_demonstration_is_no_window_of_a_machine(server: Server, clock: Clock) -> None:
    clock.at("10:00")
    server.services.hall.declare("8", ["acceptance"], demo=True)
    machine = Machine(server)
    ticket, call = machine.results(taken("A001"), told("called", "09:58:00", ticket="A001", window="8"))
    assert (ticket["result"], call["code"]) == ("accepted", "window-unknown")


@on_file
def test_a_full_disk_loses_nothing(server: Server, machine: Machine) -> None:
    with server.services.store.engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER full BEFORE INSERT ON hall_events WHEN NEW.ticket = 'A003' "
            "BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END"
        )
    events = [taken(f"A00{number}") for number in range(1, 5)]
    answer = machine.send(*events)
    assert (answer.status_code, answer.get_json()["code"]) == (503, "storage-unavailable")
    assert server.services.hall.state(at("10:00")).tickets == {}
    with server.services.store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER full")
    assert {result["result"] for result in machine.results(*events)} == {"accepted"}


def test_batches_lost_repeated_and_out_of_order_come_to_the_same_day(server: Server, machine: Machine) -> None:
    events = [taken(f"A{number:03}", f"09:{number:02}:00") for number in range(20)]
    events += [told("called", f"09:{number + 20:02}:00", ticket=f"A{number:03}", window="1") for number in range(12)]
    events += [told("missed", "09:32:30", ticket="A011"), told("left", "09:40:00", ticket="A015")]
    orderly = Machine(server, "orderly")
    for one in events:
        orderly.results(one)
    wanted = server.services.hall.state(at("10:00"))
    with server.services.store.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM hall_events")
    chance = random.Random(7)
    sent = events * 2
    chance.shuffle(sent)
    for start in range(0, len(sent), 9):
        machine.results(*sent[start : start + 9])
    assert server.services.hall.state(at("10:00")) == wanted
