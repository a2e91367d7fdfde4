"""我的号: what somebody reads from the moment the code is scanned until the number is over."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from ..browser.server import Server
from . import day
from .conftest import Open, let_pass, visit

NAME = f"A023/{day.KEY}"
PAGE = f"ticket/#A023.{day.KEY}"
NOW = "2026-11-23T03:25:00Z"

BELL = """
window.rung = [];
navigator.vibrate = (pattern) => { window.rung.push(pattern.length); return true; };
window.locks = 0;
Object.defineProperty(navigator, "wakeLock", {value: {request: async () => { locks += 1; return {release() { locks -= 1; }}; }}});
"""


def told(page: Page) -> Any:
    return page.locator("[data-slot=ticket]")


def again(page: Page, hall: Server) -> None:
    let_pass(page, hall, 20 / 60)


def test_the_scene(hall: Server, open_at: Open) -> None:
    """At 11:25 with eight ahead, as somebody was told in the hall; then near, called, done."""
    hall.push.tickets[NAME] = day.ticket()
    page = open_at(PAGE, init=BELL)
    expect(told(page).locator(".ahead")).to_have_text("前面 8 人")
    expect(told(page)).to_contain_text("前面 8 人，约 25–40 分钟；中午不休息，能办完，大约 12:10 前办好。")
    expect(told(page)).to_contain_text("1 分钟前更新")
    expect(page).to_have_title("前面 8 人 · A023 · 我的号 · 长春经开区办事指南")
    # The key is behind the #, and in the address of no page that a server sees.
    assert {seen.path for seen in hall.seen if day.KEY in seen.path} == {f"push/v1/tickets/{NAME}"}

    assert page.evaluate("rung") == []
    page.get_by_role("button", name="快到时响铃，屏幕不熄").click()
    expect(page.get_by_text("刚才响的就是")).to_be_visible()
    assert page.evaluate("[rung.length, locks]") == [1, 1]

    hall.push.tickets[NAME] = day.ticket(ahead=3)
    again(page, hall)
    expect(told(page).locator(".ahead")).to_have_text("快到了，前面 3 人")
    expect(told(page)).to_contain_text("请到综合窗口附近等")
    expect(page).to_have_title("快到了 · A023 · 我的号 · 长春经开区办事指南")
    assert page.evaluate("rung.length") == 2
    hall.push.tickets[NAME] = day.ticket(ahead=2)
    again(page, hall)
    expect(told(page).locator(".ahead")).to_have_text("快到了，前面 2 人")
    assert page.evaluate("rung.length") == 2, "near is near"

    hall.push.tickets[NAME] = day.ticket(ahead=0, state="called", window="2", called_at=NOW)
    again(page, hall)
    expect(told(page).locator(".ahead")).to_have_text("请到 2 号窗口")
    expect(page).to_have_title("请到 2 号窗口 · A023 · 我的号 · 长春经开区办事指南")
    assert page.evaluate("rung") == [1, 1, 5]
    expect(page.get_by_role("button", name="我先走了")).to_be_hidden()
    assert told(page).locator(".ahead").evaluate("it => parseFloat(getComputedStyle(it).fontSize)") >= 40

    hall.push.tickets[NAME] = day.ticket(ahead=0, state="served", window="2", called_at=NOW)
    again(page, hall)
    expect(told(page).locator(".ahead")).to_have_text("办好了")
    expect(page.get_by_role("button", name="响铃")).to_be_hidden()
    assert page.evaluate("locks") == 0


STATES = [
    ({"ahead": 0}, ["下一个就是您", "请到综合窗口附近等"]),
    ({"ahead": 3, "called_at": NOW}, ["11:25 叫过，没有人应：过号了，隔 3 人再叫，不用重新取号"]),
    ({"state": "missed", "called_at": NOW}, ["过号了", "不用重新取号", "隔 3 人再叫"]),
    ({"state": "left"}, ["号已经让出去了", "重新取号"]),
    ({"state": "unserved"}, ["今天没有轮到", "下次来重新取号"]),
    ({"age": 20}, ["现在不知道前面几人", "您的号还有效", "11:05 以后没有排队数据"]),
    ({"wait": None, "done_at": None, "done_before_close": None, "without_noon": None}, ["前面 8 人"]),
    ({"done_before_close": "no"}, ["约 25–40 分钟；今天恐怕办不完"]),
    ({"done_before_close": "maybe", "without_noon": "yes"}, ["约 25–40 分钟；大概能办完"]),
]


def test_what_is_told_in_every_state(hall: Server, open_at: Open) -> None:
    page = open_at("ticket/")
    for changes, words in STATES:
        hall.push.tickets[NAME] = day.ticket(**changes)  # type: ignore[arg-type]
        page.goto("about:blank")
        visit(page, hall.url + PAGE)
        for text in words:
            expect(told(page)).to_contain_text(text)
        if changes.get("age"):
            expect(told(page)).not_to_contain_text("8")


@pytest.mark.parametrize(("status", "words"), [(404, "查不到这个号"), (410, "这个号过期了")])
def test_a_key_that_is_wrong_or_of_yesterday(hall: Server, open_at: Open, status: int, words: str) -> None:
    hall.push.tickets[NAME] = status
    page = open_at(PAGE)
    expect(told(page)).to_contain_text(words)
    expect(told(page)).to_contain_text("二维码")
    expect(page.get_by_role("button", name="我先走了")).to_be_hidden()
    assert page.evaluate("localStorage.getItem('guide-ticket')") is None


def test_the_number_is_known_to_this_phone_until_the_day_ends(hall: Server, open_at: Open) -> None:
    hall.push.tickets[NAME] = day.ticket()
    page = open_at("queue/")
    expect(page.get_by_role("link", name="看我的号")).to_have_count(0)
    visit(page, hall.url + PAGE)
    expect(told(page)).to_contain_text("前面 8 人")
    visit(page, hall.url + "ticket/")
    expect(page.get_by_role("link", name="看我的号 A023")).to_be_visible()
    visit(page, hall.url + "queue/")
    page.get_by_role("link", name="看我的号 A023").click()
    expect(told(page)).to_contain_text("前面 8 人")
    # Without network: what was told last, with its age.
    page.context.route("**/push/**", lambda route: route.abort())
    page.reload()
    expect(told(page)).to_contain_text("前面 8 人")
    expect(told(page)).to_contain_text("1 分钟前更新，现在连不上网络")
    visit(page, hall.url + "queue/")
    expect(page.get_by_role("link", name="看我的号 A023")).to_be_visible()
    let_pass(page, hall, 780)
    page.reload()
    expect(page.locator("[data-module=my-ticket][data-started]")).to_be_visible()
    expect(page.get_by_role("link", name="看我的号")).to_have_count(0)
    assert page.evaluate("Object.keys(localStorage).filter(key => key.includes('ticket'))") == []


def test_a_phone_with_a_wrong_date_keeps_its_number(hall: Server, open_at: Open) -> None:
    """And with it that it is being given up."""
    hall.push.tickets[NAME] = day.ticket()
    page = open_at("queue/", local="2026-11-20T11:25")
    hall.clock_ahead += 3 * 86400
    page.evaluate("sessionStorage.clear()")
    visit(page, hall.url + PAGE)
    expect(told(page)).to_contain_text("前面 8 人，约 25–40 分钟")
    for _ in range(2):
        visit(page, hall.url + "queue/")
        expect(page.get_by_role("link", name="看我的号 A023")).to_be_visible()
    # Opened anew by an app that has forgotten the visit.
    page.evaluate("sessionStorage.clear()")
    visit(page, hall.url + "queue/")
    page.get_by_role("link", name="看我的号 A023").click()
    page.context.route("**/leave", lambda route: route.abort())
    page.get_by_role("button", name="我先走了").click()
    page.get_by_role("button", name="让出去").click()
    expect(page.get_by_text("还没有告诉大厅：连上网络会自动再发")).to_be_visible()
    visit(page, hall.url + "queue/")
    page.evaluate("sessionStorage.clear()")
    visit(page, hall.url + PAGE)
    expect(page.get_by_text("还没有告诉大厅：连上网络会自动再发")).to_be_visible()


def test_a_server_that_does_not_know_of_numbers_takes_none_away(hall: Server, open_at: Open) -> None:
    """A proxy says 404 while the push server starts anew: the number is still there."""
    hall.push.tickets[NAME] = day.ticket()
    page = open_at(PAGE)
    expect(told(page)).to_contain_text("前面 8 人")
    page.context.route("**/push/**", lambda route: route.fulfill(status=404, body="<h1>Not Found</h1>"))
    again(page, hall)
    expect(told(page)).to_contain_text("前面 8 人")
    expect(told(page)).to_contain_text("现在连不上网络")
    page.context.unroute("**/push/**")
    hall.push.tickets[NAME] = day.ticket(ahead=5)
    again(page, hall)
    again(page, hall)
    expect(told(page).locator(".ahead")).to_have_text("前面 5 人")


def test_a_bell_that_a_new_page_has_silenced_says_so(hall: Server, open_at: Open) -> None:
    """A phone short of memory loads a page anew that lay open behind another."""
    hall.push.tickets[NAME] = day.ticket()
    page = open_at(PAGE, init=BELL)
    lost = page.get_by_text("这一页重新打开过，铃停了；要响再点一次。")
    toggle = page.get_by_role("button", name="快到时响铃，屏幕不熄")
    expect(lost).to_have_count(0)
    toggle.click()
    page.reload()
    expect(lost).to_be_visible()
    expect(toggle).to_have_attribute("aria-pressed", "false")
    toggle.click()
    expect(page.get_by_text("刚才响的就是")).to_be_visible()
    toggle.click()
    page.reload()
    expect(told(page)).to_contain_text("前面 8 人")
    expect(lost).to_have_count(0)


def test_giving_it_up_is_asked_once_and_told_once(hall: Server, open_at: Open) -> None:
    """Told again after the line was cut, with the same id, also by a page opened anew."""
    hall.push.tickets[NAME] = day.ticket()
    page = open_at(PAGE)
    page.get_by_role("button", name="我先走了").click()
    page.get_by_role("button", name="再等等").click()
    page.get_by_role("button", name="我先走了").click()
    lost: list[str] = []

    def cut(route: Any) -> None:
        lost.append(route.request.post_data_json["id"])
        route.abort()

    page.context.route("**/leave", cut)
    page.get_by_role("button", name="让出去").click()
    expect(page.get_by_text("还没有告诉大厅：连上网络会自动再发")).to_be_visible()
    page.reload()
    expect(page.get_by_text("还没有告诉大厅：连上网络会自动再发")).to_be_visible()
    expect(page.get_by_role("button", name="我先走了")).to_be_hidden()
    page.context.unroute("**/leave")
    let_pass(page, hall, 21 / 60)
    expect(told(page).locator(".ahead")).to_have_text("号已经让出去了")
    [(name, id)] = hall.push.given_up
    assert name == NAME and set(lost) == {id} and len(id) >= 8
    let_pass(page, hall, 2)
    page.reload()
    expect(told(page).locator(".ahead")).to_have_text("号已经让出去了")
    assert len(hall.push.given_up) == 1


def test_giving_it_up_does_not_wait_for_ever_for_an_answer(hall: Server, open_at: Open) -> None:
    hall.push.tickets[NAME] = day.ticket()
    page = open_at(PAGE)
    page.context.route("**/leave", lambda _: None)
    page.get_by_role("button", name="我先走了").click()
    page.get_by_role("button", name="让出去").click()
    expect(page.get_by_text("正在告诉大厅…")).to_be_visible()
    let_pass(page, hall, 25 / 60)
    expect(page.get_by_text("还没有告诉大厅：连上网络会自动再发")).to_be_visible()
    page.context.unroute("**/leave")
    let_pass(page, hall, 21 / 60)
    expect(told(page).locator(".ahead")).to_have_text("号已经让出去了")
