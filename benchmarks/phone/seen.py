"""How soon pages are seen: ours beside the plain ones, what Workbox takes to store those, and Lighthouse's marks."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct
from playwright.sync_api import Browser, sync_playwright

from generator.site.stamp import page_path
from scripts import browser as chromiums
from scripts.host import Host

from . import material, node, stored
from .paint import Painted, alternately

ROOT = Path(__file__).parents[2]
TIMES = 3
HALF, SHIFT, ANSWER = 0.5, 0.05, 50
"""Goals: LCP beside the plain page's, CLS, milliseconds of the worker."""
MARKS = [99, 100, 100, 100]
PAGES = {
    "home": ("", ""),
    "matter": ("matters/food-business-permit/", "food-drug/food-business-permit/"),
    "section": ("sections/construction/", "sections/construction/"),
    "journey": ("journeys/restaurant/", "journeys/restaurant/"),
}
ONE_OF = {
    "matters": "matters/food-business-permit/",
    "cards": "cards/food-business-permit.html",
    "sections": "sections/construction/",
    "journeys": "journeys/restaurant/",
    "laws": "laws/SPF/",
}
"""The page that stands for its kind, by the folder in which all of the kind lie."""


class Row(Struct, frozen=True):
    cells: tuple[str, ...]
    met: bool


def measured(site: Path) -> tuple[str, bool]:
    """Tables of all that, as Markdown, and whether every goal is met."""
    with tempfile.TemporaryDirectory(prefix="guide-bench-") as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromiums.find_shell())
        plain = material.build(ROOT / "catalog", Path(folder))
        with served(site) as ours, served(plain, inline=True) as other:
            painted = list(paints(browser, ours.url, other.url))
            missing = node.install()
            marked = [] if missing else list(marks(ours.url, site))
        took = stored.answering(browser, site, PAGES["matter"][0])
        blocks = [
            table("page|LCP|plain|beside|layout shift|scripts at work|requests, kB|plain", painted),
            f"The worker answers a navigation in {took:.0f} ms (goal {ANSWER}).",
        ]
        if missing:
            blocks.append(f"Workbox and Lighthouse were not measured: {missing}")
        else:
            node.workbox(plain)
            requests, size = stored.workbox(browser, plain)
            blocks.append(f"Workbox stores the plain site in {requests} requests and {size:,} bytes (gzip).")
            blocks.append(table("page|performance|accessibility|best practices|SEO", marked))
    return "\n\n".join(blocks), took <= ANSWER and all(row.met for row in (*painted, *marked))


def paints(browser: Browser, ours: str, other: str) -> Iterator[Row]:
    for name, (here, there) in PAGES.items():
        found = alternately(browser, {"ours": ours + here, "plain": other + there}, TIMES)
        yield row(name, found["ours"], found["plain"])
        print(name, file=sys.stderr, flush=True)


def row(name: str, ours: Painted, plain: Painted) -> Row:
    share = ours.lcp / plain.lcp
    cells = [name, f"{ours.lcp:.0f} ms", f"{plain.lcp:.0f} ms", f"{share:.2f}", f"{ours.cls:.3f}"]
    cells += [f"{ours.ready:.0f} ms", *(f"{one.requests}, {one.size / 1000:.0f}" for one in (ours, plain))]
    return Row(tuple(cells), share < HALF and ours.cls <= SHIFT)


def kinds(site: Path) -> list[str]:
    """The addresses of the pages that are like no other, and of one of each kind of which there are many."""
    found = [path.parent.relative_to(site).as_posix() + "/" for path in sorted(site.rglob("index.html"))]
    alone = [url.removeprefix("./") for url in found if url.count("/") == 1 or url.partition("/")[0] not in ONE_OF]
    return [*alone, *ONE_OF.values()]


def unlisted(site: Path, url: str) -> bool:
    """Whether the page asks search engines to leave it out, which is what their mark is lowered for."""
    text = (site / page_path(url)).read_text("utf-8")
    return '<meta name="robots" content="noindex' in text


def marks(address: str, site: Path) -> Iterator[Row]:
    for kind in kinds(site):
        found = node.lighthouse(address + kind, str(chromiums.find()))
        cells = [kind or "home", *map(str, found)]
        goals = MARKS
        if unlisted(site, kind):
            cells[-1] += " (noindex)"
            goals = MARKS[:-1]
        yield Row(tuple(cells), all(mark >= goal for mark, goal in zip(found, goals, strict=False)))
        print(kind, found, file=sys.stderr, flush=True)


def table(names: str, rows: list[Row]) -> str:
    heads = [*names.split("|"), ""]
    lines = [heads, ["---"] * len(heads), *([*row.cells, "met" if row.met else "missed"] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


@contextmanager
def served(site: Path, *, inline: bool = False) -> Iterator[Host]:
    with tempfile.TemporaryDirectory(prefix="guide-bench-") as folder:
        host = Host(Path(folder), site, inline=inline, http2=True)
        try:
            yield host
        finally:
            host.stop()
