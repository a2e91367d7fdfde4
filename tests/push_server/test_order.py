"""Of the messages with one tag, the newest is the last that a phone gets, and older ones are not sent after it."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from push_server.announcement import Announcement, Payload
from push_server.pushing import Answer, Message

from .conftest import BOTH, Clock, Server, Start, on_file
from .phone import Phone
from .push_service import PushService, Received, Reply

BACKENDS = BOTH

FCM = "https://fcm.googleapis.com"


def news(server: Server, name: str, tag: str = "news") -> None:
    payload = Payload(kind="news", title=name, body="", tag=tag, url="", date="2026-11-23")
    moment = server.services.clock()
    announcement = Announcement(
        key=f"news:{name}", audience="noon", payload=payload, urgency="normal", expires_at=moment + timedelta(hours=2)
    )
    server.services.store.ledger.announce(announcement, moment.timestamp())
    server.services.store.ledger.fan_out(moment.timestamp())


def test_an_older_message_is_not_tried_again_after_a_newer_one(
    server: Server, clock: Clock, push_service: PushService
) -> None:
    phones = [Phone(push_service.origin) for _ in range(5)]
    for phone in phones:
        server.subscribe(phone)
    news(server, "a")
    push_service.answer(503)
    server.run()
    push_service.answer(201)
    news(server, "b")
    for _ in range(10):
        server.run()
        clock.forward(10)
    for phone in phones:
        titles = [phone.read(message.body)["title"] for message in push_service.received if message.path == phone.path]
        assert titles == ["a", "b"]


def test_two_tags_do_not_stand_in_each_other_s_way(
    server: Server, clock: Clock, push_service: PushService, phone: Phone
) -> None:
    server.subscribe(phone)
    news(server, "a", "one")
    push_service.answer(503)
    server.run()
    push_service.answer(201)
    news(server, "b", "two")
    clock.forward(10)
    server.run()
    assert sorted(phone.read(message.body)["title"] for message in push_service.received) == ["a", "a", "b"]


def test_who_subscribes_late_gets_the_newest_alone(server: Server, push_service: PushService, phone: Phone) -> None:
    for name in "abc":
        news(server, name)
    server.subscribe(phone)
    server.run()
    assert [phone.read(message.body)["title"] for message in push_service.received] == ["c"]


def test_the_second_test_message_takes_the_place_of_the_first(
    server: Server, clock: Clock, push_service: PushService, phone: Phone
) -> None:
    server.subscribe(phone)
    url, body = "/push/v1/subscriptions/test", {"endpoint": phone.endpoint}
    server.http.post(url, json=body)
    push_service.answer(503)
    server.run()
    server.http.post(url, json=body)
    push_service.answer(201)
    for _ in range(5):
        server.run()
        clock.forward(10)
    assert len(push_service.received) == 2
    server.http.post(url, json=body)
    server.run()
    assert len(push_service.received) == 3


@on_file
@pytest.mark.parametrize("seed", range(6))
def test_whatever_fails_and_is_tried_again(start: Start, clock: Clock, seed: int) -> None:
    """News every few seconds over a bad line: no phone gets older words after newer ones."""
    chance = random.Random(seed)
    left: dict[str, list[str]] = {}

    async def send(message: Message) -> Answer:
        if chance.random() < 0.1:
            news(server, f"{len(named):03}")  # meanwhile
            named.append("")
        title = message.payload.decode().split('"title": "')[1][:3]
        left.setdefault(message.subscription.endpoint, []).append(title)
        return chance.choice([Answer(status=201), Answer(status=503), Answer(reason="timeout"), Answer(status=406)])

    server = start(send=send, connections=3)
    named = [""]
    news(server, "000")
    for number in range(8):
        server.subscribe(Phone(FCM, f"p{number}"))
    for _ in range(25):
        server.run()
        clock.forward(chance.randint(1, 400))
        if chance.random() < 0.2 and len(named) < 40:
            news(server, f"{len(named):03}")
            named.append("")
    assert len(left) == 8
    assert all(titles == sorted(titles) for titles in left.values())


def test_a_newer_message_waits_for_the_answer_of_an_older_one(
    server: Server, clock: Clock, push_service: PushService, phone: Phone
) -> None:
    server.subscribe(phone)
    news(server, "a")
    other = Phone(push_service.origin)
    server.subscribe(other)

    def reply(received: Received) -> Reply:
        if len(push_service.received) == 1:
            news(server, "b")
        return Reply()

    push_service.reply = reply
    for _ in range(3):
        server.run()
        clock.forward(2)
    for one in (phone, other):
        titles = [one.read(message.body)["title"] for message in push_service.received if message.path == one.path]
        assert titles in (["a", "b"], ["b"])
