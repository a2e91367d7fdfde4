"""A day that is played: the same from the same seed, and possible."""

from __future__ import annotations

import json
from datetime import date

import pytest

from push_server.hall.demo import demo_day, demo_openings, round_the_clock
from push_server.hall.events import Event
from push_server.hall.folding import fold
from push_server.hall.openings import openings
from push_server.hall.rules import Rules
from push_server.hall.simulator import Shape, simulate
from push_server.hall.visits import visits_of
from push_server.published import Span, read_calendar

from .. import site as fixture_site
from .day import at

KIND = "acceptance"
MONDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 21)
HOURS = openings(MONDAY, [Span(**span) for span in fixture_site.WORKDAY])
WINDOWS = tuple("12345678")
HALL = dict.fromkeys(WINDOWS, (KIND,))
CALENDAR = read_calendar(json.dumps(fixture_site.calendar()).encode())


def played(shape: Shape, seed: int = 7) -> list[Event]:
    return simulate(seed, MONDAY, HOURS, shape, kind=KIND, matters=["one", "two", "three"], windows=WINDOWS)


@pytest.mark.parametrize("shape", ["quiet", "noon", "rush"])
def test_every_event_of_a_day_counts(shape: Shape) -> None:
    events = played(shape)
    state = fold(events, HALL, Rules())
    assert state.held == {}
    assert len({event.id for event in events}) == len(events)
    assert [event.at for event in events] == sorted(event.at for event in events)
    assert all(event.demo for event in events)
    ends = {ticket.state for ticket in state.tickets.values()}
    assert "served" in ends


def test_the_same_seed_plays_the_same_day_and_another_another() -> None:
    assert played("noon") == played("noon")
    assert played("noon") != played("noon", seed=8)


def test_over_noon_two_windows_call_and_in_the_morning_more() -> None:
    calls = [event for event in played("noon") if event.type == "called"]
    noon = {event.window for event in calls if at("11:35") <= event.at < at("13:00")}
    morning = {event.window for event in calls if at("09:00") <= event.at < at("11:00")}
    assert len(noon) <= 2 < len(morning)


def test_a_rush_has_longer_waits_than_a_quiet_day() -> None:
    def mean(shape: Shape) -> float:
        visits = [
            visit
            for seed in range(5)
            for visit in visits_of(MONDAY, fold(played(shape, seed), HALL, Rules(), at("17:00")), demo=True)
        ]
        waits = [visit.waited for visit in visits if visit.waited is not None]
        return sum(waits) / len(waits)

    assert mean("quiet") < mean("noon") < mean("rush")


def test_the_demonstration_is_open_whenever_somebody_looks() -> None:
    for day in (MONDAY, SUNDAY):
        events = demo_day(CALENDAR, day, kind=KIND, matters=["one"], missed_after=3)
        for clock in ("00:40", "07:00", "10:00", "12:00", "15:00", "20:00", "23:00"):
            now = at(clock, day.isoformat())
            lately = [event for event in events if now - 900 <= event.at <= now]
            assert lately, (day, clock)


def test_what_the_demonstration_tells_of_hours_is_published_as_long_as_it_can_be() -> None:
    assert demo_openings(CALENDAR, MONDAY, at("11:25")) == openings(MONDAY, CALENDAR.spans(MONDAY))
    evening = demo_openings(CALENDAR, MONDAY, at("20:00"))
    assert evening[-1].opens <= at("20:00") < evening[-1].closes
    saturday = demo_openings(CALENDAR, SUNDAY, at("10:00", SUNDAY.isoformat()))
    assert saturday == round_the_clock(CALENDAR, SUNDAY)
    assert any(opening.noon for opening in saturday)
