"""The console as staff meet it: real catalogue, real browser, a phone's size."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, Route, expect
from werkzeug.serving import make_server

from push_server import create_app
from push_server.console import passwords
from push_server.published import LOCAL
from push_server.services import Services
from push_server.settings import Settings

NOW = datetime(2026, 11, 23, 11, 20, tzinfo=LOCAL)
PASSWORD = "correct horse battery"
MATTER = "food-business-permit"


@dataclass
class Hall:
    """A running server with two windows, and somebody with all roles at a phone."""

    url: str
    services: Services
    page: Page

    def state(self) -> dict[str, str]:
        tickets = self.services.hall.state(NOW.timestamp()).tickets
        return {number: ticket.state for number, ticket in tickets.items()}


@pytest.fixture(scope="module")
def hall(browser: Browser, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    data = tmp_path_factory.mktemp("console") / "var"
    app = create_app(Settings(site=site, data=data, rate_limits=False), clock=lambda: NOW)
    s: Services = app.extensions["push_server"]
    roles = ["desk", "window", "editor", "admin"]
    s.store.accounts.add("li", "李丽", roles, passwords.hashed(PASSWORD), s.now())
    for window in ("3", "5"):
        s.hall.declare(window, ["acceptance"])
    # Last Friday somebody came at noon.
    friday = datetime(2026, 11, 20, 11, 20, tzinfo=LOCAL).timestamp()
    s.hall.take("friday-take", "acceptance", "machine", friday)
    s.hall.call_next("friday-call", "3", "machine", friday + 1800)
    s.hall.close_days(s.now(), keep_days=30)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context(
        locale="zh-CN", viewport={"width": 360, "height": 740}, service_workers="block", bypass_csp=False
    )
    page = context.new_page()
    url = f"http://127.0.0.1:{server.server_port}/"
    page.goto(f"{url}console/desk")
    page.fill("[name=name]", "li")
    page.fill("[name=password]", PASSWORD)
    page.click("button.main")
    page.wait_for_url("**/console/desk")
    yield Hall(url, s, page)
    context.close()
    server.shutdown()
    server.server_close()
    s.close()


def read_code(place: Locator) -> str:
    """What a scanner reads there."""
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(place.screenshot())))
    return found.text


def list_of_a_citizen(page: Page, url: str) -> str:
    """The address that the citizen's phone shows as a code: one paper ticked."""
    page.goto(f"{url}matters/{MATTER}/")
    page.get_by_role("button", name="给窗口看").wait_for()
    for answer in ("premises=own", "subject=business", "canteen=none", "agent=self"):
        question, option = answer.split("=")
        page.locator(f'[data-situation="{question}"] input[value="{option}"]').check()
    page.locator('input[data-paper="1"]').check()
    page.get_by_role("button", name="给窗口看").click()
    return read_code(page.locator(".carry-dialog .qr"))


def test_from_a_citizens_list_to_the_ticket(hall: Hall) -> None:
    page = hall.page
    address = list_of_a_citizen(page, hall.url)
    # The clerk is quicker than the line.
    held: list[Route] = []
    page.route("**/api/v1/matters.json", lambda route: held.append(route))
    page.goto(f"{hall.url}console/desk")
    page.fill("#query", address)
    page.press("#query", "Enter")
    expect(page.locator("#list")).to_be_hidden()
    held[0].continue_()
    page.unroute("**/api/v1/matters.json")
    expect(page.locator("#list-title")).to_have_text("食品经营许可（新办）")
    expect(page.locator('input[data-paper="1"]')).to_be_checked()
    expect(page.locator('[data-situation="premises"] input[value="own"]')).to_be_checked()
    expect(page.locator('input[data-paper="3"]')).to_be_hidden()  # of organisations only
    verdict = page.locator("#verdict")
    expect(verdict).to_contain_text("还差 ")
    # One paper is there but wrong, and so it goes back to the phone.
    page.get_by_role("button", name="食品经营许可申请书不对").click()
    expect(page.locator('input[data-paper="1"]')).not_to_be_checked()
    page.get_by_role("button", name="还差，转回手机").click()
    expect(page.locator("#lacking ol li").first).to_have_text("食品经营许可申请书（要改）")
    back = read_code(page.locator("#lacking .qr"))
    # Not everything is there: the clerk has to mean it.
    page.get_by_role("button", name="预审通过，取号").click()
    expect(page.locator("#told")).to_contain_text("确实可以受理的，再按一次")
    assert hall.state() == {}
    page.get_by_role("button", name="预审通过，取号").click()
    expect(page.locator("#slip-number")).to_have_text("A001")
    expect(page.locator("#slip")).to_contain_text("中午不休息：11:30–13:00 接着叫号")
    number, _, key = read_code(page.locator("#slip .qr")).removeprefix(f"{hall.url}ticket/#").partition(".")
    assert hall.services.hall.ticket(number, key, NOW.timestamp()) is not None
    # Paper: nothing but the slip, no wider than the roll.
    page.evaluate("document.body.dataset.print = 'slip'")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="预审台")).to_be_hidden()
    expect(page.get_by_role("button", name="打印小票")).to_be_hidden()
    expect(page.locator("#slip-number")).to_be_visible()
    page.emulate_media(media="screen")
    # The phone opens the same list, and says what the desk has found.
    page.goto(back)
    expect(page.locator("[data-slot=received]")).to_contain_text("预审台看过，要改：「食品经营许可申请书」")
    expect(page.locator("[data-slot=verdict]")).to_contain_text("还差 ")


def test_a_list_with_two_changes_lies_on_the_desk_with_both(hall: Hall) -> None:
    page = hall.page
    page.goto(f"{hall.url}matters/company-change-registration/")
    page.get_by_role("button", name="给窗口看").wait_for()
    for option in ("legal", "address"):
        page.locator(f'[data-situation="what"] input[value="{option}"]').check()
    page.get_by_role("button", name="给窗口看").click()
    address = read_code(page.locator(".carry-dialog .qr"))
    page.goto(f"{hall.url}console/desk")
    page.fill("#query", address)
    page.press("#query", "Enter")
    expect(page.locator("[data-situation=what] input:checked")).to_have_count(2)
    for name in ("新任法定代表人任职文件", "新住所使用证明"):
        expect(page.locator("#papers li:visible", has_text=name)).to_have_count(1)
    expect(page.locator("#papers li:visible", has_text="股权转让协议")).to_have_count(0)


def test_the_desk_is_told_what_is_not_done_at_its_windows(hall: Hall) -> None:
    page = hall.page
    page.goto(f"{hall.url}console/desk")
    page.fill("#query", "银行预约开户")
    page.locator("#found button").first.click()
    expect(page.locator("#received")).to_have_text("这件事不在窗口办：您选的商业银行。")


def test_somebody_without_a_phone(hall: Hall) -> None:
    page = hall.page
    page.goto(f"{hall.url}console/desk")
    page.locator("#query").press_sequentially("护士")
    page.locator("#found button").first.click()
    expect(page.locator("#list-title")).to_contain_text("护士")
    page.get_by_role("button", name="‹ 换一件事").click()
    page.get_by_role("button", name="不选事项，直接取号").click()
    page.get_by_role("button", name="预审通过，取号").click()
    expect(page.locator("#slip-number")).to_have_text("A002")
    page.get_by_role("button", name="下一位").click()
    # A bare code is as good as the address, and a spoiled one is told.
    page.fill("#query", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
    page.press("#query", "Enter")
    expect(page.locator("#told")).to_contain_text("读不出来")


def test_a_press_on_a_bad_line_counts_once(hall: Hall) -> None:
    page = hall.page
    s = hall.services
    for number in range(3, 6):
        s.hall.take(f"taken-{number:04}", "acceptance", "machine", NOW.timestamp())
    page.goto(f"{hall.url}console/window/3")
    told = page.locator("#told")
    page.get_by_role("button", name="开始", exact=True).click()
    # A hasty finger: two taps are one call.
    page.get_by_role("button", name="叫下一位").dblclick()
    expect(page.locator("#number")).to_have_text("A001")
    expect(page.locator("#matter")).to_contain_text("食品经营许可（新办） · 业务受理窗口（综合窗口） · 预审过")
    expect(page.locator("#papers summary")).to_have_text("材料 18 件")
    # The server hears it, its answer is lost; the page is loaded anew while it waits.
    page.route("**/window/3/next", lambda route: (route.fetch(), route.abort()))
    page.get_by_role("button", name="叫下一位").click()
    expect(told).to_contain_text("网络不好，“叫下一位”还在重发…")
    expect(page.get_by_role("button", name="叫下一位")).to_be_disabled()
    page.reload()
    expect(told).to_contain_text("网络不好，“叫下一位”还在重发…")
    page.unroute("**/window/3/next")
    expect(told).to_be_hidden()
    expect(page.locator("#number")).to_have_text("A002")
    called = [number for number, state in hall.state().items() if state != "waiting"]
    assert called == ["A001", "A002"]
    # Pressed by mistake, and taken back.
    page.get_by_role("button", name="过号", exact=True).click()
    page.get_by_role("button", name="撤回：A002 过号").click()
    expect(page.locator("#number")).to_have_text("A002")
    expect(page.locator("#undo")).to_have_text("撤回：A002 叫号")
    page.locator("#pause summary").click()
    page.get_by_role("button", name="10 分钟").click()
    expect(page.locator("#state")).to_have_text("暂停到 11:30")
    page.get_by_role("button", name="接着办").click()
    expect(page.locator("#state")).to_have_text("在办")
    # What was is not painted as if it were so now.
    page.route("**/window/3/state", lambda route: route.abort())
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("#state")).to_contain_text("连不上")
    expect(page.locator("#window")).to_have_attribute("data-state", "away")
    sizes = page.locator("#buttons button:visible").evaluate_all("all => all.map(one => one.offsetHeight)")
    assert len(sizes) >= 2 and min(sizes) >= 56


def test_the_editor_shows_what_people_will_see(hall: Hall) -> None:
    page = hall.page
    page.goto(f"{hall.url}console/announcements")
    page.get_by_role("link", name="系统故障、窗口慢").click()
    look = page.locator("#look")
    expect(look.locator(".push-title")).to_have_text("系统故障，窗口办得慢")
    expect(page.locator("[name=day]")).to_be_hidden()
    page.fill("[name=title]", "今天下午闭馆")
    expect(look.locator(".push-title")).to_have_text("今天下午闭馆")
    # Hours: the clock speaks, and says what.
    page.get_by_label("改某一天的开放时间").check()
    expect(page.locator("[name=audience]").first).to_be_hidden()
    page.fill("[name=day]", "2026-11-23")
    page.fill("[name=spans-0-opens]", "08:30")
    page.fill("[name=spans-0-closes]", "13:00")
    page.get_by_label("原因").fill("消防演练")
    expect(look.locator(".push-title")).to_have_text("今天下午不开门")
    expect(look.locator(".push-body")).to_have_text("今天只在 08:30–13:00 开门。原因：消防演练。")
    expect(look.locator(".banner-title")).to_have_text("今天下午闭馆")
    expect(look).to_contain_text("发给要知道开门时间变化的人：现在没有人")
    # On a bad line the preview is old, and says so.
    page.route("**/announcements/look", lambda route: route.abort())
    page.get_by_label("原因").fill("停电")
    expect(page.locator("#look-late")).to_be_visible()
    page.unroute("**/announcements/look")
    page.fill("[name=spans-0-opens]", "")
    page.get_by_role("button", name="提交，请人同意").click()
    expect(page.locator("#hours-wrong")).to_contain_text("每一段都要写从几点到几点")
    page.fill("[name=spans-0-opens]", "08:30")
    page.get_by_role("button", name="提交，请人同意").click()
    expect(page.get_by_text("自己写的公告不能自己同意")).to_be_visible()
    (notice,) = hall.services.notices.listing()
    assert (notice.state, notice.body, notice.day) == ("submitted", "停电", "2026-11-23")
    hall.services.notices.cancel(notice.id, "staff:li")


PAGES = (
    "",
    "announcements",
    "announcements/new?preset=noon-off",
    "announcements/new?preset=slow",
    "announcements/{notice}",
    "announcements/{notice}/cancel",
    "sending",
    "desk",
    "window/",
    "window/3",
    "months",
    "windows",
    "accounts",
    "accounts/li",
    "tablets",
    "tokens",
    "audit",
    "me",
)


LINES = """all => all.map(it => {
  const range = document.createRange();
  range.selectNodeContents(it);
  return range.getClientRects().length;
})"""


def test_axe_finds_nothing_and_nothing_sticks_out(browser: Browser, hall: Hall) -> None:
    context = browser.new_context(
        locale="zh-CN", viewport={"width": 360, "height": 740}, bypass_csp=True, service_workers="block"
    )
    context.add_cookies(hall.page.context.cookies())  # type: ignore[arg-type]
    page = context.new_page()
    found, wide = [], []
    values = {"title": "停水", "expires_at": hall.services.now() + 3600}
    notice = hall.services.notices.draft(values, "token:website", submit=True).id
    for path in (*(path.format(notice=notice) for path in PAGES), "sign-in"):
        if path == "sign-in":
            context.clear_cookies()
        page.goto(f"{hall.url}console/{path}")
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(path)
        if path == "audit":
            # A moment stands in one line; the table is moved sideways in its frame.
            lines = page.locator("tbody td:first-child").evaluate_all(LINES)
            assert lines and set(lines) == {1}
        page.evaluate(Axe().axe_script)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            rules = {"resultTypes": ["violations"]} if scheme == "light" else {"runOnly": ["color-contrast"]}
            violations = page.evaluate("rules => axe.run(rules).then(({ violations }) => violations)", rules)
            found += [(path, scheme, rule["id"], node["html"]) for rule in violations for node in rule["nodes"]]
    context.close()
    assert found == [] and wide == []


def test_a_press_outlives_the_session(hall: Hall) -> None:
    """Signed out meanwhile: it waits until somebody has signed in again."""
    page = hall.page
    s = hall.services
    page.goto(f"{hall.url}console/window/5")
    page.get_by_role("button", name="开始", exact=True).wait_for()
    s.store.staff_sessions.end_all("li")
    page.get_by_role("button", name="开始", exact=True).click()
    expect(page.locator("#told")).to_contain_text("登录到期了，请重新登录。“开始”还没有发出去")
    page.locator("#told a").click()
    page.fill("[name=name]", "li")
    page.fill("[name=password]", PASSWORD)
    page.click("button.main")
    page.wait_for_url("**/console/window/5")
    expect(page.locator("#state")).to_have_text("在办")
