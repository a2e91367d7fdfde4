"""The whole guide without network, after one visit."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from . import small_site
from .conftest import wait_stored
from .server import Server

EVERYWHERE = pytest.mark.parametrize("prefix", ["/", "/gov/guide/"], indirect=True)
PAGES = ["", "noon/", "offline/", "reminders/", *(f"matters/{id}/" for id in small_site.MATTERS)]


@EVERYWHERE
def test_every_page_reads_as_the_server_sent_it(stored: Page, site: Server) -> None:
    site.stop()
    for path in PAGES:
        answer = stored.goto(site.url + path)
        assert answer is not None
        assert answer.from_service_worker
        assert answer.body() == (site.folder / path / "index.html").read_bytes(), path
        wait_stored(stored)


ADDRESSES = [
    ("?from=wechat", "?from=wechat"),
    ("index.html", "index.html"),
    ("matters/kai-fandian", "matters/kai-fandian/"),
    ("matters/kai-fandian?from=qr", "matters/kai-fandian/?from=qr"),
    ("matters/kai-fandian/?a=1#papers", "matters/kai-fandian/?a=1#papers"),
    ("matters/kai-fandian/index.html", "matters/kai-fandian/index.html"),
    ("noon", "noon/"),
]
"""Addresses that are not quite the page, and where they end."""


@EVERYWHERE
def test_addresses_that_are_not_quite_the_page(stored: Page, site: Server) -> None:
    site.stop()
    for asked, shown in ADDRESSES:
        answer = stored.goto(site.url + asked)
        assert answer is not None
        assert answer.ok, asked
        assert stored.url == site.url + shown
        wait_stored(stored)


@EVERYWHERE
def test_links_lead_on_without_network(stored: Page, site: Server) -> None:
    site.stop()
    stored.get_by_role("link", name="开饭店").click()
    expect(stored.get_by_role("heading", name="kai-fandian 甲")).to_be_visible()
    stored.get_by_role("link", name="午间").click()
    expect(stored.get_by_role("heading", name="午间日历 甲")).to_be_visible()


@EVERYWHERE
def test_unknown_page_says_so_and_leads_home(stored: Page, site: Server, complaints: list[str]) -> None:
    site.stop()
    for path in ("matters/no-such-matter/", "no-such-page", "a/b/c/d.html", "api/v1/matters/x.json"):
        answer = stored.goto(site.url + path)
        assert answer is not None
        assert answer.status == 503
        expect(stored.get_by_role("heading", name="没有存下这一页")).to_be_visible()
        expect(stored.get_by_role("link", name="12345")).to_have_attribute("href", "tel:12345")
        wait_stored(stored)
        stored.get_by_role("link", name="回指南首页").click()
        expect(stored.get_by_role("heading", name="办事指南 甲")).to_be_visible()
    complaints[:] = [text for text in complaints if "503" not in text]


def test_unknown_page_online_is_the_servers_to_answer(
    stored: Page, site: Server, complaints: list[str]
) -> None:
    answer = stored.goto(site.url + "no-such-page/")
    assert answer is not None
    assert answer.status == 404
    complaints.clear()


def test_pages_come_from_the_phone_while_online_too(stored: Page, site: Server) -> None:
    site.seen.clear()
    answer = stored.goto(site.url + "noon/")
    assert answer is not None
    assert answer.from_service_worker
    wait_stored(stored)
    assert not [seen.path for seen in site.seen if seen.path.startswith(("noon", "assets", "icons"))]


def test_installing_is_gentle(page: Page, site: Server) -> None:
    page.goto("about:blank")
    site.busiest = 0
    page.goto(site.url)
    wait_stored(page)
    # Six connections are what a browser opens to one host; ours keeps two for the reader.
    assert site.busiest <= 6
    listed = len(small_site.files("甲"))
    assert sum(1 for seen in site.seen) < listed * 2


PASSED_THROUGH = [
    ("HEAD", "index.html", {}),
    ("GET", "api/v1/centre.json", {"Range": "bytes=0-9"}),
    ("POST", "push/v1/subscriptions/test", {}),
    ("GET", "push/v1/queue", {}),
    ("GET", "push/v1/key", {}),
    ("GET", "api/v1/release.json", {}),
]


def test_what_is_not_ours_reaches_the_server(stored: Page, site: Server) -> None:
    site.push.queue = {"counters": []}
    stored.goto(site.url)
    wait_stored(stored)
    for method, path, headers in PASSED_THROUGH:
        before = site.asked(path, method)
        stored.evaluate(
            """([url, method, headers]) => fetch(url, {method, headers, cache: "no-store",
                body: method === "POST" ? '{"endpoint":"x"}' : undefined})""",
            [site.url + path, method, headers],
        )
        assert site.asked(path, method) == before + 1, (method, path)


def test_answers_of_the_push_server_are_never_kept(stored: Page, site: Server) -> None:
    site.push.queue = {"counters": []}
    stored.goto(site.url)
    wait_stored(stored)
    kept = stored.evaluate(
        "async () => (await Promise.all((await caches.keys()).map(async name =>"
        " (await (await caches.open(name)).keys()).map(request => request.url)))).flat()"
    )
    assert kept
    assert not [url for url in kept if "push/v1" in url]


def test_two_guides_on_one_host_keep_apart(page: Page, site: Server, tmp_path_factory: pytest.TempPathFactory) -> None:
    page.goto(site.url)
    wait_stored(page)
    # The same files again, below the first one: another scope of the same origin.
    small_site.write(site.folder / "other", small_site.files("丙"))
    made = small_site.files("丙")
    small_site.write(site.folder / "other", {"sw.js": small_site.worker(made)})
    page.goto(site.url + "other/")
    page.goto(site.url + "other/")
    wait_stored(page)
    site.stop()
    page.goto(site.url + "noon/")
    expect(page.get_by_role("heading", name="午间日历 甲")).to_be_visible()
    page.goto(site.url + "other/noon/")
    expect(page.get_by_role("heading", name="午间日历 丙")).to_be_visible()


def test_without_service_worker_everything_but_storing_works(page: Page, site: Server) -> None:
    page.add_init_script("delete Navigator.prototype.serviceWorker")
    page.goto(site.url)
    expect(page.locator('[data-module="updates"]')).to_have_text("这个浏览器不能离线存指南，联网时照常能用。")
    expect(page.locator('[data-module="open-now"]')).to_have_attribute(
        "data-state", re.compile("open|noon|closed|unknown")
    )
