"""``python -m benchmarks``: measure, print a table, and say which goals are met.

Exit 1 when one is missed. ``--quick`` leaves out the large catalogue, ``--write`` keeps
the table in results.md beside this file. ``python -m benchmarks search`` measures the
search instead (``search/__main__.py``), ``python -m benchmarks hall`` what is foretold of waiting
(``hall/__main__.py``), ``python -m benchmarks phone`` what the guide costs a phone (``phone/__main__.py``).
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from . import synthetic
from .build import HUGE, LARGE, ROOT, SMALL, Line, measure, measure_memory

RESULTS = Path(__file__).with_name("results.md")
NOTE = """\
# Measured

`make bench ARGS=--write` wrote this page: guide, plain MkDocs with Material, and Hugo in one run,
so compare the columns, not the seconds with those of another machine. The catalogue is the
real one, multiplied ([synthetic.py](synthetic.py)); MkDocs gets the same matters as Markdown
([plain.py](plain.py)), and so does Hugo, with bare templates ([hugo.py](hugo.py)). CPU is user
and system time of the whole process, memory the most that one process had. What is saved in the
preview is timed in a browser that has the page open, until the new page has arrived and until it is
painted ([preview.py](preview.py)). What follows a
change is the median of seven runs of `guide build`, from the start of the process to its end;
the guide from nothing is the median of five, some before and some after MkDocs.
"""


def main() -> int:
    if sys.argv[1:2] == ["search"]:
        from .search.__main__ import main as search

        return search(sys.argv[2:])
    if sys.argv[1:2] == ["hall"]:
        from .hall.__main__ import main as hall

        return hall(sys.argv[2:])
    if sys.argv[1:2] == ["phone"]:
        from .phone.__main__ import main as phone

        return phone(sys.argv[2:])
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"only {SMALL} matters, not {LARGE} and {HUGE} too")
    parser.add_argument("--write", action="store_true", help="write the table to results.md")
    options = parser.parse_args()
    if shutil.which("hugo") is None:
        parser.error("Hugo is missing: run `sudo apt install hugo`.")
    lines = []
    small = max(SMALL, synthetic.size(ROOT / "catalog"))
    for matters in (small,) if options.quick else (small, LARGE):
        with tempfile.TemporaryDirectory(prefix="guide-bench-") as folder:
            lines += measure(Path(folder), matters, tell)
    if not options.quick:
        with tempfile.TemporaryDirectory(prefix="guide-bench-") as folder:
            lines.append(measure_memory(Path(folder), tell))
    text = table(lines)
    print(text)
    if options.write:
        RESULTS.write_text(f"{NOTE}\n{machine()}\n\n{text}\n", "utf-8")
    return 1 if any(line.met is False for line in lines) else 0


def tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def table(lines: Iterable[Line]) -> str:
    rows = [("what", "matters", "guide", "plain MkDocs", "Hugo", "goal", "verdict"), ("---",) * 7]
    verdicts = {True: "met", False: "missed", None: ""}
    rows += [
        (line.what, str(line.matters), line.ours, line.other, line.hugo, line.goal, verdicts[line.met])
        for line in lines
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def machine() -> str:
    hugo = subprocess.run(["hugo", "version"], capture_output=True, text=True, check=True).stdout.split()[1]
    return (
        f"Python {platform.python_version()}, mkdocs {version('mkdocs')}, mkdocs-material {version('mkdocs-material')}, "
        f"jieba {version('jieba')}, hugo {hugo}; {platform.system()} {platform.machine()}, {os.cpu_count()} cores."
    )


if __name__ == "__main__":
    sys.exit(main())
