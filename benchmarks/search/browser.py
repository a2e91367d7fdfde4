"""Running queries in a real Chromium, at full speed and slowed down as a cheap phone is."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from scripts import browser as chromiums

from .score import Answer

SLOWER = 6
"""How much slower a cheap phone is (the factor of Chromium's CPU throttling)."""

READY_TIMES, QUERY_TIMES = 9, 3
"""Fresh pages on which times are measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What an engine answered, and its times in milliseconds on the slowed CPU: until it
    can answer once its files are there, and of a query (95 % are faster). Both are the
    median of some fresh pages."""

    answers: list[Answer]
    ready: float
    p95: float


class _Quiet(SimpleHTTPRequestHandler):
    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript", ".mjs": "text/javascript"}  # noqa: RUF012

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@contextmanager
def chromium() -> Iterator[Browser]:
    path = chromiums.find()
    if path is None:
        raise SystemExit("No Chromium here: run `make test`, which installs one, or set GUIDE_CHROMIUM.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()


def run(browser: Browser, folder: Path, engine: str, texts: Sequence[str], start: str = "") -> Run:
    """Ask ``engine`` all ``texts``.

    ``engine`` is an asynchronous function in JavaScript that gets the site's address and
    gives back ``{ready: async () => …, ask: async text => ({found: [id, …], weak})}``;
    ``ready`` starts with all files at hand.
    """
    with served(folder) as address:
        page = _page(browser, address + start, engine, address)
        answers = page.evaluate(
            "async texts => { await window.engine.ready(); const all = [];"
            " for (const text of texts) all.push(await window.engine.ask(text)); return all; }",
            list(texts),
        )
        page.context.close()
        ready = [_slow(browser, address + start, engine, address, ())[0] for _ in range(READY_TIMES)]
        slow = [_slow(browser, address + start, engine, address, texts)[1] for _ in range(QUERY_TIMES)]
    return Run(
        answers=[Answer(tuple(one["found"]), bool(one.get("weak"))) for one in answers],
        ready=median(ready),
        p95=median(sorted(times)[int(len(times) * 0.95)] for times in slow),
    )


def _slow(
    browser: Browser, start: str, engine: str, address: str, texts: Sequence[str]
) -> tuple[float, Sequence[float]]:
    """Milliseconds on a fresh page until it is ready, and of each query."""
    page = _page(browser, start, engine, address)
    # The box is entered when the page has long been there.
    page.wait_for_timeout(500)
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    ready, times = page.evaluate(
        """async texts => {
          const before = performance.now();
          await window.engine.ready();
          const ready = performance.now() - before;
          const times = [];
          for (const text of texts) {
            const from = performance.now();
            await window.engine.ask(text);
            times.push(performance.now() - from);
          }
          return [ready, times];
        }""",
        list(texts),
    )
    page.context.close()
    return ready, times


def _page(browser: Browser, start: str, engine: str, address: str) -> Page:
    page = browser.new_context(service_workers="block", bypass_csp=True).new_page()
    page.goto(start)
    page.evaluate(f"async address => {{ window.engine = await ({engine})(address); }}", address)
    return page
