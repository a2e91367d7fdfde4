"""A real Chromium, and a small site that can be stopped, changed and started again."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, sync_playwright

from . import small_site
from .server import Server

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = (
    "The browser tests need Chromium: install it (Debian: apt-get install chromium), or set "
    "GUIDE_CHROMIUM to the executable, or run: python -m playwright install chromium"
)


def find_chromium(playwright: Playwright) -> str:
    """The executable: GUIDE_CHROMIUM, else one on the PATH, else Playwright's own."""
    given = os.environ.get("GUIDE_CHROMIUM")
    found = [given] if given else [shutil.which(name) for name in NAMES]
    for path in (*found, *([] if given else [playwright.chromium.executable_path])):
        if path and Path(path).exists():
            return path
    pytest.fail(MISSING, pytrace=False)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(playwright), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """Errors of the browser's console. A test takes out those that it means to provoke;
    any that are left fail it."""
    heard: list[str] = []
    yield heard
    assert heard == []


@pytest.fixture
def context(browser: Browser, complaints: list[str]) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="zh-CN", viewport={"width": 360, "height": 740})
    context.set_default_timeout(8000)

    def hear(message: ConsoleMessage) -> None:
        told = f"{message.text} ({message.location.get('url', '')})"
        # A stopped server, or a site without a push server: the browser notes every
        # request that failed, whatever the page makes of it.
        expected = "Failed to load resource: net::ERR_" in told or "push/v1/" in told
        if message.type in ("error", "warning") and not expected:
            complaints.append(told)

    context.on("console", hear)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture(params=["/"])
def prefix(request: pytest.FixtureRequest) -> str:
    """Where the site lies on its host; tests that care parametrize it."""
    return request.param


@pytest.fixture
def site(tmp_path: Path, prefix: str) -> Iterator[Server]:
    """Release 甲 of the small site, served."""
    small_site.publish(tmp_path)
    server = Server(tmp_path, prefix)
    yield server
    server.stop()


@pytest.fixture
def publish(site: Server) -> Callable[..., dict[str, bytes]]:
    """Publish another release: ``publish("乙")``."""

    def act(words: str, **options: object) -> dict[str, bytes]:
        return small_site.publish(site.folder, words, **options)

    return act


@pytest.fixture
def stored(page: Page, site: Server) -> Page:
    """A page that has put the whole guide on the phone."""
    page.goto(site.url)
    wait_stored(page)
    return page


def wait_stored(page: Page) -> None:
    """Until the page says that the guide is on the phone."""
    page.locator('[data-module="updates"][data-stored="yes"]').wait_for()
