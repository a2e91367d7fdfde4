"""What the build costs: from nothing, after one change, after none; and how large pages get."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from . import hugo, plain, synthetic
from .measure import Cost, median, run
from .preview import Shown, measure_preview

ROOT = Path(__file__).parent.parent
SMALL, LARGE, HUGE = 130, 3000, 10_000
REPEATED = 7
PORT = 8765
HELD = re.compile(rb"<(style|script)>.*?</\1>", re.S)
SPARE = 500
"""Bytes of a page that the next papers may fill."""
COLD_BEFORE, COLD_AFTER = 3, 2
"""Builds from nothing before and after MkDocs takes its minutes: no machine keeps one speed."""
BIN = Path(sys.executable).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One measured number beside those to compare it with, and the goal for it."""

    what: str
    matters: int
    ours: str
    other: str = ""
    hugo: str = ""
    goal: str = ""
    met: bool | None = None


class Guide:
    """A plain ``guide build`` in a folder of its own: a synthetic catalogue, the rest ours."""

    def __init__(self, folder: Path, matters: int) -> None:
        self.folder = folder
        self.catalogue = folder / "catalog"
        self.site = folder / "build/site"
        folder.mkdir(parents=True)
        # Copies: what leads out of the folder is not published.
        for source in ("site_src", "pwa"):
            shutil.copytree(ROOT / source, folder / source)
        shutil.copy(ROOT / "mkdocs.yml", folder)
        synthetic.write_catalogue(ROOT / "catalog", self.catalogue, matters)
        self.matter = sorted((self.catalogue / "matters").rglob("*.yml"))[0]
        self.text = self.matter.read_text("utf-8")

    def build(self) -> Cost:
        return run([str(BIN / "guide"), "build"], self.folder)

    def build_from_nothing(self, number: int) -> Cost:
        """The old site is moved aside: had twelve thousand files just been deleted, ext4
        would look each of them over for every new one, and charge it to the build."""
        old = self.folder / "build"
        if old.exists():
            old.rename(self.folder / f"built-{number}")
        self.matter.write_text(self.text, "utf-8")
        return self.build()

    def build_after(self, change: Callable[[str, int], str]) -> Callable[[int], Cost]:
        def act(number: int) -> Cost:
            self.matter.write_text(change(self.text, number), "utf-8")
            return self.build()

        return act

    def preview(self, port: int) -> Shown:
        return measure_preview([str(BIN / "guide"), "serve", "--port", str(port)], self.folder, self.matter, port)

    def largest_page(self) -> int:
        """Bytes, without the style and script that every page holds: the plain pages' lie beside them, too."""
        return max(len(HELD.sub(b"", page.read_bytes())) for page in self.site.glob("matters/*/index.html"))


def change_step(text: str, number: int) -> str:
    """Another word in the first step: seen on the page of the matter only."""
    changed, count = re.subn(r"^(steps:\n  - .*)$", rf"\1（第{number}次修改）", text, count=1, flags=re.MULTILINE)
    assert count == 1
    return changed


def change_name(text: str, number: int) -> str:
    """Another name: seen on every list that has the matter in it."""
    return synthetic.replaced(r"^name: (\S+)$", rf"name: \1（第{number}次修改）", text)


def measure(folder: Path, matters: int, tell: Callable[[str], None]) -> list[Line]:
    """Measure with ``matters`` matters in ``folder``, which is filled."""
    large = matters >= LARGE
    guide = Guide(folder / "guide", matters)
    tell(f"{matters} matters: guide build")
    cold = [guide.build_from_nothing(number) for number in range(COLD_BEFORE)]
    unchanged = median(lambda _: guide.build(), REPEATED)
    step = median(guide.build_after(change_step), REPEATED)
    name = median(guide.build_after(change_name), REPEATED)
    page = guide.largest_page()
    tell(f"{matters} matters: guide serve")
    saved = guide.preview(PORT)

    pages = folder / "hugo"
    hugo.write_site(guide.catalogue, pages)
    tell(f"{matters} matters: hugo")
    quick = median(lambda number: run(["hugo", "--quiet", "--destination", f"public-{number}"], pages), COLD_BEFORE)

    project = folder / "plain"
    plain.write_site(guide.catalogue, project)
    tell(f"{matters} matters: mkdocs build" + (", which takes minutes" if large else ""))
    other = run([str(BIN / "mkdocs"), "build", "--quiet"], project)
    other_page = max(page.stat().st_size for page in project.glob("site/*/*/index.html"))

    cold += [guide.build_from_nothing(COLD_BEFORE + number) for number in range(COLD_AFTER)]
    nothing = median(cold.__getitem__, len(cold))

    ratio, share = other.cpu / nothing.cpu, nothing.cpu / quick.cpu
    return [
        Line(
            what="build from nothing, CPU",
            matters=matters,
            ours=f"{nothing.cpu:.1f} s",
            other=f"{other.cpu:.1f} s, {ratio:.0f}×",
            hugo=f"{quick.cpu:.1f} s, {1 / share:.1f}×",
            goal="≥ 30×, Hugo ≥ 1×" if large else "",
            met=ratio >= 30 and share <= 1 if large else None,
        ),
        Line(
            what="build from nothing, clock",
            matters=matters,
            ours=f"{nothing.wall:.1f} s",
            other=f"{other.wall:.1f} s",
            hugo=f"{quick.wall:.1f} s",
        ),
        Line(
            what="build from nothing, memory",
            matters=matters,
            ours=f"{nothing.memory:.0f} MB",
            other=f"{other.memory:.0f} MB",
            hugo=f"{quick.memory:.0f} MB",
        ),
        Line(
            what="one matter changed, clock",
            matters=matters,
            ours=f"{step.wall:.3f} s",
            goal="≤ 0.35 s" if large else "",
            met=step.wall <= 0.35 if large else None,
        ),
        Line(what="one matter renamed, clock", matters=matters, ours=f"{name.wall:.3f} s"),
        Line(
            what="saved to served in the preview",
            matters=matters,
            ours=f"{saved.served:.3f} s",
            goal="≤ 0.1 s" if large else "",
            met=saved.served <= 0.1 if large else None,
        ),
        Line(what="saved to seen in the preview", matters=matters, ours=f"{saved.seen:.3f} s"),
        Line(what="nothing changed, clock", matters=matters, ours=f"{unchanged.wall:.3f} s"),
        Line(
            what="largest page of a matter",
            matters=matters,
            ours=f"{page / 1000:.1f} kB",
            other=f"{other_page / 1000:.1f} kB",
            goal="≤ 20 kB" if large else "≤ 19.5 kB",
            met=page <= 20_000 - (0 if large else SPARE),
        ),
    ]


def measure_memory(folder: Path, tell: Callable[[str], None]) -> Line:
    """What a build of ``HUGE`` matters from nothing takes of memory; nobody else is asked to do it."""
    guide = Guide(folder / "guide", HUGE)
    tell(f"{HUGE} matters: guide build")
    cost = guide.build_from_nothing(0)
    return Line(
        what="build from nothing, memory",
        matters=HUGE,
        ours=f"{cost.memory:.0f} MB, {cost.cpu:.1f} s",
        goal="≤ 600 MB",
        met=cost.memory <= 600,
    )
