"""When the noon announcement is due, and in which words. No server."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import pytest

from push_server.noon import called_off, due, planned, restored, taken_back
from push_server.published import LOCAL, Calendar, Centre, CounterKind, read_calendar

from . import site

LEAD = timedelta(minutes=15)
CENTRE = Centre(
    name="中心",
    hotline="0100",
    counter_kinds=[CounterKind("advice", "业务咨询窗口"), CounterKind("acceptance", "业务受理窗口", True)],
)


def read(**changes: object) -> Calendar:
    return read_calendar(json.dumps(site.calendar(**changes)).encode())  # type: ignore[arg-type]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("at", "keys"),
    [
        ("2026-11-23 11:14:59", []),
        ("2026-11-23 11:15:00", ["noon:2026-11-23"]),
        ("2026-11-23 11:20:00", ["noon:2026-11-23"]),
        ("2026-11-23 12:59:59", ["noon:2026-11-23"]),
        ("2026-11-23 13:00:00", []),
        ("2026-11-21 11:20:00", []),  # Saturday
        ("2026-11-22 11:20:00", ["noon:2026-11-22"]),  # Sunday, worked in exchange
        ("2026-11-25 11:20:00", []),  # after the calendar's end: unknown, so nothing is promised
    ],
)
def test_due(at: str, keys: list[str]) -> None:
    assert [found.key for found in due(read(), (), moment(at), LEAD, CENTRE)] == keys


def test_due_goes_by_the_centre_s_time_whatever_zone_the_moment_is_in() -> None:
    utc = datetime.fromisoformat("2026-11-23T03:15:00+00:00")
    assert [found.key for found in due(read(), (), utc, LEAD, CENTRE)] == ["noon:2026-11-23"]


def test_another_lead() -> None:
    assert due(read(), (), moment("2026-11-23 10:30"), timedelta(hours=1), CENTRE)
    assert not due(read(), (), moment("2026-11-23 11:29:59"), timedelta(), CENTRE)


def test_what_was_announced_is_due_again_only_when_it_changed() -> None:
    at = moment("2026-11-23 11:20")
    (announced,) = due(read(), (), at, LEAD, CENTRE)
    assert due(read(), {announced}, at, LEAD, CENTRE) == []
    shorter = [{**span, "closes": "12:30"} if span["service"] == "noon" else span for span in site.WORKDAY]
    changed = read(patterns={"workday": shorter, "closed": []})
    (again,) = due(changed, {announced}, at, LEAD, CENTRE)
    assert (again.key, again.expires_at) == (announced.key, moment("2026-11-23 12:30"))


def test_a_day_without_noon_service_is_called_off_but_an_unknown_one_is_not() -> None:
    announced = planned(read(), date(2026, 11, 23), CENTRE)
    assert announced is not None
    assert called_off(read(), [announced], CENTRE) == []
    assert called_off(read(noon=False), [announced], CENTRE) == [announced]
    elsewhere = read(first="2026-11-20", last="2026-11-20", days=site.DAYS[:1])
    assert called_off(elsewhere, [announced], CENTRE) == []


def test_what_those_are_told_who_counted_on_it() -> None:
    announced = planned(read(), date(2026, 11, 23), CENTRE)
    assert announced is not None
    correction = taken_back(read(noon=False), announced)
    assert (correction.payload.title, correction.payload.body) == ("更正：今天中午不办了", "13:00 再开门。")
    assert (correction.payload.tag, correction.expires_at) == (announced.payload.tag, announced.expires_at)
    shut = read(patterns={"workday": [], "closed": []})
    assert taken_back(shut, announced).payload.body == "今天不再开门，改天再来。"
    assert restored(shut, [correction, announced], CENTRE) == []
    assert restored(read(), [correction, announced], CENTRE) == [correction.key]


def test_words() -> None:
    announced = planned(read(), date(2026, 11, 23), CENTRE)
    assert announced is not None
    assert announced.payload.title == "今天中午不休息，11:30–13:00 照常办"
    assert announced.payload.body == "1 个业务咨询窗口、2 个业务受理窗口在岗。先看要带的材料再来。"
    assert announced.expires_at == moment("2026-11-23 13:00")


def test_words_without_numbers() -> None:
    spans = [{**span, "counters": {"advice": None}} for span in site.WORKDAY]
    announced = planned(read(patterns={"workday": spans, "closed": []}), date(2026, 11, 23), CENTRE)
    assert announced is not None
    assert announced.payload.body == "先看要带的材料再来。"


@pytest.mark.parametrize(
    "changes",
    [
        {"timezone": "UTC"},
        {"patterns": {"closed": []}},
        {"patterns": {"workday": [{"opens": "13:00", "closes": "11:30", "service": "noon"}], "closed": []}},
        {"patterns": {"workday": [{"opens": "25:00", "closes": "26:00", "service": "noon"}], "closed": []}},
        {"days": site.DAYS[:-1]},
        {"days": [*site.DAYS[:-1], site.DAYS[0]]},
        {"last": "2026-11-30"},
    ],
)
def test_a_calendar_that_is_not_as_documented_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"\$|spans|pattern|days"):
        read(**changes)
