"""Corrections that cannot wait reach a page that is open, whichever release serves it."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Locator, Page, expect

from .conftest import wait_stored
from .server import Server
from .test_updates import Publish, heading, look_for_update, prompt

HOURS = {"entry": "2026-11-24", "date": "2026-11-24", "matter": None, "name": None, "text": "上午开门：08:30 → 09:00"}
PAPER = {"entry": "2026-11-23-2", "date": "2026-11-23", "matter": "kai-fandian", "name": "开饭店", "text": "不收复印件"}
KNOWN = {"entry": "2026-11-20", "date": "2026-11-20", "matter": None, "name": None, "text": "早就说过的"}


def banner(page: Page) -> Locator:
    return page.locator("body > .urgent[role=status]")


def test_what_is_urgent_stands_on_the_open_page_until_it_is_switched_or_closed(
    context: BrowserContext, stored: Page, site: Server, publish: Publish
) -> None:
    other = context.new_page()
    other.goto(site.url + "noon/")
    wait_stored(other)
    publish("乙", urgent=(HOURS, PAPER, KNOWN))
    look_for_update(stored)
    for page in (stored, other):
        expect(banner(page).locator("small")).to_have_text(["要紧的更正 · 11月24日", "要紧的更正 · 11月23日"])
        expect(banner(page).locator("p")).to_have_text(["上午开门：08:30 → 09:00", "开饭店 不收复印件"])
    # Closed, the quiet line stays; and it does not come back on the next page.
    banner(stored).get_by_role("button", name="知道了").click()
    expect(banner(stored)).to_have_count(0)
    stored.goto(site.url + "matters/kai-fandian/")
    expect(stored.get_by_role("button", name="指南已更新，点这里换成新版")).to_be_visible()
    expect(banner(stored)).to_have_count(0)
    # The page that the old worker serves says it, and leads to the new release.
    other.goto(site.url + "matters/kai-fandian/")
    heading(other, "kai-fandian 甲")
    banner(other).get_by_role("button", name="换成新版").click()
    heading(other, "kai-fandian 乙")
    wait_stored(other)
    expect(banner(other)).to_have_count(0)


def test_what_is_not_urgent_is_a_quiet_line(stored: Page, site: Server, publish: Publish) -> None:
    with stored.expect_response("**/api/v1/urgent.json"):
        publish("乙", urgent=(KNOWN,))
        look_for_update(stored)
    prompt(stored)
    heading(stored, "办事指南 乙")
    expect(banner(stored)).to_have_count(0)


def test_a_phone_that_cannot_take_the_new_release_tells_what_is_urgent_in_it(
    stored: Page, site: Server, publish: Publish
) -> None:
    made = publish("乙", urgent=(HOURS,), bundled=False)
    # A host that has lost a file: the release cannot be stored whole.
    next(site.folder.glob("assets/css/*/site.css")).write_bytes(b"/* changed */")
    assert made
    look_for_update(stored)
    expect(banner(stored)).to_contain_text("上午开门：08:30 → 09:00")
    expect(banner(stored).get_by_role("button")).to_have_text(["知道了"])
