"""A person is not an endpoint: browsers renew subscriptions, and nobody is told twice for it."""

from __future__ import annotations

from typing import Any

import pytest

from push_server.pushing import Answer, Message

from .conftest import BOTH, Clock, Server, Start
from .phone import Phone
from .push_service import PushService, Reply

BACKENDS = BOTH

URL = "/push/v1/subscriptions"
NOON = "noon:2026-11-23"


class Holder:
    """A phone that keeps what the server gives it."""

    def __init__(self, server: Server, phone: Phone) -> None:
        self.server, self.phone, self.person = server, phone, None
        self.report()

    def report(self, **more: Any) -> int:
        answer = self.server.http.post(URL, json={**self.phone.body(), "person": self.person, **more})
        self.person = (answer.get_json() or {}).get("person") or self.person
        return answer.status_code

    def renew(self, origin: str, **more: Any) -> int:
        self.phone = Phone(origin)
        return self.report(**more)


def test_the_secret_is_given_once_and_stored_as_a_digest(server: Server, phone: Phone) -> None:
    first = server.http.post(URL, json={**phone.body(), "person": None}).get_json()
    assert set(first["person"]) == {"id", "secret"}
    again = server.http.post(URL, json={**phone.body(), "person": first["person"]})
    assert (again.status_code, again.get_json()) == (
        200,
        {"topics": ["noon"], "wishes": [{"topic": "noon"}, {"topic": "hours"}]},
    )
    with server.services.store.engine.connect() as connection:
        kept = str(connection.exec_driver_sql("SELECT * FROM people").all())
    assert first["person"]["id"] in kept
    assert first["person"]["secret"] not in kept


@pytest.mark.parametrize("known_by", ["secret", "endpoint"])
@pytest.mark.parametrize("old_is_dead", [False, True])
def test_a_renewed_endpoint_is_not_told_again(
    start: Start, clock: Clock, push_service: PushService, known_by: str, old_is_dead: bool
) -> None:
    server = start()
    if known_by == "secret":
        holder = Holder(server, Phone(push_service.origin))
    else:
        phone = Phone(push_service.origin)
        server.subscribe(phone)
    clock.at("11:15")
    server.run()
    clock.at("11:40")
    fresh = Phone(push_service.origin)
    if known_by == "secret":
        assert holder.renew(push_service.origin) == 200
        if old_is_dead:  # found out after the phone has told its new one
            push_service.reply = lambda received: Reply(201 if received.path == holder.phone.path else 410)
    else:
        body = {**fresh.body(), "replaces": phone.endpoint}
        assert server.http.post(URL, json=body).status_code == 200
    server.close()
    server = start()
    for at in ("11:40", "12:30", "12:59"):
        clock.at(at)
        server.run()
    assert len(push_service.received) == 1
    assert server.services.store.subscribers.count() == 1
    clock.at("2026-11-24 11:15")
    server.run()
    assert push_service.received[1].path == (holder.phone.path if known_by == "secret" else fresh.path)
    assert len(push_service.received) == 2


def test_one_whose_old_endpoint_was_found_dead_before_is_still_the_same_person(
    server: Server, clock: Clock, push_service: PushService, site: Any
) -> None:
    holder = Holder(server, Phone(push_service.origin))
    clock.at("11:15")
    server.run()
    push_service.answer(410)
    server.http.post(URL + "/test", json={"person": holder.person})
    server.run()
    assert server.services.store.subscribers.count() == 0
    push_service.answer(201)
    clock.at("11:40")
    assert holder.renew(push_service.origin) == 201
    server.run()
    assert len(push_service.received) == 2
    assert server.services.store.ledger.tally(NOON) == {"sent": 1}


def test_an_endpoint_renewed_while_a_message_is_on_its_way(start: Start, clock: Clock) -> None:
    """It was sent to an endpoint that ended meanwhile: it goes to the new one, once."""
    asked: list[str] = []

    async def send(message: Message) -> Answer:
        asked.append(message.subscription.endpoint)
        if len(asked) == 1:
            holder.renew("https://fcm.googleapis.com")
            return Answer(status=410)
        return Answer(status=201)

    server = start(send=send)
    holder = Holder(server, Phone("https://fcm.googleapis.com"))
    clock.at("11:15")
    server.run()
    server.run()
    assert asked[1:] == [holder.phone.endpoint]
    assert server.services.store.subscribers.count() == 1


def test_two_phones_are_two_persons(server: Server, clock: Clock, push_service: PushService) -> None:
    holders = [Holder(server, Phone(push_service.origin)) for _ in range(2)]
    assert holders[0].person != holders[1].person
    clock.at("11:15")
    server.run()
    assert push_service.paths() == sorted(holder.phone.path for holder in holders)


def test_a_phone_that_lost_what_it_kept_is_known_by_its_subscription(
    server: Server, clock: Clock, push_service: PushService
) -> None:
    holder = Holder(server, Phone(push_service.origin))
    old = holder.person
    clock.at("11:15")
    server.run()
    holder.person = None
    assert holder.report() == 200
    assert holder.person is not None and old is not None
    assert (holder.person["id"], holder.person["secret"] == old["secret"]) == (old["id"], False)
    server.run()
    assert len(push_service.received) == 1
    assert server.http.delete(URL, json={"person": holder.person}).status_code == 204
    assert server.services.store.subscribers.count() == 0


def test_a_wrong_secret_is_as_good_as_none(server: Server, push_service: PushService) -> None:
    holder = Holder(server, Phone(push_service.origin))
    assert holder.person is not None
    thief = {"id": holder.person["id"], "secret": "guessed"}
    elsewhere = Phone(push_service.origin)
    answer = server.http.post(URL, json={**elsewhere.body(), "person": thief})
    assert answer.status_code == 201  # a new person, who touches nobody else
    assert answer.get_json()["person"]["id"] != holder.person["id"]
    test = URL + "/test"
    assert server.http.post(test, json={"person": thief}).status_code == 404
    assert server.http.post(test, json={"endpoint": holder.phone.endpoint}).status_code == 404
    server.http.delete(URL, json={"person": thief})
    server.http.delete(URL, json={"endpoint": holder.phone.endpoint})
    taken = {**Phone(push_service.origin).body(), "replaces": holder.phone.endpoint}
    assert server.http.post(URL, json=taken).status_code == 201
    assert server.services.store.subscribers.known(holder.phone.endpoint)
    assert server.http.post(test, json={"person": holder.person}).status_code == 202


def test_nobody_takes_an_endpoint_of_another_without_its_keys(server: Server, push_service: PushService) -> None:
    holder = Holder(server, Phone(push_service.origin, "same"))
    other = Holder(server, Phone(push_service.origin))
    forged = Phone(push_service.origin, "same")  # the endpoint, with keys of its own
    for person in (None, other.person):
        answer = server.http.post(URL, json={**forged.body(), "person": person})
        assert (answer.status_code, answer.get_json()["code"]) == (409, "endpoint-held")
    assert server.http.post(URL, json={**forged.body(), "person": holder.person}).status_code == 200  # renewed keys


def test_an_endpoint_that_was_told_under_another_name_is_not_told_again(
    server: Server, clock: Clock, push_service: PushService
) -> None:
    """An old worker reports the new endpoint as a stranger; the page then says who it is."""
    holder = Holder(server, Phone(push_service.origin))
    holder.phone = Phone(push_service.origin)
    server.subscribe(holder.phone)
    clock.at("11:15")
    server.run()
    assert len(push_service.received) == 2
    clock.at("11:40")
    assert holder.report() == 200
    server.run()
    assert len(push_service.received) == 2
    assert server.services.store.subscribers.count() == 1


def test_a_phone_without_a_secret_that_is_there_twice_becomes_one(
    server: Server, clock: Clock, push_service: PushService
) -> None:
    old, fresh = Phone(push_service.origin), Phone(push_service.origin)
    server.subscribe(old)
    clock.at("11:15")
    server.run()
    server.subscribe(fresh)  # a worker of before reports its new endpoint as a stranger
    server.http.post(URL, json={**fresh.body(), "person": None, "replaces": old.endpoint})
    server.run()
    assert len(push_service.received) == 1
    assert server.services.store.subscribers.count() == 1


def test_renewing_needs_no_room_and_a_stranger_s_replaces_gives_none(start: Start, push_service: PushService) -> None:
    server = start(max_subscriptions=1)
    holder = Holder(server, Phone(push_service.origin))
    assert holder.renew(push_service.origin) == 200
    body = {**Phone(push_service.origin).body(), "replaces": "https://fcm.googleapis.com/unknown"}
    assert server.http.post(URL, json=body).status_code == 503


@pytest.mark.parametrize("body", [{}, {"person": None}, {"person": {"id": "x"}}, {"endpoint": ""}])
def test_leaving_as_nobody_is_refused(server: Server, body: dict[str, Any]) -> None:
    assert server.http.delete(URL, json=body).get_json()["code"] == "request-invalid"
