"""The search box on the site of the repository's own catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Complaints, open_context
from tests.browser.server import Server

BOX = ".finder input"
FOUND = '.finder a[role="option"]'


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[Server]:
    server = Server(site)
    yield server
    server.stop()


@pytest.fixture
def home(browser: Browser, served: Server) -> Iterator[Page]:
    complaints = Complaints()
    context = open_context(browser, service_workers="block")
    complaints.listen(context)
    page = context.new_page()
    page.goto(served.url)
    page.locator(BOX).wait_for()
    yield page
    context.close()
    # That the worker is kept out is what the test asked for.
    assert [told for told in complaints if "Service Worker" not in told and "updates" not in told] == []


def type_in(page: Page, text: str) -> None:
    page.locator(BOX).fill(text)
