"""Journeys: which steps apply and when, the rules of their files, the promise over all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.catalog.checks.shared import check_file
from generator.catalog.journey_clocks import Dates, Ticks
from generator.catalog.journey_goals import breaches
from generator.catalog.journeys import (
    answers,
    dated,
    defaults,
    drawn,
    length_of,
)
from generator.catalog.load import load
from generator.catalog.model.journey import Journey
from generator.catalog.record import load_record
from generator.catalog.workdays import Workdays
from tests.generator.catalog.snippets import found, marked, write_tree

PATH = "catalog/journeys/build.yml"
HEAD = """\
id: build
name: 盖房
name_en: null
summary: 盖一间房
outcome: {step: done, text: 盖好}
goal: {text: 三十天, value: 30, unit: days, from_step: land, to_step: done, source: news-2018}
switches:
  - id: big
    question: 大吗
    options: [{id: no, label: 小}, {id: yes, label: 大}]
    default: no
steps:
  - {id: land, name: 有地, matters: [], by: market, after: [], days: {value: 0, unit: days, kind: milestone}}
"""
PERMIT = """\
  - id: permit
    name: 许可
    matters: [x-permit]
    by: authority
    after: [land, review]
    days: {value: 7, unit: days, kind: statutory_max, evidence: law, basis: {law: JZF, article: 第八条}}
    promised: {value: 5, unit: days, source: news-2018}
"""
REVIEW = """\
  - id: review
    name: 审查
    matters: []
    by: authority
    after: [land]
    when: big=yes
    days: {value: 10, unit: working_days, kind: statutory_max, evidence: guide, source: 某地指南}
"""
DESIGN = """\
  - {id: design, name: 设计, matters: [], by: market, after: [land], days: null, uncounted: 没有法定天数}
"""
DONE = """\
  - {id: done, name: 盖好, matters: [], by: market, after: [permit, design], days: {value: 0, unit: days, kind: milestone}}
"""
BUILD = HEAD + REVIEW + PERMIT + DESIGN + DONE


def journey(text: str = BUILD) -> Journey:
    record, _, problems = load_record(text, PATH, Journey)
    assert record is not None, problems
    return record


def step(changed: str, *, add: str = "") -> str:
    """The journey with its step 许可 changed, for the tables below."""
    return HEAD + REVIEW + changed + DESIGN + DONE + add


@pytest.mark.parametrize(
    "text",
    [
        BUILD,
        BUILD.replace("id: build", "id: other  # !journey-id", 1),
        BUILD.replace("after: [land, review]", "after: [land, nowhere]  # !journey-step"),
        BUILD.replace("outcome: {step: done, text: 盖好}", "outcome: {step: end, text: 盖好}  # !journey-step"),
        BUILD.replace("after: [land]\n    when", "after: [permit]  # !journey-circle\n    when"),
        BUILD.replace("default: no", "default: maybe  # !journey-switch"),
        BUILD.replace("{id: no, label: 小}, ", "").replace("label: 大}]", "label: 大}]  # !journey-switch"),
        BUILD.replace("label: 大}]", "label: 大}, {id: huge, label: 很大}]  # !journey-switch-unused"),
        BUILD.replace("when: big=yes", "when: big=yes & big=no  # !journey-unreachable"),
        BUILD.replace("when: big=yes", "when: big=huge  # !when-unknown"),
        BUILD.replace("when: big=yes", "when: big = yes  # !when-syntax"),
        BUILD.replace("outcome: {step: done", "outcome: {step: review").replace(
            "when: big=yes", "when: big=yes  # !journey-unreachable"
        ),
        BUILD.replace("name: 审查", f"name: {'很' * 17}  # !journey-name-long"),
        BUILD.replace("days: null, uncounted: 没有法定天数}", "days: null}  # !journey-days"),
        BUILD.replace("days: {value: 7,", "days: {value: 0,").replace("第八条}}\n", "第八条}}  # !journey-days\n"),
        BUILD.replace("kind: statutory_max, evidence: guide", "kind: immediate, evidence: guide").replace(
            "某地指南}", "某地指南}  # !journey-days"
        ),
        BUILD.replace("evidence: guide, source: 某地指南}", "evidence: guide}  # !journey-days"),
        BUILD.replace("evidence: guide, source: 某地指南}", "evidence: law, source: 某地指南}  # !journey-days"),
        BUILD.replace("unit: working_days, kind", "unit: months, kind").replace("某地指南}", "某地指南}  # !journey-days"),
        BUILD.replace("evidence: guide, source", "counts_from: land, evidence: guide, source").replace(
            "某地指南}", "某地指南}  # !journey-days"
        ),
        BUILD.replace("days: {value: 7,", "uncounted: 不算\n    days: {value: 7,").replace(
            "第八条}}\n", "第八条}}  # !journey-days\n"
        ),
        BUILD.replace("value: 30, unit: days, from_step: land, to_step: done, source: news-2018}",
                      "value: 18, unit: days, from_step: land, to_step: done, source: news-2018}  # !journey-goal"),
        BUILD.replace("to_step: done, source: news-2018}", "to_step: review, source: news-2018}  # !journey-goal"),
    ],
)  # fmt: skip
def test_a_file_alone(text: str) -> None:
    record, lines, problems = load_record(text, PATH, Journey)
    if record is not None:
        problems += check_file(record, lines)
    assert found(problems) == marked(text)


def load_with(tmp_path: Path, text: str) -> list[tuple[str, int, str]]:
    catalog = write_tree(tmp_path, {"journeys/build.yml": text})
    return [(problem.path, problem.line, problem.code) for problem in load(catalog).problems]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("", "", None),
        ("[x-permit]", "[no-permit]", "journey-matter"),
        ("summary: 盖一间房", "summary: 盖一间房\nsought_as: [no-permit]", "journey-matter"),
        ("law: JZF", "law: NOLAW", "law-unknown"),
        ("第八条", "第九十条", "article-unchecked"),
        ("unit: days, source: news-2018", "unit: days, source: no-such", "source-unknown"),
    ],
)
def test_what_other_files_offer(tmp_path: Path, old: str, new: str, code: str | None) -> None:
    told = load_with(tmp_path, BUILD.replace(old, new) if old else BUILD)
    assert [item[2] for item in told if item[0] == PATH] == ([code] if code else [])


@pytest.mark.parametrize(("old", "new"), [("value: 7", "value: 8"), ("value: 5, unit: days", "value: 4, unit: days")])
def test_limits_of_a_matter_and_its_step_are_the_same(tmp_path: Path, old: str, new: str) -> None:
    told = load_with(tmp_path, BUILD.replace(old, new))
    assert [item[2] for item in told] == ["journey-limit"]
    assert told[0][0] == "catalog/matters/construction/x-permit.yml"


def test_a_broken_promise_is_told_with_its_path() -> None:
    text = BUILD.replace("value: 30", "value: 15")
    record, lines, _ = load_record(text, PATH, Journey)
    assert record is not None
    (problem,) = check_file(record, lines)
    assert problem.code == "journey-goal"
    assert "“大吗”选“大”" in problem.sentence
    assert "审查（法定 10 个工作日） → 许可（承诺 5 日）" in problem.sentence
    assert "19.0 日" in problem.sentence


def test_a_promise_is_asked_only_where_it_holds() -> None:
    text = BUILD.replace("value: 30", "value: 15").replace("to_step: done,", "to_step: done, holds_for: big=no,")
    assert list(breaches(journey(text))) == []
    assert len(list(breaches(journey(text.replace("big=no", "big=yes"))))) == 1


def test_a_promise_without_a_unit_allows_working_days() -> None:
    loose = BUILD.replace("value: 30, unit: days", "value: 15, unit: null")
    assert list(breaches(journey(loose))) == []
    assert list(breaches(journey(loose.replace("value: 15", "value: 13")))) != []


def test_a_step_that_does_not_apply_hands_its_order_on() -> None:
    text = BUILD.replace("after: [land, review]", "after: [review]")
    small = drawn(journey(text), {"big": "no"}, "statutory")
    assert [item.id for item in small.steps] == ["land", "permit", "design", "done"]
    assert small.step("permit").after == ("land",)
    big = drawn(journey(text), {"big": "yes"}, "statutory")
    assert big.step("permit").after == ("review",)
    assert big.path == ("land", "review", "permit", "done")
    assert big.lengths == {"working_days": 10, "days": 7}
    assert big.finish == 10 * 7 + 7 * 5


def test_slack_and_what_runs_together() -> None:
    text = step(PERMIT, add="")
    plan = drawn(journey(text.replace("after: [land, review]", "after: [land]").replace(
        "after: [permit, design]", "after: [permit, design, review]")), {"big": "yes"}, "statutory")  # fmt: skip
    assert plan.path == ("land", "review", "done")
    assert plan.step("permit").slack == 70 - 35
    assert not plan.step("permit").critical
    assert plan.step("review").critical
    assert plan.step("review").together == ("permit",)
    assert plan.step("design").slack == 70
    assert not plan.step("design").counted


def test_what_the_outcome_does_not_wait_for_has_no_slack() -> None:
    text = step(
        PERMIT, add="  - {id: tail, name: 尾, matters: [], by: market, after: [done], days: null, uncounted: 无}\n"
    )
    assert drawn(journey(text), {"big": "no"}, "statutory").step("tail").slack is None


def test_promised_instead_of_statutory() -> None:
    permit = next(item for item in journey().steps if item.id == "permit")
    assert length_of(permit, "statutory") == (7, "days")
    assert length_of(permit, "promised") == (5, "days")


@pytest.fixture(scope="module")
def workdays(real) -> Workdays:
    return Workdays(real.years)


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        # The make-up Saturdays 2026-02-14 and -28 count, the Spring Festival does not.
        ("2026-02-13", (2, "working_days"), "2026-02-24"),
        ("2026-03-02", (7, "working_days"), "2026-03-11"),
        # Plain days that end on a day off end on the next working day.
        ("2026-03-02", (5, "days"), "2026-03-09"),
        ("2026-03-02", (7, "days"), "2026-03-09"),
        ("2026-02-03", (15, "days"), "2026-02-24"),
        # Months end on the same day, or the last one of the month.
        ("2026-01-30", (1, "months"), "2026-02-28"),
        ("2026-03-02", (3, "months"), "2026-06-02"),
        ("2026-11-23", (0, "days"), "2026-11-23"),
        # 2027 is in no notice yet.
        ("2026-12-28", (4, "working_days"), None),
        ("2026-12-28", (10, "days"), None),
        ("2026-10-28", (3, "months"), None),
    ],
)
def test_lengths_on_the_calendar(workdays: Workdays, start: str, length: tuple[int, str], end: str | None) -> None:
    told = Dates(workdays).add(date.fromisoformat(start), length)
    assert told == (date.fromisoformat(end) if end else None)


def test_a_day_off_starts_on_the_next_working_day(workdays: Workdays) -> None:
    plan = dated(journey(), {"big": "no"}, "statutory", date(2026, 2, 15), workdays)
    assert plan.step("land").start == date(2026, 2, 24)
    assert plan.finish == date(2026, 3, 3)


def test_beyond_the_calendar_nothing_is_guessed(workdays: Workdays) -> None:
    plan = dated(journey(), {"big": "yes"}, "statutory", date(2026, 12, 10), workdays)
    assert plan.step("review").finish == date(2026, 12, 24)
    assert plan.step("permit").start == date(2026, 12, 24)
    assert (plan.step("permit").finish, plan.finish) == (date(2026, 12, 31), date(2026, 12, 31))
    late = dated(journey(), {"big": "yes"}, "statutory", date(2026, 12, 25), workdays)
    assert (late.step("review").finish, late.step("permit").start, late.finish) == (None, None, None)
    assert late.path == ("land", "review", "permit", "done")
    assert late.step("review").critical
    assert all(item.slack is None for item in late.steps)
    assert dated(journey(), {"big": "no"}, "statutory", date(2027, 1, 4), workdays).step("land").start is None


@given(st.data())
def test_every_plan_is_consistent(real, data) -> None:
    """No step before those it follows; lateness up to the slack does no harm, more does."""
    chosen = real.journeys[data.draw(st.sampled_from(sorted(real.journeys)))]
    reply = data.draw(st.sampled_from(list(answers(chosen))))
    reading = data.draw(st.sampled_from(["statutory", "promised"]))
    if data.draw(st.booleans()):
        clock, plan = Ticks(), drawn(chosen, reply, reading)
    else:
        calendar = Workdays(real.years)
        start = date.fromordinal(data.draw(st.integers(date(2025, 1, 1).toordinal(), date(2026, 6, 30).toordinal())))
        clock, plan = Dates(calendar), dated(chosen, reply, reading, start, calendar)
    by_id = {item.id: item for item in plan.steps}
    for item in plan.steps:
        assert item.finish == clock.add(item.start, item.length)
        assert all(by_id[other].finish <= item.start for other in item.after)
        assert not item.after or item.start == max(by_id[other].finish for other in item.after)
        assert item.critical == (item.slack == 0)
    assert plan.finish == by_id[chosen.outcome.step].finish
    assert all(by_id[id].critical for id in plan.path)
    assert [by_id[id].start for id in plan.path[1:]] == [by_id[id].finish for id in plan.path[:-1]]
    for id in plan.path:
        assert not by_id[id].together or id not in by_id[id].together


# --- the repository's own ---------------------------------------------------------------


def lengths(real, id: str, reading: str = "statutory", **changed: str) -> dict[str, int]:
    return drawn(real.journeys[id], defaults(real.journeys[id]) | changed, reading).lengths


def test_the_five_journeys(real) -> None:
    assert set(real.journeys) == {"company", "land-to-permit", "restaurant", "pharmacy", "project-completion"}
    for item in real.journeys.values():
        assert list(breaches(item)) == []


def test_a_company_in_two_working_days(real) -> None:
    assert lengths(real, "company", "promised") == {"days": 1}
    assert lengths(real, "company") == {"working_days": 3, "days": 1}
    # Without the promise of a licence on the day, two working days cannot be kept.
    item = real.journeys["company"]
    bare = msgspec.structs.replace(
        item, steps=tuple(msgspec.structs.replace(step, promised=None) for step in item.steps)
    )
    assert next(breaches(bare)).path == ("settle", "name", "licence", "seal", "ready")


def test_a_paper_that_may_follow_saves_thirty_working_days(real) -> None:
    assert lengths(real, "company", "promised", investor="foreign-wait") == {"working_days": 30, "days": 1}
    assert lengths(real, "company", "promised", investor="foreign-defer") == {"days": 1}


@pytest.mark.parametrize(
    ("changed", "longest"),
    [
        ({}, {"working_days": 47, "days": 20}),
        ({"size": "large"}, {"working_days": 62}),
        ({"tender": "no"}, {"working_days": 57}),
        ({"special": "expert"}, {"working_days": 82}),
        ({"environment": "book"}, {"working_days": 47, "days": 20}),
    ],
)
def test_land_to_permit(real, changed: dict[str, str], longest: dict[str, int]) -> None:
    """20 + 20 + 20 days of a tender + 7, unless something beside the tender takes longer."""
    assert lengths(real, "land-to-permit", **changed) == longest


def test_completion_is_due_not_waited_for(real) -> None:
    calendar = Workdays(real.years)
    item = real.journeys["project-completion"]
    plan = dated(item, defaults(item) | {"special": "yes"}, "statutory", date(2026, 3, 2), calendar)
    assert plan.step("fire-acceptance").finish == plan.step("completion-filing").due == date(2026, 3, 17)
    assert plan.step("archive").due == date(2026, 6, 2)
