"""Between which days a document can be renewed: counted alike on the phone and by the push server, told
on the page of the matter, put into the phone's calendar."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from icalendar import Calendar as Appointments
from playwright.sync_api import Browser, Page, expect

from generator.catalog.load import load_shared
from generator.catalog.workdays import Workdays
from push_server.published import Calendar, read_calendar
from push_server.voice.renewals import Edge, Expiry, window
from tests.phone import call, open_phone

MARKED = {"food-business-permit-renewal": True, "nurse-registration-renewal": False}
"""Renewals, and whether their deadline is marked for want of an article."""
NURSE = "matters/nurse-registration-renewal/"
DAY = timedelta(days=1)


def rule(closes: str, opens: str | None = None) -> dict[str, Any]:
    def before(text: str) -> dict[str, Any]:
        value, unit = text.split(" ")
        return {"value": int(value), "unit": unit}

    return {"opens": before(opens) if opens else None, "closes": before(closes)}


MONTH, FOOD = rule("30 days"), rule("15 working_days", "90 working_days")
HALF_YEAR = rule("6 months")

# Rule; the day on which it runs out; the first day; the last, as the law has it; whether all is known.
WINDOWS: list[tuple[dict[str, Any], str, str | None, str, str, bool]] = [
    (MONTH, "2026-03-01", None, "2026-01-30", "2026-01-30", True),
    (MONTH, "2026-03-02", None, "2026-01-30", "2026-01-31", True),  # a Saturday
    (
        MONTH,
        "2026-03-20",
        None,
        "2026-02-14",
        "2026-02-18",
        True,
    ),  # in the Spring Festival; worked on the Saturday before
    (MONTH, "2027-03-01", None, "2027-01-29", "2027-01-30", False),
    (FOOD, "2026-12-31", "2026-08-21", "2026-12-10", "2026-12-10", True),
    (FOOD, "2027-01-08", "2026-08-31", "2026-12-18", "2026-12-18", False),
    (HALF_YEAR, "2026-08-31", None, "2026-02-28", "2026-02-28", True),  # no 31st; a Saturday on which people work
]


@pytest.fixture(scope="module")
def calendar(site: Path) -> Calendar:
    return read_calendar((site / "api/v1/calendar.json").read_bytes())


def told(edge: Edge | None) -> list[Any] | None:
    return edge and [edge.day.isoformat(), edge.legal.isoformat(), edge.counted, edge.sure]


@pytest.mark.parametrize(("expiry", "on_date", "opens", "closes", "legal", "known"), WINDOWS)
def test_windows(
    calendar: Calendar, expiry: dict[str, Any], on_date: str, opens: str | None, closes: str, legal: str, known: bool
) -> None:
    first, last = window(calendar, msgspec.convert(expiry, Expiry), date.fromisoformat(on_date))
    assert (first and first.day.isoformat(), last.day.isoformat(), last.legal.isoformat()) == (opens, closes, legal)
    assert (last.counted and last.sure) == known


def test_so_many_working_days_lie_between(calendar: Calendar, root: Path) -> None:
    """By the generator's own count, which goes forward."""
    workdays = Workdays(load_shared(root / "catalog")[0].years or {})
    for number in range(300):
        on_date = date(2025, 12, 1) + number * DAY
        first, last = window(calendar, msgspec.convert(FOOD, Expiry), on_date)
        assert first is not None and first.counted
        for edge, count in ((first, 90), (last, 15)):
            assert workdays.between(edge.day - DAY, on_date - DAY) == count
            assert workdays.is_workday(edge.day)


def test_phone_and_server_count_alike(calendar: Calendar, modules: Page) -> None:
    dates = [(date(2025, 2, 1) + number * 3 * DAY).isoformat() for number in range(330)]
    rules = [MONTH, FOOD, HALF_YEAR, rule("30 working_days")]
    script = """async (api, app, {rules, dates}) => {
        const { windowOf } = await app("dates/window");
        const calendar = await api("calendar");
        const told = (edge) => edge && [edge.date, edge.legal, edge.counted, edge.sure];
        return rules.map((rule) => dates.map((date) => {
            const { opens, closes } = windowOf(calendar, rule, date);
            return [told(opens), told(closes)];
        }));
    }"""
    counted = [
        [
            [told(edge) for edge in window(calendar, msgspec.convert(one, Expiry), date.fromisoformat(on))]
            for on in dates
        ]
        for one in rules
    ]
    assert call(modules, script, {"rules": rules, "dates": dates}) == counted


# Rule; it runs out; today; the state; what is said of the window; what to do; what is unsure.
SAID = [
    (MONTH, "2026-03-01", "2025-12-30", "open", "最晚 2026年1月30日（周五）", "还来得及，离最晚那天还有 31 天。多早可以来，条文没有说，打 12345 问。", ""),
    (MONTH, "2026-03-02", "2026-01-30", "open", "最晚 1月30日（周五）", "今天是最晚的一天，今天就来。", "规定的最后一天是 1月31日（周六），那天不上班，提前到上班的日子。"),
    (MONTH, "2026-03-02", "2026-01-31", "late", "最晚 1月30日（周五）", "规定的时间已经过了，证到 3月2日（周一）才到期。马上打 12345 问还能不能办。", "规定的最后一天是 1月31日（周六），那天不上班，提前到上班的日子。"),
    (MONTH, "2026-03-02", "2026-03-03", "over", "", "证 3月2日（周一）已经到期。还能不能延续、要不要重新办，先打 12345 问。", ""),
    (FOOD, "2026-12-31", "2026-08-20", "early", "最早 8月21日（周五），最晚 12月10日（周四）", "还没到时候。离最早那天还有 1 天，可以先备材料。", ""),
    (FOOD, "2026-12-31", "2026-08-21", "open", "最早 8月21日（周五），最晚 12月10日（周四）", "现在就可以来办，离最晚那天还有 111 天。", ""),
    (FOOD, "2027-01-08", "2026-11-23", "open", "最早 大约 8月31日（周一），最晚 大约 12月18日（周五）", "现在就可以来办，离最晚那天还有 25 天。", "中间有的日子还没有放假安排，按周一到周五估算，遇上节假日会提前几天。待国务院放假安排公布后再算。"),
    (MONTH, "2027-03-02", "2026-11-23", "open", "最晚 2027年1月29日（周五）", "还来得及，离最晚那天还有 67 天。多早可以来，条文没有说，打 12345 问。", "规定的最后一天是 2027年1月31日（周日），那天不上班，提前到上班的日子。那时的放假安排还没有公布，那天要是放假，得提前来。待国务院放假安排公布后再算。"),
]  # fmt: skip
TYPED = {
    "2027-03-01": "2027-03-01",
    " 2027年3月1日 ": "2027-03-01",
    "2027.3.1": "2027-03-01",
    "20270301": "2027-03-01",
    "2027-02-30": "",
    "3月1日": "",
    "0207-03-01": "",
    "": "",
}


def test_what_is_said_and_what_may_be_typed(modules: Page) -> None:
    script = """async (api, app, {rows, typed}) => {
        const { expiryWords, typedDate } = await app("dates/words");
        const calendar = await api("calendar");
        return [rows.map(([rule, on, today]) => {
            const { state, span, advice, note } = expiryWords(calendar, rule, "证", on, today, "12345");
            return [state, span, advice, note];
        }), typed.map(typedDate)];
    }"""
    said, dates = call(modules, script, {"rows": [row[:3] for row in SAID], "typed": list(TYPED)})
    assert said == [list(row[3:]) for row in SAID]
    assert dates == list(TYPED.values())


def test_a_deadline_that_no_article_was_read_for_says_so_in_the_calendar(modules: Page, site: Path) -> None:
    script = """async (api, app, sure) => {
        const { events, ics } = await app("dates/ics");
        const window = { opens: null, closes: { date: "2027-01-29", counted: true } };
        const what = { matter: "m", name: "证", sure, onDate: "2027-03-01", today: "2026-11-23", calendarId: "x", page: "p" };
        return ics(events(window, what), "20261123T040000Z");
    }"""
    unsure, sure = (Appointments.from_ical(call(modules, script, mark)).walk("VEVENT") for mark in ("参考", ""))
    assert str(unsure[0]["summary"]) == "证：最晚今天办延续（参考）"
    assert "这个期限是“参考”，没有看到条文，先打电话问。" in str(unsure[0]["description"])
    assert str(sure[0]["summary"]) == "证：最晚今天办延续" and "条文" not in str(sure[0]["description"])
    told = {id: (site / f"matters/{id}/index.html").read_text("utf-8") for id in MARKED}
    assert {id: 'data-sure="参考"' in page for id, page in told.items()} == MARKED


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Page]:
    page = open_phone(browser, address, NURSE, "2026-11-23T10:00", accept_downloads=True)
    page.locator('[data-module="expiry"][data-started]').wait_for()
    yield page
    page.context.close()


def test_a_date_is_entered_once_and_goes_into_the_calendar(phone: Page, address: str) -> None:
    section = phone.locator("#expiry")
    expect(section).to_have_attribute("data-expiry", "none")
    expect(section.get_by_role("button")).to_have_count(0)
    section.get_by_label("证上的有效期到哪天？").fill("2027-03-01")
    expect(section).to_have_attribute("data-expiry", "open")
    expect(section.get_by_text("最晚 2027年1月29日（周五）")).to_be_visible()
    link = section.get_by_role("link", name="到时候提醒我")
    assert link.get_attribute("href") == f"{address}reminders/#renewal:nurse-registration-renewal:2027-03-01"
    with phone.expect_download() as download:
        section.get_by_role("button", name="加到手机日历").click()
    assert download.value.suggested_filename == "护士执业证书到期.ics"
    content = download.value.path().read_bytes()
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    days = Appointments.from_ical(content).walk("VEVENT")
    assert [(str(one["summary"]), one["dtstart"].dt) for one in days] == [
        ("护士执业证书：最晚今天办延续", date(2027, 1, 29)),
        ("护士执业证书到期", date(2027, 3, 1)),
    ]
    alarms = [one["trigger"].dt for one in days[0].walk("VALARM")]
    assert alarms == [timedelta(hours=9) - 14 * DAY, timedelta(hours=9) - 3 * DAY]
    kept = json.loads(phone.evaluate("localStorage.getItem('guide-expiry:nurse-registration-renewal')"))
    assert kept["wish"] == {
        "topic": "renewal",
        "subject": "nurse-registration-renewal",
        "on_date": "2027-03-01",
    }
    phone.goto(address)
    line = phone.get_by_role("link", name="护士执业证书 3月1日到期，1月29日以前办")
    line.click()
    expect(phone.get_by_label("证上的有效期到哪天？")).to_have_value("2027-03-01")
    phone.get_by_role("button", name="不记了").click()
    expect(phone.locator("#expiry")).to_have_attribute("data-expiry", "none")
    assert phone.evaluate("Object.keys(localStorage).filter(key => /expiry|nurse/.test(key))") == []


def test_wechat_cannot_store_a_file_and_a_browser_that_keeps_nothing_says_so(browser: Browser, address: str) -> None:
    wechat = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/116 Mobile MicroMessenger/8.0.44"
    page = open_phone(browser, address, NURSE, "2026-11-23T10:00", user_agent=wechat)
    page.locator('[data-module="expiry"][data-started]').wait_for()
    page.evaluate("void (Storage.prototype.setItem = () => { throw new DOMException('', 'SecurityError') })")
    page.get_by_label("证上的有效期到哪天？").fill("2027-03-01")
    done = page.locator('[data-slot="expiry-done"]')
    expect(done).to_have_text("这个浏览器存不下到期日，下次要再填。")
    page.get_by_role("button", name="加到手机日历").click()
    expect(done).to_contain_text("在浏览器打开")
    page.context.close()
