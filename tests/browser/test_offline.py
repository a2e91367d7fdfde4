"""The whole guide without network, after one visit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from . import small_site
from .conftest import Complaints, open_context, wait_stored
from .server import Server

PAGES = ["", "noon/", "offline/", "reminders/", *(f"matters/{id}/" for id in small_site.MATTERS), "laws/JZF/"]


@dataclass(frozen=True)
class Phone:
    """A phone that has stored the guide of ``site``."""

    site: Server
    context: BrowserContext


@pytest.fixture(scope="module", params=["/", "/gov/guide/"])
def phone(
    request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Phone]:
    """Stored once for all tests here, which only read; at the root of a host and below it."""
    folder = tmp_path_factory.mktemp("site")
    small_site.publish(folder)
    site = Server(folder, request.param)
    site.push.queue = {"counters": []}
    context = open_context(browser)
    page = context.new_page()
    page.goto(site.url)
    wait_stored(page)
    page.close()
    yield Phone(site, context)
    context.close()
    site.stop()


@pytest.fixture
def site(phone: Phone) -> Iterator[Server]:
    yield phone.site
    phone.site.start()


@pytest.fixture
def stored(phone: Phone, site: Server, complaints: Complaints) -> Iterator[Page]:
    """A page of that phone, online."""
    page = phone.context.new_page()
    page.goto(site.url)
    wait_stored(page)
    complaints.listen(page)
    yield page
    page.close()


def test_pages_that_are_asked_for_at_once_are_all_whole(stored: Page, site: Server) -> None:
    """The worker learns from the first page of a folder what the next one is likely to need."""
    site.stop()
    ask = "ids => Promise.all(ids.map(id => fetch(`matters/${id}/`).then(answer => answer.text())))"
    told = stored.evaluate(ask, list(small_site.MATTERS))
    for id, text in zip(small_site.MATTERS, told, strict=True):
        assert text == (site.folder / f"matters/{id}/index.html").read_text("utf-8"), id


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


def test_addresses_that_are_not_quite_the_page(stored: Page, site: Server) -> None:
    site.stop()
    for asked, shown in ADDRESSES:
        answer = stored.goto(site.url + asked)
        assert answer is not None
        assert answer.ok, asked
        assert stored.url == site.url + shown
        wait_stored(stored)


def test_without_network_a_card_leads_to_the_page_that_says_the_same(stored: Page, site: Server) -> None:
    site.stop()
    answer = stored.goto(f"{site.url}cards/kai-fandian.html")
    assert answer is not None and answer.ok
    assert stored.url == f"{site.url}matters/kai-fandian/"
    expect(stored.get_by_role("heading", name="kai-fandian 甲")).to_be_visible()


def test_links_lead_on_without_network(stored: Page, site: Server) -> None:
    site.stop()
    stored.get_by_role("link", name="开饭店").click()
    expect(stored.get_by_role("heading", name="kai-fandian 甲")).to_be_visible()
    stored.get_by_role("link", name="午间").click()
    expect(stored.get_by_role("heading", name="午间日历 甲")).to_be_visible()


def test_the_words_of_an_article_unfold_without_network(stored: Page, site: Server) -> None:
    """The page asks for another page with a script, and the worker has it in a pack."""
    site.stop()
    stored.goto(site.url + f"matters/{small_site.CITING}/")
    stored.locator("main[data-started]").wait_for()
    stored.get_by_role("link", name="依据").click()
    expect(stored.locator(".in-place")).to_contain_text("《建筑法》第八条应当具备下列条件")


def test_unknown_page_says_so_and_leads_home(stored: Page, site: Server, complaints: Complaints) -> None:
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


def test_unknown_page_online_is_the_servers_to_answer(stored: Page, site: Server, complaints: Complaints) -> None:
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


PASSED_THROUGH = [
    ("HEAD", "index.html", {}),
    ("GET", "api/v1/centre.json", {"Range": "bytes=0-9"}),
    ("POST", "push/v1/subscriptions/test", {}),
    ("GET", "push/v1/queue", {}),
    ("GET", "push/v1/key", {}),
    ("GET", "api/v1/release.json", {}),
]


def test_what_is_not_ours_reaches_the_server(stored: Page, site: Server) -> None:
    for method, path, headers in PASSED_THROUGH:
        before = site.asked(path, method)
        stored.evaluate(
            """([url, method, headers]) => fetch(url, {method, headers, cache: "no-store",
                body: method === "POST" ? '{"endpoint":"x"}' : undefined})""",
            [site.url + path, method, headers],
        )
        assert site.asked(path, method) == before + 1, (method, path)


@pytest.mark.parametrize("path", ["console", "console/", "console/window/3"])
def test_the_console_is_no_part_of_the_guide(path: str, phone: Phone, site: Server) -> None:
    """Neither shown from the phone nor answered for: who is signed in, only the server knows."""
    page = phone.context.new_page()
    answer = page.goto(site.url + path)
    assert answer is not None and not answer.from_service_worker
    page.close()


def test_answers_of_the_push_server_are_never_kept(stored: Page, site: Server) -> None:
    kept = stored.evaluate(
        "async () => (await Promise.all((await caches.keys()).map(async name =>"
        " (await (await caches.open(name)).keys()).map(request => request.url)))).flat()"
    )
    assert kept
    assert not [url for url in kept if "push/v1" in url or "/console" in url]
