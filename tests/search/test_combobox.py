"""The search box by keyboard, with an input method, and what it remembers."""

from __future__ import annotations

import pytest
from playwright.sync_api import CDPSession, Page, Route, expect

from tests.browser.server import Server

from .conftest import BOX, FOUND, type_in

OPTION = '.finder [role="option"]'
MARKED = f'{OPTION}[aria-selected="true"]'


def kept(page: Page) -> list[str] | None:
    return page.evaluate("JSON.parse(localStorage.getItem('guide:searches'))")


def search_for(page: Page, served: Server, *texts: str) -> None:
    """Look for each and open what is found first, then come back."""
    for text in texts:
        type_in(page, text)
        page.locator(BOX).press("Enter")
        page.wait_for_url(f"{served.url}matters/**")
        page.goto(served.url)
        page.locator(BOX).wait_for()


def composing(page: Page, text: str) -> CDPSession:
    """An input method under way with these letters."""
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
    return session


def test_a_slash_leads_to_the_box_and_is_a_letter_in_it(home: Page) -> None:
    box = home.locator(BOX)
    type_in(home, "护士")
    home.locator("h1").click()
    home.keyboard.press("Control+/")
    expect(box).not_to_be_focused()
    home.keyboard.press("/")
    expect(box).to_be_focused()
    # What stood there is selected: typing begins anew.
    home.keyboard.type("a/b")
    expect(box).to_have_value("a/b")


def test_a_slash_leads_to_the_box_from_a_ticked_paper_but_not_from_a_text(home: Page) -> None:
    home.goto(f"{home.url}matters/tree-felling/")
    box = home.locator(BOX)
    box.wait_for()
    home.evaluate(
        """document.querySelector("main").insertAdjacentHTML("afterbegin",
          '<label><input type="checkbox" id="tick">1</label><label><input id="text">2</label>')"""
    )
    home.locator("#text").focus()
    home.keyboard.press("/")
    expect(home.locator("#text")).to_have_value("/")
    home.locator("#tick").focus()
    home.keyboard.press("/")
    expect(box).to_be_focused()


def test_a_reader_of_screens_is_told_what_it_is_and_what_is_chosen(home: Page) -> None:
    box = home.get_by_role("combobox", name="想办什么")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_attribute("aria-autocomplete", "list")
    type_in(home, "护士")
    home.locator(FOUND).first.wait_for()
    expect(box).to_have_attribute("aria-expanded", "true")
    listed = home.locator(f"#{box.get_attribute('aria-controls')}")
    expect(listed).to_have_attribute("role", "listbox")
    assert listed.get_by_role("option").count() == home.locator(FOUND).count() > 2
    assert box.get_attribute("aria-activedescendant") is None
    for key, number in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", -1), ("ArrowDown", 0)):
        home.keyboard.press(key)
        chosen = home.locator(FOUND).nth(number)
        expect(chosen).to_have_attribute("aria-selected", "true")
        expect(home.locator(MARKED)).to_have_count(1)
        expect(chosen).to_be_in_viewport()
        expect(box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "")
        expect(box).to_be_focused()
    # Another letter, another list: nothing of the old one stays chosen.
    home.keyboard.type("证")
    expect(home.locator(MARKED)).to_have_count(0)
    assert box.get_attribute("aria-activedescendant") is None


def test_escape_closes_first_and_empties_second(home: Page, served: Server) -> None:
    search_for(home, served, "砍树")
    box = home.locator(BOX)
    box.focus()
    home.keyboard.type("护士")
    home.locator(FOUND).first.wait_for()
    home.keyboard.press("Escape")
    expect(home.locator(OPTION)).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("护士")
    home.keyboard.press("ArrowDown")
    home.locator(FOUND).first.wait_for()
    home.keyboard.press("Escape")
    home.keyboard.press("Escape")
    expect(box).to_have_value("")
    expect(home.locator(OPTION)).to_have_count(0)


def test_enter_opens_the_chosen_or_at_once_the_first(home: Page, served: Server) -> None:
    type_in(home, "护士")
    home.locator(FOUND).first.wait_for()
    home.keyboard.press("ArrowDown")
    home.keyboard.press("ArrowDown")
    second = home.locator(FOUND).nth(1).get_attribute("href") or ""
    home.keyboard.press("Enter")
    home.wait_for_url(f"**{second.lstrip('.')}")
    home.goto(served.url)
    home.locator(BOX).focus()
    # Faster than the answer: the first opens all the same.
    home.keyboard.type("开药店")
    home.keyboard.press("Enter")
    home.wait_for_url(f"{served.url}matters/drug-retail-licence/")


def test_the_rest_of_a_long_list_is_reached_by_arrows(home: Page) -> None:
    type_in(home, "变更")
    expect(home.locator(FOUND)).to_have_count(8)
    home.get_by_role("button", name="再看").press("Enter")
    rows = home.locator(FOUND)
    expect(rows.nth(8)).to_be_focused()
    assert rows.count() > 9
    home.keyboard.press("ArrowDown")
    expect(rows.nth(9)).to_be_focused()
    for _ in range(9):
        home.keyboard.press("ArrowUp")
    expect(rows.first).to_be_focused()
    home.keyboard.press("ArrowUp")
    expect(home.locator(BOX)).to_be_focused()


def test_half_typed_letters_of_an_input_method_are_not_searched(home: Page) -> None:
    box = home.locator(BOX)
    box.focus()
    session = composing(home, "kai'yao")
    expect(box).to_have_value("kai'yao")
    home.wait_for_timeout(300)
    expect(home.locator(FOUND)).to_have_count(0)
    session.send("Input.insertText", {"text": "开药店"})
    home.locator(f'{FOUND}[href$="matters/drug-retail-licence/"]').first.wait_for()


def test_keys_of_an_input_method_are_its_own(home: Page) -> None:
    type_in(home, "护士")
    home.locator(FOUND).first.wait_for()
    before = home.url
    session = composing(home, "zheng")
    # Arrows choose among its candidates, Enter takes the letters as they stand.
    for key in ("ArrowDown", "Enter"):
        session.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "key": key, "windowsVirtualKeyCode": 229})
    expect(home.locator(MARKED)).to_have_count(0)
    session.send("Input.insertText", {"text": "证"})
    expect(home.locator(BOX)).to_have_value("护士证")
    # Safari sends the key that ends it after its end, as 229.
    home.evaluate(
        """selector => document.querySelector(selector).dispatchEvent(
          new KeyboardEvent("keydown", { key: "Enter", keyCode: 229, bubbles: true, cancelable: true }))""",
        BOX,
    )
    home.wait_for_timeout(300)
    assert home.url == before
    home.keyboard.press("Enter")
    home.wait_for_url("**/matters/nurse-*/")


def test_what_was_looked_for_is_offered_again_newest_first(home: Page, served: Server) -> None:
    search_for(home, served, "砍树", "开饭店", "砍树")
    home.reload()
    home.locator(BOX).click()
    expect(home.locator(OPTION)).to_have_text(["砍树", "开饭店"])
    home.keyboard.press("ArrowDown")
    home.keyboard.press("ArrowDown")
    home.keyboard.press("Enter")
    expect(home.locator(BOX)).to_have_value("开饭店")
    home.locator(f'{FOUND}[href$="matters/food-business-permit/"]').first.wait_for()


def test_no_more_than_six_are_kept_and_only_what_was_opened(home: Page, served: Server) -> None:
    texts = ["砍树", "开饭店", "刻章", "护士", "换法人", "开药店", "施工许可"]
    search_for(home, served, *texts)
    type_in(home, "挖路")
    home.locator(FOUND).first.wait_for()
    home.reload()
    assert kept(home) == texts[:0:-1]


def test_what_was_looked_for_stays_on_the_phone(home: Page, served: Server) -> None:
    told: list[str] = []
    home.on("request", lambda one: told.append(f"{one.url} {one.post_data or ''} {one.headers}"))
    search_for(home, served, "砍树")
    type_in(home, "结婚登记")
    expect(home.locator('.finder [role="status"]')).to_contain_text("这里没有")
    words = ("砍树", "%E7%A0%8D", "结婚", "%E7%BB%93")
    assert told and [one for one in told if any(word in one for word in words)] == []
    assert home.evaluate("document.cookie") == ""
    type_in(home, "")
    home.get_by_role("button", name="清除记录").click()
    expect(home.locator(OPTION)).to_have_count(0)
    expect(home.locator(BOX)).to_be_focused()
    assert kept(home) is None


@pytest.mark.parametrize("stored", ['"砍树"', "{", "[1, null]", "null"])
def test_what_others_left_in_its_place_does_no_harm(home: Page, stored: str) -> None:
    home.evaluate("text => localStorage.setItem('guide:searches', text)", stored)
    home.reload()
    home.locator(BOX).click()
    expect(home.locator(OPTION)).to_have_count(0)
    type_in(home, "砍树")
    home.locator(f'{FOUND}[href$="matters/tree-felling/"]').first.wait_for()


def test_the_box_takes_its_place_when_its_style_is_there(home: Page, served: Server) -> None:
    held: list[Route] = []
    home.route("**/finder.css", lambda route: held.append(route))
    home.goto(f"{served.url}hall/", wait_until="commit")
    link = home.locator('a[data-module="finder"]')
    home.locator("link[data-finder]").wait_for(state="attached")
    expect(home.locator(BOX)).to_have_count(0)
    link.focus()
    # The link for the style stands there a moment before it is asked for.
    while not held:
        home.evaluate("new Promise(requestAnimationFrame)")
    (request,) = held
    request.continue_()
    # One that had come as far as the link by keyboard goes on in the box.
    expect(home.locator(BOX)).to_be_focused()
    assert home.locator(BOX).evaluate("box => getComputedStyle(box).borderRadius") != "0px"
