"""Phones, and a screen, in front of the built site, with a push server of which a test says what it tells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from ..browser.conftest import Complaints
from ..browser.server import Server
from . import day

Open = Callable[..., Page]

STEP = 5

BARRIER = """fetch(document.querySelector("script[type=module]").src, {cache: "no-store"})
  .then(answer => answer.text()).catch(() => 0)"""
"""Settled when the server has answered a question that came after all others."""


def let_pass(page: Page, hall: Server, minutes: float) -> None:
    """Let time pass for the page and for the server alike. The end goes in small steps: what the page asks
    for is answered in real time."""
    seconds = round(minutes * 60)
    steps = min(seconds, 25) // STEP
    hall.clock_ahead += seconds
    page.clock.run_for((seconds - steps * STEP) * 1000)
    for step in range(steps + 1):
        page.clock.run_for(STEP * 1000 if step else 0)
        page.evaluate(BARRIER)


def visit(page: Page, url: str) -> None:
    """Until every module has said what it knows."""
    page.goto(url)
    page.locator("[data-module]:not([data-started])").first.wait_for(state="detached")


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[Server]:
    server = Server(site, protocol="HTTP/1.1")
    yield server
    server.stop()


@pytest.fixture
def hall(server: Server) -> Iterator[Server]:
    """The server; nothing is told yet, and it runs again after a test that stopped it."""
    server.start()
    server.push.queue = server.push.announced = None
    server.push.tickets, server.push.given_up, server.push.borrowed = {}, [], None
    server.seen.clear()
    server.unchanged = 0
    yield server
    server.start()


@pytest.fixture
def open_at(browser: Browser, hall: Server) -> Iterator[Open]:
    """``open_at(path, local)`` is the page at ``path`` on a phone whose clock, like the server's, runs from
    the time ``local`` of the centre; time passes only when the test lets it."""
    heard = Complaints()
    opened: list[BrowserContext] = []

    def act(path: str, local: str = day.SCENE, init: str = "", **options: Any) -> Page:
        options = {"viewport": {"width": 360, "height": 740}} | options
        context = browser.new_context(locale="zh-CN", service_workers="block", **options)
        context.set_default_timeout(30000)
        opened.append(context)
        heard.listen(context)
        if init:
            context.add_init_script(init)
        page = context.new_page()
        start = day.moment(local)
        # A moment earlier: installed, it runs until it is paused.
        page.clock.install(time=start - timedelta(seconds=30))
        page.clock.pause_at(start)
        hall.clock_ahead = start.timestamp() - datetime.now(UTC).timestamp()
        visit(page, hall.url + path)
        return page

    yield act
    for context in opened:
        context.close()
    # Nothing is stored here: Playwright says so itself.
    assert [text for text in heard if "Service Worker registration blocked" not in text] == []
