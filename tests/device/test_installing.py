"""The guide on the home screen: offered after use, where it can be done, and once."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.device.conftest import Open
from tests.papers.listing import ready
from tests.phone import call

APPLE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
SAFARI = f"{APPLE} Version/17.5 Mobile/15E148 Safari/604.1"
IPAD = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15"
WECHAT = f"{APPLE} Mobile/15E148 MicroMessenger/8.0.49(0x1800312d) NetType/4G Language/zh_CN"
ANDROID = "Mozilla/5.0 (Linux; Android 10; V2001A) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36"
MATTER = "matters/construction-permit/"
CARD = "footer > section"

WAYS: dict[str, tuple[dict[str, Any], str | None]] = {
    "Safari": ({"agent": SAFARI}, "safari"),
    "iPad": ({"agent": IPAD, "touch": 5}, "safari"),
    "Mac": ({"agent": IPAD, "touch": 0}, None),
    "Chrome on iPhone": ({"agent": f"{APPLE} CriOS/126.0 Mobile/15E148 Safari/604.1"}, None),
    "QQ on iPhone": ({"agent": f"{APPLE} Version/17.5 MQQBrowser/15 Mobile/15E148 Safari/604.1"}, None),
    "web view on iPhone": ({"agent": f"{APPLE} Mobile/15E148"}, None),
    "WeChat": ({"agent": WECHAT}, "wechat"),
    "WeChat on Android": ({"agent": f"{ANDROID} MicroMessenger/8.0"}, "wechat"),
    "small program": ({"agent": f"{WECHAT} miniProgram/wx1"}, None),
    "WeChat on a computer": ({"agent": f"{ANDROID} MicroMessenger/7.0 WindowsWechat"}, None),
    "Chromium that could": ({"agent": ANDROID, "prompt": True}, "prompt"),
    "Chromium that has not said so": ({"agent": ANDROID}, None),
    "installed": ({"agent": SAFARI, "standalone": True}, None),
    "not used yet": ({"agent": ANDROID, "prompt": True, "used": False}, None),
    "refused": ({"agent": WECHAT, "refused": True}, None),
}


@pytest.mark.parametrize("case", WAYS)
def test_how(modules: Page, case: str) -> None:
    given, way = WAYS[case]
    phone = {"standalone": False, "prompt": False, "touch": 0, "used": True, "refused": False, **given}
    assert call(modules, "async (api, app, it) => (await app('device/installing')).wayToInstall(it)", phone) == way


@pytest.mark.parametrize(
    ("lists", "first", "used"),
    [(0, None, False), (0, "2026-11-23", False), (0, "2026-11-22", True), (1, "2026-11-23", True), (0, 5, False)],
)
def test_when(modules: Page, lists: int, first: Any, used: bool) -> None:
    script = "async (api, app, [lists, first]) => (await app('device/installing')).used(lists, first, '2026-11-23')"
    assert call(modules, script, [lists, first]) is used


COULD = """(outcome) => {
  const event = new Event("beforeinstallprompt", { cancelable: true });
  event.prompt = async () => (window.prompted = (window.prompted || 0) + 1);
  event.userChoice = Promise.resolve({ outcome });
  return !dispatchEvent(event);
}"""


def test_chromium_asks_after_use_and_takes_no_for_an_answer(open_page: Open) -> None:
    page = open_page(MATTER, ANDROID)
    ready(page)
    page.locator('[data-module="install"][data-started]').wait_for()
    assert page.evaluate(COULD, "dismissed"), "the browser's own offer is held back"
    page.wait_for_function("() => window.guideInstall")
    expect(page.locator(CARD)).to_have_count(0)
    page.locator("[data-paper]:visible").first.check()
    card = page.locator(CARD)
    expect(card).to_contain_text("把指南放到手机桌面")
    card.get_by_role("button", name="放到桌面").click()
    expect(card).to_have_count(0)
    assert page.evaluate("window.prompted") == 1
    page.reload()
    ready(page)
    page.evaluate(COULD, "accepted")
    page.locator("[data-paper]:visible").nth(1).check()
    expect(page.locator(CARD)).to_have_count(0)


def test_an_offer_that_does_not_come_up_names_another_way(open_page: Open) -> None:
    """Chromium asks once an event, and may not ask at all."""
    page = open_page(MATTER, ANDROID)
    ready(page)
    page.locator('[data-module="install"][data-started]').wait_for()
    page.evaluate(COULD, "accepted")
    page.evaluate("() => { guideInstall.prompt = () => Promise.reject(new DOMException('no', 'NotAllowedError')); }")
    page.locator("[data-paper]:visible").first.check()
    card = page.locator(CARD)
    card.get_by_role("button", name="放到桌面").click()
    expect(card).to_contain_text("没有弹出来的话，在浏览器的菜单里选“安装应用”或者“添加到主屏幕”。")
    expect(card.get_by_role("button")).to_have_text(["不用了"])


def test_whoever_comes_back_another_day_has_used_it(open_page: Open) -> None:
    page = open_page("hall/", WECHAT)
    page.locator('[data-module="install"][data-started]').wait_for()
    expect(page.locator(CARD)).to_have_count(0)
    page.evaluate("localStorage.setItem('guide-install', '{\"first\": \"2026-11-22\"}')")
    page.reload()
    steps = page.locator(CARD).get_by_role("listitem")
    expect(steps).to_have_text(["点右上角的“···”", "选“在浏览器打开”"])
    expect(page.locator(CARD).get_by_role("button")).to_have_text(["不用了"])
    page.get_by_role("button", name="不用了").click()
    page.reload()
    page.locator('[data-module="install"][data-started]').wait_for()
    expect(page.locator(CARD)).to_have_count(0)


def test_on_an_iphone_the_list_comes_along_to_the_home_screen(open_page: Open) -> None:
    safari = open_page(MATTER, SAFARI, permissions=["clipboard-read", "clipboard-write"])
    ready(safari)
    safari.locator("[data-paper]:visible").nth(1).check()
    ticked = safari.locator("[data-paper]:checked").get_attribute("data-paper")
    card = safari.locator(CARD)
    expect(card.get_by_role("listitem")).to_have_text(["点浏览器的“分享”", "选“添加到主屏幕”"])
    expect(card.locator("svg")).to_have_count(2)
    card.get_by_role("button", name="复制清单：").click()
    expect(card.get_by_role("status")).to_contain_text("已复制")
    link = safari.evaluate("navigator.clipboard.readText()")
    assert safari.evaluate("document.documentElement.scrollWidth") <= 360

    # The home screen has a storage of its own.
    app = open_page("", SAFARI)
    app.locator(".finder input").fill(f"我的材料：{link}")
    expect(app.locator(".received")).to_contain_text("这是转来的清单")
    app.get_by_role("button", name="存成我的清单").click()
    app.reload()
    ready(app)
    assert app.locator("[data-paper]:checked").get_attribute("data-paper") == ticked


SHARED = {
    "a link of ours": ("text=看这个 {root}matters/construction-permit/#papers", "matters/construction-permit/#papers"),
    "words": ("title=x&text=开饭店 https://example.org/a", None),
}


@pytest.mark.parametrize("case", SHARED)
def test_what_another_app_shares(open_page: Open, address: str, case: str) -> None:
    query, target = SHARED[case]
    page = open_page("")
    page.goto(f"{address}?{query.format(root=address).replace('#', '%23').replace(' ', '%20')}")
    if target:
        page.wait_for_url(address + target)
        return
    expect(page.locator(".finder input")).to_have_value("开饭店")
    expect(page.get_by_role("option").first).to_be_visible()
    assert page.url == address
