"""What happens when the phone has lost or damaged a part of the stored guide."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from .conftest import Complaints, ask, started, until, wait_stored
from .server import Server
from .store import lies
from .test_updates import heading

OURS = "const cache = await caches.open((await caches.keys()).find(name => name.startsWith('guidestore@')));"
LOSE = "async url => {" + OURS + "await cache.delete(url); }"
DAMAGE = (
    "async url => {"
    + OURS
    + """
    const found = await cache.match(url);
    const bytes = new Uint8Array(await found.arrayBuffer());
    bytes[bytes.length >> 1] ^= 1;
    await cache.put(url, new Response(bytes, {headers: found.headers})); }"""
)
HOLDS = "async url => {" + OURS + "return Boolean(await cache.match(url)); }"


def test_lost_and_damaged_entries_come_back_from_the_network(stored: Page, site: Server) -> None:
    for harm, path, page, words in (
        (LOSE, "noon/index.html", "noon/", "午间日历 甲"),
        (DAMAGE, "noon/index.html", "noon/", "午间日历 甲"),
        (LOSE, "offline/skeleton/matter.html", "matters/kai-fandian/", "kai-fandian 甲"),
        (DAMAGE, "matters/kai-fandian/", "matters/kai-fandian/", "kai-fandian 甲"),
        (DAMAGE, "inventory", "matters/kai-fandian/", "kai-fandian 甲"),
        (LOSE, "copy", "matters/hushi-yanxu/", "hushi-yanxu 甲"),
        (LOSE, "mark", "matters/hushi-yanxu/", "hushi-yanxu 甲"),
    ):
        ask(stored, harm, lies(site, path))
        answer = stored.goto(site.url + page)
        assert answer is not None
        assert answer.from_service_worker
        assert answer.body() == (site.folder / page / "index.html").read_bytes(), (path, harm)
        heading(stored, words)
        wait_stored(stored)
    site.stop()
    for page, words in (("noon/", "午间日历 甲"), ("matters/kai-fandian/", "kai-fandian 甲")):
        stored.goto(site.url + page)
        heading(stored, words)


def test_a_visit_to_another_page_repairs_too(stored: Page, site: Server) -> None:
    url = site.url + "matters/kai-fandian/"
    lost = lies(site, "icons/icon-192.png")
    ask(stored, LOSE, lost)
    stored.goto(url)
    until(stored, lambda: ask(stored, HOLDS, lost))


def test_offline_the_reader_is_told(stored: Page, site: Server, complaints: Complaints) -> None:
    style = next(site.folder.glob("assets/css/*/site.css")).relative_to(site.folder)
    ask(stored, DAMAGE, lies(site, "noon/index.html"))
    ask(stored, LOSE, lies(site, str(style)))
    site.stop()
    answer = stored.goto(site.url + "noon/")
    assert answer is not None
    assert answer.status == 503
    heading(stored, "这一页存坏了")
    expect(stored.get_by_text("连上网络再打开，会自动补好")).to_be_visible()
    stored.goto(site.url)
    heading(stored, "办事指南 甲")
    expect(stored.locator('[data-slot="stored"]')).to_have_text(
        "手机里存的指南缺了 1 个文件，连上网络会自动补齐；急用请打 12345。"
    )
    complaints[:] = [text for text in complaints if "503" not in text]


def test_no_half_and_half_when_the_server_has_moved_on(
    stored: Page, site: Server, publish: Callable[..., dict[str, bytes]], complaints: Complaints
) -> None:
    """The lost page of 甲 cannot be had any more: the whole page of 乙 is shown."""
    ask(stored, LOSE, lies(site, "noon/index.html"))
    publish("乙")
    stored.goto(site.url + "noon/")
    heading(stored, "午间日历 乙")
    style = ask(stored, "() => document.styleSheets[0].href")
    assert ask(stored, "async url => (await (await fetch(url)).text()).includes('乙')", style)


def test_cleared_storage_is_noticed_and_filled_again(context: BrowserContext, stored: Page, site: Server) -> None:
    ask(
        stored,
        "async () => { for (const name of await caches.keys()) await caches.delete(name);"
        " for (const it of await navigator.serviceWorker.getRegistrations()) await it.unregister(); }",
    )
    told: list[str] = []
    stored.expose_function("told", lambda text: told.append(text))
    stored.add_init_script(
        "new MutationObserver(() => { const line = document.querySelector('[data-slot=stored]');"
        " if (line) window.told(line.textContent) }).observe(document, {subtree: true, childList: true})"
    )
    stored.goto(site.url)
    wait_stored(stored)
    assert "手机清理过存储，正在重新存下指南。" in told
    site.stop()
    stored.goto(site.url + "matters/kai-fandian/")
    heading(stored, "kai-fandian 甲")


def test_the_store_alone_is_evicted(stored: Page, site: Server, complaints: Complaints) -> None:
    """The worker is still there: offline it says so, and what helps; the next line brings everything back."""
    gone = "async () => { for (const name of await caches.keys()) await caches.delete(name); }"
    ask(stored, gone)
    # What the worker still knows by heart is forgotten with it.
    session = stored.context.new_cdp_session(stored)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    site.stop()
    stored.goto(site.url + "noon/")
    heading(stored, "这一页存坏了")
    expect(stored.get_by_text("连上网络再打开，会自动补好")).to_be_visible()
    expect(stored.get_by_role("link", name="12345")).to_be_visible()
    site.start()
    stored.goto(site.url + "noon/")
    heading(stored, "午间日历 甲")
    until(stored, lambda: ask(stored, HOLDS, lies(site, "mark")))
    site.stop()
    stored.goto(site.url + "matters/kai-fandian/")
    heading(stored, "kai-fandian 甲")
    complaints[:] = [text for text in complaints if "503" not in text]


def test_the_offline_page_shows_and_repairs(stored: Page, site: Server) -> None:
    ask(stored, DAMAGE, lies(site, "icons/icon-192.png"))
    stored.goto(site.url + "offline/")
    card = stored.locator('[data-module="offline"]')
    expect(card.get_by_role("listitem").first).to_contain_text("数据版本：2026-11-20")
    card.get_by_role("button", name="检查并补齐").click()
    expect(card.get_by_role("status")).to_have_text("补齐了 1 个文件。")
    card.get_by_role("button", name="检查并补齐").click()
    expect(card.get_by_role("status")).to_have_text("都在，没有缺损。")


def test_clearing_stores_anew(stored: Page, site: Server) -> None:
    stored.goto(site.url + "offline/")
    started(stored, "offline")
    bundle = f"{next(site.folder.glob('offline/bundle/*.txt')).relative_to(site.folder)}"
    asked = site.asked(bundle)
    stored.evaluate("document.documentElement.dataset.before = 'yes'")
    stored.get_by_role("button", name="清掉重新存").click()
    expect(stored.locator("html[data-before]")).to_have_count(0)
    wait_stored(stored)
    assert site.asked(bundle) > asked
    expect(stored.get_by_role("listitem").nth(1)).to_contain_text("个文件都存好了")


def test_without_network_nothing_is_cleared(stored: Page, site: Server) -> None:
    """What is thrown away could not be had again."""
    stored.goto(site.url + "offline/")
    started(stored, "offline")
    site.stop()
    stored.get_by_role("button", name="清掉重新存").click()
    expect(stored.get_by_role("status")).to_have_text("现在连不上网络，没有清。连上网络再来。")
    stored.goto(site.url + "noon/")
    heading(stored, "午间日历 甲")
