"""The hours of the day change: who is told what, when, and once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from push_server.pushing import Answer, Message

from . import site as fixture_site
from .conftest import Clock, Server, Start
from .phone import Phone
from .push_service import PushService

TODAY = "2026-11-23"
Publish = Callable[..., None]
MORNING, NOON, AFTERNOON = fixture_site.WORKDAY


def span(opens: str, closes: str, service: str = "regular") -> dict[str, Any]:
    return {"opens": opens, "closes": closes, "service": service, "counters": {}}


@pytest.fixture
def publish(site: Path) -> Publish:
    """Publish exceptional hours of today, as the guide does; without hours, the ordinary ones."""

    def publish(*spans: dict[str, Any], reason: str | None = "停电检修", exception: bool = True) -> None:
        if not exception:
            fixture_site.put(site, "api/v1/calendar.json", fixture_site.calendar())
            return
        pattern = TODAY if spans else "closed"
        special = {"date": TODAY, "kind": "exception", "name": reason, "pattern": pattern, "civil": "workday"}
        days = [special if day["date"] == TODAY else day for day in fixture_site.DAYS]
        patterns = {"workday": fixture_site.WORKDAY, "closed": [], TODAY: list(spans)}
        if not spans:
            del patterns[TODAY]
        fixture_site.put(site, "api/v1/calendar.json", fixture_site.calendar(days=days, patterns=patterns))

    return publish


class Reader:
    """What one phone has been sent."""

    def __init__(self, server: Server, phone: Phone, push_service: PushService) -> None:
        self.server, self.phone, self.push_service = server, phone, push_service

    def titles(self) -> list[str]:
        mine = [message for message in self.push_service.received if message.path == self.phone.path]
        return [self.phone.read(message.body)["title"] for message in mine]

    def bodies(self) -> list[str]:
        mine = [message for message in self.push_service.received if message.path == self.phone.path]
        return [self.phone.read(message.body)["body"] for message in mine]


@pytest.fixture
def reader(server: Server, clock: Clock, phone: Phone, push_service: PushService) -> Reader:
    clock.at("07:00")
    server.run()
    server.subscribe(phone)
    return Reader(server, phone, push_service)


ANNOUNCED = "今天中午不休息，11:30–13:00 照常办"


@pytest.mark.parametrize(
    ("changed", "title"),
    [
        (span("11:30", "12:00", "noon"), "更正：今天中午的时间是 11:30–12:00"),
        (span("12:00", "13:00", "noon"), "更正：今天中午的时间是 12:00–13:00"),
        (span("11:30", "13:30", "noon"), "更正：今天中午的时间是 11:30–13:30"),
    ],
)
def test_other_noon_hours_are_told_once_to_those_who_were_told(
    reader: Reader, clock: Clock, push_service: PushService, publish: Publish, changed: dict[str, Any], title: str
) -> None:
    server = reader.server
    clock.at("11:15")
    server.run()
    publish(MORNING, changed, span(max("13:00", changed["closes"]), "16:30"))
    late = Phone(push_service.origin)
    for at in ("11:20", "11:21", "11:50"):
        clock.at(at)
        server.run()
        server.subscribe(late)
    server.run()
    assert reader.titles() == [ANNOUNCED, title]
    lates = Reader(server, late, push_service).titles()  # who was told nothing needs no correction
    assert lates == [f"今天中午不休息，{changed['opens']}–{changed['closes']} 照常办"]
    publish(exception=False)  # and back
    clock.at("11:52")
    server.run()
    server.run()
    assert reader.titles() == [ANNOUNCED, title, "更正：今天中午的时间是 11:30–13:00"]


def test_hours_that_are_back_before_anybody_was_corrected_are_not_told_again(
    reader: Reader, clock: Clock, publish: Publish
) -> None:
    clock.at("11:15")
    reader.server.run()
    publish(MORNING, span("11:30", "12:00", "noon"), AFTERNOON)
    publish(exception=False)
    clock.at("11:20")
    reader.server.run()
    assert reader.titles() == [ANNOUNCED]


def test_the_cut_is_told_even_when_the_shorter_service_is_over(reader: Reader, clock: Clock, publish: Publish) -> None:
    clock.at("11:15")
    reader.server.run()
    publish(MORNING, span("11:30", "12:00", "noon"), AFTERNOON)
    clock.at("12:05")
    reader.server.run()
    assert reader.titles()[1:] == ["更正：今天中午的时间是 11:30–12:00"]


CLOSURES = {
    "noon": ([MORNING, AFTERNOON], "今天中午不办", "11:30–13:00 休息，13:00 再开门。原因：停电检修。"),
    "afternoon": ([MORNING, NOON], "今天下午不开门", "今天只在 08:30–13:00 开门。原因：停电检修。"),
    "from noon on": ([MORNING], "今天下午不开门", "今天只在 08:30–11:30 开门。原因：停电检修。"),
    "morning": (
        [span("10:00", "11:30"), NOON, AFTERNOON],
        "今天的开门时间有变",
        "今天 10:00–16:30 开门。原因：停电检修。",
    ),
    "day": ([], "今天不开门", "改天再来。原因：停电检修。"),
}


@pytest.mark.parametrize("which", CLOSURES)
@pytest.mark.parametrize("known_at", ["07:00", "08:40"])
def test_lost_hours_are_told_in_the_morning_once(
    reader: Reader, clock: Clock, publish: Publish, which: str, known_at: str
) -> None:
    spans, title, body = CLOSURES[which]
    clock.at(known_at)
    publish(*spans)
    for at in ("07:30", "08:29:59", "08:30", "08:40", "08:41", "10:30"):
        if at < known_at:
            continue
        clock.at(at)
        reader.server.run()
        assert reader.titles() == ([title] if at >= "08:30" else [])  # not at night
    assert reader.bodies() == [body]
    clock.at("11:15")
    reader.server.run()
    clock.at("12:30")
    reader.server.run()
    has_noon = NOON in spans
    assert reader.titles() == [title] + [ANNOUNCED] * has_noon


def test_a_noon_service_taken_out_of_the_timetable_on_the_day_is_told_as_well(
    reader: Reader, clock: Clock, site: Path
) -> None:
    """No exception, but the day had it before."""
    clock.at("08:40")
    fixture_site.put(site, "api/v1/calendar.json", fixture_site.calendar(noon=False))
    reader.server.run()
    reader.server.run()
    assert reader.titles() == ["今天中午不办"]
    clock.at("2026-11-24 08:40")  # the next day it is the timetable
    reader.server.run()
    clock.at("2026-11-24 11:20")
    reader.server.run()
    assert reader.titles() == ["今天中午不办"]


def test_what_the_day_had_before_is_remembered_over_a_restart(
    start: Start, clock: Clock, site: Path, phone: Phone, push_service: PushService
) -> None:
    clock.at("07:00")
    server = start()
    server.subscribe(phone)
    server.run()
    server.close()
    fixture_site.put(site, "api/v1/calendar.json", fixture_site.calendar(noon=False))
    clock.at("08:40")
    server = start()
    server.run()
    assert Reader(server, phone, push_service).titles() == ["今天中午不办"]


def test_a_closure_taken_back_is_told_to_those_who_were_told(
    reader: Reader, clock: Clock, publish: Publish, push_service: PushService
) -> None:
    server = reader.server
    clock.at("08:40")
    publish(MORNING, AFTERNOON)
    server.run()
    publish(exception=False)
    clock.at("09:00")
    late = Phone(push_service.origin)
    server.subscribe(late)
    server.run()
    server.run()
    assert reader.titles() == ["今天中午不办", "更正：今天中午照常办"]
    clock.at("11:15")
    server.run()
    assert reader.titles()[2:] == [ANNOUNCED]
    assert Reader(server, late, push_service).titles() == [ANNOUNCED]
    clock.at("11:20")
    publish(MORNING, AFTERNOON)
    server.run()
    server.run()
    assert reader.titles()[3:] == ["更正：今天中午不办了"]  # one, not two


def test_a_noon_service_restored_after_its_time_to_be_announced_is_told_once(
    reader: Reader, clock: Clock, publish: Publish
) -> None:
    clock.at("08:40")
    publish(MORNING, AFTERNOON)
    reader.server.run()
    publish(exception=False)
    clock.at("11:20")
    reader.server.run()
    reader.server.run()
    assert reader.titles() == ["今天中午不办", "更正：今天中午照常办"]


def test_a_closure_that_grows_is_corrected(reader: Reader, clock: Clock, publish: Publish) -> None:
    clock.at("08:40")
    publish(MORNING, AFTERNOON)
    reader.server.run()
    publish()
    clock.at("09:00")
    reader.server.run()
    assert reader.titles() == ["今天中午不办", "更正：今天不开门"]


def test_the_day_closed_after_noon_was_announced_is_one_correction(
    reader: Reader, clock: Clock, publish: Publish, push_service: PushService
) -> None:
    clock.at("11:15")
    reader.server.run()
    publish()
    clock.at("11:20")
    reader.server.run()
    reader.server.run()
    assert reader.titles() == [ANNOUNCED, "更正：今天中午不办了"]
    assert reader.bodies()[1] == "今天不再开门，改天再来。"


def test_the_afternoon_closed_after_noon_was_announced_is_told(reader: Reader, clock: Clock, publish: Publish) -> None:
    clock.at("11:15")
    reader.server.run()
    publish(MORNING, NOON)
    clock.at("11:20")
    reader.server.run()
    reader.server.run()
    assert reader.titles() == [ANNOUNCED, "今天下午不开门"]


def test_more_hours_than_usual_and_a_day_off_are_no_closure(reader: Reader, clock: Clock, publish: Publish) -> None:
    publish(MORNING, NOON, span("13:00", "18:00"))
    for at in ("08:30", "09:00", "2026-11-21 09:00"):
        clock.at(at)
        reader.server.run()
    assert reader.titles() == []


LOST_ANSWERS = {
    "timeout": Answer(reason="timeout"),
    "reset": Answer(reason="ServerDisconnectedError"),
}


@pytest.mark.parametrize("answer", LOST_ANSWERS.values(), ids=LOST_ANSWERS)
def test_who_may_have_been_told_is_corrected(start: Start, clock: Clock, publish: Publish, answer: Answer) -> None:
    shown: list[str] = []
    reply = answer

    async def send(message: Message) -> Answer:
        shown.append(message.payload.decode().split('"title": "')[1].split('"')[0])
        return reply

    server = start(send=send)
    server.subscribe(Phone("https://fcm.googleapis.com"))
    clock.at("11:15")
    server.run()
    publish(MORNING, AFTERNOON)
    reply = Answer(status=201)
    clock.at("11:20")
    server.run()
    server.run()
    assert shown == [ANNOUNCED, "更正：今天中午不办了"]


@pytest.mark.parametrize("answer", [Answer(status=503), Answer(reason="ClientConnectorError", left=False)])
def test_who_was_surely_not_told_is_not(start: Start, clock: Clock, publish: Publish, answer: Answer) -> None:
    asked = 0

    async def send(_message: Message) -> Answer:
        nonlocal asked
        asked += 1
        return answer

    server = start(send=send)
    server.subscribe(Phone("https://fcm.googleapis.com"))
    clock.at("11:15")
    server.run()
    publish(MORNING, AFTERNOON)
    clock.at("11:20")
    server.run()
    assert asked == 1


def test_who_may_have_been_told_by_a_sender_that_died_is_corrected(
    start: Start, clock: Clock, publish: Publish, phone: Phone, push_service: PushService
) -> None:
    class Killed(BaseException):
        pass

    async def send(_message: Message) -> Answer:
        raise Killed

    first = start(send=send)
    first.subscribe(phone)
    clock.at("11:15")
    with pytest.raises(Killed):
        first.run()
    first.close()
    publish(MORNING, AFTERNOON)
    clock.at("11:20")
    second = start()
    second.run()
    assert Reader(second, phone, push_service).titles() == ["更正：今天中午不办了"]


@pytest.mark.parametrize("told_first", [True, False])
def test_called_off_while_the_message_is_on_its_way(
    start: Start, clock: Clock, publish: Publish, told_first: bool
) -> None:
    shown: list[str] = []

    async def send(message: Message) -> Answer:
        shown.append(message.payload.decode().split('"title": "')[1].split('"')[0])
        if len(shown) == 1:
            publish(MORNING, AFTERNOON)
            return Answer(status=201 if told_first else 503)
        return Answer(status=201)

    server = start(send=send)
    server.subscribe(Phone("https://fcm.googleapis.com"))
    clock.at("11:15")
    server.run()
    clock.forward(60)
    server.run()
    assert shown == [ANNOUNCED] + ["更正：今天中午不办了"] * told_first


def test_nobody_more_is_told_of_a_noon_service_called_off_during_the_sending(
    start: Start, clock: Clock, publish: Publish
) -> None:
    """And those who were told are corrected before anything else."""
    shown: list[str] = []

    async def send(message: Message) -> Answer:
        shown.append(message.payload.decode().split('"title": "')[1].split('"')[0])
        if len(shown) == 100:
            publish(MORNING, AFTERNOON)
        await asyncio.sleep(0)
        return Answer(status=201)

    server = start(send=send, connections=16)
    for number in range(300):
        server.subscribe(Phone("https://fcm.googleapis.com", f"p{number}"))
    clock.at("11:15")
    server.run()
    assert shown.count(ANNOUNCED) <= 116  # those on their way at that moment
    assert shown.count("更正：今天中午不办了") == shown.count(ANNOUNCED)
    assert len(set(shown[116:])) == 1


def test_a_test_message_does_not_wait_for_the_announcement(start: Start, clock: Clock) -> None:
    shown: list[str] = []

    async def send(message: Message) -> Answer:
        shown.append(message.payload.decode().split('"kind": "')[1].partition('"')[0])
        if len(shown) == 50:
            phone = Phone("https://fcm.googleapis.com")
            server.subscribe(phone)
            server.http.post("/push/v1/subscriptions/test", json={"endpoint": phone.endpoint})
        return Answer(status=201)

    server = start(send=send, connections=8)
    for number in range(200):
        server.subscribe(Phone("https://fcm.googleapis.com", f"p{number}"))
    clock.at("11:15")
    server.run()
    assert shown.index("test") <= 66 and shown.count("noon") == 201
