"""What should stand about a day, in which words, and what changes that asks for. No server."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime, timedelta

import pytest

from push_server.announcement import Announcement
from push_server.published import LOCAL, Calendar, Centre, CounterKind, Snapshot, read_calendar
from push_server.voice.reconcile import Changes, reconcile, wanted

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


def changes(
    calendar: Calendar, at: str | datetime, known: Collection[Announcement] = (), lead: timedelta = LEAD
) -> Changes:
    """Of a day whose hours are what they were when it began, unless it is an exception."""
    now = at if isinstance(at, datetime) else moment(at)
    day = now.astimezone(LOCAL).date()
    data = Snapshot(centre=CENTRE, calendar=calendar, release=None)
    stands = {one.key: one for one in known}
    return reconcile(wanted(day, data, calendar.spans(day), stands, now, lead), stands, day, now)


def announced(calendar: Calendar, at: str = "2026-11-23 11:15", known: Collection[Announcement] = ()) -> Announcement:
    (one,) = changes(calendar, at, known).announce
    return one


def test_a_day_that_is_lost_without_noon_service_leads_home() -> None:
    """A guide without noon service has no calendar of it."""
    days = [{**day, "kind": "exception", "civil": "workday", "name": "停电", "pattern": "closed"} for day in site.DAYS]
    regular = [span for span in site.WORKDAY if span["service"] != "noon"]
    for patterns, url in (({"workday": site.WORKDAY, "closed": []}, "noon/"), ({"workday": regular, "closed": []}, "")):
        told = announced(read(days=days, patterns=patterns), "2026-11-23 09:00")
        assert (told.payload.title, told.payload.url) == ("今天不开门", url)


def with_noon(opens: str, closes: str) -> Calendar:
    spans = [{**span, "opens": opens, "closes": closes} if span["service"] == "noon" else span for span in site.WORKDAY]
    return read(patterns={"workday": spans, "closed": []})


@pytest.mark.parametrize(
    ("at", "keys"),
    [
        ("2026-11-23 08:29:59", []),
        ("2026-11-23 08:30:00", ["noon:2026-11-23"]),
        ("2026-11-23 11:20:00", ["noon:2026-11-23"]),
        ("2026-11-23 12:59:59", ["noon:2026-11-23"]),
        ("2026-11-23 13:00:00", []),
        ("2026-11-21 11:20:00", []),  # Saturday
        ("2026-11-22 11:20:00", ["noon:2026-11-22"]),  # Sunday, worked in exchange
        ("2026-11-25 11:20:00", []),  # after the calendar's end: unknown, so nothing is promised
    ],
)
def test_when_it_is_announced(at: str, keys: list[str]) -> None:
    assert [one.key for one in changes(read(), at).announce] == keys


def test_it_goes_by_the_centre_s_time_whatever_zone_the_moment_is_in() -> None:
    utc = datetime.fromisoformat("2026-11-23T03:15:00+00:00")
    assert [one.key for one in changes(read(), utc).announce] == ["noon:2026-11-23"]


def test_another_lead() -> None:
    hour = changes(read(), "2026-11-23 10:30", lead=timedelta(hours=1)).announce
    assert [one.lead for one in hour] == [60]
    assert [one.lead for one in changes(read(), "2026-11-23 11:29:59", lead=timedelta()).announce] == [0]


@pytest.mark.parametrize("at", ["11:15", "11:16", "12:59", "13:00", "23:59"])
def test_what_stands_as_it_should_asks_for_nothing(at: str) -> None:
    one = announced(read())
    assert changes(read(), f"2026-11-23 {at}", [one]) == Changes()
    off = announced(read(noon=False), "2026-11-23 11:20", [one])
    assert changes(read(noon=False), f"2026-11-23 {max(at, '11:20')}", [off]) == Changes()
    shorter = announced(with_noon("11:30", "12:00"), "2026-11-23 11:20", [one])
    assert changes(with_noon("11:30", "12:00"), f"2026-11-23 {max(at, '11:20')}", [shorter]) == Changes()


def test_other_hours_are_other_facts_until_both_are_over() -> None:
    one = announced(read())
    shorter = announced(with_noon("11:30", "12:30"), "2026-11-23 11:20", [one])
    assert (shorter.key, shorter.facts, one.facts) == (one.key, "11:30–12:30", "11:30–13:00")
    assert (shorter.expires_at, shorter.corrects_until) == (moment("2026-11-23 12:30"), moment("2026-11-23 13:00"))


def test_moved_to_later_it_is_corrected_at_once_and_announced_in_time() -> None:
    later = with_noon("12:30", "13:00")
    waiting = announced(later, "2026-11-23 11:20", [announced(read())])
    assert waiting.begins_at == moment("2026-11-23 12:30")
    assert waiting.expires_at == moment("2026-11-23 13:00")


def test_an_unknown_day_is_not_called_off() -> None:
    elsewhere = read(first="2026-11-20", last="2026-11-20", days=site.DAYS[:1])
    assert changes(elsewhere, "2026-11-23 11:20", [announced(read())]) == Changes()


def test_what_those_are_told_who_counted_on_it() -> None:
    one = announced(read())
    off = announced(read(noon=False), "2026-11-23 11:20", [one])
    assert off.correction is not None
    assert (off.correction.title, off.correction.body) == ("更正：今天中午不办了", "13:00 再开门。")
    assert (off.correction.tag, off.corrects_until) == (one.payload.tag, one.expires_at)
    assert off.expires_at <= moment("2026-11-23 00:00")  # nobody else is told
    shut = announced(read(patterns={"workday": [], "closed": []}), "2026-11-23 11:20", [one])
    assert shut.correction is not None
    assert shut.correction.body == "今天不再开门，改天再来。"


def test_words() -> None:
    one = announced(read())
    assert one.payload.title == "今天中午不休息，11:30–13:00 照常办"
    assert one.payload.body == "1 个业务咨询窗口、2 个业务受理窗口在岗。先看要带的材料再来。"
    assert one.expires_at == moment("2026-11-23 13:00")


def test_words_without_numbers() -> None:
    spans = [{**span, "counters": {"advice": None}} for span in site.WORKDAY]
    assert announced(read(patterns={"workday": spans, "closed": []})).payload.body == "先看要带的材料再来。"


@pytest.mark.parametrize(
    "different",
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
def test_a_calendar_that_is_not_as_documented_is_refused(different: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"\$|spans|pattern|days"):
        read(**different)
