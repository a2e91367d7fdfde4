"""``python -m benchmarks many``: how fast do messages leave from one process, one worker, two workers?

Exit 1 when a goal is missed. ``--write`` keeps the table in docs/operations.md; ``--quick`` sends
fewer messages.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.push_server.postgres import running

from ..hall.__main__ import Line
from . import queue, sending

PAGE = Path(__file__).parents[2] / "docs" / "operations.md"
BEGIN, END = "<!-- measured: make bench ARGS='many --write' -->", "<!-- end of what was measured -->"
HEAD = ("what", "measured", "goal", "verdict")
MESSAGES, FEW = 20_000, 2_000
WORKERS, SHARE = 1.6, 0.7
SLOW = 0.1
"""Seconds after which push services answer on a usual day."""
PER_SECOND = 2000


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks many", description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"send {FEW:,} messages, not {MESSAGES:,}")
    parser.add_argument("--write", action="store_true", help="write the table to docs/operations.md")
    options = parser.parse_args(arguments)
    lines = measure(FEW if options.quick else MESSAGES)
    text = "\n".join(f"| {' | '.join(row)} |" for row in (HEAD, ("---",) * 4, *(line.row() for line in lines)))
    print(text)
    if options.write:
        before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
        _, _, after = rest.partition(END)
        machine = (
            f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores."
        )
        PAGE.write_text(f"{before}{BEGIN}\n\n{machine}\n\n{text}\n\n{END}{after}", "utf-8")
    return 1 if any(line.met is False for line in lines) else 0


def measure(messages: int) -> list[Line]:
    lines = []
    # As Debian sets it up, but for the port: what is committed is on the disk.
    with tempfile.TemporaryDirectory(prefix="many-bench-") as folder, running("max_connections = 100") as cluster:
        found: dict[tuple[str, float], sending.Sent] = {}
        for delay in (0.0, SLOW):
            for name, workers in (("file", 0), ("one", 1), ("two", 2)):
                print(f"{name}, answers after {delay:.1f} s …", file=sys.stderr, flush=True)
                where = Path(folder) / f"{name}-{delay}"
                where.mkdir()
                found[name, delay] = sending.send(where, cluster if workers else None, workers, messages, delay)
        for delay in (0.0, SLOW):
            told = f"push services answer {'after 0.1 s' if delay else 'at once'}"
            file, one, two = (found[name, delay] for name in ("file", "one", "two"))
            for words, one_of in (("one process, SQLite", file), ("one worker, PostgreSQL", one), ("two workers", two)):
                lines.append(
                    Line(
                        f"{words}; {told}",
                        f"{one_of.per_second:,.0f}/s, {one_of.cpu:.2f} ms CPU of the senders each, "
                        f"{one_of.database:.2f} of the database",
                        "",
                    )
                )
            ratio, share = two.per_second / one.per_second, one.per_second / file.per_second
            lines.append(Line(f"two workers, of one; {told}", f"{ratio:.2f}×", f"≥ {WORKERS}×", ratio >= WORKERS))
            lines.append(
                Line(f"one worker on PostgreSQL, of SQLite; {told}", f"{share:.2f}×", f"≥ {SHARE}×", share >= SHARE)
            )
        print("the queue through nginx, two nodes …", file=sys.stderr, flush=True)
        where = Path(folder) / "queue"
        where.mkdir()
        load = queue.two_nodes(where, cluster)
        lines.append(
            Line(
                "the queue through nginx, two nodes behind it",
                f"{load.per_second:,.0f}/s, p99 {load.p99:.0f} ms",
                f"≥ {PER_SECOND:,}/s",
                load.per_second >= PER_SECOND,
            )
        )
    return lines
