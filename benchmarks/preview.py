"""From saving a file to seeing it: the live preview, with its page open in a browser."""

from __future__ import annotations

import statistics
import subprocess
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from scripts import browser as chromiums

SAVES = 9
WARMING = 2
"""The first saves, which are not counted."""


def measure_preview(command: list[str], folder: Path, matter: Path, port: int) -> float:
    """Seconds from writing ``matter`` to its page in the browser saying so, the median.

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
                began = time.perf_counter()
                matter.write_text(f"{first}\nsteps:\n  - {mark}{rest}", "utf-8")
                page.get_by_text(mark).wait_for(state="attached")
                took.append(time.perf_counter() - began)
            browser.close()
    finally:
        process.terminate()
        process.wait()
        matter.write_text(text, "utf-8")
    return statistics.median(took[WARMING:])


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
