"""What storing all of a site takes, by the log of the server; and how soon the worker answers then."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from scripts.host import Host

from .paint import CPU, SIZE

VISITS = 15
PATIENCE = 300_000
REGISTER = '<script>addEventListener("load", () => navigator.serviceWorker.register("/sw.js"))</script></body>'


def workbox(browser: Browser, site: Path) -> tuple[int, int]:
    """(requests, bytes of the bodies) until Workbox has stored ``site``, whose pages are made to register its
    worker, beside those of the first page itself."""
    for page in site.rglob("*.html"):
        page.write_text(page.read_text("utf-8").replace("</body>", REGISTER), "utf-8")
    with tempfile.TemporaryDirectory(prefix="guide-bench-") as folder:
        host = Host(Path(folder), site, inline=True)
        try:
            page = _phone(browser)
            page.goto(host.url)
            page.wait_for_function("navigator.serviceWorker.controller", timeout=PATIENCE)
            sent = host.sent()
            page.context.close()
            before = next(index for index, (path, _) in enumerate(sent) if path == "/sw.js")
            return len(sent) - before, sum(size for _, size in sent[before:])
        finally:
            host.stop()


def answering(browser: Browser, site: Path, path: str) -> float:
    """Milliseconds in which the worker answers for the page at ``path``, the median; the browser slows down
    pages but no workers, so it is what it takes here, ``CPU`` times."""
    with tempfile.TemporaryDirectory(prefix="guide-bench-") as folder:
        host = Host(Path(folder), site)
        try:
            page = _phone(browser)
            page.goto(host.url)
            page.locator("[data-module=updates][data-stored=yes]").wait_for(state="attached", timeout=PATIENCE)
            took = []
            for _ in range(VISITS):
                page.goto(host.url + path)
                took.append(
                    page.evaluate(
                        "(({responseStart, workerStart}) => responseStart - workerStart)"
                        "(performance.getEntriesByType('navigation')[0])"
                    )
                )
            page.context.close()
            return CPU * statistics.median(took)
        finally:
            host.stop()


def _phone(browser: Browser) -> Page:
    return browser.new_context(locale="zh-CN", viewport=SIZE).new_page()
