"""Nothing jumps while a page comes up: the layout shift of every kind of page, on a slow line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from .hall import day

MOST = 0.05
"""Half of what counts as good (https://web.dev/articles/cls)."""

TICKET = f"ticket/#A023.{day.KEY}"
PAGES = (
    "",
    "#q=%E5%BC%80%E9%A5%AD%E5%BA%97",
    "sections/construction/",
    "matters/food-business-permit/",
    "matters/presale-permit/",
    "matters/annual-report/",
    "matters/nurse-registration-renewal/",
    "journeys/restaurant/",
    "journeys/project-completion/",
    "noon/",
    "a-z/",
    "reminders/",
    "offline/",
    "queue/",
    TICKET,
    "screen/",
    "hall/",
    "deferrable/promise/",
    "changes/",
    "404.html",
    "cards/food-business-permit.html",
)
LISTED = "food-business-permit"
"""A matter of which the phone holds a list, with answers: they fold the questions and hide papers."""

WATCH = """
window.shifts = [];
new PerformanceObserver(list => {
    for (const entry of list.getEntries()) {
        const moved = entry.sources.map(({node, previousRect: was, currentRect: is}) =>
            `${node && (node.id || node.className || node.nodeName)} ${was.y}->${is.y}`);
        if (!entry.hadRecentInput) shifts.push([entry.value, moved]);
    }
}).observe({type: "layout-shift", buffered: true});

const patient = new CSSStyleSheet();
patient.replaceSync("* { animation-delay: 3600s !important }");
document.adoptedStyleSheets = [patient];
"""
"""After four seconds a page shows what its scripts have not made right yet (70-early.css). Here it waits for
them, however busy the machine."""
# Slow enough that what comes late is painted late. A slow processor as well finds the same shifts in twice the time.
SLOW_LINE = {"offline": False, "latency": 40, "downloadThroughput": 400_000, "uploadThroughput": 100_000}


@pytest.fixture(params=[("normal", "block"), ("elder", "allow")], ids=["online", "stored, large text"])
def phone(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A phone that has a list of papers, without a worker, or with the guide stored and large text."""
    size, workers = request.param
    context = browser.new_context(locale="zh-CN", viewport={"width": 360, "height": 740}, service_workers=workers)
    context.set_default_timeout(30000)
    page = context.new_page()
    page.goto(f"{address}matters/{LISTED}/")
    page.locator('[data-module="checklist"][data-started]').wait_for()
    for first in page.locator("[data-situation]:visible input:first-of-type").all()[:2]:
        first.check()
    page.locator("[data-paper]:visible").first.check()
    page.evaluate("size => localStorage.setItem('guide-elder', String(size === 'elder'))", size)
    if workers == "allow":
        page.locator('[data-module="updates"][data-stored="yes"]').wait_for(state="attached")
    page.close()
    people_wait(context)
    yield context
    context.close()


def people_wait(context: BrowserContext) -> None:
    """The push server tells of a line, now, as long as it can be, and of something at short notice."""
    moment = datetime.now(day.CENTRE)
    held = {"since": moment.isoformat(), "until": (moment + timedelta(days=1)).isoformat()}
    told = day.announced(
        day.announcement("今天下午停电，13:00 起不开门", "上午和午间照常办。" * 6, **held),
        days=(day.shut(f"{moment:%Y-%m-%d}"),),
        day=f"{moment:%Y-%m-%d}",
    )
    context.route("**/push/v1/announcements", lambda route: route.fulfill(json=told))
    now = f"{datetime.now(day.CENTRE):%Y-%m-%dT%H:%M}"
    context.route("**/push/v1/queue", lambda route: route.fulfill(json=day.queue(now)))
    context.route("**/push/v1/tickets/**", lambda route: route.fulfill(json=day.ticket(now)))


def test_nothing_jumps(phone: BrowserContext, address: str) -> None:
    assert jumping(phone, address, PAGES) == {}


@pytest.mark.parametrize("width", [412, 768, 1280])
def test_nothing_jumps_on_a_wider_screen(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": width, "height": 800}, service_workers="block")
    context.set_default_timeout(30000)
    assert jumping(context, address, ("", "journeys/restaurant/", "journeys/land-to-permit/")) == {}
    context.close()


def jumping(context: BrowserContext, address: str, paths: Sequence[str]) -> dict[str, Any]:
    """The shifts of those pages that move more than they may."""
    context.add_init_script(WATCH)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_LINE)
    found: dict[str, Any] = {}
    for path in paths:
        page.goto("about:blank")
        page.goto(address + path)
        settled(page)
        shifts = page.evaluate("shifts")
        if sum(value for value, _ in shifts) > MOST:
            found[path] = shifts
    return found


def settled(page: Page) -> None:
    """Every module is at work, and what it has said is painted."""
    page.locator("[data-module]:not([data-started])").first.wait_for(state="detached")
    page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)))")


HELD_BACK = """() => {
    const held = document.querySelector("[data-module=noon-calendar]");
    const all = document.getAnimations();
    for (const one of all) { one.pause(); one.currentTime = 0; }
    const before = getComputedStyle(held).visibility;
    for (const one of all) one.finish();
    return [all.map(one => one.effect.getTiming().delay), before, getComputedStyle(held).visibility];
}"""


def test_what_waits_for_a_script_that_never_comes_is_shown_after_seconds(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, service_workers="block")
    page = context.new_page()
    page.route("**/main.js", lambda route: route.abort())
    page.goto(f"{address}noon/")
    delays, before, after = page.evaluate(HELD_BACK)
    assert delays and max(delays) <= 4000
    assert (before, after) == ("hidden", "visible")
    context.close()
