"""A phone without room: the reader gets to know why nothing is stored, in whatever order it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import permutations

import pytest
from playwright.sync_api import Page, expect

from .conftest import Complaints, ask, started, wait_stored
from .server import Server

FULL = "手机存储空间不够，没有存下指南；联网时照常能用。清理一些空间以后再打开。"


def limit(page: Page, site: Server, size: int | None) -> None:
    """Let the browser give the site ``size`` bytes."""
    told = {"origin": site.origin} if size is None else {"origin": site.origin, "quotaSize": size}
    page.context.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", told)


@pytest.fixture
def full(page: Page, site: Server, complaints: Complaints) -> Iterator[Page]:
    limit(page, site, 60_000)
    yield page
    # The browser notes that the worker did not install.
    complaints[:] = [text for text in complaints if "quota" not in text.lower()]


def test_the_first_visit_a_reload_and_another_window(full: Page, site: Server) -> None:
    full.goto(site.url)
    line = full.locator("[data-slot=stored]")
    expect(line).to_have_text(FULL)
    expect(full.locator('[data-module="updates"]')).to_have_attribute("data-stored", "failed")
    full.reload()
    expect(line).to_have_text(FULL)
    other = full.context.new_page()
    other.goto(site.url + "noon/")
    expect(other.locator("[data-slot=stored]")).to_have_text(FULL)
    expect(line).to_have_text(FULL)
    # Room has been made.
    limit(full, site, None)
    full.reload()
    wait_stored(full)


def test_an_update_without_room_says_so_and_keeps_what_is_there(
    stored: Page, site: Server, publish: Callable[..., object], complaints: Complaints
) -> None:
    used = ask(stored, "async () => (await navigator.storage.estimate()).usage")
    publish("乙")
    limit(stored, site, used + 10_000)
    stored.goto(site.url + "noon/")
    line = stored.locator("[data-slot=stored]")
    expect(line).to_contain_text("手机存储空间不够，新版没有存下")
    expect(line).to_contain_text("已存到手机")
    expect(stored.get_by_role("heading", name="午间日历 甲")).to_be_visible()
    complaints[:] = [text for text in complaints if "quota" not in text.lower()]


def test_mending_without_room_says_so(stored: Page, site: Server) -> None:
    stored.goto(site.url + "offline/")
    started(stored, "offline")
    used = ask(
        stored,
        """async () => {
            const [name] = (await caches.keys()).filter(one => one.startsWith("guidestore@"));
            const cache = await caches.open(name);
            const records = (await cache.keys()).filter(one => one.url.includes("/stored/") && !one.url.endsWith("/copy"));
            for (const request of records.slice(records.length / 2)) await cache.delete(request);
            return (await navigator.storage.estimate()).usage;
        }""",
    )
    limit(stored, site, used // 2)
    stored.get_by_role("button", name="检查并补齐").click()
    expect(stored.locator("[data-slot=offline-told]")).to_have_text(FULL)


PROGRESS = {"type": "progress", "attempt": 1, "id": "new", "done": 64, "total": 106}
SAID = {"type": "install-failed", "attempt": 1, "id": "new", "reason": "quota"}


def test_the_cause_is_told_in_any_order(desk_page: Page) -> None:
    for order in permutations(["progress", "said", "gone", "status"]):
        for had in (False, True):
            texts = desk_page.evaluate(
                """([order, had, progress, said]) => {
                    const told = [];
                    const line = window.storing((state, text) => told.push(text));
                    const status = {id: "old", published: null, stored: 1, total: 3, missing: []};
                    for (const step of order) {
                        if (step === "progress") line.hear(progress, 0);
                        else if (step === "said") line.hear(said, 0);
                        else if (step === "gone") line.ended(0);
                        else if (had) line.stored(status, 0);
                        line.say(0);
                    }
                    return told;
                }""",
                [list(order), had, PROGRESS, SAID],
            )
            # What comes last is what stays on the screen.
            assert "手机存储空间不够" in texts[-1], (order, had, texts)


def test_a_later_attempt_is_told_again(desk_page: Page) -> None:
    texts = desk_page.evaluate(
        """([progress, said]) => {
            const told = [];
            const line = window.storing((state, text) => told.push(text));
            line.hear(said, 0);
            line.hear({...progress, attempt: 2, done: 1}, 0);
            line.stored({id: "new", published: null, stored: 1, total: 3, missing: []}, 0);
            return told;
        }""",
        [PROGRESS, SAID],
    )
    assert texts[0] == FULL
    assert texts[1] == "正在把指南存到手机 1/106"
    assert texts[2].startswith("已存到手机") and "不够" not in texts[2]


@pytest.fixture
def desk_page(page: Page, site: Server) -> Page:
    app = next(site.folder.glob("assets/app/*"))
    page.add_init_script("delete Navigator.prototype.serviceWorker")
    page.goto(site.url)
    page.evaluate(
        "async base => { window.storing = (await import(base + 'offline/storing.js')).storing; }",
        f"{site.url}{app.relative_to(site.folder)}/",
    )
    return page
