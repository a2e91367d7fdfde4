"""``python -m benchmarks search``: ask all queries, print the figures, say which goals are met.

Exit 1 when one is missed. ``--alone`` leaves the other engines and 3,000 matters out, ``--half tune`` asks
one half only, ``--write`` puts the tables into docs/search.md.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from . import large, ours, queries
from .browser import Run, chromium, run
from .peers import PEERS, MissingError
from .report import DOCUMENT, Report, written

ROOT = Path(__file__).parents[2]
CACHE = ROOT / "build/bench-search"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks search", description=__doc__)
    parser.add_argument("--alone", action="store_true", help="only the guide's own search")
    parser.add_argument("--half", choices=("tune", "check"), help="only this half of the queries")
    parser.add_argument("--write", action="store_true", help=f"put the tables into {DOCUMENT}")
    options = parser.parse_args(arguments)
    asked = [query for query in queries.load() if options.half in (None, query.half)]
    texts = [query.text for query in asked]
    runs: dict[str, tuple[Run, int]] = {}
    notes = []
    with tempfile.TemporaryDirectory(prefix="guide-search-") as temporary, chromium() as browser:
        site = Path(temporary, "site")
        build = [sys.executable, "-m", "generator", "build", "--out", site]
        subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        sizes = ours.sizes(site)
        runs["guide"] = (run(browser, site, ours.ENGINE, texts), sum(sizes.values()))
        for name, make in {} if options.alone else PEERS.items():
            tell(f"{name}: fetching, indexing, asking")
            try:
                peer = make(ROOT / "catalog", CACHE, Path(temporary, name))
                runs[peer.name] = (run(browser, peer.folder, peer.engine, texts), peer.size)
            except MissingError as error:
                notes.append(f"{name} was not measured: {error}")
        many = None
        if not options.alone:
            tell("3,000 matters: building, asking")
            many = large.measure(browser, CACHE, Path(temporary, "large"))
    report = Report(asked, runs, sizes, notes, many)
    print(report.text())
    if options.write:
        file = ROOT / DOCUMENT
        file.write_text(written(file.read_text("utf-8"), report), "utf-8")
    return 0 if report.met() else 1


def tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
