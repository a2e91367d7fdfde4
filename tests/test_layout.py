"""Pages keep their shape: large text, elder mode, a wide screen."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.phone import open_phone

from .test_accessibility import PAGES

NOW = "2026-11-23T10:00"


def top(page: Page, selector: str) -> float:
    return page.locator(selector).evaluate("element => element.getBoundingClientRect().top")


def test_text_of_twice_the_size_needs_no_scrolling_sideways(browser: Browser, address: str) -> None:
    page = open_phone(browser, address, "", NOW)
    found = {}
    for path in (*PAGES, "matters/presale-permit/", "matters/annual-report/", "journeys/restaurant/"):
        page.goto(address + path)
        page.locator("[data-module]:not([data-started])").first.wait_for(state="detached")
        page.evaluate("document.documentElement.style.fontSize = '212.5%'")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 360:
            found[path] = width
    assert found == {}
    page.context.close()


def test_in_elder_mode_name_and_buttons_stay_in_one_line(browser: Browser, address: str) -> None:
    page = open_phone(browser, address, "hall/", NOW)
    page.locator('[data-module="elder"][data-started]').click()
    expect(page.locator("html.elder")).to_have_count(1)
    assert top(page, ".menu") < page.locator(".brand").evaluate("element => element.getBoundingClientRect().bottom")
    page.context.close()


def test_on_a_wide_screen_the_box_stands_apart_from_what_follows(browser: Browser, address: str) -> None:
    page = open_phone(browser, address, "", NOW)
    page.set_viewport_size({"width": 1280, "height": 800})
    box = page.locator(".finder input")
    box.wait_for()
    bottom = box.evaluate("element => element.getBoundingClientRect().bottom")
    assert top(page, ".common h2") - bottom >= 16
    # The question stands above its answer, and the box beside it.
    assert top(page, "h1") < top(page, ".state") < bottom
    assert bottom < page.locator(".state").evaluate("element => element.getBoundingClientRect().bottom")
    page.context.close()


def test_a_journey_is_printed_with_its_bars_and_answers(browser: Browser, address: str) -> None:
    page = open_phone(browser, address, "journeys/restaurant/", NOW)
    page.get_by_label("公司", exact=True).check()
    page.emulate_media(media="print")
    expect(page.locator("svg.chart .critical .bar:visible").first).to_be_visible()
    answers = page.locator(".journey fieldset label:visible")
    expect(answers).to_have_count(page.locator(".journey fieldset").count())
    expect(answers.first).to_have_text("公司")
    page.context.close()


def test_the_noon_calendar_begins_with_this_month(browser: Browser, address: str) -> None:
    page = open_phone(browser, address, "noon/", NOW)
    shown = page.locator("[data-month]:visible")
    expect(shown).to_have_count(2)
    expect(shown.first.locator("summary")).to_contain_text("11 月")
    expect(page.locator(".past > summary")).to_have_text(["已经过去的 10 个月", "已经过去的 12 个月"])
    page.locator(".past > summary").first.click()
    expect(shown).to_have_count(12)
    page.context.close()
