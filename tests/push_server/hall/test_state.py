"""What a day's events come to, and that it does not matter how they came."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from push_server.hall.day import Day
from push_server.hall.events import Event
from push_server.hall.folding import fold
from push_server.hall.rules import Rules
from push_server.hall.state import State

from .day import WINDOWS, at, called, event, taken

RULES = Rules(missed_after=3, comebacks=1)


def hall(*events: Event, closed_at: float | None = None) -> State:
    return fold(events, WINDOWS, RULES, closed_at)


def line(state: State, kind: str = "acceptance") -> list[str]:
    return state.lines.get(kind, [])


def test_whoever_took_a_ticket_first_is_next() -> None:
    state = hall(taken("10:01", "A002"), taken("10:00", "A001"), taken("10:02", "A003"))
    assert line(state) == ["A001", "A002", "A003"]
    assert state.ahead("A003") == 2
    assert state.next_for("1") == "A001"


def test_a_call_takes_a_ticket_out_of_the_line_and_opens_the_window() -> None:
    state = hall(taken("10:00", "A001"), called("10:05", "A001", "2"))
    assert line(state) == []
    assert state.tickets["A001"].state == "called"
    assert (state.windows["2"].state, state.windows["2"].ticket) == ("open", "A001")


def test_the_next_call_of_a_window_ends_what_it_served() -> None:
    state = hall(taken("10:00", "A001"), taken("10:01", "A002"), called("10:05", "A001"), called("10:15", "A002"))
    first = state.tickets["A001"]
    assert (first.state, first.ended_at, first.implied) == ("served", at("10:15"), True)


def test_a_word_that_a_ticket_is_done_stands_over_what_followed_from_a_call() -> None:
    state = hall(
        taken("10:00", "A001"),
        taken("10:01", "A002"),
        called("10:05", "A001"),
        called("10:15", "A002"),
        event("10:16", "left", ticket="A001"),
    )
    assert state.tickets["A001"].state == "left"
    assert state.windows["1"].ticket == "A002"


def test_a_missed_ticket_comes_back_behind_three_others_once() -> None:
    tickets = [taken(f"10:0{number}", f"A00{number}") for number in range(1, 7)]
    state = hall(*tickets, called("10:10", "A001"), event("10:12", "missed", ticket="A001"))
    assert line(state) == ["A002", "A003", "A004", "A001", "A005", "A006"]
    again = hall(
        *tickets,
        called("10:10", "A001"),
        event("10:12", "missed", ticket="A001"),
        called("10:20", "A001"),
        event("10:22", "missed", ticket="A001"),
    )
    assert again.tickets["A001"].state == "missed"
    assert "A001" not in line(again)
    back = hall(
        *tickets,
        called("10:10", "A001"),
        event("10:12", "missed", ticket="A001"),
        called("10:20", "A001"),
        event("10:22", "missed", ticket="A001"),
        event("10:30", "returned", ticket="A001"),
    )
    assert line(back).index("A001") == 3


def test_a_ticket_that_is_moved_waits_in_the_other_line_since_it_was_taken() -> None:
    state = hall(
        taken("10:00", "A001"),
        taken("10:05", "B001", "advice"),
        event("10:06", "moved", ticket="A001", kind="advice"),
    )
    assert line(state) == []
    assert line(state, "advice") == ["A001", "B001"]


def test_a_correction_takes_an_event_back_whenever_it_comes() -> None:
    wrong = called("10:05", "A001")
    state = hall(taken("10:00", "A001"), wrong, event("10:01", "correction", corrects=wrong.id))
    assert line(state) == ["A001"]
    assert state.held == {wrong.id: "corrected"}
    nothing = event("10:01", "correction", corrects="never-told")
    assert hall(nothing).held == {nothing.id: "nothing-to-correct"}


def test_a_call_for_a_ticket_that_nobody_took_waits_for_it() -> None:
    early = called("10:05", "A001")
    assert hall(early).held == {early.id: "ticket-unknown"}
    assert hall(early, taken("10:00", "A001")).held == {}


def test_a_machine_that_is_late_by_minutes_does_not_undo_a_call() -> None:
    state = hall(taken("10:03", "A001"), called("10:01", "A001"))
    assert state.tickets["A001"].state == "called"
    assert line(state) == []


def test_a_number_belongs_to_whoever_took_it_first() -> None:
    first, second = taken("10:00", "A001"), taken("10:30", "A001", "advice")
    state = hall(second, first)
    assert state.tickets["A001"].kind == "acceptance"
    assert state.held == {second.id: "ticket-used"}


def test_closing_ends_the_day_for_whoever_waits() -> None:
    state = hall(taken("16:00", "A001"), taken("16:10", "A002"), called("16:20", "A001"), closed_at=at("17:00"))
    assert {number: ticket.state for number, ticket in state.tickets.items()} == {"A001": "served", "A002": "unserved"}
    assert line(state) == []
    assert state.windows["1"].state == "closed"


def test_who_is_called_after_closing_is_served_all_the_same() -> None:
    state = hall(taken("16:10", "A002"), called("17:05", "A002"), closed_at=at("17:00"))
    assert state.tickets["A002"].state == "called"


def test_a_window_pauses_and_goes_on() -> None:
    state = hall(
        event("09:00", "window_opened", window="1"), event("10:00", "window_paused", window="1", until=at("10:15"))
    )
    assert (state.windows["1"].state, state.windows["1"].until) == ("paused", at("10:15"))
    gone = hall(event("09:00", "window_opened", window="1"), event("10:00", "window_closed", window="1"))
    assert gone.serving("acceptance") == []


STEPS = st.lists(
    st.tuples(
        st.integers(0, 59),
        st.sampled_from(
            ["taken", "called", "missed", "returned", "served", "left", "moved", "correction", "window_paused"]
        ),
        st.sampled_from(["A001", "A002", "A003"]),
        st.sampled_from(["1", "2"]),
    ),
    max_size=25,
)


@st.composite
def days(draw: st.DrawFn) -> list[Event]:
    made: list[Event] = []
    for number, (minute, what, ticket, window) in enumerate(draw(STEPS)):
        more: dict[str, object] = {"ticket": ticket}
        if what in ("taken", "moved"):
            more["kind"] = "advice" if window == "2" else "acceptance"
        elif what == "called":
            more["window"] = window
        elif what == "correction":
            more = {"corrects": f"event-{max(0, number - 1):03}"}
        elif what == "window_paused":
            more = {"window": window}
        made.append(event(f"10:{minute:02}", what, **{**more, "id": f"event-{number:03}"}))
    return made


@given(days(), st.randoms(use_true_random=False), st.integers(0, 3))
def test_order_and_repetition_do_not_matter(events: list[Event], random: object, repeats: int) -> None:
    shuffled = events + events[:repeats]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert fold(shuffled, WINDOWS, RULES) == fold(events, WINDOWS, RULES)


@given(days(), st.randoms(use_true_random=False))
def test_a_day_that_goes_on_is_the_same_as_one_folded_anew(events: list[Event], random: object) -> None:
    coming = list(events)
    random.shuffle(coming)  # type: ignore[attr-defined]
    for order in (events, coming):
        day = Day(date(2026, 11, 23), WINDOWS, RULES)
        for number, each in enumerate(order):
            day.add([each])
            assert day.state() == fold(order[: number + 1], WINDOWS, RULES)
        assert day.state(at("10:30")) == fold(order, WINDOWS, RULES, at("10:30"))


@given(days())
def test_nobody_is_lost_and_nobody_stands_twice(events: list[Event]) -> None:
    state = fold(events, WINDOWS, RULES)
    waiting = sorted(number for number, ticket in state.tickets.items() if ticket.state == "waiting")
    assert sorted(number for numbers in state.lines.values() for number in numbers) == waiting
    for window in state.windows.values():
        if window.ticket is not None:
            assert state.tickets[window.ticket].state == "called"
            assert state.tickets[window.ticket].window == window.id
    called_at = [ticket.number for ticket in state.tickets.values() if ticket.state == "called"]
    assert sorted(window.ticket for window in state.windows.values() if window.ticket) == sorted(called_at)
