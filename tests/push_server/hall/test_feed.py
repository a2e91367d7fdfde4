"""What citizens read of the hall over HTTP: the queue and one's own ticket."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from push_server.hall.events import Event
from push_server.hall.simulator import simulate
from push_server.hall.timetable import local_day
from push_server.hall_watch import FRESH

from ..conftest import Clock, Server
from .day import at, called, event, taken

QUEUE = "/push/v1/queue"
FRIDAY = date(2026, 11, 20)


class Hall:
    """A real hall with three windows, by its log."""

    def __init__(self, server: Server, clock: Clock) -> None:
        self.server, self.clock = server, clock
        self.log = server.services.hall
        for window in ("1", "2", "3"):
            self.log.declare(window, ["acceptance"])

    def tell(self, *events: Event) -> None:
        self.log.record(events, today=local_day(self.clock.now.timestamp()))

    def remember(self) -> None:
        """A Friday was, and is over."""
        from push_server.hall.openings import openings

        spans = self.server.services.published.current().calendar.spans(FRIDAY)
        events = simulate(
            1,
            FRIDAY,
            openings(FRIDAY, spans),
            "noon",
            kind="acceptance",
            matters=["one", "two"],
            windows=["1", "2", "3"],
        )
        real = [
            Event(**{**{name: getattr(one, name) for name in one.__struct_fields__}, "demo": False}) for one in events
        ]
        self.log.record(real, today=FRIDAY)
        self.log.close_days(self.clock.now.timestamp(), keep_days=30)

    def queue(self) -> dict[str, Any]:
        found: dict[str, Any] = self.server.http.get(QUEUE).get_json()
        return found

    def counter(self) -> dict[str, Any]:
        (only,) = self.queue()["counters"]
        return dict(only)

    def path(self, number: str) -> str:
        (path,) = self.log.ticket_paths([number], self.clock.now.timestamp()).values()
        ticket, _, key = path.removeprefix("ticket/#").partition(".")
        return f"/push/v1/tickets/{ticket}/{key}"

    def ticket(self, number: str) -> dict[str, Any]:
        found: dict[str, Any] = self.server.http.get(self.path(number)).get_json()
        return found


@pytest.fixture
def hall(server: Server, clock: Clock) -> Hall:
    clock.at("10:05")
    return Hall(server, clock)


MORNING = (
    taken("09:50", "A001", matter="one"),
    taken("09:55", "A002"),
    taken("09:56", "A003"),
    taken("09:57", "A004"),
    called("10:00", "A001", "1"),
    called("10:01", "A002", "2"),
    event("10:02", "window_paused", window="3", until=at("10:30")),
)


def test_the_queue_has_the_shape_that_pages_rely_on(hall: Hall) -> None:
    hall.tell(*MORNING)
    answer = hall.queue()
    assert (answer["day"], answer["demo"], answer["closes_at"]) == ("2026-11-23", False, "2026-11-23T08:30:00Z")
    counter = hall.counter()
    assert counter["called"] == [
        {"ticket": "A002", "window": "2", "at": "2026-11-23T02:01:00Z"},
        {"ticket": "A001", "window": "1", "at": "2026-11-23T02:00:00Z"},
    ]
    assert (counter["kind"], counter["source"]) == ("acceptance", "tickets")
    assert (counter["waiting"], counter["serving"], counter["next"]) == (2, "A002", ["A003", "A004"])
    assert {"window": "3", "state": "paused", "until": "2026-11-23T02:30:00Z"} in counter["windows"]
    assert counter["past"][0] == ["08:30", 0] and counter["past"][-1] == ["10:00", 3]
    # Nobody has learned anything yet: no minutes at all.
    assert (counter["wait"], counter["arriving"], counter["service"]) == (None, None, None)
    assert answer["matters"] == {}


def test_what_days_that_are_over_taught_is_told_in_minutes(hall: Hall) -> None:
    hall.remember()
    hall.tell(*MORNING)
    counter = hall.counter()
    assert [entry["in"] for entry in counter["arriving"]] == [0, 10, 20, 30, 45, 60, 90, 120]
    first = counter["arriving"][0]
    assert first.keys() == {"in", "waiting", "wait", "done_at", "done_before_close", "without_noon"}
    assert first["wait"] == counter["wait"]
    assert counter["wait"]["low"] <= counter["wait"]["median"] <= counter["wait"]["high"] < 60
    assert (first["waiting"], first["done_before_close"], first["without_noon"]) == (2, "yes", "yes")
    assert 3 <= counter["service"]["median"] <= counter["service"]["high"] <= 40
    assert hall.queue()["matters"].keys() == {"one", "two"}


def test_after_a_quarter_of_an_hour_without_a_word_nothing_is_foretold(hall: Hall) -> None:
    hall.remember()
    hall.tell(*MORNING)
    hall.clock.at("10:17")
    assert hall.counter()["wait"] is not None
    hall.clock.at("10:17:30")
    counter = hall.counter()
    assert (counter["wait"], counter["arriving"], counter["reported_at"]) == (None, None, "2026-11-23T02:02:00Z")
    assert hall.ticket("A003")["wait"] is None
    hall.tell(event("10:17:20", "window_opened", window="3"))
    assert hall.counter()["wait"] is not None


def test_a_count_is_told_with_a_wait_once_services_are_known(hall: Hall) -> None:
    token = hall.server.services.store.tokens.add("kiosk", 0.0)
    headers = {"Authorization": f"Bearer {token}"}
    assert hall.server.http.put(f"{QUEUE}/acceptance", json={"waiting": 6}, headers=headers).status_code == 200
    assert hall.counter()["wait"] is None
    hall.remember()
    hall.clock.at("11:40")
    hall.server.http.put(f"{QUEUE}/acceptance", json={"waiting": 6}, headers=headers)
    hall.server.services.watch._learned = None  # an hour has gone by
    counter = hall.counter()
    assert (counter["source"], counter["waiting"], counter["next"], counter["past"]) == ("count", 6, [], [])
    assert 5 < counter["wait"]["median"] < 60


def test_a_hall_of_windows_without_tickets_is_counted(hall: Hall) -> None:
    hall.tell(event("10:00", "window_opened", window="1"))
    assert (hall.counter()["source"], hall.counter()["waiting"]) == ("tickets", 0)
    token = hall.server.services.store.tokens.add("kiosk", 0.0)
    hall.server.http.put(f"{QUEUE}/acceptance", json={"waiting": 6}, headers={"Authorization": f"Bearer {token}"})
    counter = hall.counter()
    assert (counter["source"], counter["waiting"]) == ("count", 6)
    assert counter["windows"] == [{"window": "1", "state": "open", "until": None}]
    hall.tell(taken("10:04", "A001"))
    assert (hall.counter()["source"], hall.counter()["waiting"]) == ("tickets", 1)


def test_an_answer_is_made_once_while_nothing_happens(hall: Hall) -> None:
    hall.tell(*MORNING)
    watch, now = hall.server.services.watch, hall.clock.now.timestamp()
    made = watch.feed(now)
    assert watch.feed(now + FRESH - 1) is made
    assert watch.feed(now + FRESH) is not made
    made = watch.feed(now)
    hall.tell(called("10:04", "A003", "1"))
    assert watch.feed(now) is not made


def test_ones_own_ticket(hall: Hall) -> None:
    hall.remember()
    hall.tell(*MORNING)
    mine = hall.ticket("A004")
    assert (mine["state"], mine["ahead"], mine["window"], mine["missed_after"]) == ("waiting", 1, None, 3)
    assert mine["wait"]["low"] <= mine["wait"]["high"]
    assert (mine["done_before_close"], mine["without_noon"], mine["reported_at"]) == (
        "yes",
        "yes",
        "2026-11-23T02:02:00Z",
    )
    assert mine["noon"] == {"opens_at": "2026-11-23T03:30:00Z", "closes_at": "2026-11-23T05:00:00Z"}
    hall.tell(called("10:04", "A003", "1"), called("10:04:30", "A004", "2"))
    now = hall.ticket("A004")
    assert (now["state"], now["ahead"], now["window"], now["called_at"]) == (
        "called",
        None,
        "2",
        "2026-11-23T02:04:30Z",
    )
    assert (now["wait"], now["done_at"]) == (None, None)


def test_a_ticket_is_nobodys_without_its_key(hall: Hall) -> None:
    hall.tell(*MORNING)
    for path in ("/push/v1/tickets/A004/" + "x" * 22, hall.path("A004").replace("A004", "A003")):
        answer = hall.server.http.get(path)
        assert (answer.status_code, answer.get_json()["code"]) == (404, "ticket-unknown")
    path = hall.path("A004")
    assert hall.server.http.get(path).headers["Cache-Control"] == "private, max-age=5"
    hall.clock.now += timedelta(days=1)
    assert hall.server.http.get(path).status_code == 404


def test_whoever_waits_no_more_gives_the_number_back(hall: Hall) -> None:
    hall.tell(*MORNING)
    path = hall.path("A003") + "/leave"
    answer = hall.server.http.post(path, json={"id": "phone-0001"})
    assert (answer.status_code, answer.get_json()["state"]) == (200, "left")
    again = hall.server.http.post(path, json={"id": "phone-0001"})
    assert (again.status_code, again.get_json()["state"]) == (200, "left")
    assert hall.counter()["next"] == ["A004"]
    assert hall.server.http.post(path, json={"id": "short"}).status_code == 400
    assert hall.server.http.post(hall.path("A004") + "x/leave", json={"id": "phone-0002"}).status_code == 404
