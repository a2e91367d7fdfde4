"""axe-core finds nothing to complain about on any kind of page, by day and by night."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from .hall import day

PAGES = (
    "",
    "sections/construction/",
    "matters/construction-permit/",
    "matters/food-business-permit/",
    "a-z/",
    "laws/XFB/",
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
    "queue/",
    "ticket/",
    "screen/",
    "404.html",
)


# What is found is told by its markup: a selector for each of thousands of elements takes a tenth of the time.
ONLY_FAULTS = {"resultTypes": ["violations"], "selectors": False}
SCHEMES = {
    "light": ONLY_FAULTS,
    # At night only the colours differ.
    "dark": ONLY_FAULTS | {"runOnly": ["color-contrast"]},
}


SAID = day.announced(day.announcement("系统故障", "下午再来。", url="noon/", until="2099-01-01T00:00:00Z"))


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    """One for all pages here: they leave nothing behind, and its cache keeps what they share."""
    # axe is put into the page as a script, which the page's own policy would refuse.
    context = browser.new_context(
        locale="zh-CN", viewport={"width": 360, "height": 740}, bypass_csp=True, service_workers="block"
    )
    context.route("**/push/v1/announcements", lambda route: route.fulfill(json=SAID))
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(phone: Page, address: str, path: str) -> None:
    phone.goto(address + path, wait_until="load")
    # What is below an announcement is hidden until that is there.
    phone.locator("[data-module=banner]:not([data-started])").wait_for(state="detached")
    phone.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    found = []
    phone.evaluate(Axe().axe_script)
    for scheme, rules in SCHEMES.items():
        phone.emulate_media(color_scheme=scheme)
        violations = phone.evaluate("rules => axe.run(rules).then(({ violations }) => violations)", rules)
        found += [
            (scheme, rule["id"], node["html"], node["failureSummary"]) for rule in violations for node in rule["nodes"]
        ]
    assert found == []


def test_every_kind_of_page_is_looked_at(site: Path) -> None:
    kinds = {page.relative_to(site).parts[0] for page in site.rglob("*.html")}
    assert kinds - {path.split("/")[0] or "index.html" for path in PAGES} == set()
