"""Trouble of one phone is no trouble of the others; a push service in trouble is left alone for minutes."""

from __future__ import annotations

from collections import Counter

import pytest

from push_server.pushing import Answer, Message

from .conftest import Clock, Server, Start
from .phone import Phone
from .push_service import PushService, Received, Reply

FCM = "https://fcm.googleapis.com"


def tally(server: Server) -> dict[str, int]:
    return server.services.store.ledger.tally("noon:2026-11-23")


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("after", ["7200", "100000", "Mon, 23 Nov 2026 06:00:00 GMT"])
def test_retry_after_of_one_phone_binds_that_phone_alone(
    start: Start, clock: Clock, push_service: PushService, after: str, status: int
) -> None:
    server = start(connections=4)
    phones = [Phone(push_service.origin, f"p{number:02}") for number in range(60)]
    for phone in phones:
        server.subscribe(phone)

    def reply(received: Received) -> Reply:
        return Reply(status, (("Retry-After", after),)) if received.path == phones[0].path else Reply()

    push_service.reply = reply
    clock.at("11:15")
    server.run()
    assert Counter(push_service.paths()) == {phone.path: 1 for phone in phones}
    clock.at("12:30")
    server.run()
    assert len(push_service.received) == 60  # obeyed
    push_service.answer(201)
    clock.at("2026-11-24 11:15")
    server.run()
    assert Counter(push_service.paths()) == {phone.path: 2 for phone in phones}


@pytest.mark.parametrize("value", ["600", "Mon, 23 Nov 2026 03:25:00 GMT"])
def test_retry_after_is_obeyed(
    server: Server, clock: Clock, push_service: PushService, phone: Phone, value: str
) -> None:
    server.subscribe(phone)
    push_service.answer(429, Retry_After=value)
    clock.at("11:15")
    server.run()
    push_service.answer(201)
    clock.at("11:24:59")
    server.run()
    assert len(push_service.received) == 1
    clock.at("11:25:01")
    server.run()
    assert tally(server) == {"sent": 1}


@pytest.mark.parametrize("answer", [Answer(status=429, retry_after=1e5), Answer(status=503), Answer(reason="timeout")])
def test_a_push_service_in_trouble_is_probed_with_one_message_at_a_time(
    start: Start, clock: Clock, answer: Answer
) -> None:
    asked: Counter[str] = Counter()
    well = False

    async def send(message: Message) -> Answer:
        asked[message.subscription.endpoint] += 1
        return Answer(status=201) if well else answer

    server = start(send=send, connections=4)
    for number in range(60):
        server.subscribe(Phone(FCM, f"p{number:02}"))
    clock.at("11:15")
    server.run()
    first = asked.total()
    assert 8 <= first <= 11
    probes = 0
    for _ in range(12):
        clock.forward(301)  # no rest is longer than five minutes
        server.run()
        probes += 1
        assert asked.total() == first + probes
    well = True
    clock.at("12:50")
    server.run()
    clock.at("12:56")
    server.run()
    silent = sum(1 for count in asked.values() if count)
    assert silent >= 50
    told = tally(server).get("sent", 0)
    # With a Retry-After, those who were asked wait as they were told; nobody else does.
    assert told >= (60 - first - probes if answer.retry_after else 60)


def test_a_few_troubles_among_many_answers_are_no_trouble_of_the_service(start: Start, clock: Clock) -> None:
    asked: list[str] = []

    async def send(message: Message) -> Answer:
        asked.append(message.subscription.endpoint)
        return Answer(status=503 if len(asked) % 4 == 0 else 201)

    server = start(send=send, connections=4)
    for number in range(100):
        server.subscribe(Phone(FCM, f"p{number}"))
    clock.at("11:15")
    server.run()
    assert len(asked) == 100


@pytest.mark.parametrize("status", [406, 408, 425, 429, 500, 502, 503, 504, 507])
def test_a_refusal_that_passes_is_tried_again(
    server: Server, clock: Clock, push_service: PushService, phone: Phone, status: int
) -> None:
    server.subscribe(phone)
    push_service.answer(status)
    clock.at("11:15")
    server.run()
    push_service.answer(201)
    clock.forward(7)
    server.run()
    assert tally(server) == {"sent": 1}
    assert server.services.store.subscribers.count() == 1


@pytest.mark.parametrize("status", [400, 401, 403, 405, 411, 413, 415, 422, 431, 301, 308])
def test_a_refusal_that_is_our_fault_is_not(
    server: Server,
    clock: Clock,
    push_service: PushService,
    phone: Phone,
    status: int,
    caplog: pytest.LogCaptureFixture,
) -> None:
    server.subscribe(phone)
    push_service.answer(status)
    clock.at("11:15")
    for _ in range(3):
        server.run()
        clock.forward(600)
    assert len(push_service.received) == 1
    assert server.services.store.subscribers.count() == 1
    assert str(status) in caplog.text
