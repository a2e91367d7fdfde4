"""``python -m benchmarks phone``: what it costs a phone to get the guide and to keep it right. Exit 1
when a goal is missed; ``--write`` puts the table into docs/offline.md."""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from .changes import Cost, Guide, costs
from .seen import measured

PAGE = Path(__file__).parents[2] / "docs/offline.md"
MARKED = re.compile(r"(<!-- measured -->\n).*?(?=<!-- /measured -->)", re.S)
GOALS = {"one field": 1_000, "a title": 2_000, "opening hours": 8_000, "all of them at once": 8_000}
"""Bytes of differences, beside those of ``sw.js``."""
FIRST = {"br": 250_000, "gz": 400_000}
"""Bytes of the first visit's storing, by encoding."""
REQUESTS = 10


class Line(Struct, frozen=True):
    what: str
    requests: int
    size: int
    goal: int | None
    beside: int = 0

    @property
    def met(self) -> bool:
        return self.requests <= REQUESTS and (self.goal is None or self.size <= self.goal)


def first_visit(guide: Guide) -> list[Line]:
    """``sw.js``, its parts, the bundle, as a host sends them that has them compressed beside."""
    named, lines = guide.named(), []
    for kind, goal in FIRST.items():
        paths = [f"{named['worker']}.{kind}", f"offline/bundle/{named['inventory']}.txt.{kind}"]
        size = sum((guide.site / path).stat().st_size for path in ("sw.js", *paths))
        lines.append(Line(f"first visit, {'brotli' if kind == 'br' else 'gzip'}", 3, size, goal))
    return lines


def of(cost: Cost) -> Line:
    return Line(cost.change, cost.requests, cost.since, GOALS.get(cost.change), cost.worker)


def table(lines: Iterable[Line]) -> str:
    rows = ["| what | requests | bytes | `sw.js` beside | goal | |", "|---|--:|--:|--:|--:|---|"]
    for line in lines:
        goal = f"{line.goal:,}" if line.goal else ""
        verdict = ("met" if line.met else "missed") if line.goal else ""
        beside = f"{line.beside:,}" if line.beside else ""
        rows.append(f"| {line.what} | {line.requests} | {line.size:,} | {beside} | {goal} | {verdict} |")
    return "\n".join(rows)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks phone", description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the table into docs/offline.md")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="guide-bench-") as folder:
        guide = Guide(Path(folder))
        guide.publish("--exports")
        lines = first_visit(guide)
        pages, seen = measured(guide.site)
        for cost in costs(guide):
            lines.append(of(cost))
            print(lines[-1].what, lines[-1].size, file=sys.stderr, flush=True)
    text = f"{table(lines)}\n\n{pages}"
    print(text)
    if options.write:
        PAGE.write_text(MARKED.sub(lambda found: f"{found[1]}{text}\n", PAGE.read_text("utf-8")), "utf-8")
    return 0 if seen and all(line.met for line in lines) else 1
