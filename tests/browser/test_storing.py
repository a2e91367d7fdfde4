"""Putting the guide on the phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from . import small_site
from .conftest import Complaints, wait_stored
from .server import Server
from .store import wait_for_later

STORING = ("sw.js", "offline/worker/", "offline/bundle/", "offline/inventory/", "offline/packs/all-", "since/")
LATER = "offline/packs/laws."


def stored_by(site: Server) -> list[str]:
    """What was asked for to store the guide, beside what the page itself needs."""
    paths = [seen.path for seen in site.seen if not seen.path.startswith("push/")]
    return [path for path in paths if path.startswith(STORING) or paths.count(path) > 1]


def test_the_whole_guide_takes_four_requests(page: Page, site: Server) -> None:
    """One of them only where the host compresses nothing itself."""
    page.goto(site.url)
    wait_stored(page)
    bundle = next(path.name for path in site.folder.glob("offline/bundle/*.txt"))
    (script,) = site.folder.glob("offline/worker/*.js")
    names = [f"offline/bundle/{bundle}", f"offline/bundle/{bundle}.gz", f"offline/worker/{script.name}", "sw.js"]
    assert sorted(path for path in stored_by(site) if path.startswith(STORING)) == names


def test_a_host_that_encodes_is_asked_once(page: Page, site: Server) -> None:
    site.encodes = True
    page.goto(site.url)
    wait_stored(page)
    assert sum(1 for path in stored_by(site) if path.startswith("offline/bundle/")) == 1


@pytest.mark.parametrize(
    "host", ["no bundle", "another bundle", "a portal's page", "broken off", "the plain file only"]
)
def test_without_the_bundle_every_record_comes_by_itself(page: Page, site: Server, host: str) -> None:
    """On a host that has not got all."""
    (bundle,) = site.folder.glob("offline/bundle/*.txt")
    whole = bundle.read_bytes()
    (site.folder / f"offline/bundle/{bundle.name}.gz").unlink()
    if host == "no bundle":
        bundle.unlink()
    elif host == "another bundle":
        bundle.write_bytes(whole.replace("甲".encode(), "乙".encode()))
    elif host == "a portal's page":
        bundle.write_text("<!doctype html><title>登录</title>\n")
    elif host == "broken off":
        bundle.write_bytes(whole[: len(whole) // 2])
    page.goto(site.url)
    wait_stored(page)
    one_by_one = sum(1 for path in stored_by(site) if path.startswith(STORING[-2]))
    assert one_by_one == (0 if host == "the plain file only" else 1)
    site.stop()
    page.goto(site.url + "matters/kai-fandian/")
    expect(page.get_by_role("heading", name="kai-fandian 甲")).to_be_visible()


def test_the_words_of_the_laws_come_once_when_nobody_waits(page: Page, site: Server) -> None:
    page.goto(site.url)
    wait_stored(page)
    assert not [seen.path for seen in site.seen if seen.path.startswith(LATER)]
    # Another window says the same at the same time.
    beside = page.context.new_page()
    beside.goto(site.url)
    wait_for_later(page, site)
    site.stop()
    page.goto(f"{site.url}laws/JZF/")
    expect(page.get_by_role("heading", level=1)).to_have_text("《建筑法》")
    assert sum(1 for seen in site.seen if seen.path.startswith(LATER)) == 1


def test_what_has_not_come_yet_is_said_to_come(page: Page, site: Server, complaints: Complaints) -> None:
    for pack in site.folder.glob("offline/packs/laws.*"):
        pack.unlink()
    page.goto(site.url)
    wait_stored(page)
    expect(page.locator('[data-module="updates"]')).to_contain_text("已存到手机")
    site.stop()
    page.goto(f"{site.url}laws/JZF/")
    expect(page.get_by_role("heading", level=1)).to_have_text("没有存下这一页")
    expect(page.locator("body")).to_contain_text("在指南存好以后才存")
    complaints[:] = [text for text in complaints if "503" not in text and "404" not in text]


def test_two_guides_on_one_host_keep_apart(page: Page, site: Server) -> None:
    page.goto(site.url)
    wait_stored(page)
    # The same files again, below the first one: another scope of the same origin.
    small_site.write(site.folder / "other", small_site.announce(small_site.files("丙")))
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
