"""Telling the editors what was not found: offered, never sent without a tap."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from push_server.store import Store
from tests.browser.conftest import Complaints, open_context
from tests.push_server.process import Process

BOX = ".finder input"
OFFER = "告诉编辑"
NONSENSE = "噼里啪啦哗啦啦"


def sent(data: Path) -> list[tuple[str, int]]:
    store = Store(data)
    listed = [(one.query, one.times) for one in store.unfound.listing()]
    store.close()
    return listed


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "var"


@pytest.fixture
def home(browser: Browser, site: Path, data: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    process = Process(site, data, **getattr(request, "param", {}))
    complaints = Complaints()
    context = open_context(browser, service_workers="block")
    complaints.listen(context)
    page = context.new_page()
    page.goto(process.root)
    page.locator(BOX).wait_for()
    yield page
    context.close()
    process.end(signal.SIGKILL)
    assert [told for told in complaints if "Service Worker" not in told and "updates" not in told] == []


def test_only_after_a_tap_and_only_the_words(home: Page, data: Path) -> None:
    posted: list[str] = []
    home.on("request", lambda request: posted.append(request.post_data or "") if request.method == "POST" else None)
    home.locator(BOX).fill(NONSENSE)
    offer = home.get_by_role("button", name=OFFER)
    expect(home.locator(".finder-more")).to_contain_text(f"只发“{NONSENSE}”这几个字")
    assert posted == [] and sent(data) == []
    offer.click()
    expect(home.locator(".finder-more")).to_have_text("发出去了，谢谢。")
    assert posted == [f'{{"query":"{NONSENSE}"}}']
    assert sent(data) == [(NONSENSE, 1)]
    home.locator(BOX).fill("开饭店")
    expect(home.locator(".finder a[role=option]").first).to_be_visible()
    expect(offer).to_have_count(0)


def test_numbers_are_not_even_offered(home: Page) -> None:
    home.locator(BOX).fill(NONSENSE)
    expect(home.get_by_role("button", name=OFFER)).to_be_visible()
    home.locator(BOX).fill(f"{NONSENSE}１３８ 0013 8000")
    expect(home.locator(".finder-told")).to_contain_text("没有找到")
    expect(home.get_by_role("button", name=OFFER)).to_have_count(0)


def test_the_phone_and_the_server_take_the_same_for_numbers(home: Page) -> None:
    told = home.evaluate(
        """async (cases) => {
          const script = document.querySelector('script[type=module][src*="assets/app/"]').src;
          const { holdsNumber } = await import(new URL("search/personal.js", script.replace("assets/app/", "assets/modules/")));
          return { refused: cases.refused.filter((one) => !holdsNumber(one)), kept: cases.kept.filter(holdsNumber) };
        }""",
        json.loads((Path(__file__).parent / "personal_numbers.json").read_text("utf-8")),
    )
    assert told == {"refused": [], "kept": []}


def test_a_server_that_is_gone_says_so(home: Page, data: Path) -> None:
    home.locator(BOX).fill(NONSENSE)
    offer = home.get_by_role("button", name=OFFER)
    expect(offer).to_be_visible()
    more = home.locator(".finder-more")
    for fulfil in ({"status": 502, "body": "<h1>Bad gateway</h1>"}, {"status": 400, "body": "{}"}):
        home.route("**/push/v1/unfound", lambda route, _, told=fulfil: route.fulfill(**told))
        offer.click()
        expect(more).to_contain_text("没有发出去，过一会儿再试。")
    home.route("**/push/v1/unfound", lambda route: route.abort())
    offer.click()
    expect(more).to_contain_text("没有发出去：网络不通。")
    assert sent(data) == []
    home.unroute("**/push/v1/unfound")
    offer.click()
    expect(more).to_have_text("发出去了，谢谢。")
    assert sent(data) == [(NONSENSE, 1)]


def test_a_server_that_never_answers_is_given_up(home: Page) -> None:
    home.clock.install()
    home.locator(BOX).fill(NONSENSE)
    offer = home.get_by_role("button", name=OFFER)
    expect(offer).to_be_visible()
    home.route("**/push/v1/unfound", lambda route: None)
    offer.click()
    expect(home.locator(".finder-more")).to_have_text("正在发…")
    home.clock.run_for(30_000)
    expect(home.locator(".finder-more")).to_contain_text("没有发出去：网络不通。")
    expect(offer).to_be_enabled()


@pytest.mark.parametrize("home", [{"PUSH_UNFOUND": "off"}], indirect=True)
def test_nothing_is_offered_where_it_is_switched_off(home: Page) -> None:
    with home.expect_response("**/push/v1/unfound/open") as answer:
        home.locator(BOX).fill(NONSENSE)
    assert answer.value.json() == {"open": False}
    expect(home.locator(".finder-told")).to_contain_text("没有找到")
    expect(home.get_by_role("button", name=OFFER)).to_have_count(0)


def test_nothing_is_offered_offline(home: Page) -> None:
    home.locator(BOX).fill("开饭店")
    home.locator(BOX).fill("食品安全法")  # all files of the index are here now
    home.context.set_offline(True)
    home.locator(BOX).fill(NONSENSE)
    expect(home.locator(".finder-told")).to_contain_text("没有找到")
    expect(home.get_by_role("button", name=OFFER)).to_have_count(0)
