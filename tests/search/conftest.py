"""The search box on the site of the repository's own catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Complaints, open_context
from tests.browser.server import Server

BOX = ".finder input"
FOUND = '.finder a[role="option"]'


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[Server]:
    server = Server(site)
    yield server
    server.stop()


@pytest.fixture(scope="module")
def phone(browser: Browser, served: Server) -> Iterator[BrowserContext]:
    """One for the tests of a file: its cache keeps the site, and what they store is taken away."""
    context = open_context(browser, service_workers="block")
    yield context
    context.close()


@pytest.fixture
def home(phone: BrowserContext, served: Server) -> Iterator[Page]:
    complaints = Complaints()
    page = phone.new_page()
    complaints.listen(page)
    page.goto(served.url)
    page.locator(BOX).wait_for()
    yield page
    page.evaluate("localStorage.clear()")
    page.close()
    _none(complaints)


@pytest.fixture(scope="module")
def shared(phone: BrowserContext, served: Server) -> Iterator[tuple[Page, Complaints]]:
    complaints = Complaints()
    page = phone.new_page()
    complaints.listen(page)
    page.goto(served.url)
    page.locator(BOX).wait_for()
    yield page, complaints
    page.close()


@pytest.fixture
def asked(shared: tuple[Page, Complaints]) -> Iterator[Page]:
    """The home page with its box empty, for questions alone: nothing is opened, the next test
    goes on in it."""
    page, complaints = shared
    complaints.clear()
    type_in(page, "")
    # What the test before was answered must not answer this one.
    expect(page.locator(FOUND)).to_have_count(0)
    expect(page.locator('.finder [role="status"]')).to_be_empty()
    yield page
    _none(complaints)


def _none(complaints: Complaints) -> None:
    # That the worker is kept out is what the test asked for.
    assert [told for told in complaints if "Service Worker" not in told and "updates" not in told] == []


def type_in(page: Page, text: str) -> None:
    page.locator(BOX).fill(text)
