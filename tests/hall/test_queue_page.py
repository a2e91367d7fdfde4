"""排队, home and a matter: how many wait, how long, how old that is, and whether one comes in time."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from ..browser.server import Server
from . import day
from .conftest import Open, let_pass, visit

MATTER = "matters/food-business-permit/"
OLD = {
    "counters": [{"kind": "acceptance", "waiting": 8, "serving": "A015", "reported_at": "2026-11-23T03:23:00Z"}],
}
"""What a push server told before it knew of tickets."""
SHUT = "现在不开门，不用排队先看要带什么材料：在“想办什么”里找"


def look_again(page: Page) -> None:
    page.evaluate("dispatchEvent(new Event('online'))")


def test_home_tells_the_line_how_long_and_what_noon_changes(hall: Server, open_at: Open) -> None:
    hall.push.queue = day.queue()
    page = open_at("")
    lines = page.locator("[data-slot=queue]")
    expect(lines.locator("b")).to_have_text("综合窗口 前面 8 人")
    expect(lines.locator("span")).to_have_text(["约等 25–40 分钟 · 2 分钟前更新", "中午不休息，能办完"])
    expect(page.get_by_text("演示数据")).to_have_count(0)
    page.get_by_role("link", name="现在去来得及吗").click()
    expect(page.locator("h1")).to_have_text("排队")


def test_what_is_made_up_says_so_wherever_it_is_shown(hall: Server, open_at: Open) -> None:
    hall.push.queue = day.queue(demo=True)
    hall.push.tickets[f"A023/{day.KEY}"] = day.ticket(demo=True)
    page = open_at("")
    for path in ("", "queue/", MATTER, f"ticket/#A023.{day.KEY}", "screen/"):
        page.goto("about:blank")
        visit(page, hall.url + path)
        expect(page.get_by_text("演示数据").first).to_be_visible()


def test_a_number_of_the_demonstration_is_borrowed_to_try_it(hall: Server, open_at: Open) -> None:
    hall.push.queue = day.queue(demo=True)
    page = open_at("queue/")
    borrow = page.get_by_role("button", name="借一个演示号试试")
    borrow.click()
    expect(page.get_by_role("status").filter(has_text="没有取到演示号")).to_be_visible()
    page.context.route("**/tickets/demo", lambda _: None)
    borrow.click()
    expect(page.get_by_role("status").filter(has_text="正在取号")).to_be_visible()
    let_pass(page, hall, 25 / 60)
    expect(page.get_by_role("status").filter(has_text="没有取到演示号")).to_be_visible()
    page.context.unroute("**/tickets/demo")
    hall.push.tickets[f"A023/{day.KEY}"] = day.ticket(demo=True)
    hall.push.borrowed = f"ticket/#A023.{day.KEY}"
    borrow.click()
    expect(page.locator("h1")).to_have_text("我的号")
    expect(page.locator("[data-module=ticket]")).to_contain_text("A023")
    hall.push.queue = day.queue()
    visit(page, f"{hall.url}queue/")
    expect(page.locator("[data-kind=acceptance]")).to_contain_text("8 人在等")
    expect(borrow).to_have_count(0)


def test_after_a_quarter_of_an_hour_no_number_is_told(hall: Server, open_at: Open) -> None:
    hall.push.queue = day.queue("2026-11-23T10:44")
    page = open_at("queue/", "2026-11-23T10:44")
    told = page.locator("[data-kind=acceptance]")
    expect(told).to_contain_text("8 人在等")
    hall.stop()
    let_pass(page, hall, 331 / 60)
    expect(told).to_contain_text("7 分钟前更新，现在连不上网络")
    let_pass(page, hall, 571 / 60)
    expect(told).to_contain_text("10:42 以后没有排队数据")
    for number in ("8 人", "25–40", "A015", "A016"):
        expect(told).not_to_contain_text(number)
    page.goto("about:blank")
    hall.start()
    hall.push.queue = day.silent("2026-11-23T10:58", 16)
    visit(page, hall.url)
    expect(page.locator("[data-slot=queue]")).to_have_text("综合窗口 10:42 以后没有排队数据")


def test_a_card_tells_the_whole_line(hall: Server, open_at: Open) -> None:
    hall.push.queue = day.queue()
    page = open_at("queue/")
    card = page.locator("[data-kind=acceptance]")
    expect(card.locator(".ahead")).to_have_text("8 人在等现在取号约等 25–40 分钟2 分钟前更新")
    expect(card.locator(".calls li")).to_have_text(["A015 2 号窗口", "A014 3 号窗口", "A013 1 号窗口", "A012 2 号窗口"])
    expect(card).to_contain_text("下面叫 A016、A017、A018、A019、A020、A021")
    expect(card.locator(".windows li")).to_have_text(["1 号窗口 暂停到 11:45", "2 号窗口 开着", "3 号窗口 开着"])
    words = "今天最多 13 人在等（10:00），11:20 有 7 人"
    expect(card.get_by_role("img", name=words)).to_be_visible()
    expect(card.locator("figcaption")).to_have_text(words)
    assert card.locator("polyline").get_attribute("points").count(",") == 18  # type: ignore[union-attr]
    expect(card.locator(".verdict")).to_have_text("能办完")


def test_an_older_server_tells_the_number_alone(hall: Server, open_at: Open) -> None:
    hall.push.queue = OLD
    page = open_at("queue/")
    card = page.locator("[data-kind=acceptance]")
    expect(card.locator(".ahead")).to_have_text("8 人在等2 分钟前更新")
    expect(card.locator(".calls")).to_have_text("A015")
    expect(card.locator("select")).to_be_hidden()
    visit(page, hall.url)
    expect(page.locator("[data-slot=queue]")).to_have_text("综合窗口 前面 8 人 · 正在叫 A015 · 2 分钟前更新")
    visit(page, hall.url + MATTER)
    expect(page.locator("[data-slot=arrive]")).to_contain_text("综合窗口前面 8 人（2 分钟前更新）")
    expect(page.locator("[data-slot=arrive] select")).to_be_hidden()


def test_while_the_doors_are_shut_nobody_is_said_to_wait(hall: Server, open_at: Open) -> None:
    """Where nobody tells how many wait: by day it can be asked, at night there is something better to do."""
    line = "[data-slot=queue]"
    page = open_at("", "2026-11-23T10:00")
    expect(page.locator(line)).to_have_text("现在有多少人在等，打 12345 问；人在大厅，看大屏。")
    page = open_at("", "2026-11-23T16:29:30")
    expect(page.locator(line)).to_contain_text("现在有多少人在等")
    let_pass(page, hall, 1)
    expect(page.locator(line)).to_have_text(SHUT)
    hall.push.queue = day.silent("2026-11-23T20:00", 240) | {"demo": True}
    page = open_at("", "2026-11-23T20:00")
    expect(page.locator(line)).to_have_text(SHUT)


def test_where_nobody_tells_how_many_wait_the_doors_are_told_of(hall: Server, open_at: Open) -> None:
    words = "现在去不开门。下次开门：明天（11月24日周二）08:30（待中心确认）。"
    card = "[data-kind=acceptance]"
    page = open_at("queue/", "2026-11-23T12:59")
    expect(page.locator(card)).to_contain_text("在岗，之后照常办公，到 16:30（关门时间待中心确认）。")
    page = open_at("queue/", "2026-11-23T16:29:30")
    expect(page.locator(card)).to_contain_text("现在开门 · 到 16:30（关门时间待中心确认），下次开门：明天")
    expect(page.locator(card)).to_contain_text("现在有多少人在等")
    let_pass(page, hall, 1)
    expect(page.locator(card)).to_contain_text(words)
    expect(page.locator(card)).not_to_contain_text("现在有多少人在等")
    hall.push.queue = day.silent("2026-11-23T20:00", 240)
    page = open_at("queue/", "2026-11-23T20:00")
    expect(page.locator(card)).to_contain_text("今天的排队结束了")
    expect(page.locator(card)).to_contain_text(words)


def test_nobody_tells_any_more(hall: Server, open_at: Open) -> None:
    """Neither the last number stays, nor what was kept of it."""
    hall.push.queue = day.queue()
    page = open_at("queue/")
    card = page.locator("[data-kind=acceptance]")
    expect(card).to_contain_text("8 人在等")
    hall.push.queue = None
    let_pass(page, hall, 0.5)
    expect(card).to_contain_text("现在有多少人在等，打 12345 问")
    assert page.evaluate("localStorage.getItem('guide-queue')") is None


def test_a_phone_without_network_knows_the_last_answer(hall: Server, open_at: Open) -> None:
    hall.push.queue = day.queue()
    page = open_at("queue/")
    expect(page.locator("[data-kind=acceptance]")).to_contain_text("8 人在等")
    page.context.route("**/push/**", lambda route: route.abort())
    page.reload()
    expect(page.locator("[data-kind=acceptance] .ahead")).to_contain_text("8 人在等")
    expect(page.locator("[data-kind=acceptance] .ahead")).to_contain_text("2 分钟前更新，现在连不上网络")


def test_coming_in_time_for_a_matter(hall: Server, open_at: Open) -> None:
    """The way that was chosen is remembered."""
    hall.push.queue = day.queue("2026-11-23T14:00")
    page = open_at(MATTER, "2026-11-23T14:00")
    box = page.locator("[data-slot=arrive]")
    expect(box.locator(".verdict")).to_have_text("能办完")
    # Two minutes less in the middle, three at the latest, than a turn at this counter.
    expect(box).to_contain_text("前面 8 人，约 25–40 分钟；能办完，大约 14:45 前办好")
    page.get_by_label("路上要多久").select_option("30")
    expect(box).to_contain_text("14:30 到，前面 6 人，约 18–31 分钟；能办完，大约 15:10 前办好")
    visit(page, hall.url + "queue/")
    expect(page.get_by_label("路上要多久")).to_have_value("30")
    hall.push.queue = None
    visit(page, hall.url + MATTER)
    expect(page.locator("[data-slot=arrive]")).to_contain_text("现在开着：今天办公到 16:30")
    expect(page.get_by_label("路上要多久")).to_be_hidden()


def test_it_is_asked_less_often_while_nothing_changes_and_not_while_nobody_looks(hall: Server, open_at: Open) -> None:
    hall.push.queue = day.queue()
    page = open_at("queue/")

    def asked_within(minutes: int) -> int:
        before = hall.asked("push/v1/queue")
        for _ in range(minutes * 3):
            let_pass(page, hall, 20 / 60)
        return hall.asked("push/v1/queue") - before

    assert hall.asked("push/v1/queue") == 1
    assert 3 <= asked_within(4) <= 6, "every twenty seconds it would be twelve times"
    assert hall.unchanged >= 3
    page.evaluate("Object.defineProperty(document, 'visibilityState', {value: 'hidden', configurable: true})")
    let_pass(page, hall, 10)
    asked = hall.asked("push/v1/queue")
    let_pass(page, hall, 10)
    assert hall.asked("push/v1/queue") == asked
    page.evaluate(
        "Object.defineProperty(document, 'visibilityState', {value: 'visible', configurable: true});"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )
    expect(page.locator("[data-kind=acceptance]")).to_contain_text("11:23 以后没有排队数据")
    let_pass(page, hall, 20 / 60)
    hall.push.queue = day.queue("2026-11-23T11:49", waiting=5)
    look_again(page)
    expect(page.locator("[data-kind=acceptance]")).to_contain_text("5 人在等")
