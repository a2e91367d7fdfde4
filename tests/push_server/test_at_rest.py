"""A node on a shared database at rest: it asks for little, and comes too late for nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from push_server.pushing import Answer, Message
from push_server.sending.sharded import ShardedSender
from push_server.work import engine

from . import site as fixture_site
from .conftest import Clock, Server, Start, in_own_thread
from .phone import Phone
from .push_service import PushService
from .test_notices import announce
from .test_wishes import Hall, Person

BACKENDS = ("postgresql",)

EVERYTHING: list[dict[str, Any]] = [
    {"topic": "noon"},
    {"topic": "hours"},
    {"topic": "news"},
    {"topic": "queue", "subject": "acceptance", "threshold": 3},
]


@pytest.fixture
def person(server: Server, push_service: PushService) -> Person:
    return Person(server, push_service)


@contextmanager
def counted(server: Server) -> Iterator[list[str]]:
    """The statements that are sent to the database meanwhile."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    database = server.services.store.engine
    event.listen(database, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(database, "before_cursor_execute", note)


def second(server: Server, clock: Clock) -> bool:
    """What a node does within a second by itself; whether something is to be sent then."""
    clock.forward(1)
    server.services.worker.run_due()
    due = server.services.sender._sharded.glance()  # type: ignore[union-attr]
    if due:
        server.run()
    return bool(due)


def rest(server: Server, clock: Clock, seconds: int) -> None:
    """Nothing is sent for so long."""
    for _ in range(seconds):
        assert not second(server, clock)


@pytest.mark.parametrize("hour", ["12:00", "22:00"])
def test_a_node_at_rest_asks_three_times_a_second(server: Server, clock: Clock, person: Person, hour: str) -> None:
    """At noon an announcement stands, whose rows are looked for now and then."""
    person.wish(*EVERYTHING)
    clock.at(hour)
    server.run()
    with counted(server) as asked:
        rest(server, clock, 120)
    assert len(asked) <= 120 * 3


def test_the_hour_before_the_noon_service_is_met_to_the_second(server: Server, clock: Clock, person: Person) -> None:
    person.wish(*EVERYTHING)
    clock.at("11:14:17")
    server.run()
    rest(server, clock, 42)
    assert second(server, clock)
    assert person.titles() == ["今天中午不休息，11:30–13:00 照常办"]


def test_the_opening_of_a_day_with_other_hours_is_met_to_the_second(
    server: Server, clock: Clock, person: Person
) -> None:
    announce(server, hours=[], day="2026-11-24", lasts=40)
    person.wish(*EVERYTHING)
    clock.at("2026-11-24 08:29:17")
    server.run()
    rest(server, clock, 42)
    assert second(server, clock)
    assert person.titles() == ["今天不开门"]


def test_a_notice_with_a_moment_of_its_own_is_out_at_that_second(server: Server, clock: Clock, person: Person) -> None:
    person.wish(*EVERYTHING)
    clock.at("10:00:03")
    announce(server, publish_at=clock.now.timestamp() + 34)
    server.run()
    rest(server, clock, 33)
    assert second(server, clock)
    assert person.titles() == ["系统故障，窗口办得慢"]


def test_a_notice_that_another_node_takes_is_heard_of_within_the_second(
    server: Server, clock: Clock, person: Person, start: Start
) -> None:
    """Its hours hold for the pages of this node, too."""
    other = start(works=False)
    person.wish(*EVERYTHING)
    server.run()
    rest(server, clock, 5)
    announce(other, hours=[], day="2026-11-23")
    assert second(server, clock)
    assert person.titles() == ["今天不开门"]
    assert server.services.published.current().calendar.spans(clock.now.date()) == ()


def test_calls_and_short_lines_are_told_within_the_second(server: Server, clock: Clock, person: Person) -> None:
    hall = Hall(server, clock)
    tickets = hall.take(6)
    number, key = tickets[5]
    person.wish(*EVERYTHING, {"topic": "ticket", "subject": number, "threshold": 1, "key": key})
    server.run()
    rest(server, clock, 15)
    for others, _ in tickets[:3]:
        hall.tell("called", ticket=others, window="2")
        assert not second(server, clock)
    hall.tell("called", ticket=tickets[3][0], window="2")
    assert second(server, clock)
    assert person.titles() == ["A006 前面还有 1 人", "业务受理窗口现在只有 2 个人等"]
    hall.tell("called", ticket=number, window="2")
    assert second(server, clock)
    assert person.titles()[2:] == ["A006 请到 2 号窗口"]


def test_a_wish_for_a_ticket_is_heard_of_within_the_second_though_the_hall_is_silent(
    server: Server, clock: Clock, person: Person
) -> None:
    hall = Hall(server, clock)
    number, key = hall.take()[0]
    clock.forward(3600)
    server.run()
    rest(server, clock, 5)
    person.wish({"topic": "ticket", "subject": number, "threshold": 3, "key": key})
    assert second(server, clock)
    assert person.titles() == ["下一个就是 A001"]


def test_who_paused_is_told_within_a_minute_after(server: Server, clock: Clock, person: Person) -> None:
    clock.at("11:20")
    person.wish(*EVERYTHING, rest={"paused_until": (clock.now + timedelta(minutes=7)).isoformat()})
    server.run()
    rest(server, clock, 7 * 60 - 1)
    assert any(second(server, clock) for _ in range(61))
    assert person.titles() == ["今天中午不休息，11:30–13:00 照常办"]


def test_what_is_published_or_left_behind_is_seen_within_the_second(
    server: Server, clock: Clock, person: Person, settings: Any
) -> None:
    person.wish(*EVERYTHING)
    clock.at("11:20")
    server.run()
    rest(server, clock, 5)
    fixture_site.put(settings.site, "api/v1/calendar.json", fixture_site.calendar(noon=False))
    assert second(server, clock)
    assert len(person.titles()) == 2
    clock.forward(-7200)
    in_own_thread(server.services.sender._sharded.glance)  # type: ignore[union-attr]
    rest(server, clock, 3)


def test_who_asks_for_a_test_message_waits_for_no_second(
    start: Start, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The node that is told of something looks at once; here it would not look by itself for minutes."""
    arrived = threading.Event()

    async def send(message: Message) -> Answer:
        arrived.set()
        return Answer(status=201)

    monkeypatch.setattr(engine, "SECOND", 600.0)
    clock.at("22:00")  # nothing else is to be said
    server = start(send=send)
    phone = Phone("https://updates.push.services.mozilla.com")
    assert server.subscribe(phone) == 201
    looked, glance = threading.Event(), ShardedSender.glance

    def noted(self: ShardedSender) -> list[str]:
        try:
            return glance(self)
        finally:
            looked.set()

    monkeypatch.setattr(ShardedSender, "glance", noted)
    server.services.sender.start()
    assert looked.wait(20)
    asked = server.http.post("/push/v1/subscriptions/test", json={"endpoint": phone.endpoint})
    assert asked.status_code == 202, asked.get_json()
    assert arrived.wait(10)
