"""A page that lies open says what holds now, when it is looked at again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from playwright.sync_api import Browser, Page, expect

FRIDAY = datetime(2026, 11, 27, 7, 0, tzinfo=UTC)
"""15:00 at the centre; 66 hours later it is Monday 09:00."""
HOUR = 3_600_000
LOOK = "document.dispatchEvent(new Event('visibilitychange'))"
BACK = "dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))"


@pytest.fixture
def friday(browser: Browser, address: str) -> Iterator[Callable[[str], Page]]:
    context = browser.new_context(
        locale="zh-CN", viewport={"width": 360, "height": 740}, service_workers="block", timezone_id="America/New_York"
    )
    page = context.new_page()
    page.clock.install(time=FRIDAY)
    page.route(
        "**/api/v1/release.json",
        lambda route: route.fulfill(status=200, headers={"date": format_datetime(FRIDAY, usegmt=True)}),
    )

    def open(path: str) -> Page:
        page.goto(address + path)
        return page

    yield open
    context.close()


def weekend(page: Page, look: str = LOOK) -> None:
    page.clock.fast_forward(66 * HOUR)
    page.evaluate(look)


@pytest.mark.parametrize("look", [LOOK, BACK, "0"], ids=["looked at", "from the cache", "left open"])
def test_a_matter(friday: Callable[[str], Page], look: str) -> None:
    page = friday("matters/construction-permit/")
    due, arrive = page.locator("[data-slot=due] li").first, page.locator("[data-slot=arrive]")
    expect(due).to_contain_text("今天受理")
    expect(page.get_by_label("哪天受理")).to_have_value("2026-11-27")
    before = due.text_content() or ""
    expect(arrive).to_contain_text("现在开着")
    weekend(page, look)
    expect(page.get_by_label("哪天受理")).to_have_value("2026-11-30")
    expect(due).not_to_have_text(before)
    expect(due).to_contain_text("今天受理")
    expect(arrive).to_contain_text("现在开着")


def test_larger_text_holds_on_a_page_that_the_browser_has_kept(friday: Callable[[str], Page]) -> None:
    page = friday("hall/")
    page.locator('[data-module="elder"][data-started]').wait_for()
    page.evaluate("localStorage.setItem('guide-elder', 'true')")
    page.evaluate(BACK)
    expect(page.locator("html.elder")).to_have_count(1)
    expect(page.get_by_role("button", name="大字")).to_have_attribute("aria-pressed", "true")
    # Where nothing is kept, it stays as it was pressed.
    page.evaluate("localStorage.clear(); Storage.prototype.setItem = () => { throw new DOMException('', 'SecurityError') }; 0")
    page.get_by_role("button", name="大字").dblclick()
    page.evaluate(BACK)
    expect(page.locator("html.elder")).to_have_count(1)


def test_a_day_that_was_chosen_stays(friday: Callable[[str], Page]) -> None:
    page = friday("matters/construction-permit/")
    page.get_by_label("哪天受理").fill("2026-11-27")
    weekend(page)
    expect(page.locator("[data-slot=due] li").first).to_contain_text("11月27日周五受理")
    expect(page.get_by_label("哪天受理")).to_have_value("2026-11-27")


def test_at_the_closing_hour_nobody_has_to_look(friday: Callable[[str], Page]) -> None:
    page = friday("matters/construction-permit/")
    expect(page.get_by_label("哪天受理")).to_have_value("2026-11-27")
    page.clock.run_for("01:31:00")
    expect(page.get_by_label("哪天受理")).to_have_value("2026-11-30")
    expect(page.locator("[data-slot=arrive]")).to_contain_text("现在去不开门")


def test_a_journey(friday: Callable[[str], Page]) -> None:
    page = friday("journeys/restaurant/")
    start = page.get_by_label("哪天开始")
    expect(start).to_have_value("2026-11-27")
    weekend(page)
    expect(start).to_have_value("2026-11-30")
    expect(page.locator("[data-slot=result]")).to_contain_text("11月30日周一开始")
    start.fill("2026-12-01")
    page.clock.fast_forward(48 * HOUR)
    page.evaluate(LOOK)
    expect(start).to_have_value("2026-12-01")


def test_the_noon_calendar(friday: Callable[[str], Page]) -> None:
    page = friday("noon/")
    expect(page.locator("[aria-current=date]")).to_have_attribute("data-date", "2026-11-27")
    weekend(page)
    expect(page.locator("[aria-current=date]")).to_have_attribute("data-date", "2026-11-30")


def test_the_promise(friday: Callable[[str], Page]) -> None:
    page = friday("deferrable/promise/")
    date = page.locator('[data-promise-field="date"]')
    expect(date).to_have_text("2026年11月27日")
    weekend(page)
    expect(date).to_have_text("2026年11月30日")
    page.get_by_label("承诺日期").fill("2026-12-02")
    page.clock.fast_forward(24 * HOUR)
    page.evaluate(LOOK)
    expect(date).to_have_text("2026年12月2日")


def test_home(friday: Callable[[str], Page]) -> None:
    page = friday("")
    card = page.locator('[data-module="open-now"]')
    expect(card).to_have_attribute("data-state", "open")
    page.clock.run_for("01:31:00")
    expect(card).to_have_attribute("data-state", "closed")
    page.clock.fast_forward(64 * HOUR + HOUR // 2)
    page.evaluate(LOOK)
    expect(card).to_have_attribute("data-state", "open")
