"""Whose document runs out is reminded: on its days, in working hours, once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from . import site as fixture_site
from .conftest import Clock, Server
from .push_service import PushService
from .test_wishes import Person

NURSE = "nurse-registration-renewal"
FOOD = "food-business-permit-renewal"


def matter(site: Path, id: str, document: str | None, expiry: dict[str, Any] | None) -> None:
    deadline = {"kind": "by", "who": "applicant", "when": None, "text": "届满前", "basis": None, "evidence": "guide"}
    others = {**deadline, "who": "authority", "expiry": None}
    deadlines = [others, {**deadline, "expiry": expiry}]
    record = {"id": id, "name": "延续", "deadlines": deadlines, "result": {"document": document}}
    fixture_site.put(site, f"api/v1/matters/{id}.json", record)


@pytest.fixture
def person(server: Server, site: Path, push_service: PushService) -> Person:
    matter(site, NURSE, "护士执业证书", {"opens": None, "closes": {"value": 30, "unit": "days"}})
    window = {"opens": {"value": 60, "unit": "days"}, "closes": {"value": 15, "unit": "working_days"}}
    matter(site, FOOD, "食品经营许可证", window)
    return Person(server, push_service)


def wish(on_date: str, subject: str = NURSE) -> dict[str, str]:
    return {"topic": "renewal", "subject": subject, "on_date": on_date}


def walk(server: Server, clock: Clock, *moments: str) -> None:
    for moment in moments:
        clock.at(moment)
        server.run()
        server.run()


def test_fourteen_and_three_days_before_the_last_day_and_never_twice(
    person: Person, server: Server, clock: Clock
) -> None:
    """It runs out on 6 January; the last day is 7 December."""
    clock.at("2026-11-20 10:00")
    assert person.wish(wish("2027-01-06"))["wishes"] == [wish("2027-01-06")]
    walk(server, clock, "2026-11-20 16:00", "2026-11-23 08:59:59")
    assert person.titles() == []
    walk(server, clock, "2026-11-23 09:00", "2026-11-23 09:05", "2026-11-24 09:00", "2026-11-30 09:00")
    assert person.titles() == ["护士执业证书 1月6日到期"]
    assert person.bodies() == ["12月7日以前提出延续，还有 14 天。先看要带的材料。"]
    person.wish(wish("2027-01-06"))  # the phone tells all its wishes whenever it likes
    walk(
        server,
        clock,
        "2026-12-03 12:00",
        "2026-12-04 08:00",
        "2026-12-04 09:00",
        "2026-12-07 09:00",
        "2026-12-08 09:00",
    )
    assert person.bodies()[1:] == ["12月7日以前提出延续，还有 3 天。先看要带的材料。"]


def test_a_site_that_was_built_before_there_were_cases_is_read(
    person: Person, server: Server, site: Path, clock: Clock
) -> None:
    """It tells one deadline, without saying of which kind and whose."""
    rule = {"opens": None, "closes": {"value": 30, "unit": "days"}}
    old = {"text": "届满前", "basis": None, "evidence": "guide", "expiry": rule}
    record = {"id": NURSE, "name": "延续", "applicant_deadline": old, "result": {"document": "护士执业证书"}}
    fixture_site.put(site, f"api/v1/matters/{NURSE}.json", record)
    clock.at("2026-11-20 10:00")
    person.wish(wish("2027-01-06"))
    walk(server, clock, "2026-11-23 09:00")
    assert person.titles() == ["护士执业证书 1月6日到期"]


def test_nobody_is_reminded_in_the_evening_or_on_a_free_day(person: Person, server: Server, clock: Clock) -> None:
    """The last day is Tuesday the 24th, three days before it is a Saturday: so it is Friday, and no later
    than 17:00; who missed it hears of it on the next working day, which is a Sunday."""
    clock.at("2026-11-20 16:59")
    person.wish(wish("2026-12-24"))
    walk(server, clock, "2026-11-20 17:00", "2026-11-21 10:00", "2026-11-22 08:59")
    assert person.titles() == []
    walk(server, clock, "2026-11-22 09:00")
    assert person.bodies() == ["11月24日以前提出延续，还有 2 天。先看要带的材料。"]


def test_a_window_is_told_a_week_before_it_opens_or_when_the_date_is_entered_soon_after(
    person: Person, server: Server, clock: Clock, push_service: PushService
) -> None:
    """It runs out on 29 January: from 30 November on, until fifteen working days before, which nobody
    can count for sure yet."""
    person.wish(wish("2027-01-29", FOOD))
    walk(server, clock, "2026-11-23 09:00", "2026-11-24 09:00")
    opens = "11月30日起可以办延续，大约 1月8日以前办。先看要带的材料。放假安排公布后日子可能变，以页面为准。"
    assert person.bodies() == [opens]
    later, latest = Person(server, push_service), Person(server, push_service)
    clock.at("2026-12-01 10:00")
    later.wish(wish("2027-01-29", FOOD))
    walk(server, clock, "2026-12-01 10:00")
    assert later.bodies()[0].startswith("现在可以办延续")
    clock.at("2026-12-03 10:00")
    latest.wish(wish("2027-01-29", FOOD))
    walk(server, clock, "2026-12-03 10:00")
    assert (len(person.titles()), latest.titles()) == (1, [])


def test_quiet_hours_put_it_off(person: Person, server: Server, clock: Clock) -> None:
    person.wish(wish("2027-01-06"), rest={"quiet": {"from": "22:00", "to": "10:00"}})
    walk(server, clock, "2026-11-23 09:00", "2026-11-23 09:59")
    assert person.titles() == []
    walk(server, clock, "2026-11-23 10:00")
    assert person.titles() == ["护士执业证书 1月6日到期"]


def test_who_turns_out_to_be_somebody_known_is_not_told_again(person: Person, server: Server, clock: Clock) -> None:
    """The phone lost its secret and subscribes anew with the same subscription."""
    person.wish(wish("2027-01-06"))
    walk(server, clock, "2026-11-23 09:00")
    person.known = None
    person.wish(wish("2027-01-06"))
    walk(server, clock, "2026-11-24 09:00")
    assert len(person.titles()) == 1


def test_a_matter_without_such_a_rule_reminds_nobody_and_stops_nothing(
    person: Person, server: Server, clock: Clock, site: Path
) -> None:
    matter(site, "drug-retail-licence-renewal", None, None)
    fixture_site.put(site, "api/v1/matters/broken.json", '{"id": 1')
    wishes = [wish("2027-01-06", subject) for subject in ("drug-retail-licence-renewal", "broken", "gone", NURSE)]
    person.wish(*wishes)
    walk(server, clock, "2026-11-23 09:00")
    assert person.titles() == ["护士执业证书 1月6日到期"]


def test_a_date_is_forgotten_thirty_days_after(person: Person, server: Server, clock: Clock) -> None:
    assert person.wish(wish("2026-10-23"))["wishes"] == []
    assert person.wish(wish("2026-10-24"))["wishes"] == [wish("2026-10-24")]
    walk(server, clock, "2026-11-23 09:00")
    assert len(server.services.store.watches.renewals()) == 1
    walk(server, clock, "2026-11-24 09:00")
    assert server.services.store.watches.renewals() == []


def test_it_is_announced_for_one_person_and_to_nobody_else(person: Person, server: Server, clock: Clock) -> None:
    person.wish(wish("2027-01-06"))
    walk(server, clock, "2026-11-23 09:00")
    key = f"renewal:{person.known['id'] if person.known else ''}:{NURSE}:2027-01-06:closes-14"
    assert list(server.services.store.ledger.known([key])) == [key]
    assert server.http.get("/push/v1/announcements").get_json()["announcements"] == []


def test_nothing_is_counted_from_a_day_that_the_calendar_lacks(person: Person, server: Server, clock: Clock) -> None:
    """The calendar ends with the year: whether anybody works on 4 January 2027 is not known."""
    clock.at("2026-12-20 10:00")
    person.wish(wish("2027-02-20"))
    walk(server, clock, "2027-01-07 09:00")
    assert person.bodies() == ["大约 1月21日以前提出延续。今年的放假安排还没有公布，哪天开门先打电话问。"]
