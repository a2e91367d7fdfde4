"""Putting the guide on the phone."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from . import small_site
from .conftest import wait_stored
from .server import Server


def test_installing_asks_for_nothing_over_and_over(page: Page, site: Server) -> None:
    page.goto(site.url)
    wait_stored(page)
    listed = len(small_site.files("甲"))
    assert sum(1 for seen in site.seen) < listed * 2


def test_two_guides_on_one_host_keep_apart(page: Page, site: Server) -> None:
    page.goto(site.url)
    wait_stored(page)
    # The same files again, below the first one: another scope of the same origin.
    small_site.write(site.folder / "other", small_site.files("丙"))
    made = small_site.files("丙")
    small_site.write(site.folder / "other", {"sw.js": small_site.worker(made)})
    page.goto(site.url + "other/")
    page.goto(site.url + "other/")
    wait_stored(page)
    site.stop()
    page.goto(site.url + "noon/")
    expect(page.get_by_role("heading", name="午间日历 甲")).to_be_visible()
    page.goto(site.url + "other/noon/")
    expect(page.get_by_role("heading", name="午间日历 丙")).to_be_visible()


def test_without_service_worker_everything_but_storing_works(page: Page, site: Server) -> None:
    page.add_init_script("delete Navigator.prototype.serviceWorker")
    page.goto(site.url)
    expect(page.locator('[data-module="updates"]')).to_have_text("这个浏览器不能离线存指南，联网时照常能用。")
    expect(page.locator('[data-module="open-now"]')).to_have_attribute(
        "data-state", re.compile("open|noon|closed|unknown")
    )
