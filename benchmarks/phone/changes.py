"""What each kind of change costs a phone: the catalogue of this repository is changed, built and published,
one change after the other, and what a phone is sent is looked at."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import brotli
from msgspec import Struct

from generator.site.worker import named_in

ROOT = Path(__file__).parents[2]
MATTER = "catalog/matters/business/branch-registration.yml"


class Cost(Struct, frozen=True):
    """Bytes of bodies, compressed with brotli: of ``sw.js`` and what it imports, of the differences."""

    change: str
    worker: int
    since: int
    requests: int


class Guide:
    """A copy of the repository's guide."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("catalog", "site_src", "pwa"):
            shutil.copytree(ROOT / name, folder / name)
        shutil.copy(ROOT / "mkdocs.yml", folder)
        self.site = folder / "site"

    def change(self, path: str, pattern: str, into: str) -> None:
        """Raises ``ValueError`` when there is nothing to change."""
        file = self.folder / path
        text, count = re.subn(pattern, into, file.read_text("utf-8"), count=1, flags=re.M)
        if not count:
            raise ValueError(f"{path} has no {pattern}")
        file.write_text(text, encoding="utf-8")

    def publish(self, *more: str) -> Mapping[str, object]:
        """Build and publish; gives what ``sw.js`` names."""
        places = ["--catalog", "catalog", "--site-src", "site_src", "--mkdocs", "mkdocs.yml", "--pwa", "pwa"]
        for command in (["build", *places, "--out", "site", *more], ["publish", "--out", "site"]):
            program = [sys.executable, "-m", "generator", *command]
            answer = subprocess.run(
                program,
                cwd=self.folder,
                capture_output=True,
                text=True,
                env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin"},
            )
            if answer.returncode:
                raise RuntimeError(answer.stderr)
        return self.named()

    def cost(self, change: str, old: Mapping[str, object]) -> Cost:
        """What a phone with the release ``old``, as ``sw.js`` named it, is sent."""
        named = self.named()
        scripts = ["sw.js"] if named["worker"] == old["worker"] else ["sw.js", str(named["worker"])]
        worker = sum(len(brotli.compress((self.site / path).read_bytes())) for path in scripts)
        since = (self.site / f"since/{old['id']}.json.br").stat().st_size
        return Cost(change, worker, since, len(scripts) + 1)

    def named(self) -> Mapping[str, object]:
        return named_in((self.site / "sw.js").read_bytes())


def _new_style(guide: Guide) -> None:
    (guide.folder / "site_src/css/99-more.css").write_text("main { order: 1; }\n")


def _new_symbol(guide: Guide) -> None:
    symbol = '{{ symbol("bell", "bell") }}'
    guide.change("site_src/overrides/matter.html", re.escape(symbol), symbol + '\n{{ symbol("again", "bell") }}')


CHANGES: tuple[tuple[str, Callable[[Guide], None]], ...] = (
    ("one field", lambda guide: guide.change(MATTER, r"^(  - 发照)$", r"\1，当场拿走")),
    ("a paper", lambda guide: guide.change(MATTER, r"^(  - name: )(.*)$", r"\1\2原件")),
    ("a title", lambda guide: guide.change(MATTER, r"^name: (.*)$", r"name: \1新")),
    ("opening hours", lambda guide: guide.change("catalog/centre.yml", r"^      at: 16:30$", "      at: 16:45")),
    ("a law", lambda guide: guide.change("catalog/laws.yml", r"^(    title: .*法)$", r"\1（修正）")),
    ("one rule of style", _new_style),
    ("one module", lambda guide: guide.change("pwa/app/main.js", "did not start", "has not started")),
    ("the worker itself", lambda guide: guide.change("pwa/worker/generations.js", "GRACE = 600000", "GRACE = 600001")),
    ("a skeleton", _new_symbol),
)


def costs(guide: Guide) -> Iterator[Cost]:
    """Of each change alone, and of all of them for a phone that was away. Raises ``ValueError`` where the
    catalogue has no longer what would be changed, ``RuntimeError`` with what a build said."""
    first = before = guide.publish()
    for name, change in CHANGES:
        change(guide)
        now = guide.publish()
        yield guide.cost(name, before)
        before = now
    yield guide.cost("all of them at once", first)
