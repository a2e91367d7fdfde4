"""How long one waits: a range, and whether one is done in time."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date

import pytest

from push_server.hall.estimate import MOMENTS, Forecast, forecast
from push_server.hall.estimate_scene import scene
from push_server.hall.events import Event
from push_server.hall.folding import fold
from push_server.hall.lessons import Lessons, lessons
from push_server.hall.openings import Opening, openings
from push_server.hall.rules import Rules
from push_server.hall.served import services
from push_server.hall.visits import Visit
from push_server.published import Span

from .. import site as fixture_site
from .day import at, called, event, taken

KIND = "acceptance"
MONDAY = date(2026, 11, 23)
SPANS = [Span(**span) for span in fixture_site.WORKDAY]
HALL = {"1": (KIND,), "2": (KIND,), "3": (KIND,), "9": ("advice",)}


def friday(minutes: float = 7.5, windows: Sequence[str] = ("1", "2", "3"), spread: float = 0.3) -> list[Visit]:
    """The visits of the Friday before: whoever came was served after one another, all day long."""
    chance = random.Random(1)
    visits = []
    for window in windows:
        now = at("08:30", "2026-11-20")
        while now < at("16:30", "2026-11-20"):
            end = now + 60 * minutes * chance.lognormvariate(0, spread)
            visits.append(
                Visit(
                    day="2026-11-20",
                    kind=KIND,
                    matter=None,
                    state="served",
                    taken_at=now - 120,
                    called_at=now,
                    ended_at=end,
                    window=window,
                )
            )
            now = end + 20
    return visits


def foretell(
    clock: str,
    *events: Event,
    known: Lessons | None = None,
    hours: Sequence[Opening] | None = None,
    counts: dict[str, int] | None = None,
) -> Forecast:
    state = fold(events, HALL, Rules())
    known = lessons(friday()) if known is None else known
    times = known.times.with_today(services(state.tickets.values()))
    hours = openings(MONDAY, SPANS) if hours is None else hours
    return forecast(scene(state, counts or {}), [KIND], hours, times, known.habits, MONDAY, at(clock))


def line(clock: str, people: int, first: int = 1) -> list[Event]:
    """So many who took a ticket at ``clock``."""
    return [taken(f"{clock}:{number % 60:02}", f"A{number:03}") for number in range(first, first + people)]


def at_windows(clock: str, *windows: str) -> list[Event]:
    """Somebody at each of ``windows``, called at ``clock``."""
    return [
        one
        for number, window in enumerate(windows, 901)
        for one in (taken("08:31", f"A{number}"), called(clock, f"A{number}", window))
    ]


def test_before_noon_with_eight_ahead() -> None:
    """The scene of the article: the morning is too short, noon is not."""
    told = foretell(
        "11:25",
        *at_windows("11:19", "3"),
        *[
            one
            for window, clock in (("1", "11:00"), ("2", "11:01"))
            for one in [event(clock, "window_paused", window=window, until=at("11:30"))]
        ],
        *line("11:20", 9),
        known=lessons(friday(minutes=7)),
    )
    mine = told.tickets["A009"]
    low, median, high = mine.wait() or pytest.fail()
    assert mine.waiting == 8
    assert 22 <= low <= 28 and 28 <= median <= 36 and 36 <= high <= 44
    done = mine.done_at() or pytest.fail()
    assert at("11:58") <= done[0] <= at("12:08")
    assert at("12:05") <= done[1] <= at("12:15")
    assert mine.done_by(at("16:30")) == "yes"
    assert mine.done_by(at("11:30")) == "no"


def test_the_same_hall_gives_the_same_answer() -> None:
    events = [*at_windows("10:00", "1", "2"), *line("10:01", 6)]
    one, two = foretell("10:05", *events), foretell("10:05", *reversed(events))
    assert one.tickets["A006"].calls == two.tickets["A006"].calls
    assert [look.ends for look in one.arriving[KIND]] == [look.ends for look in two.arriving[KIND]]


def test_whoever_comes_into_an_empty_hall_waits_for_nothing() -> None:
    told = foretell("10:05", event("08:30", "window_opened", window="1"), event("10:01", "window_opened", window="2"))
    now = told.arriving[KIND][0]
    assert now.waiting == 0
    assert now.wait() == (0, 0, 0)


def test_who_is_next_waits_the_less_the_longer_others_are_being_served() -> None:
    def median(clock: str) -> int:
        told = foretell("10:20", *at_windows(clock, "1"), *line("10:01", 1))
        wait = told.tickets["A001"].wait()
        assert wait is not None
        return wait[1]

    assert median("10:19") > median("10:15") > median("10:12")


def test_nobody_further_back_is_called_earlier() -> None:
    told = foretell("10:05", *at_windows("10:00", "1", "2", "3"), *line("10:01", 20))
    medians = [(told.tickets[f"A{number:03}"].wait() or pytest.fail())[1] for number in range(1, 21)]
    assert medians == sorted(medians)


def test_a_pause_that_was_announced_counts_until_its_end() -> None:
    busy = [*at_windows("10:00", "1"), *line("10:01", 8)]
    back = event("10:00", "window_paused", window="2", until=at("10:15"))
    late = event("10:00", "window_paused", window="2", until=at("11:15"))
    soon, much_later = (foretell("10:05", *busy, pause).tickets["A008"].wait() for pause in (back, late))
    assert soon is not None and much_later is not None
    assert soon[1] < much_later[1]


def test_windows_close_and_nobody_is_promised_anything() -> None:
    told = foretell("16:20", *at_windows("16:15", "1", "2"), *line("16:16", 20))
    first, last = told.tickets["A001"], told.tickets["A020"]
    assert first.wait() is not None
    assert (last.wait(), last.done_at(), last.done_by(at("16:30"))) == (None, None, "no")
    tomorrow = told.arriving[KIND][MOMENTS.index(20)]
    assert (tomorrow.wait(), tomorrow.done_by(at("16:30"))) == (None, "no")


def test_a_change_of_the_number_of_windows_that_is_published_is_foreseen() -> None:
    busy = [*at_windows("11:20", "1", "2", "3"), *line("11:21", 12)]
    two = foretell("11:25", *busy).tickets["A012"].wait()
    three = [
        Span(
            opens=span.opens,
            closes=span.closes,
            service=span.service,
            counters={KIND: 3 if span.service == "noon" else None},
        )
        for span in SPANS
    ]
    more = foretell("11:25", *busy, hours=openings(MONDAY, three)).tickets["A012"].wait()
    assert two is not None and more is not None
    assert more[1] < two[1]


def test_a_doubt_about_windows_makes_the_range_wider() -> None:
    busy = [*at_windows("11:20", "1", "2", "3"), *line("11:21", 12)]
    across, within = (
        foretell("11:25", *busy),
        foretell("10:25", *[*at_windows("10:20", "1", "2", "3"), *line("10:21", 12)]),
    )
    wide, narrow = across.tickets["A012"].wait(), within.tickets["A012"].wait()
    assert wide is not None and narrow is not None
    assert wide[2] - wide[0] > narrow[2] - narrow[0]


def test_a_count_is_enough_where_service_times_are_known() -> None:
    told = foretell("12:00", counts={KIND: 6})
    wait = told.arriving[KIND][0].wait()
    assert wait is not None
    # Two windows over noon, seven and a half minutes each.
    assert 12 <= wait[1] <= 30


def test_nothing_is_foretold_while_nobody_knows_how_long_a_service_takes() -> None:
    told = foretell("10:05", *at_windows("10:00", "1"), *line("10:01", 3), known=Lessons())
    assert (dict(told.tickets), dict(told.arriving)) == ({}, {})


def test_a_hall_that_is_open_on_a_day_that_is_not_published_has_waits_but_no_promise() -> None:
    told = foretell("10:05", *at_windows("10:00", "1", "2"), *line("10:01", 4), hours=[])
    assert told.tickets["A004"].wait() is not None
    assert told.tickets["A004"].closes is None


def test_a_window_that_serves_two_kinds_takes_whoever_came_first() -> None:
    both = {"1": (KIND, "advice")}
    known = lessons([*friday(), *(visit_of_advice(visit) for visit in friday())])
    state = fold(
        [
            taken("10:00", "A000"),
            called("10:00", "A000"),
            taken("10:01", "A001"),
            taken("10:02", "B001", "advice"),
            taken("10:03", "A002"),
        ],
        both,
        Rules(),
    )
    told = forecast(
        scene(state, {}), [KIND, "advice"], openings(MONDAY, SPANS), known.times, known.habits, MONDAY, at("10:05")
    )
    medians = [(told.tickets[number].wait() or pytest.fail())[1] for number in ("A001", "B001", "A002")]
    assert medians[0] < medians[1] < medians[2]


def visit_of_advice(visit: Visit) -> Visit:
    return Visit(
        day=visit.day,
        kind="advice",
        matter=None,
        state="served",
        taken_at=visit.taken_at,
        called_at=visit.called_at,
        ended_at=visit.ended_at,
        window=f"{visit.window}0",
    )
