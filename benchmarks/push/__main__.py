"""``python -m benchmarks push``: what sending costs, beside plain ``webpush()``, and how soon a ticket's message leaves.

Exit 1 when a goal is missed. ``--write`` keeps the table in docs/push.md; ``--quick`` takes
a tenth of the phones.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.report import Line, goals, write

from .rig import Rig, rig

PAGE = Path(__file__).parents[2] / "docs" / "push.md"
COMMAND = "make bench ARGS='push --write'"
ROUNDS, NAIVE, OURS = 3, 300, 6000
FEW, MANY, WATCHERS = 10_000, 100_000, 1000
RATIO, LATENCY = 8.0, 2.0
GROWTH, DEARER = 150, 1.3
"""What ten times as many phones may take: megabytes more, and CPU time a message."""


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks push", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the phones")
    parser.add_argument("--write", action="store_true", help="write the table to docs/push.md")
    options = parser.parse_args(arguments)
    less = 10 if options.quick else 1
    with tempfile.TemporaryDirectory(prefix="push-bench-") as folder, rig(Path(folder)) as service:
        lines = [*_rates(service, less), *_crowd(service, less), *_tickets(service, less)]
    text = goals(lines)
    print(text)
    if options.write:
        write(PAGE, COMMAND, text)
    return 1 if any(line.met is False for line in lines) else 0


def _rates(service: Rig, less: int) -> list[Line]:
    """In turns, so that both meet the same machine."""
    naive, ours = [], []
    for turn in range(ROUNDS):
        _tell(f"round {turn + 1} of {ROUNDS} …")
        for way, count, rates in (("naive", NAIVE // less, naive), ("ours", OURS // less, ours)):
            found = _sent(service, way, count)
            rates.append(found["count"] / found["cpu"])
    loop, sender = statistics.median(naive), statistics.median(ours)
    return [
        Line("messages per CPU second, `webpush()` in a loop", f"{loop:,.0f}"),
        Line("the sender, ledger and all", f"{sender:,.0f}"),
        Line("the sender, of the loop", f"{sender / loop:.1f}×", f"≥ {RATIO:.0f}×", sender / loop >= RATIO),
    ]


def _crowd(service: Rig, less: int) -> list[Line]:
    found = {}
    for count in (FEW // less, MANY // less):
        _tell(f"{count:,} phones …")
        found[count] = _sent(service, "ours", count)
    few, many = found.values()
    grown = many["peak"] - few["peak"]
    dearer = many["cpu"] / many["count"] / (few["cpu"] / few["count"])
    return [
        Line(f"one announcement to {int(many['count']):,} phones, each once", f"{many['seconds']:.0f} s, {many['cpu']:.0f} s CPU"),
        Line(f"CPU time a message, of that for {int(few['count']):,} phones", f"{dearer:.2f}×", f"≤ {DEARER}×", dearer <= DEARER),
        Line("memory of the process then, at most", f"{many['peak']:.0f} MB"),
        Line(f"more than for {int(few['count']):,} phones", f"{grown:.0f} MB", f"≤ {GROWTH} MB", grown <= GROWTH),
    ]  # fmt: skip


def _sent(service: Rig, way: str, count: int) -> dict[str, float]:
    """What it took to send ``count`` messages; each of them has arrived, and once."""
    service.arrivals()
    found = service.run(way, str(count))
    arrived = [path for path, _ in service.arrivals()]
    assert len(arrived) == len(set(arrived)) == count, (
        f"{len(arrived)} messages at {len(set(arrived))} of {count} phones"
    )
    return found


def _tickets(service: Rig, less: int) -> list[Line]:
    _tell("tickets …")
    found = service.run("tickets", str(WATCHERS // less))
    return [
        Line(
            f"from a call to the message of who is nearly next, {int(found['count']):,} watch: worst",
            f"{found['worst']:.2f} s (median {found['median']:.2f})",
            f"≤ {LATENCY:.0f} s",
            found["worst"] <= LATENCY,
        )
    ]


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
