"""axe-core finds nothing to complain about on any kind of page, by day and by night."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

PAGES = (
    "",
    "sections/construction/",
    "matters/construction-permit/",
    "matters/food-business-permit/",
    "a-z/",
    "cards/food-business-permit.html",
    "noon/",
    "commitments/",
    "about/",
    "hall/",
    "visit/",
    "zero-visit/",
    "deferrable/",
    "deferrable/promise/",
    "supervision/",
    "certainty/",
    "changes/",
    "en/",
    "food-drug-papers/",
    "open-data/",
    "journeys/",
    "journeys/land-to-permit/",
    "reminders/",
    "offline/",
    "404.html",
)


SCHEMES = {
    "light": {"resultTypes": ["violations"]},
    # At night only the colours differ.
    "dark": {"runOnly": ["color-contrast"]},
}


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(browser: Browser, address: str, path: str) -> None:
    # axe is put into the page as a script, which the page's own policy would refuse.
    context = browser.new_context(
        locale="zh-CN", viewport={"width": 360, "height": 740}, bypass_csp=True, service_workers="block"
    )
    page = context.new_page()
    page.goto(address + path, wait_until="load")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    found = []
    for scheme, rules in SCHEMES.items():
        page.emulate_media(color_scheme=scheme)
        violations = Axe().run(page, options=rules).response["violations"]
        found += [
            (scheme, rule["id"], node["html"], node["failureSummary"]) for rule in violations for node in rule["nodes"]
        ]
    context.close()
    assert found == []


def test_every_kind_of_page_is_looked_at(site: Path) -> None:
    kinds = {page.relative_to(site).parts[0] for page in site.rglob("*.html")}
    assert kinds - {path.split("/")[0] or "index.html" for path in PAGES} == set()
