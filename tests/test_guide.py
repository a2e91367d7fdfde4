"""The whole guide as its users meet it: real catalogue, real server, a real browser."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.push_server.phone import Phone
from tests.push_server.process import Process, eventually
from tests.push_server.push_service import PushService


@pytest.fixture(scope="module")
def running(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    process = Process(site, tmp_path_factory.mktemp("var"))
    yield process
    process.end(signal.SIGKILL)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A phone; a test fails when a page complains in the console."""
    complaints: list[str] = []
    context = browser.new_context(locale="zh-CN", viewport={"width": 360, "height": 740})
    context.set_default_timeout(30000)
    context.on(
        "console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None
    )
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    yield context
    context.close()
    # Without a server the browser itself notes each request that failed, and that of sw.js.
    missed = re.compile("net::ERR_|An unknown error occurred when fetching the script")
    assert [text for text in complaints if not missed.search(text)] == []


def matter_ids(site: Path, section: str) -> list[str]:
    sections = json.loads((site / "api/v1/sections.json").read_bytes())
    (found,) = (item for item in sections if item["id"] == section)
    return found["matters"]


def fits(page: Page) -> None:
    """Nothing is wider than the phone."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


def test_a_citizen_finds_a_matter_and_what_it_needs(context: BrowserContext, running: Process) -> None:
    page = context.new_page()
    page.goto(running.root)
    fits(page)
    expect(page.locator("main")).to_contain_text("11:30–13:00")
    page.get_by_role("link", name="工程建设").first.click()
    page.wait_for_url("**/sections/construction/")
    fits(page)
    page.get_by_role("link", name="建筑工程施工许可证核发").first.click()
    page.wait_for_url("**/matters/construction-permit/")
    fits(page)
    body = page.locator("main")
    for words in ("即来即办", "午间", "建筑工程施工许可证申请表", "《中华人民共和国建筑法》", "待中心确认", "12345"):
        expect(body).to_contain_text(words)
    page.get_by_label("建筑工程施工许可证申请表").check()
    page.reload()
    expect(page.get_by_label("建筑工程施工许可证申请表")).to_be_checked()


def test_the_48_construction_matters_without_javascript(browser: Browser, running: Process, site: Path) -> None:
    ids = matter_ids(site, "construction")
    assert len(ids) == 48
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(running.root + "sections/construction/")
    links = page.locator('main a[href*="matters/"]').evaluate_all("links => links.map(link => link.href)")
    assert {link.rstrip("/").rsplit("/", 1)[-1] for link in links} == set(ids)
    page.goto(running.root + f"matters/{ids[0]}/")
    expect(page.locator("main")).to_contain_text("要带什么材料")
    context.close()


def test_the_server_is_stopped_and_the_guide_is_still_there(
    context: BrowserContext, site: Path, tmp_path: Path
) -> None:
    """One visit; then everything can be read, also what was never opened."""
    process = Process(site, tmp_path / "var")
    page = context.new_page()
    page.goto(process.root)
    page.locator('[data-module~="updates"][data-stored="yes"]').wait_for(state="attached")
    process.end(signal.SIGTERM)

    page.reload()
    expect(page.locator("main")).to_contain_text("午间")
    for id in matter_ids(site, "construction")[::6]:
        page.goto(process.root + f"matters/{id}/")
        expect(page.locator("h1")).not_to_be_empty()
        expect(page.locator("main")).to_contain_text("要带什么材料")
    for url in ("noon/", "commitments/", "about/", "reminders/", "offline/"):
        page.goto(process.root + url)
        expect(page.locator("h1")).not_to_be_empty()
    for url in ("", "sections/construction/", "matters/construction-permit/"):
        answer = page.goto(process.root + url)
        assert answer.from_service_worker
        assert answer.body() == (site / url / "index.html").read_bytes(), url


def test_a_subscriber_gets_the_noon_announcement_once(site: Path, tmp_path: Path) -> None:
    """From the published calendar to the decrypted message, over a restart at the wrong moment."""
    push_service = PushService()
    try:
        phone = Phone(push_service.origin)
        settings = {"PUSH_LOCAL_ORIGINS": push_service.origin}
        first = Process(site, tmp_path / "var", "2026-11-23T11:14:30", **settings)
        assert first.call("POST", "push/v1/subscriptions", phone.body())[0] == 201
        first.end(signal.SIGKILL)
        second = Process(site, tmp_path / "var", "2026-11-23T11:16:00", **settings)
        assert eventually(lambda: len(push_service.received) == 1)
        assert eventually(lambda: second.call("GET", "push/v1/healthz")[1]["pending"] == 0)
        second.end(signal.SIGTERM)
        third = Process(site, tmp_path / "var", "2026-11-23T11:20:00", **settings)
        assert third.call("GET", "push/v1/healthz")[1]["pending"] == 0
        third.end(signal.SIGTERM)
        (message,) = push_service.received
    finally:
        push_service.close()
    payload = phone.read(message.body)
    assert payload["kind"] == "noon" and payload["date"] == "2026-11-23"
    assert "13:00" in payload["title"] + payload["body"]


def test_queue_reported_by_a_clerk_reaches_home(context: BrowserContext, site: Path, tmp_path: Path) -> None:
    process = Process(site, tmp_path / "var")
    token = add_token(tmp_path / "var", site)
    assert report_queue(process, token, waiting=8) == 200
    page = context.new_page()
    page.goto(process.root)
    expect(page.locator('[data-module~="queue-status"]')).to_contain_text("8 人")
    expect(page.locator('[data-module~="queue-status"]')).to_contain_text("更新")
    process.end(signal.SIGTERM)


def add_token(data: Path, site: Path) -> str:
    answer = subprocess.run(
        [sys.executable, "-m", "push_server", "token", "add", "hall"],
        env={**os.environ, "PUSH_DATA": str(data), "PUSH_SITE": str(site)},
        capture_output=True,
        text=True,
        check=True,
    )
    return answer.stdout.split()[-1]


def report_queue(process: Process, token: str, waiting: int) -> int:
    request = urllib.request.Request(
        process.root + "push/v1/queue/acceptance",
        method="PUT",
        data=json.dumps({"waiting": waiting, "serving": None}).encode(),
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
    )
    with urllib.request.urlopen(request, timeout=5) as answer:
        return answer.status
