"""What the centre says at short notice stands on every page at once, and its hours hold there."""

from __future__ import annotations

import json

from playwright.sync_api import Page, expect

from ..browser.server import Server
from . import day
from .conftest import Open, let_pass, visit

MATTER = "matters/food-business-permit/"
ASKED = "push/v1/announcements"


def banner(page: Page) -> object:
    return page.locator("[data-module=banner]")


def look_again(page: Page, hall: Server) -> None:
    """A quarter of a minute later the page is looked at anew, and asks."""
    let_pass(page, hall, 15 / 60)
    page.evaluate("dispatchEvent(new Event('online'))")
    let_pass(page, hall, 5 / 60)


def test_it_lies_over_the_end_while_somebody_reads_and_in_its_place_afterwards(hall: Server, open_at: Open) -> None:
    hall.push.announced = day.announced(day.announcement("系统故障，窗口办得慢", "下午再来。", url="noon/"))
    page = open_at("")
    said = banner(page)
    expect(said).to_contain_text("公告 · 10:10系统故障，窗口办得慢 下午再来。")
    expect(said).to_have_css("position", "fixed")
    visit(page, hall.url + "queue/")
    expect(said).to_have_css("position", "static")
    expect(said.get_by_role("link", name="详细")).to_have_attribute("href", f"{hall.url}noon/")

    # Closed until the browser is; what corrects it is another.
    said.get_by_role("button", name="知道了").click()
    expect(said).to_be_empty()
    visit(page, hall.url)
    expect(said).to_be_empty()
    hall.push.announced = day.announced(day.announcement("更正：已经恢复", "现在照常办。"))
    look_again(page, hall)
    expect(said).to_contain_text("更正：已经恢复")
    expect(said).not_to_contain_text("系统故障")
    hall.push.announced = day.announced()
    look_again(page, hall)
    expect(said).to_be_empty()


def test_what_is_written_is_text_and_leads_nowhere_else(hall: Server, open_at: Open) -> None:
    bad = "<img src=x onerror=document.title=1><script>document.title=1</script>"
    hall.push.announced = day.announced(
        *(
            day.announcement(bad, bad, id=f"news:{url}", url=url)
            for url in ("javascript:alert(1)", "//elsewhere.test/", "https://elsewhere.test/", "http://[")
        )
    )
    page = open_at("queue/")
    expect(banner(page).locator("b")).to_have_text([bad] * 4)
    assert page.locator("[data-module=banner] :is(img, script, a)").count() == 0
    screen = open_at("screen/", viewport={"width": 1920, "height": 1080})
    expect(screen.locator("[data-slot=notice]")).to_have_text(bad)
    assert screen.locator(".notice :is(img, script)").count() == 0


def test_hours_that_are_announced_hold_everywhere(hall: Server, open_at: Open) -> None:
    written = day.announcement("今天下午停电", kind="closure")
    ours = day.announcement("今天下午不开门", kind="closure", id="closure:2026-11-23")
    usual = day.announcement("今天中午不休息", kind="noon", id="noon:2026-11-23")
    hall.push.announced = day.announced(written, ours, usual, days=(day.SHUT_AT_ONE, day.shut("2026-11-24")))
    page = open_at("")
    # Told once, in the words of who wrote it.
    expect(banner(page).locator("b")).to_have_text(["今天下午停电"])
    state = page.locator("[data-slot=state]")
    expect(state).to_have_text("现在开门 · 到 13:00")
    expect(page.locator("[data-slot=note]")).to_have_text("今天：停电检修")

    visit(page, hall.url + "noon/")
    expect(page.locator("[data-date='2026-11-23'] small")).to_have_text("午间")
    expect(page.locator("[data-date='2026-11-24']")).not_to_have_class("noon")
    expect(page.locator("[data-date='2026-11-24'] small")).to_have_text("不开")
    expect(page.locator("[data-month='2026-11'] > summary small")).to_have_text("午间照常 20 天")
    expect(page.locator("[data-slot=changed-hours] li")).to_have_text(
        ["11月23日周一：08:30–13:00 开门（停电检修）", "11月24日周二：不开门（停电检修）"]
    )

    # On a matter: nobody comes in the afternoon, and what is handed in counts from the day that opens again.
    page.clock.fast_forward("02:00:00")
    hall.clock_ahead += 2 * 3600
    visit(page, hall.url + MATTER)
    expect(page.locator(".arrive")).to_contain_text("现在去不开门。下次开门：11月25日周三 08:30")
    expect(page.locator("[data-slot=due]")).to_contain_text("今天 13:00 关门，从下次开门算")
    expect(page.locator("[data-slot=due]")).to_contain_text("11月25日周三受理 → 最迟")
    page.locator("[data-module=due] input").fill("2026-11-24")
    expect(page.locator("[data-slot=due]")).to_contain_text("11月24日周二不开门")
    expect(page.locator("[data-slot=due]")).to_contain_text("11月25日周三受理 → 最迟")

    # Taken back, the calendar holds again, on a page that is open; and what is told of the queue, which hangs on it.
    hall.push.queue = day.queue("2026-11-23T13:25")
    visit(page, hall.url)
    expect(state).to_have_text("现在休息")
    expect(page.locator("[data-slot=queue]")).to_contain_text("8 人")
    hall.push.announced, hall.push.queue = day.announced(), None
    page.clock.run_for(9700)
    expect(state).to_contain_text("现在开门 · 到 16:30")
    expect(page.locator("[data-slot=queue]")).not_to_contain_text("8 人")


def test_the_screen_tells_it_and_nothing_scrolls(hall: Server, open_at: Open) -> None:
    hall.push.queue = day.queue()
    page = open_at("screen/", viewport={"width": 1920, "height": 1080})
    notice = page.locator(".hall-screen .notice")
    expect(notice.locator("b")).to_be_hidden()
    before = page.evaluate("document.querySelectorAll('*').length")
    hall.push.announced = day.announced(
        day.announcement("今天下午停电，13:00 起不开门，" + "请改天" * 6, "上午和午间照常办。" * 11)
    )
    look_again(page, hall)
    expect(notice).to_contain_text("今天下午停电")
    expect(page.locator("[data-call='2']")).to_be_visible()
    expect(page.locator("[data-call='3']")).to_be_hidden()
    assert page.evaluate("[document.documentElement.scrollHeight, document.documentElement.scrollWidth]") == [
        1080,
        1920,
    ]
    assert page.evaluate("document.querySelectorAll('*').length") == before


def test_without_a_network_the_page_says_as_of_when_it_knows(hall: Server, open_at: Open) -> None:
    hall.push.announced = day.announced(day.announcement("系统故障"), days=(day.SHUT_AT_ONE,))
    page = open_at("")
    told = "临时公告是 11:25 时的，现在连不上网络。"
    expect(page.locator("[data-slot=as-of]")).to_be_hidden()
    hall.stop()
    let_pass(page, hall, 20)
    expect(page.locator("[data-slot=as-of]")).to_have_text(told)
    expect(banner(page)).to_contain_text(told)
    expect(page.locator("[data-slot=state]")).to_have_text("午间服务中 · 到 13:00")


def test_where_nobody_tells_it_is_asked_once(hall: Server, open_at: Open) -> None:
    page = open_at("")
    let_pass(page, hall, 12)
    assert hall.asked(ASKED) == 1
    assert banner(page).inner_html() == ""
    kept = {"at": day.moment(day.SCENE).timestamp() * 1000, "answer": day.announced(day.announcement("系统故障"))}
    page.evaluate("kept => localStorage.setItem('guide-announcements', kept)", json.dumps(kept))
    visit(page, hall.url)
    expect(banner(page)).to_be_empty()
    assert page.evaluate("localStorage.getItem('guide-announcements')") is None
