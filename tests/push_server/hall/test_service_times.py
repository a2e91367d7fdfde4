"""How long a service takes, as far as the log tells."""

from __future__ import annotations

import random

import pytest

from push_server.hall.folding import fold
from push_server.hall.rules import Rules
from push_server.hall.served import Served, services
from push_server.hall.service_times import ENOUGH, learn

from .day import WINDOWS, called, event, taken

KIND = "acceptance"


def many(count: int, minutes: float, matter: str | None = None, hour: int = 10, seed: int = 1) -> list[Served]:
    """Services around ``minutes``, as long tailed as real ones."""
    chance = random.Random(f"{seed}{matter}{hour}")
    return [
        Served(kind=KIND, matter=matter, hour=hour, seconds=60 * minutes * chance.lognormvariate(0, 0.4))
        for _ in range(count)
    ]


def test_nothing_is_said_before_enough_is_known() -> None:
    assert learn(many(ENOUGH - 1, 8)).of(KIND) is None
    assert learn(many(ENOUGH, 8)).of(KIND) is not None
    assert learn(many(ENOUGH, 8)).of("advice") is None


def test_today_alone_is_enough_too() -> None:
    times = learn([]).with_today(many(30, 8)).of(KIND)
    assert times is not None
    assert times.quantile(0.5) == pytest.approx(8 * 60, rel=0.2)


def test_a_matter_is_believed_the_more_often_it_was_seen() -> None:
    others = many(200, 8, "usual")
    once = learn([*others, *many(1, 40, "rare")]).of(KIND)
    often = learn([*others, *many(60, 40, "rare")]).of(KIND)
    assert once is not None and often is not None
    assert once.quantile(0.5, "rare") < 18 * 60
    assert often.quantile(0.5, "rare") == pytest.approx(40 * 60, rel=0.2)
    assert often.quantile(0.5, "usual") == pytest.approx(8 * 60, rel=0.2)
    assert often.quantile(0.5, "never seen") == often.quantile(0.5)


def test_an_hour_counts_only_where_the_data_insist() -> None:
    alike = learn([*many(300, 8, hour=10), *many(100, 8, hour=12)]).of(KIND)
    slower = learn([*many(300, 8, hour=10), *many(100, 12, hour=12)]).of(KIND)
    assert alike is not None and slower is not None
    assert alike.hours == {}
    assert slower.hours[12] > 0.15


def test_a_break_that_nobody_told_of_is_no_service() -> None:
    without = learn(many(100, 8)).of(KIND)
    breaks = [Served(kind=KIND, matter=None, hour=10, seconds=6600.0)] * 3
    slips = [Served(kind=KIND, matter=None, hour=10, seconds=5.0)] * 3
    with_breaks = learn([*many(100, 8), *breaks, *slips]).of(KIND)
    assert without is not None and with_breaks is not None
    assert with_breaks.quantile(0.9) == without.quantile(0.9)
    assert with_breaks.quantile(0.5) == without.quantile(0.5)


def test_the_pace_of_today_counts_the_more_the_more_of_today_is_known() -> None:
    past = learn(many(1000, 8))
    usual, early, late = (past.with_today(many(count, 12, seed=2)).of(KIND) or pytest.fail() for count in (0, 3, 100))
    assert usual.quantile(0.5) < early.quantile(0.5) < late.quantile(0.5)
    assert late.quantile(0.5) > 10 * 60
    assert late.doubt < early.doubt


def served_in(*events: object) -> list[Served]:
    return services(fold(events, WINDOWS, Rules()).tickets.values())  # type: ignore[arg-type]


def test_what_a_call_implies_is_a_service_only_if_somebody_stood_in_line() -> None:
    waited = served_in(taken("10:00", "A001"), taken("10:01", "A002"), called("10:05", "A001"), called("10:15", "A002"))
    assert [(one.seconds, one.gap, one.hour) for one in waited] == [(600.0, 0.0, 10)]
    # The window may have rested until 10:55, when somebody came at last.
    rested = served_in(
        taken("10:00", "A001"), taken("10:55", "A002"), called("10:05", "A001"), called("10:55:30", "A002")
    )
    assert rested == []


def test_the_time_between_two_people_is_known_where_somebody_waited() -> None:
    two = served_in(
        taken("10:00", "A001"),
        taken("10:01", "A002"),
        called("10:05", "A001"),
        event("10:15", "served", ticket="A001"),
        called("10:15:40", "A002"),
        event("10:20", "served", ticket="A002"),
    )
    assert [(one.seconds, one.gap) for one in two] == [(600.0, 40.0), (260.0, None)]


def test_who_did_not_come_was_not_served() -> None:
    assert served_in(taken("10:00", "A001"), called("10:05", "A001"), event("10:07", "missed", ticket="A001")) == []
