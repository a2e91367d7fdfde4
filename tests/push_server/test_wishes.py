"""People are told what they asked for: their ticket, few people waiting, with a lead of their own, not at night."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from . import site as fixture_site
from .conftest import BOTH, Clock, Server
from .phone import Phone
from .push_service import PushService
from .test_news import Reader

BACKENDS = BOTH

URL = "/push/v1/subscriptions"


class Person(Reader):
    """Somebody with a phone, and what they wish for."""

    def __init__(self, server: Server, push_service: PushService) -> None:
        super().__init__(server, Phone(push_service.origin), push_service)
        self.known: dict[str, Any] | None = None

    def wish(self, *wishes: dict[str, Any], **more: Any) -> dict[str, Any]:
        body = {"subscription": self.phone.subscription(), "wishes": list(wishes), "person": self.known, **more}
        answer = self.server.http.post(URL, json=body)
        assert answer.status_code in (200, 201), answer.get_json()
        told: dict[str, Any] = answer.get_json()
        self.known = told.get("person", self.known)
        return told


@pytest.fixture
def person(server: Server, push_service: PushService) -> Person:
    return Person(server, push_service)


@pytest.fixture
def another(server: Server, push_service: PushService) -> Person:
    return Person(server, push_service)


class Hall:
    """The hall, told by hand."""

    def __init__(self, server: Server, clock: Clock) -> None:
        self.log, self.clock = server.services.hall, clock
        self.number = 0
        self.log.declare("2", ["acceptance"])

    def tell(self, what: str, **more: Any) -> None:
        self.number += 1
        self.clock.forward(1)
        result = self.log.tell(f"told-{self.number:05}", what, "staff:li", self.clock().timestamp(), **more)  # type: ignore[arg-type]
        assert result.result == "accepted", result

    def take(self, count: int = 1) -> list[tuple[str, str]]:
        """Tickets with their keys."""
        given = []
        for _ in range(count):
            self.number += 1
            self.clock.forward(1)
            taken = self.log.take(f"told-{self.number:05}", "acceptance", "staff:li", self.clock().timestamp())
            given.append((taken.number, taken.path.rpartition(".")[2]))
        return given

    def call(self) -> None:
        self.number += 1
        self.clock.forward(1)
        self.log.call_next(f"told-{self.number:05}", "2", "staff:li", self.clock().timestamp())


@pytest.fixture
def hall(server: Server, clock: Clock) -> Hall:
    return Hall(server, clock)


def test_a_ticket_that_is_near_and_called_is_told_once_each(person: Person, hall: Hall, server: Server) -> None:
    number, key = hall.take(6)[-1]
    person.wish({"topic": "ticket", "subject": number, "threshold": 3, "key": key})
    server.run()
    assert person.titles() == []
    for _ in range(3):
        hall.call()
        server.run()
    assert person.titles() == ["A006 前面还有 3 人"]
    for _ in range(3):
        hall.call()
        server.run()
    assert person.titles() == ["A006 前面还有 3 人", "A006 请到 2 号窗口"]
    last = person.push_service.received[-1].headers
    assert (last["urgency"], last["topic"]) == ("high", "ticket-A006")


def test_a_call_that_was_taken_back_does_not_swallow_the_next(person: Person, hall: Hall, server: Server) -> None:
    number, key = hall.take()[0]
    person.wish({"topic": "ticket", "subject": number, "threshold": 3, "key": key})
    hall.call()
    server.run()
    hall.tell("correction", corrects=f"told-{hall.number:05}")
    server.run()
    hall.call()
    server.run()
    assert person.titles().count("A001 请到 2 号窗口") == 2


def test_a_ticket_is_told_of_only_with_its_key(person: Person, hall: Hall, server: Server) -> None:
    number, _ = hall.take()[0]
    told = person.wish({"topic": "ticket", "subject": number, "threshold": 3, "key": "x" * 22}, {"topic": "news"})
    assert told["wishes"] == [{"topic": "news"}]
    server.run()
    assert person.titles() == []


def test_a_ticket_of_yesterday_is_no_wish_any_more(person: Person, hall: Hall, clock: Clock) -> None:
    number, key = hall.take()[0]
    wish = {"topic": "ticket", "subject": number, "threshold": 3, "key": key}
    assert person.wish(wish)["wishes"] == [{"topic": "ticket", "subject": number, "threshold": 3}]
    clock.at("2026-11-24 09:00")
    assert person.wish(wish)["wishes"] == []


def test_few_people_waiting_is_told_when_it_comes_to_that(
    person: Person, another: Person, hall: Hall, server: Server, clock: Clock
) -> None:
    person.wish({"topic": "queue", "subject": "acceptance", "threshold": 3})
    another.wish({"topic": "queue", "subject": "acceptance", "threshold": 6})
    hall.take(4)
    server.run()
    assert person.titles() == another.titles() == []  # there never were many
    hall.take(5)
    server.run()
    for _ in range(4):
        hall.call()
        server.run()
    assert (person.titles(), another.titles()) == ([], ["业务受理窗口现在只有 5 个人等"])
    for _ in range(3):
        hall.call()
        server.run()
    assert person.titles() == ["业务受理窗口现在只有 2 个人等"]
    # Up and down again within the hour is no news.
    hall.take(6)
    server.run()
    for _ in range(6):
        hall.call()
        server.run()
    assert len(person.titles()) == 1
    clock.forward(3600)
    hall.take(1)
    server.run()
    hall.take(4)
    server.run()
    for _ in range(5):
        hall.call()
        server.run()
    assert len(person.titles()) == 2


def test_few_people_are_told_of_though_the_clock_was_two_hours_ahead(
    person: Person, hall: Hall, server: Server, clock: Clock
) -> None:
    def fewer(told: int) -> None:
        hall.take(6)
        server.run()
        for _ in range(6):
            hall.call()
            server.run()
        assert len(person.titles()) == told

    person.wish({"topic": "queue", "subject": "acceptance", "threshold": 3})
    fewer(1)
    clock.forward(-5)
    fewer(1)  # put back by less than a minute: the hour counts
    clock.forward(-7200)
    fewer(2)


def test_everybody_is_told_of_noon_as_long_before_as_they_wish(
    person: Person, another: Person, server: Server, clock: Clock
) -> None:
    clock.at("08:00")
    person.wish({"topic": "noon", "lead": 60})
    another.wish({"topic": "noon"})
    for at in ("08:31", "10:29:59", "10:30", "11:14:59"):
        clock.at(at)
        server.run()
        assert person.titles() == (["今天中午不休息，11:30–13:00 照常办"] if at >= "10:30" and at != "10:29:59" else [])
        assert another.titles() == []
    clock.at("11:15")
    server.run()
    assert len(another.titles()) == len(person.titles()) == 1


def test_noon_is_told_on_the_days_that_were_chosen(
    person: Person, another: Person, server: Server, clock: Clock
) -> None:
    person.wish({"topic": "noon", "weekdays": "1"})
    another.wish({"topic": "noon", "weekdays": "52"})
    for at in ("11:15", "2026-11-24 11:15"):
        clock.at(at)
        server.run()
    assert len(person.titles()) == len(another.titles()) == 1
    assert [message.path for message in person.push_service.received] == [person.phone.path, another.phone.path]


@pytest.mark.parametrize(("quiet", "rings"), [(("11:00", "11:40"), "11:40"), (("22:00", "11:20"), "11:20")])
def test_what_can_wait_waits_for_the_end_of_quiet_hours(
    person: Person, server: Server, clock: Clock, quiet: tuple[str, str], rings: str
) -> None:
    person.wish({"topic": "noon"}, rest={"quiet": {"from": quiet[0], "to": quiet[1]}})
    clock.at("11:15:30")
    server.run()
    clock.at(f"{rings}:00")
    clock.forward(-1)
    server.run()
    assert person.titles() == []
    clock.forward(1)
    server.run()
    assert len(person.titles()) == 1


def test_a_ticket_rings_in_quiet_hours_too(person: Person, hall: Hall, server: Server) -> None:
    number, key = hall.take()[0]
    quiet = {"quiet": {"from": "00:00", "to": "23:59"}}
    person.wish({"topic": "ticket", "subject": number, "threshold": 1, "key": key}, {"topic": "news"}, rest=quiet)
    server.run()
    assert person.titles() == ["下一个就是 A001"]


def test_who_pauses_is_told_nothing_until_then(person: Person, server: Server, clock: Clock) -> None:
    person.wish({"topic": "noon"}, rest={"paused_until": "2026-11-23T12:00:00+08:00"})
    clock.at("11:15")
    server.run()
    assert person.titles() == []
    clock.at("12:01")
    server.run()
    assert len(person.titles()) == 1


def record(site: Path, *changes: tuple[str, str], day: str = "2026-11-23", release: str = "00112233445566ab") -> None:
    told = [{"matter": matter, "name": f"事项{matter}", "text": text} for matter, text in changes]
    entry = {"id": f"{day}-{release}", "date": day, "commit": None, "changes": told}
    (site / "api/v1/changes.json").write_text(json.dumps([entry]), "utf-8")
    fixture_site.put(site, "api/v1/release.json", {"id": release, "files": {}})


def test_a_kept_matter_that_changes_is_told_once(
    person: Person, another: Person, server: Server, site: Path, clock: Clock
) -> None:
    person.wish({"topic": "matter", "subject": "nurse-registration"})
    another.wish({"topic": "matter", "subject": "company-setup"})
    server.run()
    record(site, ("nurse-registration", "材料减少一件"), ("nurse-registration", "收费改为不收费"))
    for _ in range(3):
        clock.forward(700)
        server.run()
    assert (person.titles(), another.titles()) == (["“事项nurse-registration”有改动"], [])
    assert person.bodies() == ["材料减少一件 共 2 处。"]


def test_two_kept_matters_with_long_names_are_both_told(person: Person, server: Server, site: Path) -> None:
    """Their names begin with the same thirty letters, of which a topic header has thirty-two."""
    both = ("food-production-permit-renewal", "food-production-permit-reissue")
    person.wish(*({"topic": "matter", "subject": matter} for matter in both))
    record(site, *((matter, "材料减少一件") for matter in both))
    server.run()
    assert sorted(person.titles()) == sorted(f"“事项{matter}”有改动" for matter in both)
    topics = {message.headers["topic"] for message in person.push_service.received}
    assert len(topics) == 2 and all(re.fullmatch("[A-Za-z0-9_-]{1,32}", topic) for topic in topics)


def test_a_test_message_comes_in_quiet_hours(person: Person, server: Server) -> None:
    person.wish({"topic": "noon"}, rest={"quiet": {"from": "00:00", "to": "23:59"}})
    assert server.http.post(f"{URL}/test", json={"person": person.known}).status_code == 202
    server.run()
    assert person.titles() == ["收到了，提醒能用"]


def test_a_change_of_last_week_is_no_news(person: Person, server: Server, site: Path) -> None:
    record(site, ("nurse-registration", "材料减少一件"), day="2026-11-16")
    person.wish({"topic": "matter", "subject": "nurse-registration"})
    server.run()
    assert person.titles() == []


@pytest.mark.parametrize(
    "wish",
    [
        {"topic": "weather"},
        {"topic": "queue"},
        {"topic": "queue", "subject": "acceptance"},
        {"topic": "queue", "subject": "acceptance", "threshold": 0},
        {"topic": "queue", "subject": "acceptance", "threshold": 51},
        {"topic": "queue", "subject": "' OR 1=1", "threshold": 5},
        {"topic": "ticket", "subject": "A001", "threshold": 3},
        {"topic": "noon", "lead": 4},
        {"topic": "noon", "weekdays": "8"},
        {"topic": "noon", "weekdays": ""},
        {"topic": "renewal", "subject": "nurse-registration-renewal"},
        {"topic": "renewal", "subject": "nurse-registration-renewal", "on_date": "soon"},
        {"topic": "matter"},
    ],
)
def test_a_wish_that_cannot_be_kept_is_refused(server: Server, phone: Phone, wish: dict[str, Any]) -> None:
    answer = server.http.post(URL, json={"subscription": phone.subscription(), "wishes": [wish]})
    assert (answer.status_code, answer.get_json()["code"]) == (400, "request-invalid")
    assert server.services.store.subscribers.count() == 0


def test_what_was_shown_is_counted_without_saying_by_whom(person: Person, server: Server, clock: Clock) -> None:
    person.wish({"topic": "noon"})
    clock.at("11:15")
    server.run()
    mine = person.phone.read(person.push_service.received[0].body)
    assert server.http.post("/push/v1/shown", json={"id": mine["id"]}).status_code == 204
    assert server.http.post("/push/v1/shown", json={"id": "nothing"}).status_code == 204
    (sent,) = server.services.store.figures.sent(0.0)
    assert (sent.states, sent.shown) == ({"sent": 1}, 1)
    reach = server.services.store.figures.reach(server.services.now())
    assert (reach.topics, reach.everybody) == ({"noon": (1, 1)}, (1, 1))


def test_nothing_is_counted_where_that_is_switched_off(start: Any, push_service: PushService, clock: Clock) -> None:
    server = start(shown_sample=0.0)
    assert server.http.get("/push/v1/key").get_json()["shown"] == 0
    person = Person(server, push_service)
    person.wish({"topic": "noon"})
    clock.at("11:15")
    server.run()
    server.http.post("/push/v1/shown", json={"id": "noon:2026-11-23"})
    assert server.services.store.figures.sent(0.0)[0].shown == 0
