"""The figures of a month: what they are made of, and the page that tells them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime

import pytest

from push_server.console.figures import figures, noons_of
from push_server.hall.visits import Visit
from push_server.published import LOCAL, read_calendar

from ..conftest import Clock, Server
from ..site import calendar
from .conftest import Clerk, Hire


def at(clock: str, day: str = "2026-11-23") -> float:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=LOCAL).timestamp()


def visit(taken: str, called: str | None, ended: str | None, state: str = "served", day: str = "2026-11-23") -> Visit:
    moments = [None if clock is None else at(clock, day) for clock in (called, ended)]
    return Visit(
        day=day,
        kind="acceptance",
        matter=None,
        state=state,
        taken_at=at(taken, day),
        called_at=moments[0],
        ended_at=moments[1],
    )


NOON = {"2026-11-23": (at("11:30"), at("13:00"))}
DAY = [
    visit("09:00", "09:10", "09:20"),
    visit("09:05", "09:35", "09:50"),
    visit("11:20", "11:50", "12:10"),  # waits into noon
    visit("12:50", "12:55", "13:05"),  # the last ten minutes are no longer noon
    visit("12:30", None, "12:40", "left"),
    visit("15:00", None, "17:00", "unserved"),
]


def test_what_the_noon_service_carried() -> None:
    found = figures(DAY, NOON)
    assert (found.taken, found.served, found.left, found.unserved) == (6, 4, 1, 1)
    assert (found.served_at_noon, found.noon_share, found.taken_at_noon) == (2, 50, 2)
    assert (found.noon_days, found.noon_hours, found.noon_minutes) == (1, 1.5, 25)


def test_waits_by_the_hour() -> None:
    found = figures(DAY, NOON)
    told = {hour.hour: (hour.taken, hour.median, hour.most) for hour in found.hours}
    assert told == {
        9: (2, 20, 30),
        10: (0, None, None),
        11: (1, 30, 30),
        12: (2, 5, 5),
        13: (0, None, None),
        14: (0, None, None),
        15: (1, None, None),
    }
    assert (found.median, found.most) == (20, 30)


def test_nothing_comes_to_nothing() -> None:
    found = figures([], NOON)
    assert (found.days, found.taken, found.noon_hours, found.hours) == (0, 0, 0, [])
    assert found.median is None and found.noon_share is None


def test_a_day_without_noon_service_has_none() -> None:
    found = figures(DAY, {})
    assert (found.noon_days, found.served_at_noon, found.noon_minutes, found.noon_share) == (0, 0, 0, 0)


def test_noon_is_as_published() -> None:
    known = read_calendar(json.dumps(calendar()).encode())
    assert noons_of(known, ["2026-11-23", "2026-11-21", "2026-12-24"]) == NOON


@pytest.fixture
def month(server: Server, hire: Hire, clock: Clock) -> Clerk:
    """An editor on the day after: one morning ticket and one at noon."""
    s = server.services
    s.hall.declare("3", ["acceptance"])
    for number, (taken, called, done) in enumerate([("09:00", "09:10", "09:20"), ("11:20", "11:50", "12:10")]):
        s.hall.take(f"take-{number:04}", "acceptance", "machine", at(taken))
        s.hall.call_next(f"call-{number:04}", "3", "machine", at(called))
        s.hall.tell(f"done-{number:04}", "served", "machine", at(done), ticket=f"A00{number + 1}")
    clock.at("2026-11-24 08:00")
    s.hall.close_days(s.now(), keep_days=30)
    hire("bian", "editor")
    clerk = Clerk(server)
    clerk.sign_in("bian")
    return clerk


def test_the_page_of_a_month(month: Clerk) -> None:
    page = month.get("/months").text
    assert "午间开了 1 天、1.5 小时，叫到 1 人，占办完的 50%。" in page
    assert "今年到这个月底：午间开了 1.5 小时，叫到 1 人。报道里说的是一年 375 小时。" in page
    assert "一半的人等了不到 20 分钟，九成的人不到 30 分钟" in page
    assert '<th scope="row">11 点</th><td>1</td><td>30</td><td>30</td>' in page
    assert "month=2026-10" in page and "month=2026-12" not in page


def test_another_month_has_nothing(month: Clerk) -> None:
    assert "还没有整理好的数字" in month.get("/months?month=2026-10").text


def test_the_table_of_a_month(month: Clerk) -> None:
    answer = month.get("/months.csv?month=2026-11")
    assert answer.mimetype == "text/csv" and "hall-2026-11.csv" in answer.headers["Content-Disposition"]
    lines = answer.text.removeprefix("\ufeff").splitlines()
    assert lines[0].startswith("月份,取号的钟点,取号人数")
    assert lines[1] == "2026-11,09:00,1,10,10"
    assert "2026-11,午间开放小时,1.5" in lines and "2026-11,午间叫到的,1" in lines


@pytest.mark.parametrize("asked", ["2026-13", "2026", "<script>", "0000-01", "2026-11-01"])
def test_a_month_that_is_none(asked: str, month: Clerk) -> None:
    answer = month.get("/months", query_string={"month": asked})
    assert answer.status_code == 400 and "2026-11 这样" in answer.text


def test_only_some_see_the_figures(desk: Clerk, browser_of: Callable[[], Clerk]) -> None:
    for path in ("/months", "/months.csv"):
        assert desk.get(path).status_code == 403
        assert browser_of().get(path).status_code == 302
