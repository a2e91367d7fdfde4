"""What is unusual about tomorrow is told the afternoon before, once, and put right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from . import site as fixture_site
from .conftest import Clock, Server
from .push_service import PushService
from .test_wishes import Person

FRIDAY, SATURDAY, SUNDAY, MONDAY = "2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23"


@pytest.fixture
def person(server: Server, push_service: PushService) -> Person:
    return Person(server, push_service)


def publish(site: Path, day: str, pattern: list[dict[str, Any]], **about: Any) -> None:
    days = [{**one, "pattern": "other", **about} if one["date"] == day else one for one in fixture_site.DAYS]
    patterns = {"workday": fixture_site.WORKDAY, "closed": [], "other": pattern}
    fixture_site.put(site, "api/v1/calendar.json", fixture_site.calendar(days=days, patterns=patterns))


def test_a_day_worked_in_exchange(server: Server, person: Person, clock: Clock) -> None:
    clock.at(f"{SATURDAY} 14:59")
    person.wish({"topic": "hours"})
    server.run()
    assert person.titles() == []
    for at in ("15:00", "16:00", "23:59"):
        clock.at(at)
        server.run()
    assert person.titles() == ["明天（11月22日，周日）补班，照常开门"]
    assert person.bodies() == ["08:30–16:30，中午不休息。"]


def test_an_ordinary_day_is_no_news(server: Server, person: Person, clock: Clock) -> None:
    person.wish({"topic": "hours"})
    for at in (f"{FRIDAY} 15:00", f"{SUNDAY} 15:00", f"{MONDAY} 15:00"):
        clock.at(at)
        server.run()
    assert person.titles() == []


def test_the_first_day_of_a_holiday(server: Server, person: Person, clock: Clock, site: Path) -> None:
    publish(site, MONDAY, [], kind="holiday", name="元旦")
    clock.at(f"{SUNDAY} 15:00")
    person.wish({"topic": "hours"})
    server.run()
    assert person.titles() == ["明天起元旦放假，不开门"]
    assert person.bodies() == ["11月24日再开门。"]


@pytest.mark.parametrize(
    ("spans", "title"),
    [
        ([], "明天（11月23日，周一）不开门"),
        (fixture_site.WORKDAY[:2], "明天（11月23日，周一）下午不开门"),
        (fixture_site.WORKDAY[::2], "明天（11月23日，周一）中午不办"),
    ],
)
def test_hours_that_are_lost(
    server: Server, person: Person, clock: Clock, site: Path, spans: list[dict[str, Any]], title: str
) -> None:
    publish(site, MONDAY, spans, kind="exception", name="停电检修", civil="workday")
    clock.at(f"{SUNDAY} 15:00")
    person.wish({"topic": "hours"})
    server.run()
    assert person.titles() == [title]
    assert person.bodies()[0].endswith("原因：停电检修。")


def test_what_is_no_longer_so_is_put_right_once(
    server: Server, person: Person, clock: Clock, site: Path, push_service: PushService
) -> None:
    publish(site, MONDAY, [], kind="exception", name="停电检修", civil="workday")
    clock.at(f"{SUNDAY} 15:00")
    person.wish({"topic": "hours"})
    server.run()
    fixture_site.put(site, "api/v1/calendar.json", fixture_site.calendar())
    late = Person(server, push_service)
    late.wish({"topic": "hours"})
    for at in ("17:00", "18:00"):
        clock.at(at)
        server.run()
    assert person.titles()[1:] == ["更正：明天照常开门"]
    assert late.titles() == []


def test_a_closure_that_a_clerk_announces_for_tomorrow(server: Server, person: Person, clock: Clock) -> None:
    clock.at(f"{SUNDAY} 14:00")
    person.wish({"topic": "hours"})
    notices = server.services.notices
    given = {
        "title": "明天闭馆",
        "body": "搬家。",
        "day": MONDAY,
        "hours": [],
        "expires_at": clock().timestamp() + 99999,
    }
    notices.approve(notices.draft(given, "staff:li", submit=True).id, "staff:wang")
    clock.at("15:00")
    server.run()
    assert person.titles() == ["明天（11月23日，周一）不开门"]
    clock.at(f"{MONDAY} 08:30")
    server.run()
    assert person.titles()[1:] == ["今天不开门"]
