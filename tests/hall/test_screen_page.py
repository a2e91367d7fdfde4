"""大屏: readable from eight metres, and right after days without anybody near it."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from playwright.sync_api import Page, expect

from ..browser.conftest import until
from ..browser.server import Server
from . import day
from .conftest import Open, let_pass

TV = {"viewport": {"width": 1920, "height": 1080}}
VOICE = """
window.said = [];
window.speaking = [];
class Utterance { constructor(text) { this.text = text; } }
window.SpeechSynthesisUtterance = Utterance;
Object.defineProperty(window, "speechSynthesis", {value: {
  speak(one) { said.push(one.text); speaking.push(one); },
  cancel() {},
}});
window.finish = () => speaking.shift().onend();
"""


def later(local: str, seconds: int, *tickets: tuple[str, str], **changes: Any) -> dict[str, Any]:
    """The queue when ``tickets`` (number, window) were called ``seconds`` ago, besides those before."""
    at = day.iso(day.moment(local))
    calls = [{"ticket": ticket, "window": window, "at": at} for ticket, window in tickets]
    answer = day.queue(local, seconds / 60, **changes)
    answer["counters"][0]["called"] = (calls + day.counter(local, 3)["called"])[:8]
    return answer


def nodes(page: Page) -> int:
    return page.evaluate("document.querySelectorAll('*').length")


def test_numbers_are_large_and_nothing_scrolls(hall: Server, open_at: Open) -> None:
    hall.push.queue = day.queue()
    page = open_at("screen/", **TV)
    calls = page.locator("[data-call]")
    expect(calls).to_have_text(["A015 2 号窗口", "A014 3 号窗口", "A013 1 号窗口", "A012 2 号窗口"])
    assert (
        min(calls.locator("b").evaluate_all("all => all.map(it => parseFloat(getComputedStyle(it).fontSize))")) >= 108
    )
    line = page.locator("[data-kind=acceptance]")
    expect(line).to_contain_text("8 人在等")
    expect(line).to_contain_text("约 25–40 分钟")
    expect(line).to_contain_text("A016 A017 A018 A019 A020 A021")
    expect(line).to_contain_text("开着 2、3 号")
    expect(line).to_contain_text("暂停 1 号（到 11:45）")
    expect(page.get_by_text("中午不休息：11:30–13:00，1 个咨询、2 个受理窗口照常办")).to_be_visible()
    expect(page.locator("[data-slot=time]")).to_have_text("11:25")
    expect(page.locator("header.top, footer.foot, nav.bar")).to_have_count(0)
    fits = "([...document.querySelectorAll('.hall-screen, .hall-screen *')].filter(it => it.scrollHeight > it.clientHeight + 1 && it.clientHeight && getComputedStyle(it).display !== 'inline' && getComputedStyle(it).overflow !== 'visible').map(it => it.className || it.tagName))"
    assert page.evaluate(fits) == []
    assert page.evaluate("[document.documentElement.scrollHeight, document.documentElement.scrollWidth]") == [
        1080,
        1920,
    ]


def test_no_window_is_cut_off(hall: Server, open_at: Open) -> None:
    """Whoever is called has to see where to go: on other screens, and at windows with long numbers."""
    hall.push.queue = later(day.SCENE, 5, ("A1023", "12"), ("A1022", "10"))
    page = open_at("screen/", **TV)
    expect(page.locator("[data-call='0']")).to_have_text("A1023 12 号窗口")
    cut = """[...document.querySelectorAll('[data-call]')].filter((it) => {
        const { right, bottom } = it.lastElementChild.getBoundingClientRect();
        return right > it.getBoundingClientRect().right + 1 || bottom > it.parentNode.getBoundingClientRect().bottom + 1;
    }).map((it) => it.textContent)"""
    for width, height in ((1920, 1080), (1366, 768), (1280, 800), (1280, 1024), (1024, 768), (360, 740)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(cut) == [], (width, height)


def test_it_says_when_it_is_cut_off_and_comes_back(hall: Server, open_at: Open) -> None:
    hall.push.queue = day.queue("2026-11-23T10:44")
    page = open_at("screen/", "2026-11-23T10:44", **TV)
    first = page.locator("[data-call='0']")
    expect(first).to_have_text("A015 2 号窗口")
    expect(page.locator("[data-slot=noon]")).to_be_hidden()
    before = nodes(page)
    hall.stop()
    let_pass(page, hall, 16)
    expect(page.get_by_text("排队数据断了 · 10:42")).to_be_visible()
    expect(page.get_by_text("A015")).to_be_hidden()
    expect(page.locator("[data-kind=acceptance]")).not_to_contain_text("人在等")
    hall.start()
    hall.push.queue = later("2026-11-23T11:00", 10, ("A020", "3"))
    let_pass(page, hall, 20 / 60)
    expect(first).to_have_text("A020 3 号窗口")
    expect(page.locator("[data-slot=broken]")).to_be_hidden()
    assert nodes(page) == before


def test_days_pass(hall: Server, open_at: Open) -> None:
    """Night, another date, another day's numbers; not an element more."""
    hall.push.queue = day.queue("2026-11-23T16:20")
    page = open_at("screen/", "2026-11-23T16:20", **TV)
    expect(page.locator("[data-slot=date]")).to_have_text("11月23日 周一")
    before = nodes(page)
    let_pass(page, hall, 100)
    expect(page.locator("[data-slot=hours]")).to_contain_text("现在休息")
    expect(page.locator("[data-slot=broken]")).to_be_hidden()
    expect(page.locator("[data-call='0']")).to_have_text("")
    page.clock.fast_forward("15:00:00")
    let_pass(page, hall, 20 / 60)
    expect(page.locator("[data-slot=date]")).to_have_text("11月24日 周二")
    expect(page.locator("[data-slot=broken]")).to_have_text("今天还没有排队数据")
    hall.push.queue = later("2026-11-24T09:01", 10, ("A002", "2"))
    let_pass(page, hall, 20 / 60)
    expect(page.locator("[data-call='0']")).to_have_text("A002 2 号窗口")
    assert nodes(page) == before


def test_every_call_is_said_once_one_after_the_other(hall: Server, open_at: Open) -> None:
    hall.push.queue = day.queue()
    page = open_at("screen/", init=VOICE, **TV)
    page.get_by_role("button", name="语音叫号：关").click()
    expect(page.get_by_role("button", name="语音叫号：开")).to_have_attribute("aria-pressed", "true")
    let_pass(page, hall, 10 / 60)
    assert page.evaluate("said") == [], "what was called before anybody listened"

    hall.push.queue = later(day.SCENE, 1, ("A017", "3"), ("A016", "2"))
    let_pass(page, hall, 20 / 60)
    expect(page.locator("[data-call='0'] b")).to_have_text("A017")
    said = page.evaluate("said")
    assert len(said) == 1, "one after the other"
    page.evaluate("finish()")
    assert sorted(page.evaluate("said")) == ["请 A016 到 2 号窗口", "请 A017 到 3 号窗口"]
    page.evaluate("finish()")
    let_pass(page, hall, 20 / 60)
    assert page.evaluate("said.length") == 2

    # Loaded anew, it says nothing again; what came meanwhile it does.
    hall.push.queue = later("2026-11-23T11:26", 1, ("A018", "2"))
    page.reload()
    expect(page.get_by_role("button", name="语音叫号：开")).to_be_visible()
    expect(page.locator("[data-call='0'] b")).to_have_text("A018")
    assert page.evaluate("said") == ["请 A018 到 2 号窗口"]


def test_a_browser_that_wants_a_tap_first_is_given_one(hall: Server, open_at: Open) -> None:
    hall.push.queue = day.queue()
    page = open_at("screen/", init=VOICE, **TV)
    page.get_by_role("button", name="语音叫号：关").click()
    hall.push.queue = later(day.SCENE, 1, ("A016", "2"))
    let_pass(page, hall, 20 / 60)
    until(page, lambda: page.evaluate("speaking.length"))
    page.evaluate("speaking.shift().onerror({error: 'not-allowed'})")
    page.get_by_role("button", name="语音叫号：点一下才响").click()
    hall.push.queue = later("2026-11-23T11:26", 1, ("A017", "2"))
    let_pass(page, hall, 20 / 60)
    until(page, lambda: page.evaluate("said.length") == 2)
    assert page.evaluate("said") == ["请 A016 到 2 号窗口", "请 A017 到 2 号窗口"]
    expect(page.get_by_role("button", name="语音叫号：开")).to_be_visible()


def test_a_new_release_is_taken_up(hall: Server, open_at: Open) -> None:
    hall.push.queue = day.queue()
    page = open_at("screen/", **TV)
    page.evaluate("document.body.dataset.before = 'yes'")
    before = page.locator("body[data-before]")
    let_pass(page, hall, 11)
    expect(before).to_have_count(1)
    page.route("**/api/v1/release.json", lambda route: route.fulfill(json={"id": "0123456789abcdef"}))
    # Within half an hour, as somebody in the hall sees it; it looks every ten minutes.
    for _ in range(3):
        page.clock.run_for("00:10:00")
        with suppress(AssertionError):
            expect(before).to_have_count(0, timeout=10000)
            break
    expect(before).to_have_count(0)
    expect(page.locator("[data-call='0']")).to_be_attached()
