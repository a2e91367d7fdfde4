"""The log keeps what it was told, once, and gives out tickets and calls that nobody gets twice."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.exc import SQLAlchemyError

from push_server.hall.rules import Rules
from push_server.hall_log import HallLog
from push_server.published import Published
from push_server.store import Store

from .. import site as fixture_site
from ..conftest import BOTH, on_file
from .day import at, called, event, taken

BACKENDS = BOTH
TODAY = date(2026, 11, 23)


@pytest.fixture
def store(tmp_path: Path, backend: str | None) -> Iterator[Store]:
    (tmp_path / "var").mkdir(mode=0o700)
    with closing(Store(tmp_path / "var", backend)) as store:
        yield store


@pytest.fixture
def log(store: Store, tmp_path: Path) -> HallLog:
    hall = HallLog(store.hall, Published(fixture_site.make(tmp_path / "site")), Rules())
    hall.declare("1", ["acceptance"])
    hall.declare("2", ["acceptance"])
    return hall


def outcomes(results: list) -> list[tuple[str, str | None]]:
    return [(result.result, result.code) for result in results]


def test_what_is_told_twice_counts_once(log: HallLog) -> None:
    first = taken("10:00", "A001")
    assert outcomes(log.record([first, first], today=TODAY)) == [("accepted", None), ("repeated", None)]
    assert outcomes(log.record([first], today=TODAY)) == [("repeated", None)]
    assert log.state(at("10:05")).lines == {"acceptance": ["A001"]}


def test_an_id_that_is_used_for_something_else_is_refused(log: HallLog) -> None:
    first = taken("10:00", "A001")
    other = event("10:01", "taken", ticket="A002", kind="acceptance", id=first.id)
    assert outcomes(log.record([first, other], today=TODAY))[1] == ("refused", "id-used")


def test_a_call_that_comes_before_its_ticket_is_kept(log: HallLog) -> None:
    assert outcomes(log.record([called("10:05", "A001")], today=TODAY)) == [("held", "ticket-unknown")]
    assert outcomes(log.record([taken("10:00", "A001")], today=TODAY)) == [("accepted", None)]
    assert log.state(at("10:06")).tickets["A001"].state == "called"


def test_two_clerks_at_once_never_call_the_same(log: HallLog) -> None:
    log.record([taken(f"10:{number:02}", f"A{number:03}") for number in range(30)], today=TODAY)

    def press(number: int) -> str | None:
        ticket = log.call_next(f"press-{number:04}", "12"[number % 2], "staff:li", at("11:00") + number)
        return ticket and ticket.number

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(press, range(40)))
    told = [number for number in numbers if number]
    assert sorted(told) == [f"A{number:03}" for number in range(30)]
    assert numbers.count(None) == 10


def test_a_press_that_is_sent_again_calls_the_same(log: HallLog) -> None:
    log.record([taken("10:00", "A001"), taken("10:01", "A002")], today=TODAY)
    first = log.call_next("press-once", "1", "staff:li", at("10:10"))
    again = log.call_next("press-once", "1", "staff:li", at("10:11"))
    assert first and again and first.number == again.number == "A001"


def test_a_window_that_nobody_declared_calls_nobody(log: HallLog) -> None:
    with pytest.raises(KeyError):
        log.call_next("press-here", "77", "staff:li", at("10:10"))


def test_a_ticket_of_the_desk_follows_all_numbers_of_the_day(log: HallLog) -> None:
    log.record([taken("10:00", "A022")], today=TODAY)
    ticket = log.take("desk-take-1", "acceptance", "staff:li", at("10:10"), matter="company-setup")
    assert ticket.number == "A023"
    assert log.take("desk-take-1", "acceptance", "staff:li", at("10:12")).number == "A023"
    key = ticket.path.rpartition(".")[2]
    found = log.ticket("A023", key, at("10:15"))
    assert found and (found.matter, found.prechecked) == ("company-setup", True)
    assert log.ticket("A022", key, at("10:15")) is None
    assert log.ticket("A023", key[:-1] + "x", at("10:15")) is None
    with pytest.raises(KeyError):
        log.take("desk-take-2", "advice", "staff:li", at("10:10"))


def test_what_a_clerk_does_counts_even_when_a_machine_is_fast(log: HallLog) -> None:
    log.record([taken("10:00:50", "A001"), taken("10:00:55", "A002")], today=TODAY)
    now = at("10:00:10")
    ticket = log.call_next("press-0001", "1", "staff:li", now)
    assert ticket and ticket.number == "A001"
    assert log.tell("press-0002", "missed", "staff:li", now + 5, ticket="A001", window="1").result == "accepted"
    ticket = log.call_next("press-0003", "1", "staff:li", now + 6)
    assert ticket and ticket.number == "A002"


def test_the_first_real_word_ends_the_demonstration_for_good(store: Store, tmp_path: Path) -> None:
    log = HallLog(store.hall, Published(fixture_site.make(tmp_path / "site")), Rules())
    log.declare("8", ["acceptance"], demo=True)
    demo = taken("09:00", "A001", demo=True)
    assert outcomes(log.record([demo], today=TODAY)) == [("accepted", None)]
    assert log.snapshot(at("09:01")).demo
    real = taken("09:05", "A007")
    log.record([real], today=TODAY)
    after = log.snapshot(at("09:06"))
    assert not after.demo
    assert (after.state.lines, log.windows()) == ({"acceptance": ["A007"]}, {})
    late = taken("09:07", "A002", demo=True)
    assert outcomes(log.record([late], today=TODAY)) == [("refused", "demo-over")]


def test_a_restart_and_another_writer_are_seen(store: Store, log: HallLog, tmp_path: Path) -> None:
    log.record([taken("10:00", "A001")], today=TODAY)
    other = HallLog(store.hall, Published(tmp_path / "site"), Rules())
    other.record([taken("10:01", "A002")], today=TODAY)
    assert log.state(at("10:05")).lines == {"acceptance": ["A001", "A002"]}


@on_file
def test_nothing_is_known_that_was_not_kept(store: Store, log: HallLog, monkeypatch: pytest.MonkeyPatch) -> None:
    log.record([taken("10:00", "A001")], today=TODAY)
    with store.engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER full BEFORE INSERT ON hall_events BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END"
        )
    with pytest.raises(SQLAlchemyError):
        log.record([taken("10:01", "A002"), taken("10:02", "A003")], today=TODAY)
    assert log.state(at("10:05")).lines == {"acceptance": ["A001"]}
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER full")
    assert outcomes(log.record([taken("10:01", "A002")], today=TODAY)) == [("accepted", None)]


def test_a_day_that_is_over_becomes_visits_and_its_tickets_open_no_more(log: HallLog) -> None:
    ticket = log.take("desk-take-1", "acceptance", "staff:li", at("10:00"))
    log.record([taken("10:01", "A002"), called("10:10", ticket.number), called("10:25", "A002")], today=TODAY)
    tomorrow = at("08:00", "2026-11-24")
    assert log.close_days(tomorrow, keep_days=30) == [TODAY]
    assert log.close_days(tomorrow, keep_days=30) == []
    visits = log.visits(TODAY, TODAY)
    assert [(visit.state, visit.waited, visit.took) for visit in visits] == [
        ("served", 600.0, 900.0),
        ("served", 1440.0, at("17:00") - at("10:25")),
    ]
    key = ticket.path.rpartition(".")[2]
    assert log.ticket(ticket.number, key, at("10:30")) is None
    assert log.state(tomorrow).tickets == {}


def test_what_comes_late_for_a_day_is_counted_in_until_the_day_is_thinned(log: HallLog) -> None:
    tomorrow = date(2026, 11, 24)
    log.record([taken("10:00", "A001")], today=TODAY)
    log.close_days(at("08:00", "2026-11-24"), keep_days=30)
    log.record([called("10:10", "A001")], today=tomorrow)
    assert log.close_days(at("09:00", "2026-11-24"), keep_days=30) == [TODAY]
    assert [visit.state for visit in log.visits(TODAY, TODAY)] == ["served"]
    log.close_days(at("09:00", "2027-01-24"), keep_days=30)
    assert [visit.state for visit in log.visits(TODAY, TODAY)] == ["served"]
    assert outcomes(log.record([taken("11:00", "A009")], today=tomorrow)) == [("refused", "day-over")]
