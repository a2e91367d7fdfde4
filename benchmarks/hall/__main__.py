"""``python -m benchmarks hall``: are waits foretold well, and what does it cost?

Exit 1 when a goal is missed. ``--write`` keeps the table in docs/hall.md; ``--quick`` judges
fewer days.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from benchmarks.report import Line, goals, table, write
from push_server.hall.simulator import Shape

from . import accuracy, speed
from .accuracy import PREDICTORS, Case, cases, covered, rmse, verdicts, width, with_range

PAGE = Path(__file__).parents[2] / "docs" / "hall.md"
COMMAND = "make bench ARGS='hall --write'"
RATIO, COVERED, RIGHT = 0.6, (0.75, 0.90), 0.95
MILLISECONDS, PER_SECOND, P99, REPORTS = 50, 2000, 50, 200


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks hall", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="judge four days of each hall, not forty")
    parser.add_argument("--write", action="store_true", help="write the tables to docs/hall.md")
    options = parser.parse_args(arguments)
    judged = accuracy.JUDGED[:4] if options.quick else accuracy.JUDGED
    shapes: dict[str, list[Case]] = {}
    first: dict[str, list[Case]] = {}
    for shape in get_args(Shape):
        print(f"{shape} …", file=sys.stderr, flush=True)
        shapes[shape] = cases(shape, judged=judged)
        first[shape] = cases(shape, learned=(), judged=judged[:5])
    lines = _goals(shapes)
    text = "\n\n".join((table(_predictors(shapes, first)), goals(lines)))
    print(text)
    if options.write:
        write(PAGE, COMMAND, text)
    return 1 if any(line.met is False for line in lines) else 0


def _predictors(shapes: dict[str, list[Case]], first: dict[str, list[Case]]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [
        ("minutes", *shapes),
    ]
    waiting = {shape: [case for case in found if not case.later] for shape, found in shapes.items()}
    rows.append(("people who wait, asked every ten minutes", *(f"{len(found):,}" for found in waiting.values())))
    rows.append(("RMSE of the median that is told", *(f"{rmse(found):.1f}" for found in waiting.values())))
    for name, words in PREDICTORS.items():
        rows.append((f"RMSE of {words}", *(f"{rmse(found, name):.1f}" for found in waiting.values())))
    rows.append(("waits within the range", *(f"{covered(found):.0%}" for found in waiting.values())))
    rows.append(("mean width of the range", *(f"{width(found):.0f}" for found in waiting.values())))
    for minutes in (10, 30, 60, 120):
        later = {shape: [case for case in found if case.later == minutes] for shape, found in shapes.items()}
        rows.append(
            (
                f"who comes in {minutes} minutes: within, width",
                *(f"{covered(found):.0%}, {width(found):.0f}" for found in later.values()),
            )
        )
    new = {shape: [case for case in found if not case.later] for shape, found in first.items()}
    rows.append(
        (
            "on a first day, nothing learned before: RMSE, within",
            *(f"{rmse(found):.1f}, {covered(found):.0%}" for found in new.values()),
        )
    )
    return rows


def _goals(shapes: dict[str, list[Case]]) -> list[Line]:
    lines = []
    every: list[Case] = []
    for shape, found in shapes.items():
        waiting = [case for case in found if not case.later]
        every += waiting
        ratio = rmse(waiting) / rmse(waiting, "queue")
        lines.append(
            Line(f"{shape}: RMSE, of `{PREDICTORS['queue']}`", f"{ratio:.2f}", f"≤ {RATIO}", round(ratio, 2) <= RATIO)
        )
        share = covered(with_range(waiting))
        low, high = COVERED
        lines.append(
            Line(f"{shape}: waits within the range", f"{share:.0%}", f"{low:.0%}–{high:.0%}", low <= share <= high)
        )
    told = verdicts(every)
    lines.append(
        Line(
            f'"yes" and "no" that came true, of {told.count:,}',
            f"{told.right:.1%}",
            f"≥ {RIGHT:.0%}",
            told.right >= RIGHT,
        )
    )
    lines.append(
        Line(
            f"the same, called within an hour of the end ({told.tight:,})",
            f"{told.tight_right:.1%}",
            f"≥ {RIGHT:.0%}",
            told.tight_right >= RIGHT,
        )
    )
    lines.append(Line('neither: "maybe"', f"{told.maybe:.0%}", ""))
    print("speed …", file=sys.stderr, flush=True)
    tickets, whole, alone = speed.thousand()
    lines.append(
        Line(
            f"state and estimates of a day of {tickets:,} tickets",
            f"{whole:.0f} ms (estimates {alone:.0f})",
            f"≤ {MILLISECONDS} ms",
            whole <= MILLISECONDS,
        )
    )
    with tempfile.TemporaryDirectory(prefix="hall-bench-") as folder:
        rate = speed.reports(Path(folder))
    lines.append(Line("events, each told alone, kept on disk", f"{rate:,.0f}/s", f"≥ {REPORTS}/s", rate >= REPORTS))
    with tempfile.TemporaryDirectory(prefix="hall-bench-") as folder:
        load = speed.queue(Path(folder))
    lines.append(
        Line(
            "the queue through nginx", f"{load.per_second:,.0f}/s", f"≥ {PER_SECOND:,}/s", load.per_second >= PER_SECOND
        )
    )
    lines.append(Line("p99 of that", f"{load.p99:.0f} ms", f"≤ {P99} ms", load.p99 <= P99))
    return lines
