"""A noon service that is called off on the day: what was not sent stays unsent, what was is corrected."""

from __future__ import annotations

from pathlib import Path

from . import site as fixture_site
from .conftest import BOTH, Clock, Server, Start
from .phone import Phone
from .push_service import PushService

BACKENDS = BOTH


def test_a_noon_service_called_off_meanwhile_is_not_announced_any_more(
    server: Server, clock: Clock, push_service: PushService, phone: Phone, site: Path
) -> None:
    server.subscribe(phone)
    push_service.answer(503)
    clock.at("11:15")
    server.run()
    fixture_site.put(site, "api/v1/calendar.json", fixture_site.calendar(noon=False))
    push_service.answer(201)
    clock.at("11:40")
    server.run()
    assert len(push_service.received) == 1
    assert server.services.store.ledger.tally("noon:2026-11-23") == {"expired": 1}


def test_who_was_told_of_a_noon_service_that_is_called_off_gets_one_correction(
    start: Start, clock: Clock, push_service: PushService, site: Path
) -> None:
    """And the announcement again, should it open after all."""

    def publish(noon: bool) -> None:
        fixture_site.put(site, "api/v1/calendar.json", fixture_site.calendar(noon=noon))

    told, late = Phone(push_service.origin, "told"), Phone(push_service.origin, "late")
    server = start()
    server.subscribe(told)
    clock.at("11:15")
    server.run()
    publish(noon=False)
    clock.at("11:20")
    for _ in range(3):  # a restart repeats nothing
        server.run()
        server.close()
        server = start()
        server.subscribe(late)  # who was never told needs no correction
    announcement, correction = (told.read(message.body) for message in push_service.received)
    assert (correction["kind"], correction["title"]) == ("noon-off", "更正：今天中午不办了")
    assert correction["tag"] == announcement["tag"]
    assert push_service.received[1].headers["topic"] == push_service.received[0].headers["topic"]

    publish(noon=True)
    clock.at("11:25")
    server.run()
    server.run()
    assert len(push_service.received) == 4  # both phones
    publish(noon=False)
    clock.at("11:26")
    server.run()
    server.run()
    assert len(push_service.received) == 6
    clock.at("13:01")
    server.run()
    assert len(push_service.received) == 6


def test_a_correction_that_could_not_be_sent_yet_is_dropped_when_it_opens_after_all(
    server: Server, clock: Clock, push_service: PushService, phone: Phone, site: Path
) -> None:
    server.subscribe(phone)
    clock.at("11:15")
    server.run()
    push_service.answer(503)
    fixture_site.put(site, "api/v1/calendar.json", fixture_site.calendar(noon=False))
    clock.at("11:20")
    server.run()
    push_service.answer(201)
    fixture_site.put(site, "api/v1/calendar.json", fixture_site.calendar())
    clock.at("11:40")
    server.run()
    server.run()
    kinds = [phone.read(message.body)["kind"] for message in push_service.received]
    assert kinds == ["noon", "noon-off", "noon"]  # the second was refused, the third is the last word
