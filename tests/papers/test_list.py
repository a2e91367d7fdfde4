"""The personal list of papers as its user meets it: real catalogue, real browser, phone size."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from generator.catalog.parts import Catalogue
from generator.catalog.when import holds, parse
from tests.papers.listing import answer_all, link_of, ready
from tests.phone import call

MATTER = "foreign-invested-company-registration"
"""The article's own case of a paper that follows later."""


def test_what_is_ticked_before_the_script_comes_is_kept(open_page: Any) -> None:
    page: Page = open_page("")
    waiting: list[Route] = []
    page.route("**/main.js", lambda route: waiting.append(route))
    page.goto(f"{page.url}matters/{MATTER}/", wait_until="commit")
    page.locator('[data-paper="1"]').check()
    page.locator('[data-paper="2"]').check()
    page.locator('[data-paper="2"]').uncheck()
    expect(page.locator("[data-module=checklist][data-started]")).to_have_count(0)
    page.unroute("**/main.js")
    for route in waiting:
        route.continue_()
    ready(page)
    expect(page.locator('[data-paper="1"]')).to_be_checked()
    page.reload()
    ready(page)
    expect(page.locator('[data-paper="1"]')).to_be_checked()
    expect(page.locator('[data-paper="2"]')).not_to_be_checked()


def test_from_questions_to_the_counter(open_page: Any, real: Catalogue) -> None:
    matter = real.matters["food-business-permit"]
    page: Page = open_page("matters/food-business-permit/")
    ready(page)
    verdict = page.locator("[data-slot=verdict]")
    expect(verdict).to_be_hidden()
    first = {item.id: item.options[0].id for item in matter.situations}
    start = dict(list(first.items())[:2])
    answer_all(page, start)
    needed = {name for line in matter.materials if (name := line.when) and holds(parse(name), start) is None}
    assert needed
    expect(verdict).to_have_text(re.compile("^先回答 [1-9] 个问题，才知道还差什么$"))

    answer_all(page, first)
    listed = [(n, line) for n, line in enumerate(matter.materials, 1) if holds(parse(line.when), first) and line.needed]
    boxes = page.locator("input[data-paper]:visible")
    expect(boxes).to_have_count(len(listed))
    at_window = [n for n, line in listed if line.needed == "window"]
    names = {n: re.sub("（[^）]*）", "", line.name) if len(line.name) > 14 else line.name for n, line in listed}
    later = f"。现场核验前再备 {len(listed) - len(at_window)} 件"
    expect(verdict).to_have_text(f"还差 {len(at_window)} 件：{'；'.join(names[n] for n in at_window)}{later}")
    goal = page.locator("[data-slot=counter]")
    expect(goal).to_be_hidden()
    for n in at_window:
        page.locator(f'[data-paper="{n}"]').check()
    expect(verdict).to_contain_text("材料齐了，可以去咨询区预审，通过后取号")
    expect(goal).to_contain_text("去：")
    page.locator("[data-slot=counter] a").click()
    expect(page).to_have_url(re.compile("/hall/#.+"))

    # Home knows the list, and it is still as it was.
    page.goto(page.url.split("hall/")[0])
    mine = page.get_by_role("link", name=f"我的材料：{matter.name}")
    expect(mine).to_contain_text("可以去预审了")
    mine.click()
    expect(verdict).to_contain_text("材料齐了")
    expect(page.locator(f'[data-paper="{at_window[0]}"]')).to_be_checked()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_questions_that_decide_nothing_any_more_are_not_asked(open_page: Any) -> None:
    page: Page = open_page("matters/small-restaurant/")
    ready(page)
    summary, asked = page.locator(".questions summary"), page.locator("[data-situation]:visible")
    expect(asked).to_have_count(4)
    expect(asked.first).to_contain_text("办理哪种？")
    answer_all(page, {"premises": "rent", "kind": "cancel"})
    # Who gives up a licence needs no premises and no address on the web.
    expect(asked).to_have_count(2)
    expect(summary).to_have_text("还有 1 个问题没答")
    answer_all(page, {"agent": "self"})
    expect(summary).to_have_text("您的情形：办理哪种？注销；本人、法定代表人或者负责人亲自办理（点这里改）")
    expect(page.locator("[data-slot=verdict]")).to_have_text(re.compile("^还差 "))
    page.get_by_role("button", name="给窗口看").click()
    expect(page.get_by_role("dialog")).not_to_contain_text("租用房屋")
    page.get_by_role("button", name="关上").click()
    # The answers are kept for those who change their mind.
    answer_all(page, {"kind": "new"})
    expect(asked).to_have_count(4)
    expect(page.locator('[data-situation="premises"] input[value="rent"]')).to_be_checked()


def test_a_list_is_forgotten_and_comes_back(open_page: Any) -> None:
    page: Page = open_page("matters/construction-permit/")
    ready(page)
    page.locator("[data-paper]:visible").first.check()
    page.goto(page.url.split("matters/")[0])
    lists = page.locator(".mine a")
    expect(lists).to_have_count(1)
    page.get_by_role("button", name="移除").click()
    expect(lists).to_have_count(0)
    page.get_by_role("button", name="撤销").click()
    expect(lists).to_have_count(1)
    page.reload()
    expect(lists).to_have_count(1)


def test_a_link_carries_the_list_and_replaces_nothing_unasked(open_page: Any, real: Catalogue) -> None:
    matter = real.matters["food-business-permit"]
    given = {item.id: item.options[-1].id for item in matter.situations}
    sender: Page = open_page("matters/food-business-permit/")
    ready(sender)
    answer_all(sender, given)
    boxes = sender.locator("[data-paper]:visible")
    boxes.nth(0).check()
    boxes.nth(2).check()
    ticked = [box.get_attribute("data-paper") for box in sender.locator("[data-paper]:checked").all()]
    told = sender.locator("[data-slot=verdict]").text_content()
    link = link_of(sender)
    assert len(link.encode()) <= 200

    receiver: Page = open_page("matters/food-business-permit/")
    ready(receiver)
    receiver.locator('[data-paper="5"]').check()
    receiver.goto("about:blank")
    receiver.goto(link)
    expect(receiver.locator(".received")).to_contain_text("这是转来的清单，还没有存在这部手机上。")
    expect(receiver.locator(".received")).to_contain_text("11月23日做的")
    expect(receiver.locator(".received")).to_contain_text("和现在的材料一致")
    expect(receiver.locator("[data-slot=verdict]")).to_have_text(told or "")
    assert [box.get_attribute("data-paper") for box in receiver.locator("[data-paper]:checked").all()] == ticked
    receiver.get_by_role("button", name="不存，看我自己的").click()
    expect(receiver.locator('[data-paper="5"]')).to_be_checked()
    assert "#" not in receiver.url
    receiver.goto("about:blank")
    receiver.goto(link)
    receiver.get_by_role("button", name="存成我的清单").click()
    receiver.reload()
    expect(receiver.locator("[data-slot=verdict]")).to_have_text(told or "")
    assert [box.get_attribute("data-paper") for box in receiver.locator("[data-paper]:checked").all()] == ticked


def test_the_link_opens_at_the_window_without_network(browser: Browser, address: str, open_page: Any) -> None:
    sender: Page = open_page("matters/construction-permit/")
    ready(sender)
    sender.locator("[data-paper]:visible").nth(1).check()
    ticked = sender.locator("[data-paper]:checked").get_attribute("data-paper")
    link = link_of(sender)

    window = browser.new_context(locale="zh-CN", viewport={"width": 360, "height": 740})
    page = window.new_page()
    page.goto(address)
    page.locator('[data-module~="updates"][data-stored="yes"]').wait_for(state="attached")
    window.set_offline(True)
    page.goto(link)
    expect(page.locator(".received")).to_contain_text("这是转来的清单")
    expect(page.locator(f'[data-paper="{ticked}"]')).to_be_checked()
    window.close()


@pytest.mark.parametrize(
    "spoiled",
    [
        {"v": 2},
        {"v": 2, "name": "x", "at": 1, "release": None, "ticks": {}, "deferred": {}, "answers": "", "papers": 3},
        {"v": 2, "name": "x", "at": "x", "release": None, "ticks": {}, "deferred": {}, "answers": {}, "papers": [["a"]],
         "limits": [], "count": ["<b>", 3]},
    ],
)  # fmt: skip
def test_a_spoiled_record_is_none(open_page: Any, spoiled: dict[str, Any]) -> None:
    page: Page = open_page("")
    page.evaluate(
        "record => localStorage.setItem('guide-checklist:construction-permit', JSON.stringify(record))", spoiled
    )
    page.reload()
    page.locator(".finder input").wait_for()
    expect(page.locator(".mine a")).to_have_count(0)
    page.goto(f"{page.url}matters/construction-permit/")
    ready(page)
    expect(page.locator("[data-slot=changed]")).to_be_hidden()
    page.locator("[data-paper]:visible").first.check()
    expect(page.locator("[data-slot=count]")).to_have_text(re.compile("^已备 1/"))


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda link: link[:-3], "链接里的清单读不出来"),
        (lambda link: link.replace("construction-permit/", "food-business-permit/"), "链接里的清单读不出来"),
        (lambda link: link.split("#")[0] + "#l=", "链接里的清单读不出来"),
    ],
)
def test_a_spoiled_link_says_so_and_shows_ones_own(open_page: Any, spoil: Any, told: str) -> None:
    page: Page = open_page("matters/construction-permit/")
    ready(page)
    page.locator("[data-paper]:visible").first.check()
    link = spoil(link_of(page))
    page.goto("about:blank")
    page.goto(link)
    expect(page.locator(".received")).to_contain_text(told)
    page.get_by_role("button", name="知道了").click()
    expect(page.locator(".received")).to_be_hidden()
    if "construction-permit/" in link:
        expect(page.locator("[data-paper]:visible").first).to_be_checked()


def test_a_list_of_a_later_guide_says_so(open_page: Any, modules: Page) -> None:
    code = call(
        modules,
        """async (api, app) => {
          const { fnv } = await app("papers/code");
          const body = [3, 1, 2, 3];
          const sum = fnv([...new TextEncoder().encode("construction-permit"), 0, ...body]);
          const bytes = [...body, sum >>> 24, (sum >>> 16) & 255, (sum >>> 8) & 255, sum & 255];
          return btoa(String.fromCharCode(...bytes)).replace(/\\+/g, "-").replace(/\\//g, "_").replace(/=+$/, "");
        }""",
        None,
    )
    page: Page = open_page(f"matters/construction-permit/#l={code}")
    expect(page.locator(".received")).to_contain_text("新版指南做的")


def test_an_older_list_tells_what_has_changed(browser: Browser, address: str, open_page: Any, site: Path) -> None:
    html = (site / "matters/construction-permit/index.html").read_text("utf-8")
    names = re.findall(r"data-paper=\d+><span>([^<]+)<", html)
    limit = re.search(r"<dt>法定</dt><dd>(\d+)", html)
    assert limit is not None
    older = (
        html.replace(f"<span>{names[1]}<", "<span>从前的证明<", 1)
        .replace(f"<span>{names[2]}<small>", f"<span>{names[2]}<small>原件 9 份 · ", 1)
        .replace(limit[0], "<dt>法定</dt><dd>99", 1)
    )

    def old(route: Route) -> None:
        route.fulfill(body=older, content_type="text/html; charset=utf-8")

    page: Page = open_page("")
    page.route("**/matters/construction-permit/", old)
    page.goto(f"{address}matters/construction-permit/")
    ready(page)
    for n in (1, 2, 3):
        page.locator(f'[data-paper="{n}"]').check()
    link = link_of(page)
    page.unroute("**/matters/construction-permit/")
    page.goto("about:blank")
    page.goto(f"{address}matters/construction-permit/")
    told = page.locator("[data-slot=changed]")
    for words in (
        "材料清单有改动，勾选过的请重新核对。",
        "这份清单是 11月23日做的，之后：",
        f"新增「{names[1]}」",
        "取消「从前的证明」",
        f"要求有改动：「{names[2]}",
        "时限改为：法定",
    ):
        expect(told).to_contain_text(words)
    expect(page.locator('[data-paper="1"]')).to_be_checked()
    expect(page.locator('[data-paper="2"]')).not_to_be_checked()

    other: Page = open_page("")
    other.goto(link)
    expect(other.locator(".received")).to_contain_text(f"新增「{names[1]}」；取消 1 件")
    expect(other.locator('[data-paper="1"]')).to_be_checked()
    expect(other.locator('[data-paper="2"]')).not_to_be_checked()


def test_a_paper_that_follows_later_fills_the_promise(open_page: Any, real: Catalogue) -> None:
    matter = real.matters[MATTER]
    given = {"investor": "foreign"}
    ((n, line),) = (
        (n, line)
        for n, line in enumerate(matter.materials, 1)
        if line.needed == "deferrable" and holds(parse(line.when), given)
    )
    page: Page = open_page(f"matters/{MATTER}/")
    ready(page)
    answer_all(page, given)
    way = page.get_by_role("link", name="写限时补件承诺书")
    expect(way).to_be_hidden()
    page.locator(f'[data-defer="{n}"]').check()
    expect(page.locator("[data-slot=count]")).to_contain_text("后补 1 件")
    way.click()
    form = page.locator("[data-module=promise]")
    expect(form.locator('[data-promise-field="matter"]')).to_have_text(matter.name)
    expect(form.locator('[data-promise-field="papers"] li')).to_have_text([line.name])
    expect(page.locator(".promise-tools")).to_contain_text(re.compile(f"{line.name}：.*待中心确认"))
    page.get_by_label("补齐日期").fill("2027-01-08")
    expect(form.locator('[data-promise-field="deadline"]')).to_have_text("2027年1月8日")
    page.get_by_label("承诺人").fill("某某有限公司")
    expect(form.locator('[data-promise-field="applicant"]')).to_have_text("某某有限公司")
    expect(form.locator('[data-promise-field="date"]')).to_have_text("2026年11月23日")
    # What is typed stays on this page.
    assert "某某" not in page.evaluate("JSON.stringify(localStorage) + location.href")
    page.emulate_media(media="print")
    assert pages(page) == 1
    expect(page.locator(".promise-tools")).to_be_hidden()


def test_a_promise_whose_papers_cannot_be_read_says_so(open_page: Any) -> None:
    for matter in (MATTER, "no-such-matter"):
        page: Page = open_page("deferrable/promise/")
        page.route(f"**/matters/{MATTER}/", lambda route: route.abort())
        page.evaluate("hash => { location.hash = hash; }", f"m={matter}&p=1")
        page.reload()
        expect(page.locator(".promise-tools")).to_contain_text("没有取到材料的名称。请手写，或者连上网络回到事项那一页再点一次。")
        expect(page.get_by_label("补齐日期")).to_be_visible()


def test_the_code_for_the_window_holds_the_link(open_page: Any) -> None:
    page: Page = open_page("matters/construction-permit/")
    ready(page)
    page.locator("[data-paper]:visible").first.check()
    page.get_by_role("button", name="给窗口看").click()
    dialog = page.get_by_role("dialog", name="给窗口看")
    expect(dialog.get_by_role("img", name=re.compile("二维码：.*的材料清单"))).to_be_visible()
    expect(dialog).to_contain_text("没有姓名、证件号")
    box = dialog.locator("svg").bounding_box()
    assert box is not None and box["width"] >= 250 and box["y"] + box["height"] <= 740
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_a_full_phone_says_that_ticks_are_lost(open_page: Any) -> None:
    page: Page = open_page("matters/construction-permit/")
    ready(page)
    page.evaluate("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }; null")
    page.locator("[data-paper]:visible").first.check()
    expect(page.locator("[data-slot=changed]")).to_have_text("手机存储空间不够，勾选没有存下，关掉页面就没有了。")
    expect(page.locator("[data-paper]:visible").first).to_be_checked()


# --- on paper -----------------------------------------------------------------------


def pages(page: Page) -> int:
    """How many A4 sheets it prints on."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


def test_the_longest_matters_print_on_one_sheet(open_page: Any, site: Path, real: Catalogue) -> None:
    longest = sorted(real.matters, key=lambda id: -(site / f"matters/{id}/index.html").stat().st_size)[:8]
    page: Page = open_page("")
    count = {}
    for id in longest:
        page.goto(page.url.split("matters/")[0] + f"matters/{id}/")
        ready(page)
        count[id, "plain"] = pages(page)
        for item in real.matters[id].situations:
            last = page.locator(f'[data-situation="{item.id}"] input').last
            if last.is_visible():  # what other answers have settled is not asked
                last.check()
        boxes = page.locator("[data-paper]:visible")
        boxes.evaluate_all("boxes => boxes.filter(box => !box.checked).forEach(box => box.click())")
        assert boxes.evaluate_all("boxes => boxes.length > 0 && boxes.every(box => box.checked)")
        count[id, "ticked"] = pages(page)
    assert {key: sheets for key, sheets in count.items() if sheets != 1} == {}


def test_the_printed_list_has_answers_ticks_and_code(open_page: Any, real: Catalogue) -> None:
    matter = real.matters["food-business-permit"]
    page: Page = open_page("matters/food-business-permit/")
    ready(page)
    answer_all(page, {item.id: item.options[0].id for item in matter.situations})
    page.locator("[data-paper]:visible").first.check()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".carry svg")).to_be_visible()
    expect(page.locator(".carry")).to_contain_text("情形：自有房屋")
    ticked = page.locator("[data-paper]:checked").first
    assert ticked.evaluate("box => getComputedStyle(box, '::before').content") == '"✓"'
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".carry")).to_be_hidden()
