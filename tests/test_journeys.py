"""Journeys and days on the built site: what the phone counts is what the catalogue says."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import islice, product
from pathlib import Path
from typing import Any

import msgspec
import pytest
from playwright.sync_api import Browser, Page, expect

from generator.catalog.journeys import answers, dated, defaults, drawn
from generator.catalog.parts import Catalogue
from generator.catalog.workdays import UncoveredDate, Workdays
from tests.phone import call, open_phone

JOURNEYS = ("company", "land-to-permit", "pharmacy", "project-completion", "restaurant")
STARTS = ("2026-01-31", "2026-02-10", "2026-09-25", "2026-11-23", "2026-12-20")
"""The end of a month, before the Spring Festival, before National Day with its make-up
days, an ordinary Monday, and so late that the calendar ends first."""

READINGS = ("statutory", "promised")
MOST = 24
"""Sets of answers of a journey that are tried on all dates; on one date all of them are."""


@pytest.fixture(scope="module")
def workdays(real: Catalogue) -> Workdays:
    return Workdays(real.years)


def test_the_phone_counts_periods_as_the_catalogue_does(modules: Page, workdays: Workdays) -> None:
    """Every day of two years, over holidays and make-up days."""
    first, last = date(2025, 1, 1), date(2026, 12, 31)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    periods = [
        *((value, "working_days") for value in (0, 1, 3, 7, 20, 30)),
        *((value, "days") for value in (0, 1, 5, 30)),
        *((value, "months") for value in (1, 6)),
    ]
    cases = [(day.isoformat(), *period) for day, period in product(days, periods)]
    told = call(
        modules,
        """async (api, app, cases) => {
          const calendar = await api("calendar");
          const { due, UncoveredDate } = await app("catalog/workdays");
          return cases.map(([accepted, value, unit]) => {
            try { return due(calendar, accepted, value, unit); }
            catch (error) { if (error instanceof UncoveredDate) return null; throw error; }
          });
        }""",
        cases,
    )

    def due(day: date, value: int, unit: Any) -> str | None:
        try:
            return workdays.due(day, value, unit).isoformat()
        except UncoveredDate:
            return None

    expected = [due(day, *period) for day, period in product(days, periods)]
    assert sum(end is None for end in expected) > 100
    assert [
        (case, mine, theirs) for case, mine, theirs in zip(cases, expected, told, strict=True) if mine != theirs
    ] == []


@pytest.mark.parametrize("id", JOURNEYS)
def test_the_phone_plans_as_the_catalogue_does(modules: Page, real: Catalogue, workdays: Workdays, id: str) -> None:
    journey = real.journeys[id]
    everything = list(answers(journey))
    cases = [(given, reading, STARTS[3]) for given, reading in product(everything, READINGS)]
    cases += list(product(islice(everything, 0, None, max(1, len(everything) // MOST)), READINGS, STARTS))
    told = call(
        modules,
        """async (api, app, [id, cases]) => {
          const journey = (await api("journeys")).find((item) => item.id === id);
          const calendar = await api("calendar");
          const { dated, drawn } = await app("journeys/days");
          return cases.map(([given, reading, start]) => [
            drawn(journey, given, reading), dated(journey, given, reading, start, calendar),
          ]);
        }""",
        [id, cases],
    )
    for (given, reading, start), plans in zip(cases, told, strict=True):
        expected = (
            drawn(journey, given, reading),
            dated(journey, given, reading, date.fromisoformat(start), workdays),
        )
        assert plans == json.loads(msgspec.json.encode(expected)), (given, reading, start)


@pytest.mark.parametrize("id", JOURNEYS)
def test_without_a_script_a_journey_is_told_completely(
    browser: Browser, address: str, real: Catalogue, id: str
) -> None:
    journey = real.journeys[id]
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}journeys/{id}/")
    text = page.locator("main").text_content() or ""
    for step in journey.steps:
        assert step.name in text
    for switch in journey.switches:
        assert switch.question in text  # what is assumed
    assert page.locator("[data-slot=questions]").is_hidden()
    assert page.locator("svg.chart").get_attribute("role") == "img"
    description = page.locator("svg.chart desc").text_content() or ""
    plan = drawn(journey, defaults(journey), "statutory")
    assert description.startswith(f"{len(plan.steps)} 步。")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


def test_what_if_moves_result_steps_and_chart(
    browser: Browser, address: str, real: Catalogue, workdays: Workdays
) -> None:
    journey = real.journeys["restaurant"]
    page = open_phone(browser, address, "journeys/restaurant/", "2026-11-23T10:00")
    result = page.locator("[data-slot=result]")

    def finish(**given: str) -> str:
        plan = dated(journey, defaults(journey) | given, "statutory", date(2026, 11, 23), workdays)
        return f"{plan.finish.month}月{plan.finish.day}日"

    expect(result).to_contain_text(f"11月23日周一开始，法定时限全部用满：{finish()}")
    shown = page.locator("[data-step]:visible")
    rows = page.locator("svg.chart [data-row]:visible")
    before = drawn(journey, defaults(journey), "statutory")
    expect(shown).to_have_count(len(before.steps))
    expect(rows).to_have_count(len(before.steps))

    switch = journey.switches[0]
    other = next(option for option in switch.options if option.id != switch.default)
    page.get_by_label(other.label, exact=True).check()
    after = drawn(journey, defaults(journey) | {switch.id: other.id}, "statutory")
    assert [step.id for step in after.steps] != [step.id for step in before.steps]
    expect(result).to_contain_text(finish(**{switch.id: other.id}))
    expect(shown).to_have_count(len(after.steps))
    expect(rows).to_have_count(len(after.steps))

    page.get_by_label("哪天开始").fill("2026-12-28")
    expect(result).to_contain_text("放假安排只公布到 2026年12月31日")
    page.context.close()


def test_whoever_looks_at_a_matter_finds_the_answers_again(browser: Browser, address: str) -> None:
    page = open_phone(browser, address, "journeys/restaurant/", "2026-11-23T10:00")
    result = page.locator("[data-slot=result]")
    page.get_by_label("已经有营业执照", exact=True).check()
    page.get_by_label("哪天开始").fill("2026-12-01")
    expect(result).to_contain_text("12月1日周二开始，法定时限全部用满：12月29日周二")
    page.goto(f"{address}matters/food-business-permit/")
    page.goto(f"{address}journeys/restaurant/")
    expect(result).to_contain_text("12月1日周二开始，法定时限全部用满：12月29日周二")
    expect(page.get_by_label("已经有营业执照", exact=True)).to_be_checked()
    expect(page.get_by_label("哪天开始")).to_have_value("2026-12-01")

    # Nothing of what is left is promised: whoever chose the promises hears why they change nothing.
    for label in ("小餐饮店登记（个体经营者）", "所在的楼已经统一领了排水许可", "属于，不用告知承诺"):
        page.get_by_label(label, exact=True).check()
    same = "这几步按承诺算和按法定时限算一样长。"
    expect(result).not_to_contain_text(same)
    page.get_by_label("按承诺（没有承诺的按法定）", exact=True).check()
    expect(result).to_contain_text(same)
    page.context.close()


def test_the_same_day_wherever_the_phone_is(browser: Browser, address: str) -> None:
    """Half past nine in the evening in New York is the next morning at the centre."""
    page = open_phone(browser, address, "journeys/company/", "2026-11-24T10:30", timezone_id="America/New_York")
    expect(page.locator("[data-slot=result]")).to_contain_text("11月24日周二开始")
    expect(page.get_by_label("哪天开始")).to_have_value("2026-11-24")
    page.context.close()


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2026-11-23T10:00", "今天受理 → 最迟 12月21日周一（一般期限）"),
        # National Day from the 1st to the 7th, and a make-up Saturday on the 10th.
        ("2026-09-28T10:00", "今天受理 → 最迟 10月30日周五（一般期限）"),
        ("2026-12-21T10:00", "今天受理 → 最迟哪天还算不出（一般期限）"),
    ],
)
def test_accepted_today_decided_by(
    browser: Browser, address: str, real: Catalogue, workdays: Workdays, now: str, told: str
) -> None:
    limit = real.matters["food-business-permit"].time_limit.statutory
    assert limit is not None and (limit.value, limit.unit) == (20, "working_days")
    page = open_phone(browser, address, "matters/food-business-permit/", now, timezone_id="Europe/London")
    expect(page.locator("[data-slot=due] li")).to_have_text(told)
    page.context.close()


def test_beyond_the_calendar_the_reason_is_told_once(browser: Browser, address: str) -> None:
    page = open_phone(browser, address, "matters/limited-company-registration/", "2026-12-31T10:00")
    expect(page.locator("[data-slot=due] li")).to_have_text(
        ["今天受理 → 当天办结（承诺）", "今天受理 → 最迟哪天还算不出（法定）"]
    )
    reason = "2027 年的放假安排还没有录入，请打 12345 问。"
    expect(page.locator("[data-slot=due-note]")).to_contain_text(reason)
    page.get_by_label("哪天受理").fill("2027-01-04")
    expect(page.locator("[data-slot=due] li")).to_have_count(0)
    expect(page.locator("[data-slot=due-note]")).to_have_text(reason)

    page.goto(f"{address}journeys/land-to-permit/")
    expect(page.locator("[data-slot=result]")).to_contain_text("放假安排只公布到 2026年12月31日")
    expect(page.locator('[data-step="construction-permit"] .dates')).to_have_text("日期还算不出")
    page.get_by_label("哪天开始").fill("2027-01-04")
    expect(page.locator("[data-slot=result]")).to_contain_text("请选 2026年12月31日 以前的日子。")
    page.context.close()


def test_the_hours_of_the_centre_tell_nothing_of_other_places(browser: Browser, address: str) -> None:
    """The windows have closed for the day; the tax office is asked by what the law says alone."""
    page = open_phone(browser, address, "matters/invoice-type-determination/", "2026-11-27T23:30")
    due = page.locator("[data-slot=due] li")
    expect(due).to_have_text("今天受理 → 最迟 12月4日周五（法定）")
    page.get_by_label("哪天受理").fill("2026-11-28")
    expect(due).to_have_text(["11月28日周六不是工作日", "11月30日周一受理 → 最迟 12月7日周一（法定）"])
    page.context.close()


@pytest.mark.parametrize(
    ("now", "accepted", "told"),
    [
        # A Saturday, and the middle of a holiday.
        ("2026-11-28T10:00", None, ["今天不是工作日，窗口不受理", "11月30日周一受理 → 当天办结（承诺）", "11月30日周一受理 → 最迟 12月3日周四（法定）"]),
        ("2026-09-30T10:00", "2026-10-03", ["10月3日周六不是工作日，窗口不受理", "10月8日周四受理 → 当天办结（承诺）", "10月8日周四受理 → 最迟 10月12日周一（法定）"]),
    ],
)  # fmt: skip
def test_on_a_day_off_nothing_is_accepted(
    browser: Browser, address: str, now: str, accepted: str | None, told: list[str]
) -> None:
    page = open_phone(browser, address, "matters/limited-company-registration/", now)
    if accepted:
        page.get_by_label("哪天受理").fill(accepted)
    expect(page.locator("[data-slot=due] li")).to_have_text(told)
    page.context.close()


@pytest.mark.parametrize(
    ("now", "day", "told"),
    [
        (
            "2026-11-23T16:45",
            "2026-11-24",
            ["今天 16:30 关门（待中心确认），从下次开门算", "11月24日周二受理 → 当天办结（承诺）"],
        ),
        # A Friday: the weekend is passed over.
        (
            "2026-11-27T23:30",
            "2026-11-30",
            ["今天 16:30 关门（待中心确认），从下次开门算", "11月30日周一受理 → 当天办结（承诺）"],
        ),
        # Early in the morning the day is still to come.
        ("2026-11-23T06:00", "2026-11-23", ["今天受理 → 当天办结（承诺）"]),
    ],
)
def test_after_closing_it_is_counted_from_the_next_opening(
    browser: Browser, address: str, now: str, day: str, told: list[str]
) -> None:
    page = open_phone(browser, address, "matters/limited-company-registration/", now, timezone_id="America/New_York")
    lines = page.locator("[data-slot=due] li")
    expect(page.get_by_label("哪天受理")).to_have_value(day)
    for at, line in enumerate(told):
        expect(lines.nth(at)).to_have_text(line)
    # Who was accepted today before the doors shut says so.
    page.get_by_label("哪天受理").fill(now[:10])
    expect(lines.first).to_have_text("今天受理 → 当天办结（承诺）")
    page.context.close()


def test_promised_on_the_same_day(browser: Browser, address: str) -> None:
    page = open_phone(browser, address, "matters/limited-company-registration/", "2026-11-23T10:00")
    expect(page.locator("[data-slot=due] li")).to_have_text(
        ["今天受理 → 当天办结（承诺）", "今天受理 → 最迟 11月26日周四（法定）"]
    )
    page.context.close()


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2026-11-23T12:00", "午间"),
        ("2026-11-23T10:00", "现在开着：今天办公到 16:30（待中心确认）"),
        ("2026-11-28T10:00", "现在去不开门。下次开门：11月30日周一 08:30（待中心确认）。"),
        ("2026-11-23T16:10", "现在去赶不赶得上说不准：离关门还有 20 分钟"),
        ("2026-10-10T10:00", "现在开着：今天办公到"),  # a make-up Saturday
        ("2027-01-04T10:00", "放假安排"),
    ],
)
def test_whether_it_pays_to_come_now(browser: Browser, address: str, now: str, told: str) -> None:
    page = open_phone(browser, address, "matters/construction-permit/", now, timezone_id="America/New_York")
    expect(page.locator("[data-slot=arrive]")).to_contain_text(told)
    page.context.close()


def test_journeys_are_found_from_home_and_from_their_matters(site: Path, real: Catalogue) -> None:
    home = (site / "index.html").read_text("utf-8")
    for id, journey in real.journeys.items():
        assert f'href="./journeys/{id}/"' in home
        for matter in {matter for step in journey.steps for matter in step.matters}:
            assert f'href="../../journeys/{id}/"' in (site / f"matters/{matter}/index.html").read_text("utf-8"), matter
            assert f'href="../../matters/{matter}/"' in (site / f"journeys/{id}/index.html").read_text("utf-8"), matter
