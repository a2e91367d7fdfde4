"""What people did not find: sent over HTTP, kept without a person, read by editors."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from push_server.errors import StartupError
from push_server.settings import from_environment
from push_server.store import Store
from push_server.store.unfound import Full

from .conftest import Clock, Server, Start, on_file

URL = "/push/v1/unfound"
NUMBERS = json.loads((Path(__file__).parents[1] / "search" / "personal_numbers.json").read_text("utf-8"))
"""The phone's filter is held against the same table."""


def send(server: Server, query: str) -> tuple[int, str | None]:
    answer = server.http.post(URL, json={"query": query})
    return answer.status_code, (answer.get_json(silent=True) or {}).get("code")


def listing(server: Server) -> list[dict[str, object]]:
    token = server.services.store.tokens.add("editor", 0.0)
    answer = server.http.get(URL, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    return answer.get_json()["queries"]


def test_counted_by_words_and_day(server: Server, clock: Clock) -> None:
    assert server.http.get(f"{URL}/open").get_json() == {"open": True}
    assert send(server, "开小卖铺") == (204, None)
    assert send(server, "  ＫＴＶ　执照 ") == (204, None)
    clock.at("2026-11-24 23:30")
    assert send(server, "ktv 执照") == (204, None)
    assert listing(server) == [
        {"query": "ktv 执照", "times": 2, "first_day": "2026-11-23", "last_day": "2026-11-24"},
        {"query": "开小卖铺", "times": 1, "first_day": "2026-11-23", "last_day": "2026-11-23"},
    ]


@on_file
def test_nothing_else_is_kept(server: Server) -> None:
    server.http.post(URL, json={"query": "开小卖铺"}, headers={"User-Agent": "phone of Wang"})
    with closing(sqlite3.connect(server.services.settings.data / "push.sqlite3")) as connection:
        assert connection.execute("SELECT * FROM unfound").fetchall() == [("开小卖铺", 1, "2026-11-23", "2026-11-23")]


def test_numbers_of_people_are_refused_however_they_are_written(server: Server) -> None:
    answers = {query: send(server, query) for query in NUMBERS["refused"]}
    assert {query: answer for query, answer in answers.items() if answer != (400, "query-personal")} == {}
    assert listing(server) == []


def test_words_with_numbers_in_them_are_not(server: Server) -> None:
    answers = {query: send(server, query) for query in NUMBERS["kept"]}
    assert {query: answer for query, answer in answers.items() if answer != (204, None)} == {}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"query": "长" * 61}, "request-invalid"),
        ({"query": ""}, "request-invalid"),
        ({"query": " \u200b\n"}, "query-empty"),
        ({"query": "\ufdfa" * 60}, "request-invalid"),  # eighteen letters each
        ({"query": "\u3164\u115f\uffa0"}, "query-empty"),
        ({"query": 5}, "request-invalid"),
        ({}, "request-invalid"),
        ({"query": "开店", "phone": "x"}, "request-invalid"),
    ],
)
def test_what_is_no_query_is_refused(server: Server, body: dict[str, object], code: str) -> None:
    answer = server.http.post(URL, json=body)
    assert (answer.status_code, answer.get_json()["code"]) == (400, code)


def test_only_editors_read_it(server: Server) -> None:
    for headers in ({}, {"Authorization": "Bearer wrong"}):
        answer = server.http.get(URL, headers=headers)
        assert (answer.status_code, answer.get_json()["code"]) == (401, "token-invalid")


def test_switched_off(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    assert from_environment({"PUSH_UNFOUND": "off"}).unfound is False
    with pytest.raises(StartupError, match=r"PUSH_UNFOUND.*请写 on 或者 off"):
        from_environment({"PUSH_UNFOUND": "nein"})
    server = start(unfound=False)
    assert server.http.get(f"{URL}/open").get_json() == {"open": False}
    assert send(server, "开店") == (404, "unfound-closed")
    assert listing(server) == []


def test_one_phone_cannot_fill_it(start: Start) -> None:
    server = start(rate_limits=True)
    answers = [send(server, f"词{number}") for number in range(25)]
    assert answers[:20] == [(204, None)] * 20
    assert answers[20:] == [(429, "too-many-requests")] * 5


def test_what_is_old_or_was_let_in_by_an_older_rule_is_forgotten(server: Server, clock: Clock) -> None:
    send(server, "开店")
    clock.at("2027-03-01 09:00")
    send(server, "理发")
    server.services.store.unfound.add("138-0013-8000", date(2027, 3, 1))
    server.run()
    assert [one.query for one in server.services.store.unfound.listing()] == ["理发", "开店"]
    clock.at("2027-11-24 09:00")
    server.run()
    assert [one.query for one in server.services.store.unfound.listing()] == ["理发"]


def test_a_full_list_still_counts_what_it_has(tmp_path: Path) -> None:
    store = Store(tmp_path)
    day = date(2026, 11, 23)
    store.unfound.add("一", day, at_most=1)
    with pytest.raises(Full):
        store.unfound.add("二", day, at_most=1)
    store.unfound.add("一", day, at_most=1)
    assert [(one.query, one.times) for one in store.unfound.listing()] == [("一", 2)]
    store.close()
