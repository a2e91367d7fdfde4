"""What every page holds itself: the style of the screen, the script before the first paint, a policy that names both."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import html5lib
import pytest

SHARED = re.compile(r"^(?!cards/|404\.html|offline/skeleton/)")


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, str]:
    texts = {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("*.html")}
    return {path: text for path, text in texts.items() if SHARED.match(path)}


def test_the_policy_of_every_page_names_what_it_holds_and_nothing_else(pages: dict[str, str]) -> None:
    assert len(pages) > 200
    for path, text in pages.items():
        (policy,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', text)
        (style,) = re.findall(r"<style>(.*?)</style>", text, re.S)
        (script,) = re.findall(r"<script>(.*?)</script>", text, re.S)
        allowed = dict(part.split(" ", 1) for part in policy.split(";"))
        assert allowed["default-src"] == "'self'", path
        assert allowed["style-src"] == f"'self' {digest(style)}", path
        assert allowed["script-src"] == f"'self' {digest(script)}", path


def test_a_browser_reads_style_and_script_to_their_end(pages: dict[str, str]) -> None:
    """Neither holds what would end it early, or begin a comment."""
    tree = html5lib.parse(pages["index.html"], namespaceHTMLElements=False)
    (style,) = (element.text for element in tree.iter("style"))
    (script,) = (element.text for element in tree.iter("script") if not element.attrib)
    assert f"<style>{style}</style>\n<script>{script}</script>\n<link " in pages["index.html"]


def test_the_policy_comes_before_what_it_allows(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        assert text.index("Content-Security-Policy") < text.index("<style>") < text.index("<script>"), path
