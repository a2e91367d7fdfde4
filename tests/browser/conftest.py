"""A phone with a real Chromium, and a small site that can be stopped, changed and started again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Worker

from . import small_site
from .server import Server

EXPECTED = (
    "Failed to load resource: net::ERR_",
    "push/v1/",
    "favicon.ico",
    "/changes/)",  # the small site keeps no record of changes
    "Failed to fetch dynamically imported module",
)


def open_context(browser: Browser, **options: Any) -> BrowserContext:
    """A phone of its own: storage, permissions and workers are shared with nobody."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 360, "height": 740}, **options)
    context.set_default_timeout(30000)
    return context


class Complaints(list[str]):
    """Errors and warnings in the console of the pages it listens to."""

    def listen(self, source: BrowserContext | Page) -> None:
        source.on("console", self._hear)
        if isinstance(source, BrowserContext):
            source.on("weberror", lambda error: self.append(str(error.error)))
        else:
            source.on("pageerror", lambda error: self.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        told = f"{message.text} ({message.location.get('url', '')})"
        # A stopped server, or a site without a push server: the browser notes every
        # request that failed, whatever the page makes of it.
        # Likewise an import that a test cuts off by going to the next page.
        expected = any(text in told for text in EXPECTED)
        if message.type in ("error", "warning") and not expected:
            self.append(told)


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    """A test takes out those that it means to provoke; any that are left fail it."""
    heard = Complaints()
    yield heard
    assert heard == []


@pytest.fixture
def context(browser: Browser, site: Server, complaints: Complaints) -> Iterator[BrowserContext]:
    """Closed before the site stops: a request that the end cuts off would be a complaint."""
    context = open_context(browser)
    complaints.listen(context)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Server]:
    """Release 甲 of the small site, served."""
    small_site.publish(tmp_path)
    server = Server(tmp_path)
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


def started(page: Page, *modules: str) -> None:
    """Until these modules listen: a click before that is lost."""
    for module in modules:
        page.locator(f'[data-module="{module}"][data-started]').wait_for(state="attached")


def ask(page: Page | Worker, script: str, argument: object = None) -> Any:
    """Evaluate an asynchronous function of one argument; ten seconds at most, which
    ``evaluate`` alone would not keep."""
    late = "new Promise((_, no) => setTimeout(() => no(new Error('no answer in ten seconds')), 10000))"
    return page.evaluate(f"argument => Promise.race([({script})(argument), {late}])", argument)


def until(page: Page, condition: Callable[[], object]) -> None:
    """Wait for something outside the browser, letting the browser go on meanwhile."""
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end, "waited for thirty seconds"
        page.wait_for_timeout(20)
