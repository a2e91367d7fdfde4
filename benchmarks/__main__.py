"""``python -m benchmarks``: measure, print a table, and say which goals are met.

Exit 1 when one is missed. ``--quick`` leaves out the large catalogue, ``--write`` keeps
the table in results.md beside this file. ``python -m benchmarks search`` measures the
search instead (``search/__main__.py``).
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from . import synthetic
from .build import LARGE, ROOT, SMALL, Line, measure

RESULTS = Path(__file__).with_name("results.md")
NOTE = """\
# Measured

`make bench ARGS=--write` wrote this page: guide and plain MkDocs with Material in one run,
so compare the columns, not the seconds with those of another machine. The catalogue is the
real one, multiplied ([synthetic.py](synthetic.py)); MkDocs gets the same matters as Markdown
([plain.py](plain.py)). CPU is user and system time of the whole process. What follows a
change is the median of seven runs of `guide build`, from the start of the process to its end;
the guide from nothing is the median of five, some before and some after MkDocs.
"""


def main() -> int:
    if sys.argv[1:2] == ["search"]:
        from .search.__main__ import main as search

        return search(sys.argv[2:])
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"only {SMALL} matters, not {LARGE} too")
    parser.add_argument("--write", action="store_true", help="write the table to results.md")
    options = parser.parse_args()
    lines = []
    small = max(SMALL, synthetic.size(ROOT / "catalog"))
    for matters in (small,) if options.quick else (small, LARGE):
        with tempfile.TemporaryDirectory(prefix="guide-bench-") as folder:
            lines += measure(Path(folder), matters, lambda text: print(text, file=sys.stderr, flush=True))
    text = table(lines)
    print(text)
    if options.write:
        RESULTS.write_text(f"{NOTE}\n{machine()}\n\n{text}\n", "utf-8")
    return 1 if any(line.met is False for line in lines) else 0


def table(lines: Iterable[Line]) -> str:
    rows = [("what", "matters", "guide", "plain MkDocs", "goal", "verdict"), ("---",) * 6]
    verdicts = {True: "met", False: "missed", None: ""}
    rows += [(line.what, str(line.matters), line.ours, line.other, line.goal, verdicts[line.met]) for line in lines]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def machine() -> str:
    return (
        f"Python {platform.python_version()}, mkdocs {version('mkdocs')}, mkdocs-material {version('mkdocs-material')}, "
        f"jieba {version('jieba')}; {platform.system()} {platform.machine()}, {os.cpu_count()} cores."
    )


if __name__ == "__main__":
    sys.exit(main())
