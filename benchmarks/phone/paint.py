"""When a page stands before the reader, on a slow phone with a slow line: ours and the plain one in turn."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from playwright.sync_api import Browser, BrowserContext, Page

LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""400 kbit/s, and 400 ms until an answer begins."""
CPU = 6
"""So many times slower than this machine."""
SIZE = {"width": 360, "height": 740}
QUIET = 1_000
"""Milliseconds without a change after which a page is taken for ready."""

WATCH = """
window.seen = {lcp: 0, cls: 0, started: 0, asked: []};
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) seen.lcp = entry.startTime;
}).observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.cls += entry.value;
}).observe({type: "layout-shift", buffered: true});
new MutationObserver(() => { seen.started = performance.now(); })
  .observe(document, {subtree: true, attributeFilter: ["data-started"]});
"""
SETTLED = """
(quiet) => {
  const all = [...document.querySelectorAll("[data-module]")];
  const last = Math.max(seen.lcp, seen.started, performance.timing.loadEventEnd - performance.timing.navigationStart);
  return document.readyState === "complete" && all.every((element) => element.dataset.started)
    && performance.now() - last > quiet;
}
"""


class Painted(Struct, frozen=True):
    """Milliseconds until the largest content was painted (LCP), and until the last module was at work (0: there
    are none); layout shift (CLS); requests and bytes of the bodies before the page was ready."""

    lcp: float
    cls: float
    ready: float
    requests: int
    size: int


def measure(browser: Browser, address: str) -> Painted:
    """Open ``address`` as somebody does who was never here."""
    context = phone(browser)
    page = context.new_page()
    slow(page)
    page.goto(address, wait_until="load")
    page.wait_for_function(SETTLED, arg=QUIET)
    seen = page.evaluate(
        "() => ({...seen, files: performance.getEntriesByType('resource').concat("
        "performance.getEntriesByType('navigation')).map((entry) => entry.encodedBodySize)})"
    )
    context.close()
    return Painted(seen["lcp"], seen["cls"], seen["started"], len(seen["files"]), sum(seen["files"]))


def phone(browser: Browser) -> BrowserContext:
    context = browser.new_context(
        locale="zh-CN", viewport=SIZE, service_workers="block", is_mobile=True, has_touch=True, ignore_https_errors=True
    )
    context.set_default_timeout(120_000)
    context.add_init_script(WATCH)
    return context


def slow(page: Page) -> Any:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": CPU})
    return session


def alternately(browser: Browser, addresses: Mapping[str, str], times: int) -> dict[str, Painted]:
    """The medians of ``times`` visits of each of ``addresses``, one after the other in every round."""
    found: dict[str, list[Painted]] = {name: [] for name in addresses}
    for _ in range(times):
        for name, address in addresses.items():
            found[name].append(measure(browser, address))
    return {name: middle(visits) for name, visits in found.items()}


def middle(visits: Sequence[Painted]) -> Painted:
    def of(field: str) -> float:
        return statistics.median(getattr(visit, field) for visit in visits)

    return Painted(of("lcp"), max(visit.cls for visit in visits), of("ready"), round(of("requests")), round(of("size")))
