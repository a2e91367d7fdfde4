"""A hall is played while there is none, and is gone with the first real word."""

from __future__ import annotations

import signal
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from push_server import create_app
from push_server.demo import Over, Player
from push_server.settings import Settings

from .conftest import Clock, Server
from .hall.test_machines import Machine, taken
from .process import REPO, Process, eventually

EVENTS = "/push/v1/hall/events"


@pytest.fixture
def shown(settings: Settings, clock: Clock) -> Server:
    """A server as ``make start`` starts it."""
    return Server(create_app(settings.with_options(demo=True), clock=clock))


def player(server: Server, clock: Clock, told: Counter[str] | None = None) -> Player:
    s = server.services

    def tell(batch: dict[str, Any]) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {s.demo_secret}"}
        answer = server.http.post(EVENTS, json=batch, headers=headers)
        assert answer.status_code == 200, answer.get_json()
        found: dict[str, Any] = answer.get_json()
        if told is not None:
            told.update(found["counts"])
        return found

    return Player(s.hall, s.published, s.settings.site, clock, tell)


def queue(server: Server) -> dict[str, Any]:
    found: dict[str, Any] = server.http.get("/push/v1/queue").get_json()
    return found


@pytest.mark.parametrize("moment", ["11:25", "2026-11-21 20:10", "2026-11-24 00:50"])
def test_whoever_looks_sees_a_hall_that_is_alive(shown: Server, clock: Clock, moment: str) -> None:
    clock.at(moment)
    told: Counter[str] = Counter()
    player(shown, clock, told).play()
    assert told.keys() == {"accepted"}
    answer = queue(shown)
    (counter,) = answer["counters"]
    assert answer["demo"] is True
    assert counter["wait"] is not None and counter["called"]
    assert counter["windows"]


def test_a_restart_goes_on_and_tells_nothing_twice(shown: Server, clock: Clock) -> None:
    clock.at("10:00")
    player(shown, clock).play()
    before = len(shown.services.hall.state(clock.now.timestamp()).tickets)
    clock.at("10:20")
    told: Counter[str] = Counter()
    again = player(shown, clock, told)
    again.play()
    again.play()
    assert told["repeated"] and told["accepted"] and not told["refused"] and not told["held"]
    assert len(shown.services.hall.state(clock.now.timestamp()).tickets) > before


def test_the_first_real_word_ends_it_for_good(shown: Server, clock: Clock) -> None:
    clock.at("10:00")
    playing = player(shown, clock)
    playing.play()
    shown.services.hall.declare("1", ["acceptance"])
    Machine(shown).results(taken("A700"))
    assert [ticket.number for ticket in shown.services.hall.state(clock.now.timestamp()).tickets.values()] == ["A700"]
    clock.at("10:20")
    with pytest.raises(Over):
        playing.play()
    with pytest.raises(Over):
        player(shown, clock).play()
    assert queue(shown)["demo"] is False
    assert queue(shown)["counters"][0]["waiting"] == 1


def test_whoever_gives_back_a_number_of_the_demonstration_does_not_end_it(shown: Server, clock: Clock) -> None:
    clock.at("11:25")
    player(shown, clock).play()
    number = queue(shown)["counters"][0]["next"][0]
    (path,) = shown.services.hall.ticket_paths([number], clock.now.timestamp()).values()
    ticket, _, key = path.removeprefix("ticket/#").partition(".")
    answer = shown.http.post(f"/push/v1/tickets/{ticket}/{key}/leave", json={"id": "phone-0001"})
    assert (answer.get_json()["state"], answer.get_json()["demo"]) == ("left", True)
    assert queue(shown)["demo"] is True


def test_whoever_tries_it_borrows_the_last_number_in_line(shown: Server, clock: Clock) -> None:
    clock.at("11:25")
    player(shown, clock).play()
    told = shown.http.post("/push/v1/tickets/demo", json={"kind": "acceptance"}).get_json()
    number, _, key = told["ticket_path"].removeprefix("ticket/#").partition(".")
    assert number == told["ticket"]
    ticket = shown.http.get(f"/push/v1/tickets/{number}/{key}").get_json()
    assert (ticket["state"], ticket["demo"]) == ("waiting", True)
    assert ticket["ahead"] == queue(shown)["counters"][0]["waiting"] - 1
    assert queue(shown)["demo"] is True
    for body, status, code in (({"kind": "nobody"}, 409, "nobody-waits"), ({}, 400, "request-invalid")):
        refused = shown.http.post("/push/v1/tickets/demo", json=body)
        assert (refused.status_code, refused.get_json()["code"]) == (status, code)


def test_nobody_borrows_a_number_of_a_real_hall(shown: Server) -> None:
    shown.services.hall.declare("1", ["acceptance"])
    Machine(shown).results(taken("A700"))
    answer = shown.http.post("/push/v1/tickets/demo", json={"kind": "acceptance"})
    assert (answer.status_code, answer.get_json()["code"]) == (409, "no-demo")


def test_no_hall_is_played_unless_somebody_says_so(server: Server) -> None:
    assert server.services.demo_secret is None


def test_a_server_that_shows_something_plays_through_its_own_door(site: Path, tmp_path: Path) -> None:
    process = Process(site, tmp_path / "var", "2026-11-21T20:10:00", PUSH_DEMO="on", PUSH_PREFIX="/guide/")
    try:

        def alive() -> bool:
            answer = process.call("GET", "push/v1/queue")[1]
            return answer["demo"] is True and bool(answer["counters"])

        assert eventually(alive)
    finally:
        process.end(signal.SIGTERM)


def test_make_start_switches_it_on_unless_told_otherwise() -> None:
    text = (REPO / "scripts" / "start.py").read_text("utf-8")
    assert text.index('os.environ.setdefault("PUSH_DEMO", "on")') < text.index("os.execv(")
