"""What the modules make of a page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from . import small_site
from .conftest import Complaints, open_context, started
from .server import Server

NOON = datetime(2026, 11, 23, 4, 10, tzinfo=UTC)
"""12:10 at the centre."""


@pytest.fixture
def context(browser: Browser, site: Server, complaints: Complaints) -> Iterator[BrowserContext]:
    """Nothing is stored: the modules work on pages from the network alike."""
    context = open_context(browser)
    complaints.listen(context)
    context.add_init_script("delete Navigator.prototype.serviceWorker")
    yield context
    context.close()


@pytest.fixture
def phone(page: Page, site: Server) -> Page:
    """A phone at 12:10; its network says the same."""
    set_clock(page, site, NOON)
    return page


def set_clock(page: Page, site: Server, moment: datetime) -> None:
    page.clock.install(time=moment)
    site.clock_ahead = moment.timestamp() - datetime.now(UTC).timestamp()


def test_open_now_follows_the_hours(phone: Page, site: Server) -> None:
    phone.goto(site.url)
    card = phone.locator('[data-module="open-now"]')
    expect(card).to_have_attribute("data-state", "noon")
    expect(card.locator('[data-slot="state"]')).to_have_text("午间服务中 · 到 13:00")
    expect(card.locator('[data-slot="detail"]')).to_have_text("1 个咨询、2 个受理窗口在岗")
    phone.clock.run_for("00:51:00")
    expect(card).to_have_attribute("data-state", "open")
    expect(card.locator('[data-slot="state"]')).to_contain_text("现在开门 · 到 16:30")
    # Asleep in the pocket, looked at in the evening.
    phone.clock.fast_forward("05:00:00")
    expect(card).to_have_attribute("data-state", "closed")
    expect(card.locator('[data-slot="detail"]')).to_contain_text("明天（11月24日周二）08:30 开门")


def test_a_wrong_clock_is_found_out(phone: Page, site: Server) -> None:
    """The phone says 12:10, the network 13:40."""
    site.clock_ahead += 90 * 60
    phone.goto(site.url)
    card = phone.locator('[data-module="open-now"]')
    expect(card.locator('[data-slot="clock"]')).to_have_text("手机的时间慢了约 90 分钟，这里按网络时间显示。")
    expect(card).to_have_attribute("data-state", "open")


def test_queue_is_asked_again_and_ages(phone: Page, site: Server) -> None:
    report = {"kind": "acceptance", "waiting": 8, "serving": None, "reported_at": "2026-11-23T04:08:00Z"}
    site.push.queue = {"counters": [report]}
    phone.goto(site.url)
    line = phone.locator('[data-slot="queue"]')
    expect(line).to_have_text("综合窗口 前面 8 人 · 2 分钟前更新")
    site.push.queue = {"counters": [report | {"waiting": 5, "reported_at": "2026-11-23T04:10:00Z"}]}
    phone.clock.run_for(31000)
    expect(line).to_have_text("综合窗口 前面 5 人 · 刚刚更新")
    site.stop()
    phone.clock.run_for("00:20:00")
    expect(line).to_have_text("综合窗口 12:10 以后没有排队数据")


def test_queue_without_reports_and_without_server(phone: Page, site: Server) -> None:
    site.push.queue = {"counters": []}
    phone.goto(site.url)
    expect(phone.locator('[data-slot="queue"]')).to_have_text("还没有排队数据")
    site.push.queue = None
    phone.reload()
    expect(phone.locator('[data-module="open-now"]')).to_have_attribute("data-state", "noon")
    expect(phone.locator('[data-slot="queue"]')).to_have_text("排队看大屏")


def test_today_is_marked(phone: Page, site: Server) -> None:
    phone.goto(site.url + "noon/")
    # Its clock has been compared with the server's: not while it is put forward.
    started(phone, "noon-calendar")
    expect(phone.locator('[aria-current="date"]')).to_have_text("23")
    expect(phone.locator("details[open] summary")).to_have_text(["11 月", "12 月"])
    phone.clock.fast_forward("12:00:00")
    phone.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.locator('[aria-current="date"]')).to_have_text("24")


def test_ticks_are_kept_per_matter(page: Page, context: BrowserContext, site: Server) -> None:
    page.goto(site.url + "matters/kai-fandian/")
    started(page, "checklist")
    count = page.locator('[data-slot="checklist-count"]')
    expect(count).to_have_text("0/3")
    page.get_by_label("申请书").check()
    page.get_by_label("场所证明").check()
    expect(count).to_have_text("2/3")
    expect(page.locator('[data-slot="count"]')).to_have_text("已备 2/3")
    expect(page.get_by_text("还差 1 件")).to_be_visible()

    other = context.new_page()
    other.goto(site.url + "matters/kai-fandian/")
    started(other, "checklist")
    expect(other.get_by_label("申请书")).to_be_checked()
    other.get_by_label("营业执照").check()
    expect(other.get_by_text("材料齐了，可以去咨询区预审，通过后取号")).to_be_visible()
    expect(count).to_have_text("3/3")
    other.goto(site.url + "matters/hushi-yanxu/")
    expect(other.locator('[data-slot="checklist-count"]')).to_have_text("0/3")

    page.get_by_role("button", name="清空勾选").click()
    expect(count).to_have_text("0/3")
    page.reload()
    expect(page.get_by_label("申请书")).not_to_be_checked()


def test_a_tick_does_not_pass_to_another_paper(page: Page, site: Server) -> None:
    page.goto(site.url + "matters/kai-fandian/")
    started(page, "checklist", "elder")
    page.get_by_label("申请书").check()
    page.get_by_label("营业执照").check()
    small_site.publish(site.folder, "甲", papers=("申请书", "身份证", "场所证明"))
    page.goto("about:blank")
    page.goto(site.url + "matters/kai-fandian/")
    expect(page.get_by_label("申请书")).to_be_checked()
    expect(page.get_by_label("身份证")).not_to_be_checked()
    expect(page.get_by_text("材料清单有改动，勾选过的请重新核对。")).to_be_visible()


def test_larger_text_is_remembered(page: Page, site: Server) -> None:
    page.goto(site.url)
    started(page, "elder")
    page.get_by_role("button", name="大字").click()
    expect(page.get_by_role("button", name="大字")).to_have_attribute("aria-pressed", "true")
    page.goto(site.url + "noon/")
    expect(page.locator("html.elder")).to_have_count(1)
    started(page, "elder")
    page.get_by_role("button", name="大字").click()
    page.reload()
    expect(page.get_by_role("button", name="大字")).to_have_attribute("aria-pressed", "false")
    expect(page.locator("html.elder")).to_have_count(0)


def test_sharing_copies_the_plain_address(page: Page, context: BrowserContext, site: Server) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.origin)
    page.add_init_script("delete Navigator.prototype.share")
    page.goto(site.url + "matters/kai-fandian/?from=wechat#papers")
    started(page, "share")
    page.get_by_role("button", name="分享").click()
    expect(page.get_by_text("链接已复制，粘贴给对方就行。")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.splitlines()[-1] == site.url + "matters/kai-fandian/"


def test_one_broken_module_stops_no_other(page: Page, site: Server, complaints: Complaints) -> None:
    for module in site.folder.glob("assets/app/*/hall/open-now.js"):
        module.write_text("throw new Error('broken on purpose')")
    page.goto(site.url)
    expect(page.locator('[data-slot="state"]')).to_have_text("工作日 8:30–16:30")
    started(page, "elder")
    page.get_by_role("button", name="大字").click()
    expect(page.locator("html.elder")).to_have_count(1)
    assert any("module open-now did not start" in text for text in complaints)
    complaints.clear()


def test_without_storage_the_page_still_works(page: Page, site: Server) -> None:
    """Private windows and some in-app browsers refuse storage."""
    page.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage'])"
        " Object.defineProperty(window, name, {get() { throw new DOMException('refused', 'SecurityError') }})"
    )
    page.goto(site.url + "matters/kai-fandian/")
    started(page, "checklist", "elder")
    page.get_by_label("申请书").check()
    expect(page.locator('[data-slot="checklist-count"]')).to_have_text("1/3")
    expect(page.get_by_text("这个浏览器存不下勾选")).to_be_visible()
    page.get_by_role("button", name="大字").click()
    expect(page.locator("html.elder")).to_have_count(1)
