"""The roster of the noon service: what is published of it, and shifts that cannot be."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.catalog.checks.advice import check_advice
from generator.catalog.hours import Timetable
from generator.catalog.load import load
from generator.catalog.record import lines_from
from generator.render.api import calendar_json
from tests.generator.catalog.snippets import SHARED, edit, found, marked, write_tree

POSTS = "\n    posts: [{kind: advice, open: 1}, {kind: acceptance, open: 2}]\n"
MARCH = f"first: 2026-03-02\n    last: 2026-03-31{POSTS}"


def shifts(*each: str, names: str = "") -> str:
    return names + "shifts:\n" + "".join(f"  - {one}" for one in each)


WRONG = [
    shifts(f"date: 2026-03-06 # !duty-when\n    first: 2026-03-09\n    last: 2026-03-10{POSTS}"),
    shifts("posts: [{kind: advice, open: 1}] # !duty-when\n"),
    shifts(f"last: 2026-03-10 # !duty-when{POSTS}"),
    shifts(f"first: 2026-03-10\n    last: 2026-03-09 # !duty-when{POSTS}"),
    shifts(f"first: 0001-01-01\n    last: 9999-12-31 # !duty-when{POSTS}"),
    shifts(f"first: 2026-03-02\n    last: 2026-03-31\n    weekdays: [1, 8] # !duty-when{POSTS}"),
    shifts(f"date: 2026-03-06\n    weekdays: [5] # !duty-when{POSTS}"),
    shifts(f"date: 2026-02-16 # !duty-no-noon{POSTS}"),  # a holiday
    shifts(f"date: 2027-03-05 # !duty-no-noon{POSTS}"),
    shifts(f"first: 2026-12-20\n    last: 2027-01-10 # !duty-no-noon{POSTS}"),
    shifts(f"first: 2026-03-07\n    last: 2026-03-08 # !duty-no-noon{POSTS}"),
    shifts(MARCH, f"date: 2026-03-06 # !duty-overlap{POSTS}"),
    shifts("date: 2026-03-06\n    posts: [{kind: vip, open: 1}] # !counter-unknown\n"),
    shifts("date: 2026-03-06\n    posts: [{kind: advice, open: 1}, {kind: advice, open: 1}] # !duty-kind\n"),
    shifts(f"date: 2026-03-06\n    names: [甲] # !duty-names{POSTS}", names="names: true\n"),
]
RIGHT = [
    "shifts: []\n",
    shifts(f"date: 2026-02-14{POSTS}"),  # a Saturday on which people work
    shifts(MARCH),
    shifts(f"{MARCH}    weekdays: [1, 3]\n", f"{MARCH}    weekdays: [2, 4, 5]\n"),
]


@pytest.mark.parametrize("text", WRONG + RIGHT)
def test_shifts(text: str, tmp_path: Path) -> None:
    assert found(load(write_tree(tmp_path, {"duty.yml": text})).problems) == marked(text)


SHORT = [
    shifts(
        "date: 2026-03-06\n    posts: [{kind: advice, open: 1}, {kind: acceptance, open: 1}] # !duty-few-counters\n    people: 3\n"
    ),
    shifts("date: 2026-03-06\n    posts: [{kind: acceptance, open: 3}] # !duty-few-counters\n"),
    shifts(f"date: 2026-03-06\n    people: 2 # !duty-few-people{POSTS}"),
    shifts(f"date: 2026-03-06\n    people: 4{POSTS}"),
]


@pytest.mark.parametrize("text", SHORT)
def test_a_shift_that_falls_short_of_the_promise_is_advice_and_can_be_published(text: str, tmp_path: Path) -> None:
    catalog = write_tree(tmp_path, {"duty.yml": text})
    loaded = load(catalog)
    assert loaded.problems == ()
    assert loaded.catalogue is not None
    assert found(check_advice(loaded.catalogue, lines_from(catalog))) == marked(text)


def test_a_centre_without_noon_service_has_no_shifts(tmp_path: Path) -> None:
    centre = edit(SHARED["centre.yml"], "open_noon: 1", "open_noon: 0")
    centre = edit(centre, "open_noon: 2", "open_noon: 0")
    start = centre.index("noon_service:")
    end = centre.index("counter_kinds:")
    changes = {"centre.yml": f"{centre[:start]}noon_service: null\n{centre[end:]}", "duty.yml": shifts(MARCH)}
    problems = load(write_tree(tmp_path, changes)).problems
    assert [(one.line, one.code) for one in problems if one.path == "catalog/duty.yml"] == [(1, "noon-none")]


def calendar(tmp_path: Path, text: str) -> dict[str, Any]:
    catalogue = load(write_tree(tmp_path, {"duty.yml": text})).catalogue
    assert catalogue is not None
    days = Timetable(catalogue.centre, catalogue.years, catalogue.duty).days()
    told: dict[str, Any] = json.loads(calendar_json(days, "Asia/Shanghai"))
    told["days"] = {day["date"]: day for day in told["days"]}
    return told


def test_who_is_on_duty_is_published_with_the_day_and_what_is_promised_stays(tmp_path: Path) -> None:
    one = "date: 2026-03-06\n    posts: [{kind: acceptance, open: 3}]\n    people: 5\n"
    told = calendar(tmp_path, shifts(one, f"first: 2026-03-09\n    last: 2026-03-15{POSTS}"))
    assert told["days"]["2026-03-06"]["duty"] == {"counters": {"advice": 0, "acceptance": 3}, "people": 5}
    assert told["days"]["2026-03-06"]["pattern"] == "workday"
    assert [span["counters"] for span in told["patterns"]["workday"] if span["service"] == "noon"] == [
        {"advice": 1, "acceptance": 2}
    ]
    rostered = [on for on, day in told["days"].items() if "duty" in day]
    assert rostered == ["2026-03-06", *(date(2026, 3, day).isoformat() for day in range(9, 14))]


def test_names_are_published_only_where_the_roster_says_so(tmp_path: Path) -> None:
    told = calendar(tmp_path, shifts(f"date: 2026-03-06{POSTS}    names: [甲, 乙, 丙]\n", names="names: true\n"))
    assert told["days"]["2026-03-06"]["duty"]["names"] == ["甲", "乙", "丙"]
