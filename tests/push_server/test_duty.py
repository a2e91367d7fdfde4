"""Who is on duty over noon by the roster: what phones are told, and who is warned when it is short."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from . import site as fixture_site
from .conftest import Clock, Server
from .phone import Phone
from .push_service import PushService
from .test_health import problems

TUESDAY = "2026-11-24"


def roster(site: Path, duties: dict[str, dict[str, Any]]) -> None:
    """Publish who is on duty, by date, as the guide does."""
    days = [{**day, "duty": duties[day["date"]]} if day["date"] in duties else day for day in fixture_site.DAYS]
    fixture_site.put(site, "api/v1/calendar.json", fixture_site.calendar(days=days))


def duty(advice: int, acceptance: int, people: int) -> dict[str, Any]:
    return {"counters": {"advice": advice, "acceptance": acceptance}, "people": people}


def test_the_announcement_names_the_counters_of_the_roster(
    server: Server, site: Path, clock: Clock, phone: Phone, push_service: PushService
) -> None:
    roster(site, {"2026-11-23": duty(1, 3, 5)})
    server.subscribe(phone)
    for day in ("2026-11-23", TUESDAY):
        clock.at(f"{day} 11:15")
        server.run()
    bodies = [phone.read(message.body)["body"] for message in push_service.received]
    assert bodies == [
        "1 个业务咨询窗口、3 个业务受理窗口在岗。先看要带的材料再来。",
        "1 个业务咨询窗口、2 个业务受理窗口在岗。先看要带的材料再来。",
    ]


def test_everybody_who_reads_the_hours_of_a_day_gets_its_roster(server: Server, site: Path) -> None:
    roster(site, {TUESDAY: duty(0, 3, 3)})
    calendar = server.services.published.current().calendar
    counters = {
        day: [span.counters for span in calendar.days[day] if span.service == "noon"]
        for day in (date(2026, 11, 23), date(2026, 11, 24))
    }
    assert list(counters.values()) == [[{"advice": 1, "acceptance": 2}], [{"advice": 0, "acceptance": 3}]]


def test_hours_announced_at_short_notice_keep_the_roster(server: Server, site: Path) -> None:
    from push_server.published import Span

    day = date(2026, 11, 24)
    roster(site, {TUESDAY: duty(1, 3, 5)})
    server.services.published.lay_over({day: (Span("11:30", "12:30", "noon"),)}, {day: "停电"})
    (span,) = server.services.published.current().calendar.days[day]
    assert (span.closes, span.counters) == ("12:30", {"advice": 1, "acceptance": 3})


@pytest.mark.parametrize(
    ("told", "short"),
    [
        (duty(1, 1, 3), "11月24日中午只排了 1 个业务受理窗口（承诺 2 个），请补排；排不够就先发布公告。"),
        (duty(0, 2, 3), "11月24日中午没有排业务咨询窗口（承诺 1 个），请补排；排不够就先发布公告。"),
        (duty(1, 2, 2), "11月24日中午只排了 2 人（承诺至少 3 人），请补排；排不够就先发布公告。"),
        (duty(1, 2, 3), None),
        (duty(2, 2, 4), None),
    ],
)
def test_a_short_roster_is_warned_of_the_day_before(
    server: Server, site: Path, clock: Clock, told: dict[str, Any], short: str | None
) -> None:
    roster(site, {TUESDAY: told})
    server.run()
    clock.at("11:59")
    assert "duty-short" not in problems(server)
    clock.at("12:00")
    server.run()
    body = server.http.get("/push/v1/healthz").get_json()
    assert ("duty-short" in body["problems"]) == (short is not None)
    assert (short in body["words"]) == (short is not None)


def test_it_is_warned_of_until_that_noon_is_over(server: Server, site: Path, clock: Clock) -> None:
    """On the weekend too: 22 November is a Sunday on which people work, the 21st a free Saturday."""
    roster(site, {"2026-11-22": duty(1, 1, 3)})
    seen = {}
    for moment in ("20 11:59", "20 12:00", "21 10:00", "22 12:59", "22 13:00"):
        clock.at(f"2026-11-{moment}")
        server.run()
        seen[moment] = "duty-short" in problems(server)
    assert list(seen.values()) == [False, True, True, True, False]


def test_a_day_without_noon_service_cannot_be_short(server: Server, site: Path, clock: Clock) -> None:
    roster(site, {TUESDAY: duty(1, 1, 3)})
    day = date(2026, 11, 24)
    server.services.published.lay_over({day: ()}, {day: "停电"})
    clock.at("12:00")
    server.run()
    assert "duty-short" not in problems(server)
