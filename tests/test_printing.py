"""Nothing is covered on paper: what stands out of the flow lies over no words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.phone import open_phone

NOW = "2026-11-23T10:00"
# Between the margins of 10 mm, in CSS pixels.
PAPERS = {"A4": 718, "A5": 484, "Letter": 740}
FEW = ("presale-permit", "food-business-permit", "annual-report", "construction-permit")

COVERED = """() => {
    const covered = [];
    const shown = element => element.getClientRects().length && getComputedStyle(element).visibility === "visible";
    const over = [...document.querySelectorAll("body *")].filter(element => {
        const {position, float} = getComputedStyle(element);
        return shown(element) && (/absolute|fixed|sticky/.test(position) || float !== "none" || element.matches(".qr, canvas, img"));
    });
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
        if (!text.data.trim() || !shown(text.parentElement)) continue;
        const range = document.createRange();
        range.selectNodeContents(text);
        for (const word of range.getClientRects()) for (const element of over) {
            if (element.contains(text)) continue;
            for (const box of element.getClientRects()) {
                const wide = Math.min(word.right, box.right) - Math.max(word.left, box.left);
                const high = Math.min(word.bottom, box.bottom) - Math.max(word.top, box.top);
                if (wide > 1 && high > 1) covered.push([element.className.baseVal || element.className || element.nodeName, text.data.trim().slice(0, 20)]);
            }
        }
    }
    return covered;
}"""


def covered(page: Page) -> list[Any]:
    """What lies over which words, on each size of paper."""
    found = []
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for paper, width in PAPERS.items():
        page.set_viewport_size({"width": width, "height": 1000})
        found += [(paper, *pair) for pair in page.evaluate(COVERED)]
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    return found


def test_the_code_covers_nothing_for_any_ticks_and_answers(browser: Browser, address: str) -> None:
    page = open_phone(browser, address, "", NOW)
    found = {}
    for id in FEW:
        page.goto(f"{address}matters/{id}/")
        page.get_by_role("button", name=re.compile("给窗口看|清单的二维码")).wait_for()
        page.locator("[data-paper]:visible").first.check()
        expect(page.locator(".carry")).to_be_hidden()
        found[id, "one tick"] = covered(page)
        page.evaluate(
            "document.querySelectorAll('[data-situation]').forEach(one => [...one.querySelectorAll('input')].pop().click())"
        )
        page.evaluate("document.querySelectorAll('[data-paper]:not(:checked)').forEach(box => box.click())")
        found[id, "everything"] = covered(page)
    page.context.close()
    assert {key: pairs for key, pairs in found.items() if pairs} == {}


@pytest.mark.parametrize("path", ["journeys/restaurant/", "deferrable/promise/", "hall/", "cards/presale-permit.html"])
def test_other_pages_cover_nothing_on_paper(browser: Browser, address: str, path: str) -> None:
    page = open_phone(browser, address, path, NOW)
    if not path.startswith("cards/"):
        # The note of an update lies over the page while it is on a screen.
        page.evaluate(
            "const box = document.createElement('div'); box.className = 'update'; box.append('指南已更新'); document.body.append(box)"
        )
    assert covered(page) == []
    page.context.close()


def test_the_dialog_of_the_code_is_not_printed_over_the_list(browser: Browser, address: str) -> None:
    page = open_phone(browser, address, "matters/presale-permit/", NOW)
    page.get_by_role("button", name="给窗口看").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert covered(page) == []
    page.context.close()


def test_every_matter_has_the_place_for_the_code(site: Path) -> None:
    for page in sorted(site.glob("matters/*/index.html")):
        assert page.read_text("utf-8").count("<header><h1>") == 1, page
