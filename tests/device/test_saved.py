"""What is one's own is kept, and what changes about it is told."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.device.conftest import Open
from tests.papers.listing import ready

MATTER = "tree-felling"
"""The record of 2026-11-24 tells a change of it."""
CHANGE = "午间：能受理，也能办完 → 待中心确认"
WATCH = """
  window.asked = [];
  Object.defineProperty(navigator, "setAppBadge", { value: async (count) => asked.push(count) });
  Object.defineProperty(navigator, "clearAppBadge", { value: async () => asked.push(0) });
  StorageManager.prototype.persist = async () => asked.push("persist");
"""


def ticked(open_page: Open, now: str) -> Page:
    """A phone whose owner has ticked a paper of the matter at ``now``."""
    page = open_page("", now=now)
    page.context.add_init_script(WATCH)
    page.goto(f"{page.url}matters/{MATTER}/")
    ready(page)
    assert page.evaluate("asked") == [], "nothing is asked before there is anything to keep"
    page.locator("[data-paper]:visible").first.check()
    return page


def test_the_first_tick_asks_for_the_storage_to_be_kept(open_page: Open) -> None:
    page = ticked(open_page, "2026-11-25T10:00")
    page.wait_for_function("() => asked.length")
    page.locator("[data-paper]:visible").nth(1).check()
    expect(page.locator("[data-slot=count]")).to_contain_text("已备 2/")
    assert page.evaluate("asked") == ["persist"]


def test_what_changed_since_one_last_looked_is_told_once(open_page: Open) -> None:
    page = ticked(open_page, "2026-11-22T10:00")
    home = page.url.split("matters/")[0]
    page.goto(f"{home}#mine")
    expect(page.locator(".mine a")).to_contain_text(" · 有改动")
    assert page.evaluate("asked") == [1]
    page.locator(".mine a").click()
    since = page.locator('[data-slot="since"]')
    expect(since.locator("p")).to_have_text("自您上次看以后改了：")
    expect(since.get_by_role("listitem").filter(has_text=CHANGE)).to_have_count(1)
    assert page.evaluate("asked") == [0]
    page.reload()
    ready(page)
    page.wait_for_function("() => asked.length")
    expect(since).to_have_count(0)
    page.goto(home)
    page.wait_for_function("() => asked.length")
    expect(page.locator(".mine a")).not_to_contain_text("有改动")


def test_the_long_record_is_read_only_when_there_is_something_in_it(open_page: Open) -> None:
    page = ticked(open_page, "2026-12-25T10:00")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    ready(page)
    page.wait_for_function("() => asked.length")
    assert [url for url in asked if url.endswith("/api/v1/changed.json")]
    assert not [url for url in asked if url.endswith("/changes/")]


def test_what_cannot_be_read_now_is_told_again(open_page: Open) -> None:
    page = ticked(open_page, "2026-11-22T10:00")
    since = page.locator('[data-slot="since"]')
    page.route("**/changes/", lambda route: route.abort())
    page.reload()
    expect(since.locator("p")).to_have_text("自您上次看以后有改动，见最近改了什么。")
    page.unroute("**/changes/")
    page.reload()
    expect(since.locator("p")).to_have_text("自您上次看以后改了：")


def test_a_list_that_was_made_afterwards_has_seen_it(open_page: Open) -> None:
    page = ticked(open_page, "2026-12-25T10:00")
    page.goto(page.url.split("matters/")[0])
    page.wait_for_function("() => asked.length")
    assert page.evaluate("asked") == [0]


def test_shortcuts_lead_to_what_is_ones_own(site: Path) -> None:
    manifest = json.loads((site / "manifest.webmanifest").read_bytes())
    told = [(one["name"], one["url"]) for one in manifest["shortcuts"]]
    assert told == [("我的材料", "./#mine"), ("排队", "queue/"), ("午间日历", "noon/"), ("提醒我", "reminders/")]
    assert "id=mine" in (site / "index.html").read_text("utf-8").replace('"', "")
    share = manifest["share_target"]
    assert (share["action"], share["method"]) == (".", "GET")
