"""Narrowing results down: by section, applicant and facts; with fingers and with keys."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import open_context
from tests.browser.server import Server

from .conftest import BOX, FOUND, type_in

QUERY = "变更"
FROM_HOME = {"company-change-registration", "food-business-permit-change"}
"""So far nobody has confirmed a matter without a visit: the test says it of two."""
PLACES = {"section": 2, "facts": 3, "applicants": 4}


@pytest.fixture(scope="module")
def index(site: Path) -> dict:
    names = json.loads((site / "api/v1/search.json").read_bytes())
    known = {matter[0] for matter in names["matters"]}
    assert known >= FROM_HOME
    for matter in names["matters"]:
        matter[PLACES["facts"]] |= 16 if matter[0] in FROM_HOME else 0
    return names


@pytest.fixture
def phone(browser: Browser, served: Server, index: dict) -> Iterator[Page]:
    """A phone with a touch screen, 360 × 740."""
    context = open_context(browser, has_touch=True, is_mobile=True, service_workers="block")
    page = context.new_page()

    def answer(route: Route) -> None:
        route.fulfill(json=index)

    page.route("**/api/v1/search.json", answer)
    page.goto(served.url)
    page.locator(BOX).wait_for()
    yield page
    context.close()


def test_a_tap_into_the_box_offers_what_was_looked_for(phone: Page) -> None:
    phone.evaluate("localStorage.setItem('guide:searches', '[\"砍树\"]')")
    phone.reload()
    box = phone.locator(BOX)
    box.wait_for()
    # So low that the box moves up for the keyboard while the finger is on it.
    assert phone.evaluate("one => one.getBoundingClientRect().top > innerHeight / 3", box.element_handle())
    box.tap()
    offered = phone.locator('.finder [role="option"]')
    expect(offered).to_have_text(["砍树"])
    offered.tap()
    phone.locator(f'{FOUND}[href$="matters/tree-felling/"]').first.wait_for()
    # A tap beside it puts it away.
    phone.locator("footer").tap(position={"x": 2, "y": 2})
    expect(phone.locator(FOUND)).to_have_count(0)


def listed(page: Page) -> set[str]:
    more = page.get_by_role("button", name="再看")
    if more.count():
        more.click()
    rows = page.locator(FOUND)
    return {(row.get_attribute("href") or "").rstrip("/").rsplit("/", 1)[-1] for row in rows.all()}


def search(page: Page) -> set[str]:
    type_in(page, QUERY)
    page.locator(FOUND).first.wait_for()
    return listed(page)


def passing(index: dict, found: set[str], test: tuple[str, int]) -> set[str]:
    """Those of the matters found that have one of the bits, or are in the section."""
    where, what = test
    at = PLACES[where]
    fits = (lambda value: value == what) if where == "section" else (lambda value: bool(value & what))
    return {matter[0] for matter in index["matters"] if matter[0] in found and fits(matter[at])}


TESTS = {
    "单位可办": ("applicants", 2),
    "个体户可办": ("applicants", 4),
    "合伙、独资企业可办": ("applicants", 16),
    "即办（计划）": ("facts", 32),
    "午间可受理": ("facts", 2),
    "零跑动": ("facts", 16),
}


@pytest.mark.parametrize("large", [False, True], ids=["usual", "大字"])
def test_each_narrows_to_what_it_says_by_touch(phone: Page, index: dict, large: bool) -> None:
    if large:
        phone.get_by_role("button", name="大字").tap()
        expect(phone.get_by_role("button", name="大字")).to_have_attribute("aria-pressed", "true")
    found = search(phone)
    phone.locator(".finder summary").tap()
    food = [section[1] for section in index["sections"]].index("食品药品")
    for name, test in {**TESTS, "食品药品": ("section", food)}.items():
        button = phone.locator(".finder-narrow").get_by_role("button", name=name, exact=True)
        button.tap()
        expect(button).to_have_attribute("aria-pressed", "true")
        wanted = passing(index, found, test)
        assert wanted and wanted < found
        assert listed(phone) == wanted
        expect(phone.locator('.finder [role="status"]')).to_have_text(f"找到 {len(wanted)} 项")
        button.tap()
        expect(button).to_have_attribute("aria-pressed", "false")
        assert listed(phone) == found
    # A thumb hits each, and nothing stands beyond the edge.
    for control in phone.locator(".finder summary, .finder button, .finder a").all():
        shape = control.bounding_box()
        assert shape and shape["height"] >= 44 and shape["width"] >= 44
        assert shape["x"] >= 0 and shape["x"] + shape["width"] <= 360
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360


def test_by_keyboard_alone(phone: Page, index: dict) -> None:
    found = search(phone)
    phone.locator(BOX).focus()
    phone.keyboard.press("Tab")
    expect(phone.locator(".finder summary")).to_be_focused()
    phone.keyboard.press("Enter")
    buttons = phone.locator(".finder-narrow button")
    names = buttons.all_inner_texts()
    for name in names:
        phone.keyboard.press("Tab")
        expect(phone.locator(":focus")).to_have_text(name)
        if name in ("单位可办", "即办（计划）"):
            phone.keyboard.press("Space")
            # The finger stays where it was: the next Tab goes on from here.
            expect(phone.locator(":focus")).to_have_text(name)
    # One of a group and one of another: both hold.
    wanted = passing(index, passing(index, found, TESTS["单位可办"]), TESTS["即办（计划）"])
    assert wanted and listed(phone) == wanted


def test_one_of_a_group_at_a_time_and_a_new_search_begins_anew(phone: Page, index: dict) -> None:
    found = search(phone)
    phone.locator(".finder summary").tap()
    narrow = phone.locator(".finder-narrow")
    for name in ("即办（计划）", "午间可受理"):
        narrow.get_by_role("button", name=name, exact=True).tap()
    expect(narrow.locator('[aria-pressed="true"]')).to_have_text(["午间可受理"])
    assert listed(phone) == passing(index, found, TESTS["午间可受理"])
    type_in(phone, "护士")
    phone.locator(f'{FOUND}[href*="nurse"]').first.wait_for()
    expect(narrow.locator('[aria-pressed="true"]')).to_have_count(0)


def test_choosing_too_much_says_what_to_do(phone: Page, index: dict) -> None:
    found = search(phone)
    phone.locator(".finder summary").tap()
    sections = [section[1] for section in index["sections"]]
    # A section in which nothing of what was found can be done without a visit.
    homes = {matter[PLACES["section"]] for matter in index["matters"] if matter[0] in FROM_HOME}
    shown = phone.locator(".finder-narrow div").first.locator("button").all_inner_texts()
    name = next(name for name in shown if sections.index(name) not in homes)
    for word in (name, "零跑动"):
        phone.locator(".finder-narrow").get_by_role("button", name=word, exact=True).tap()
    expect(phone.locator(FOUND)).to_have_count(0)
    expect(phone.locator('.finder [role="status"]')).to_have_text("这样筛一项也没有，去掉一个条件再看。")
    phone.locator(".finder-narrow").get_by_role("button", name="零跑动", exact=True).tap()
    assert listed(phone) == passing(index, found, ("section", sections.index(name)))


def test_what_all_have_or_none_has_is_not_offered(phone: Page) -> None:
    type_in(phone, "护士")
    phone.locator(f'{FOUND}[href*="nurse"]').first.wait_for()
    expect(phone.locator(".finder-narrow").get_by_role("button", name="零跑动")).to_have_count(0)
