"""本机能做什么: what a phone can do, told in words and shown to the centre."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.device.conftest import Open
from tests.device.test_installing import SAFARI, WECHAT
from tests.phone import call

OLD = """
  for (const name of ["serviceWorker", "storage", "share", "setAppBadge"]) delete Navigator.prototype[name];
  delete window.Notification; delete window.PushManager; delete window.speechSynthesis;
"""
CARD = '[data-module="able"][data-started]'


def told(page: Page) -> dict[str, str]:
    page.locator(CARD).wait_for()
    labels = page.locator(f"{CARD} dt").all_text_contents()
    return dict(zip(labels, page.locator(f"{CARD} dd").all_text_contents(), strict=True))


def test_a_browser_with_nothing_says_so(open_page: Open) -> None:
    page = open_page("", WECHAT)
    page.context.add_init_script(OLD)
    page.goto(f"{page.url}offline/")
    said = told(page)
    assert said["没有网络也能看"].startswith("不能") and said["收提醒"].startswith("不能")
    assert said["允许发通知"] == "这个浏览器没有通知"
    assert "在浏览器打开" in said["放到桌面"]
    assert said["存下的不会被自动清掉"] == "这个浏览器不说" and said["用掉的空间"] == "还不知道"
    assert (said["图标上的角标"], said["把号念出来"]) == ("没有", "不能")
    assert said["手机的时间"] == "对，和网络时间相差不到 5 分钟"


def test_it_can_be_copied_and_read_on_another_phone(open_page: Open, modules: Page) -> None:
    page = open_page("offline/", SAFARI, permissions=["clipboard-read", "clipboard-write"])
    said = told(page)
    assert "添加到主屏幕" in said["放到桌面"]
    page.get_by_role("button", name="复制", exact=True).click()
    expect(page.locator('[data-slot="able-told"]')).to_contain_text("已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.split("\n") == ["本机能做什么", *(f"{label}：{words}" for label, words in said.items())]
    assert "Mozilla" not in copied
    page.get_by_role("button", name="给中心看（二维码）").click()
    expect(page.get_by_role("img", name="二维码：本机能做什么")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360

    script = "async (api, app, it) => { const {coded, decoded} = await app('device/able-words');"
    report = {
        "offline": "yes",
        "push": "no",
        "notify": "default",
        "install": "wechat",
        "persisted": "no",
        "share": "yes",
        "badge": "",
        "voice": "no",
        "used": "12",
        "free": "3400",
        "ahead": "-7",
    }
    code, back = call(modules, script + " const code = coded(it); return [code, decoded(code)] }", report)
    assert back == report and len(code) < 40
    desk = open_page(f"offline/#phone={code}")
    there = told(desk)
    assert there["手机的时间"] == "快了约 7 分钟" and there["用掉的空间"] == "约 12 MB，还能存约 3400 MB"
    assert there["图标上的角标"] == "还不知道"
    expect(desk.locator('[data-slot="able-told"]')).to_have_text("这是另一部手机的情况。")
    expect(desk.locator(f"{CARD} button")).to_have_count(0)


@pytest.mark.parametrize(
    "code", ["", "1", "2.00000000.1.2.0", "1.000.1.2.0", "1.00000000.x.2.0", "1.00000000.1.2.0.<b>"]
)
def test_a_spoiled_code_is_none(modules: Page, code: str) -> None:
    assert call(modules, "async (api, app, it) => (await app('device/able-words')).decoded(it)", code) is None


def test_a_wrong_clock_is_told(open_page: Open) -> None:
    page = open_page("")
    page.clock.set_fixed_time("2026-11-23T02:20:00Z")
    page.goto(f"{page.url}offline/")
    assert re.fullmatch("快了约 (19|20) 分钟", told(page)["手机的时间"])
