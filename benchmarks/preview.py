"""From saving a file to the new page: the live preview, with the page open in a browser."""

from __future__ import annotations

import statistics
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

from scripts import browser as chromiums

SAVES = 9
WARMING = 2
"""The first saves, which are not counted."""

ARRIVED = """
() => new Promise((resolve) => {
  const since = (entry) => (performance.timeOrigin + entry) / 1000;
  const [page] = performance.getEntriesByType("navigation");
  new PerformanceObserver((list) => {
    const painted = list.getEntriesByName("first-contentful-paint")[0];
    if (painted) resolve([since(page.responseEnd), since(painted.startTime)]);
  }).observe({type: "paint", buffered: true});
})
"""
"""When the page that is open had been served to its last byte, and when it was painted: seconds since
1970, by the browser's own clock (Navigation Timing and Paint Timing, W3C)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Seconds from writing a file to its page having reached the browser, which reloads by
    itself, and to its being painted."""

    served: float
    seen: float


def measure_preview(command: list[str], folder: Path, matter: Path, port: int) -> Shown:
    """How long it takes from writing ``matter`` to its page, the medians.

    ``command`` starts the preview in ``folder`` on ``port``.
    """
    text = matter.read_text("utf-8")
    first, _, rest = text.partition("\nsteps:\n  - ")
    assert rest
    with (folder / "preview.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromiums.find_shell())
            page = browser.new_page(viewport={"width": 360, "height": 740})
            address = f"http://localhost:{port}/matters/{matter.stem}/"
            _until_served(page, address)
            took = []
            for number in range(SAVES):
                mark = f"第{number}次保存"
                time.sleep(0.5)  # somebody reads what they have written
                began = time.time()
                matter.write_text(f"{first}\nsteps:\n  - {mark}{rest}", "utf-8")
                page.get_by_text(mark).wait_for(state="attached")
                took.append([moment - began for moment in page.evaluate(ARRIVED)])
            browser.close()
    finally:
        process.terminate()
        process.wait()
        matter.write_text(text, "utf-8")
    served, seen = (statistics.median(times) for times in zip(*took[WARMING:], strict=True))
    return Shown(served=served, seen=seen)


def _until_served(page, address: str) -> None:  # type: ignore[no-untyped-def]
    from playwright.sync_api import Error

    for _ in range(600):
        try:
            if page.goto(address).ok:
                return
        except Error:
            pass
        time.sleep(0.1)
    raise RuntimeError(f"{address} was never served")
