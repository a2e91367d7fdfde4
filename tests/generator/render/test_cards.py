"""The card of a matter: one file, everything in it, nothing fetched, two sides of paper."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

from playwright.sync_api import Browser

from generator.cli import main
from tests.kit import Project

LARGEST = 30_000
WORDS = {"law": "依据", "guide": "参考", "practice": "待确认"}


def text(card: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", card.split("</style>")[1]))


def test_every_matter_has_a_small_card_and_leads_to_it(site: Path) -> None:
    cards = {path.stem: path for path in (site / "cards").iterdir()}
    matters = {path.name for path in (site / "matters").iterdir()}
    assert cards.keys() == matters
    assert {id: path.stat().st_size for id, path in cards.items() if path.stat().st_size > LARGEST} == {}
    for id in matters:
        assert f'href="../../cards/{id}.html"' in (site / f"matters/{id}/index.html").read_text("utf-8")


def test_a_card_asks_for_nothing(site: Path) -> None:
    for path in (site / "cards").iterdir():
        card = path.read_text("utf-8")
        assert not re.search(r"<(?:script|link|img|iframe|object|embed|video|audio)\b|\bsrc=|url\(|@import", card), path
        assert all(link.startswith(("tel:", "../matters/")) for link in re.findall(r'href="([^"]*)"', card)), path


def test_a_card_says_all_that_the_catalogue_does(site: Path) -> None:
    for path in (site / "cards").iterdir():
        told = text(path.read_text("utf-8"))
        matter = json.loads((site / f"api/v1/matters/{path.stem}.json").read_bytes())
        assert matter["name"] in told
        for paper in matter["materials"]:
            assert paper["name"] in told and WORDS[paper["evidence"]] in told
        for part in (*matter["steps"], *(item["text"] for item in matter["conditions"])):
            assert part in told
        for item in matter["faq"]:
            assert item["question"] in told and item["answer"] in told
        for basis in matter["legal_basis"]:
            assert (basis["article"] or "条款待确认") in told
        limit = matter["time_limit"]["statutory"]
        for case in () if limit is None else (limit, *limit["cases"]):
            assert (f"{case['value']} " if case["value"] else "当天办结") in told
        for deadline in matter["deadlines"] or ():
            assert deadline["text"] in told
        at_window = matter["place"] is not None and matter["place"]["kind"] == "window"
        if (at_window and matter["counter"] is None) or matter["place"] is None or matter["fee"] is None:
            assert "待中心确认，打 12345 问" in told
        for duty in matter["afterwards"] or ():
            assert duty["text"] in told
        assert ("对决定不服：60 日内申请行政复议" in told) == (matter["type"] != "公共服务")


def test_browser_applies_the_style_and_refuses_everything_else(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    said: list[str] = []
    answered: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("response", lambda response: answered.append(response.url))
    page.goto(address + "cards/food-business-permit.html")
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "17px"
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('style'), {textContent: 'body{color:red}'}))"
    )
    page.evaluate("document.body.append(Object.assign(new Image(), {src: '../icons/icon-192.png'}))")
    page.wait_for_timeout(100)
    assert page.evaluate("getComputedStyle(document.body).color") != "rgb(255, 0, 0)"
    context.close()
    assert [url for url in answered if not url.endswith((".html", "favicon.ico"))] == []
    assert sum("Content Security Policy" in line for line in said) >= 2


def test_a_card_fits_on_two_sides(browser: Browser, address: str, site: Path) -> None:
    """The ten largest, as the browser prints them."""
    largest = sorted((site / "cards").iterdir(), key=lambda path: -path.stat().st_size)[:10]
    context = browser.new_context()
    page = context.new_page()
    for path in largest:
        page.goto(f"{address}cards/{path.name}")
        pages = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", prefer_css_page_size=True)))
        assert 1 <= pages <= 2, path.name
    context.close()


def test_markup_in_the_catalogue_stays_text(tmp_path: Path) -> None:
    project = Project(tmp_path / "project", matters=1)
    project.write("m0", name="<b>名</b>&", alias="x")
    assert main(project.arguments("build", tmp_path / "site")) == 0
    card = (tmp_path / "site/cards/m0.html").read_text("utf-8")
    assert "<b>" not in card and "&lt;b&gt;名&lt;/b&gt;&amp;" in card
