"""Scripts with short names: what others see of them stays."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.site.minified import minified
from tests.kit import REPO


@pytest.mark.parametrize(
    ("script", "made"),
    [
        # What another script of the page may ask for keeps its name.
        ("function outer(first, second) { return first + second; }", "function outer(e,t){return e+t}"),
        ("export const $once = (make) => make();", "export const $once=e=>e()"),
        ("// said\nself.release = self.__RELEASE__;\n", "self.release=self.__RELEASE__"),
        ("const a = `\n  // kept\n`;", "const a=`\n  // kept\n`"),
        # Nothing that the oldest browsers do not read.
        ("x = a != null ? a : b;", "x=a!=null?a:b"),
        ("x = a && a.b;", "x=a&&a.b"),
    ],
)
def test_names_of_ones_own_alone_are_shortened(script: str, made: str) -> None:
    assert minified(script).rstrip(";") == made


def test_the_same_script_is_always_shortened_the_same_way() -> None:
    """Or phones would fetch scripts that nobody changed."""
    text = (REPO / "pwa/worker/stored.js").read_text("utf-8")
    assert minified(text) == minified(text) != text


def test_a_third_is_saved(site: Path) -> None:
    scripts = sum(path.stat().st_size for path in site.glob("assets/app/*/*.js"))
    modules = [path.read_text("utf-8") for path in site.glob("assets/modules/*/*/*.js")]
    assert len(modules) > 50
    written = sum(len(re.sub(r"^ *(?://.*|/?\*.*)\n|^ +", "", text, flags=re.M).encode()) for text in modules)
    assert scripts < 0.75 * written
