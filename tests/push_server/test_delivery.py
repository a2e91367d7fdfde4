"""From being due to arriving on the phone, through a real push service on this machine."""

from __future__ import annotations

import logging
from collections import Counter

import pytest

from push_server.pushing import Answer, Message

from .conftest import BOTH, Clock, Server, Start, on_file
from .phone import Phone, claims
from .push_service import PushService, Received, Reply

BACKENDS = BOTH

NOON = "noon:2026-11-23"


def tally(server: Server) -> dict[str, int]:
    return server.services.store.ledger.tally(NOON)


def test_the_noon_announcement_arrives_encrypted_and_signed(
    server: Server, clock: Clock, push_service: PushService, phone: Phone
) -> None:
    assert server.subscribe(phone) == 201
    clock.at("11:14:59")
    server.run()
    assert push_service.received == []

    clock.at("11:15")
    server.run()
    (message,) = push_service.received
    assert message.path == phone.path
    assert phone.read(message.body) == {
        "kind": "noon",
        "title": "今天中午不休息，11:30–13:00 照常办",
        "body": "1 个业务咨询窗口、2 个业务受理窗口在岗。先看要带的材料再来。",
        "tag": "noon",
        "url": "noon/",
        "date": "2026-11-23",
        "id": "noon:2026-11-23",
    }
    assert message.headers["ttl"] == str(105 * 60)  # until 13:00
    assert message.headers["topic"] == "noon"
    assert message.headers["urgency"] == "high"
    assert message.headers["content-encoding"] == "aes128gcm"
    key = server.http.get("/push/v1/key").get_json()["public_key"]
    found = claims(message.headers["authorization"], key)
    assert found["aud"] == push_service.origin
    assert found["sub"] == "mailto:office@example.com"
    assert 0 < found["exp"] - clock().timestamp() <= 24 * 3600


def test_once_a_day_and_again_the_next(server: Server, clock: Clock, push_service: PushService, phone: Phone) -> None:
    server.subscribe(phone)
    for at in ("11:15", "11:16", "12:30", "12:59:59", "13:00", "2026-11-24 11:15", "2026-11-24 12:00"):
        clock.at(at)
        server.run()
    assert [phone.read(message.body)["date"] for message in push_service.received] == ["2026-11-23", "2026-11-24"]


@pytest.mark.parametrize(("at", "ttl"), [("11:20", "6000"), ("12:10", "3000"), ("12:59:50", "10"), ("13:00", None)])
def test_a_late_start_still_announces_until_the_end(
    server: Server, clock: Clock, push_service: PushService, phone: Phone, at: str, ttl: str | None
) -> None:
    server.subscribe(phone)
    clock.at(at)
    server.run()
    assert [message.headers["ttl"] for message in push_service.received] == ([ttl] if ttl else [])


def test_who_subscribes_during_the_announcement_gets_it_once_even_after_leaving_and_coming_back(
    server: Server, clock: Clock, push_service: PushService, phone: Phone
) -> None:
    clock.at("11:15")
    server.run()
    clock.at("12:00")
    server.subscribe(phone)
    server.run()
    assert len(push_service.received) == 1
    server.http.delete("/push/v1/subscriptions", json={"endpoint": phone.endpoint})
    server.subscribe(phone)
    server.run()
    assert len(push_service.received) == 1


def test_who_left_gets_nothing(server: Server, clock: Clock, push_service: PushService, phone: Phone) -> None:
    server.subscribe(phone)
    server.http.delete("/push/v1/subscriptions", json={"endpoint": phone.endpoint})
    clock.at("11:15")
    server.run()
    assert push_service.received == []


def test_many_phones_over_few_connections_and_one_token(start: Start, clock: Clock, push_service: PushService) -> None:
    server = start(connections=4)
    phones = [Phone(push_service.origin) for _ in range(40)]
    for phone in phones:
        server.subscribe(phone)
    clock.at("11:15")
    server.run()
    assert push_service.paths() == sorted(phone.path for phone in phones)
    assert push_service.connections <= 4
    assert len({message.headers["authorization"] for message in push_service.received}) == 1
    assert tally(server) == {"sent": 40}


def test_a_token_is_renewed_after_an_hour(
    server: Server, clock: Clock, push_service: PushService, phone: Phone
) -> None:
    server.subscribe(phone)
    for at in ("09:00", "09:59:59", "10:00:00"):
        clock.at(at)
        server.http.post("/push/v1/subscriptions/test", json={"endpoint": phone.endpoint})
        server.run()
    tokens = [message.headers["authorization"] for message in push_service.received]
    assert tokens[0] == tokens[1] != tokens[2]


@pytest.mark.parametrize("status", [404, 410])
def test_a_subscription_that_has_ended_is_removed(
    server: Server, clock: Clock, push_service: PushService, phone: Phone, status: int
) -> None:
    server.subscribe(phone)
    push_service.answer(status)
    clock.at("11:15")
    server.run()
    assert server.services.store.subscribers.count() == 0


@pytest.mark.parametrize("status", [400, 401, 403, 413, 302, 307])
def test_our_own_mistakes_are_logged_and_cost_nobody_the_subscription(
    server: Server,
    clock: Clock,
    push_service: PushService,
    phone: Phone,
    status: int,
    caplog: pytest.LogCaptureFixture,
) -> None:
    server.subscribe(phone)
    push_service.answer(status, Location=push_service.origin + "/elsewhere")
    clock.at("11:15")
    for _ in range(3):
        server.run()
        clock.forward(600)
    assert push_service.paths() == [phone.path]  # no second attempt, no redirect followed
    assert server.services.store.subscribers.count() == 1
    assert str(status) in caplog.text
    assert phone.path not in caplog.text


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_the_network_s_trouble_is_tried_again(
    server: Server, clock: Clock, push_service: PushService, phone: Phone, status: int
) -> None:
    server.subscribe(phone)
    push_service.answer(status)
    clock.at("11:15")
    server.run()
    server.run()
    assert len(push_service.received) == 1  # not at once
    clock.forward(7)
    server.run()
    assert len(push_service.received) == 2
    push_service.answer(201)
    clock.forward(13)
    server.run()
    clock.forward(600)
    server.run()
    assert len(push_service.received) == 3
    assert server.services.store.subscribers.count() == 1
    assert tally(server) == {"sent": 1}


def test_retrying_ends_with_the_noon_service(
    server: Server, clock: Clock, push_service: PushService, phone: Phone
) -> None:
    server.subscribe(phone)
    push_service.answer(500)
    clock.at("12:58")
    for _ in range(60):
        server.run()
        clock.forward(5)
    before = len(push_service.received)
    assert 3 <= before <= 8
    assert tally(server) == {"expired": 1}


def test_a_push_service_that_cannot_be_reached_is_tried_again(
    server: Server, clock: Clock, push_service: PushService, phone: Phone
) -> None:
    server.subscribe(phone)
    push_service.close()
    clock.at("11:15")
    server.run()
    assert tally(server) == {"pending": 1}
    assert server.services.store.subscribers.count() == 1


def test_one_that_fails_does_not_hold_up_the_others(server: Server, clock: Clock, push_service: PushService) -> None:
    phones = [Phone(push_service.origin, f"p{number}") for number in range(6)]
    for phone in phones:
        server.subscribe(phone)
    statuses = {"/wpush/p0": 410, "/wpush/p1": 500, "/wpush/p2": 403}

    def reply(received: Received) -> Reply:
        return Reply(statuses.get(received.path, 201))

    push_service.reply = reply
    clock.at("11:15")
    server.run()
    assert push_service.paths() == sorted(phone.path for phone in phones)
    assert tally(server) == {"sent": 3, "failed": 2, "pending": 1}


def test_a_push_service_that_is_silent_does_not_hold_up_the_others(start: Start, clock: Clock) -> None:
    """As where a firewall swallows what is sent to one browser's push service."""
    asked: Counter[str] = Counter()

    async def send(message: Message) -> Answer:
        host = message.subscription.endpoint.split("/")[2]
        asked[host] += 1
        return Answer(status=201) if host == "web.push.apple.com" else Answer(reason="timeout")

    server = start(send=send, connections=4)
    for number in range(40):
        server.subscribe(Phone("https://fcm.googleapis.com", f"p{number}"))
    for number in range(4):
        server.subscribe(Phone("https://web.push.apple.com", f"p{number}"))
    clock.at("11:15")
    server.run()
    assert asked["web.push.apple.com"] == 4
    assert asked["fcm.googleapis.com"] < 16  # each of them costs a connection for many seconds
    assert tally(server) == {"sent": 4, "pending": 40}
    clock.at("11:20")
    server.run()  # it is asked again, and again not forty times
    assert 16 <= asked["fcm.googleapis.com"] + 8 < 40
    assert server.services.store.subscribers.count() == 44


def test_a_clock_that_runs_ahead_for_a_while_repeats_nothing(
    server: Server, clock: Clock, push_service: PushService, phone: Phone
) -> None:
    server.subscribe(phone)
    for at in ("11:15", "2027-03-01 11:20", "2026-11-23 11:30"):
        clock.at(at)
        server.run()
    assert len(push_service.received) == 1


@pytest.mark.parametrize("restart", [False, True])
def test_a_clock_that_is_put_back_delays_nothing(
    start: Start, clock: Clock, push_service: PushService, phone: Phone, restart: bool
) -> None:
    server = start()
    server.subscribe(phone)
    push_service.answer(429, Retry_After="60")
    clock.at("12:20")  # an hour ahead
    server.run()
    push_service.answer(201)
    clock.at("11:21")
    if restart:
        server.close()
        server = start()
    server.run()
    assert len(push_service.received) == 2
    assert tally(server) == {"sent": 1}


def test_renewed_keys_are_used(server: Server, clock: Clock, push_service: PushService) -> None:
    old, new = (Phone(push_service.origin, "same") for _ in range(2))
    assert server.subscribe(old) == 201
    assert server.subscribe(new) == 200
    clock.at("11:15")
    server.run()
    (message,) = push_service.received
    assert new.read(message.body)["kind"] == "noon"


def test_a_renewal_on_the_way_survives_the_end_of_the_old_keys(start: Start, clock: Clock) -> None:
    old, new = (Phone("https://fcm.googleapis.com", "same") for _ in range(2))

    async def send(_message: Message) -> Answer:
        server.subscribe(new)
        return Answer(status=410)

    server = start(send=send)
    server.subscribe(old)
    clock.at("11:15")
    server.run()
    assert server.services.store.subscribers.count() == 1


def test_the_test_message(server: Server, clock: Clock, push_service: PushService, phone: Phone) -> None:
    url = "/push/v1/subscriptions/test"
    assert server.http.post(url, json={"endpoint": phone.endpoint}).status_code == 404
    server.subscribe(phone)
    assert server.http.post(url, json={"endpoint": phone.endpoint}).status_code == 202
    server.run()
    (message,) = push_service.received
    assert phone.read(message.body)["kind"] == "test"
    assert int(message.headers["ttl"]) == 90
    clock.forward(3600)
    server.run()
    assert len(push_service.received) == 1


@on_file
def test_a_second_process_on_the_same_data_does_not_send(
    start: Start, clock: Clock, push_service: PushService, phone: Phone
) -> None:
    first = start()
    first.subscribe(phone)
    first.run()  # takes the lock
    second = start()
    clock.at("11:15")
    second.run()
    assert push_service.received == []
    first.run()
    second.run()
    assert len(push_service.received) == 1
    first.close()
    clock.at("2026-11-24 11:15")
    second.run()  # takes over
    assert len(push_service.received) == 2


def test_a_message_that_had_not_left_when_the_sender_died_is_not_lost(
    start: Start, clock: Clock, push_service: PushService, phone: Phone
) -> None:
    class Killed(BaseException):
        """Ends the process, as far as the sender can tell."""

    async def send(_message: Message) -> Answer:
        raise Killed

    first = start(send=send)
    first.subscribe(phone)
    clock.at("11:15")
    with pytest.raises(Killed):
        first.run()
    assert tally(first) == {"sending": 1}
    first.close()
    second = start()
    second.run()
    assert len(push_service.received) == 1
    assert tally(second) == {"sent": 1}


def test_no_endpoint_or_key_is_logged(
    server: Server, clock: Clock, push_service: PushService, phone: Phone, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.subscribe(phone)
    clock.at("11:15")
    for status in (500, 403):
        push_service.answer(status)
        server.run()
        clock.forward(60)
    assert "403" in caplog.text
    keys = phone.subscription()["keys"]
    for secret in (phone.path, keys["auth"], keys["p256dh"]):
        assert secret not in caplog.text
