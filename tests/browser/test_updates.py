"""From one release to the next: whole, asked for, and never mixed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from . import small_site
from .conftest import ask, started, until, wait_stored
from .server import Server
from .store import wait_for_later

Publish = Callable[..., dict[str, bytes]]
SETTLED = (
    "async () => { const it = await navigator.serviceWorker.getRegistration(); return !it.installing && !it.waiting }"
)
GONE = (
    "async () => (await caches.keys()).length === 0 && (await navigator.serviceWorker.getRegistrations()).length === 0"
)
GENERATIONS = (
    "async () => { const store = await caches.open((await caches.keys()).find(name => name.startsWith('guidestore@')));"
    " return (await store.keys()).filter(request => request.url.includes('/offline/generation/')).length }"
)


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def look_for_update(page: Page) -> None:
    """What the phone does at a navigation, without waiting for its minute to be over."""
    ask(page, "async () => { await (await navigator.serviceWorker.getRegistration()).update().catch(() => {}) }")


def prompt(page: Page) -> None:
    page.get_by_role("button", name="指南已更新，点这里换成新版").click()


def test_the_open_page_is_asked_and_then_everything_is_new(stored: Page, site: Server, publish: Publish) -> None:
    stored.goto(site.url + "noon/")
    publish("乙")
    look_for_update(stored)
    expect(stored.get_by_role("button", name="指南已更新，点这里换成新版")).to_be_visible()
    # Not yet: the release in use is whole, and stays until the reader agrees.
    stored.goto(site.url + "matters/kai-fandian/")
    heading(stored, "kai-fandian 甲")
    prompt(stored)
    heading(stored, "kai-fandian 乙")
    wait_stored(stored)
    site.stop()
    for path in ("", "noon/", "matters/hushi-yanxu/"):
        answer = stored.goto(site.url + path)
        assert answer is not None
        assert answer.body() == (site.folder / path / "index.html").read_bytes()
        wait_stored(stored)
    assert ask(stored, GENERATIONS) == 1


DEAF = "self.skipWaiting = () => new Promise(() => {});"
LATE = """
const skip = self.skipWaiting.bind(self);
self.skipWaiting = () => new Promise((resolve) => setTimeout(resolve, 4500)).then(skip);
"""


def publish_with(site: Server, publish: Publish, before: str) -> None:
    """Release 乙, whose worker does something else first: Chromium's takes over late at times, or not at all."""
    made = publish("乙")
    (site.folder / "sw.js").write_bytes(before.encode() + made["sw.js"])


def test_a_release_that_takes_over_late_is_not_asked_for_again(stored: Page, site: Server, publish: Publish) -> None:
    publish_with(site, publish, LATE)
    stored.goto(site.url + "noon/")
    # In one go: the page that says it is gone after three seconds.
    press = "button => { button.click(); return [button.textContent, button.disabled]; }"
    asked = stored.get_by_role("button", name="指南已更新，点这里换成新版")
    assert asked.evaluate(press) == ["正在换成新版……", True]
    heading(stored, "午间日历 乙")


def test_a_release_that_does_not_take_over_is_helped_by_loading_the_page(
    stored: Page, site: Server, publish: Publish
) -> None:
    """Once, not for ever; and it is offered again."""
    publish_with(site, publish, DEAF)
    stored.goto(site.url + "noon/")
    loads: list[str] = []
    stored.on("framenavigated", lambda frame: loads.append(frame.url))
    prompt(stored)
    until(stored, lambda: loads)
    heading(stored, "午间日历 甲")
    expect(stored.get_by_role("button", name="指南已更新，点这里换成新版")).to_be_enabled()
    stored.wait_for_timeout(4000)
    assert loads == [site.url + "noon/"]


def test_a_navigation_finds_the_new_release_by_itself(stored: Page, site: Server, publish: Publish) -> None:
    publish("乙")
    stored.goto(site.url + "noon/")
    heading(stored, "午间日历 甲")
    prompt(stored)
    heading(stored, "午间日历 乙")


def test_only_what_changed_is_fetched(stored: Page, site: Server) -> None:
    made = small_site.files("甲", extra={"noon/index.html": b"<!doctype html><title>x</title><h1>new</h1>"})
    small_site.write(site.folder, small_site.announce(made))
    site.seen.clear()
    look_for_update(stored)
    expect(stored.get_by_role("button", name="指南已更新")).to_be_visible()
    fetched = {seen.path for seen in site.seen if not seen.path.startswith(("push/", "sw.js"))}
    fetched -= {path for path in fetched if path.startswith(("offline/inventory/", "offline/worker/", "since/"))}
    assert fetched <= {"noon/index.html", "api/v1/release.json", "api/v1/urgent.json"}
    assert "noon/index.html" in fetched


def test_a_site_in_the_middle_of_a_deploy_is_refused(stored: Page, site: Server, publish: Publish) -> None:
    made = small_site.announce(small_site.files("乙"), bundled=False)
    # The worker of the new release is there, one of its pages is still the old one.
    late = "noon/index.html"
    small_site.write(site.folder, {path: data for path, data in made.items() if path != late})
    look_for_update(stored)
    until(stored, lambda: ask(stored, SETTLED))
    for path, words in (("", "办事指南 甲"), ("noon/", "午间日历 甲"), ("matters/kai-fandian/", "kai-fandian 甲")):
        stored.goto(site.url + path)
        heading(stored, words)
    expect(stored.get_by_role("button", name="指南已更新")).to_have_count(0)

    site.seen.clear()
    publish("乙", bundled=False)
    look_for_update(stored)
    prompt(stored)
    heading(stored, "kai-fandian 乙")
    # What the refused attempt had already checked was not fetched again.
    [style] = [path for path in made if path.endswith("site.css")]
    assert site.asked(style) == 0


def test_a_broken_worker_leaves_the_old_release(stored: Page, site: Server) -> None:
    made = small_site.announce(small_site.files("乙"))
    (site.folder / "sw.js").write_bytes(made["sw.js"][:200])
    look_for_update(stored)
    site.stop()
    stored.goto(site.url + "noon/")
    heading(stored, "午间日历 甲")


def test_closing_the_last_page_switches_too(
    context: BrowserContext, stored: Page, site: Server, publish: Publish
) -> None:
    publish("乙")
    look_for_update(stored)
    expect(stored.get_by_role("button", name="指南已更新")).to_be_visible()
    stored.goto("about:blank")
    stored.close()
    later = context.new_page()
    later.goto("about:blank")
    # The old worker needs a moment to stop after its last page.
    for _ in range(20):
        later.goto(site.url)
        if "乙" in later.get_by_role("heading", level=1).inner_text():
            break
        later.goto("about:blank")
    heading(later, "办事指南 乙")


def test_the_other_window_is_asked_not_swapped(
    context: BrowserContext, stored: Page, site: Server, publish: Publish
) -> None:
    stored.reload()
    wait_stored(stored)
    other = context.new_page()
    other.goto(site.url + "matters/kai-fandian/")
    wait_stored(other)
    started(other, "checklist")
    other.get_by_label("申请书").check()
    publish("乙")
    look_for_update(stored)
    prompt(stored)
    heading(stored, "办事指南 乙")
    heading(other, "kai-fandian 甲")
    # Scripts of the page that is still open stay at hand for a while.
    script = ask(other, "() => document.querySelector('script').src")
    assert ask(other, "async url => (await fetch(url)).status", script) == 200
    other.get_by_role("button", name="指南已在另一个窗口换成新版，点这里刷新").click()
    heading(other, "kai-fandian 乙")
    expect(other.get_by_label("申请书")).to_be_checked()


@pytest.mark.parametrize("switch", ["kill", "back"])
def test_ways_out(stored: Page, site: Server, publish: Publish, switch: str) -> None:
    """The kill switch, and going back to the release before."""
    if switch == "back":
        first = (site.folder / "sw.js").read_bytes()
        publish("乙")
        look_for_update(stored)
        prompt(stored)
        heading(stored, "办事指南 乙")
        publish("甲")
        assert (site.folder / "sw.js").read_bytes() == first
        look_for_update(stored)
        prompt(stored)
        heading(stored, "办事指南 甲")
        return
    (site.folder / "sw.js").write_bytes((site.folder / "sw-kill.js").read_bytes())
    stored.goto(site.url + "noon/")
    until(stored, lambda: ask(stored, GONE))
    expect(stored.locator('[data-module="updates"]')).to_have_text("离线存储已停用，联网时照常能用。")
    (site.folder / "noon/index.html").write_text("<!doctype html><title>x</title><h1>from the server</h1>")
    stored.goto(site.url + "noon/")
    heading(stored, "from the server")


FORMER = """
self.addEventListener("install", (event) => event.waitUntil((async () => {
  const cache = await caches.open("guide-0123456789abcdef@/");
  await cache.put("/offline/generation", new Response('{"id": "0123456789abcdef", "entries": {}, "pages": {}}'));
  await cache.put("/index.html", new Response("<!doctype html><h1>former</h1>"));
})()));
"""


def test_a_phone_of_former_times_keeps_what_is_its_owners(page: Page, site: Server, publish: Publish) -> None:
    """Each release had a cache of its own; lists, dates and wishes lie elsewhere."""
    (site.folder / "sw.js").write_text(FORMER)
    page.goto(site.url)
    ask(page, "async () => { await navigator.serviceWorker.ready; }")
    ask(
        page,
        """async () => {
          localStorage.setItem("guide-checklist:kai-fandian", '{"kept": true}');
          await (await caches.open("guidesettings@/")).put("/reminders", new Response('{"wishes": []}'));
        }""",
    )
    publish("甲")
    look_for_update(page)
    prompt(page)
    heading(page, "办事指南 甲")
    wait_stored(page)
    until(page, lambda: ask(page, "async () => (await caches.keys()).length") == 2)
    assert sorted(ask(page, "async () => caches.keys()")) == ["guidesettings@/", "guidestore@/"]
    assert ask(page, "async () => localStorage.getItem('guide-checklist:kai-fandian')") == '{"kept": true}'
    assert ask(page, "async () => (await (await caches.match('/reminders')).json()).wishes.length") == 0


def test_an_update_in_two_requests(stored: Page, site: Server) -> None:
    """Published so that phones are led on: sw.js, and what changed, also of what has come later."""
    wait_for_later(stored, site)
    site.seen.clear()
    small_site.publish(site.folder, "甲", led=True)
    small_site.publish(site.folder, "乙", led=True)
    look_for_update(stored)
    prompt(stored)
    heading(stored, "办事指南 乙")
    asked = [seen.path for seen in site.seen if seen.path.startswith(("sw.js", "since/", "offline/"))]
    # The pages look for a release of their own accord, too; this host lets nothing be kept.
    assert {path.split("/")[0] for path in asked} <= {"sw.js", "since", "offline"}
    assert len([path for path in asked if path.startswith("since/")]) == 1
    assert not [path for path in asked if path.startswith(("offline/bundle/", "offline/packs/", "offline/inventory/"))]
    site.stop()
    stored.goto(site.url + "matters/kai-fandian/")
    heading(stored, "kai-fandian 乙")
