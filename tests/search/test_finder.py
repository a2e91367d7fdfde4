"""The search box in the real browser, on the site of the repository's own catalogue."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import open_context, wait_stored
from tests.browser.server import Server

from .conftest import BOX, FOUND, type_in


def first(page: Page) -> str:
    return (page.locator(FOUND).first.get_attribute("href") or "").rstrip("/").rsplit("/", 1)[-1]


@pytest.mark.parametrize(
    ("typed", "matter"),
    [
        ("开饭店", "food-business-permit"),
        ("spjyxk", "food-business-permit"),
        # The initials of 备案 are a syllable, too.
        ("xyba", "business-suspension-filing"),
        ("施工证延期", "construction-permit-extension"),
        ("护士证快到期了怎么办", "nurse-registration-renewal"),
        ("食品经菅许可", "food-business-permit"),
        ("食品京营许可", "food-business-permit"),
        ("register a company", "limited-company-registration"),
        ("shigong许可", "construction-permit"),
        ("sigongxuke", "construction-permit"),
        ("營業執照丟了", "licence-replacement"),
        ("ＳＣ证 到期", "food-production-permit-renewal"),
        ("城市绿化条例第20条", "tree-felling"),
        # The name of another matter has much of the law's; the article settles it.
        ("市场主体登记管理条例 30条", "business-suspension-filing"),
        # What is meant is a small part of a long story.
        ("塔吊干完活要拆，提前得告诉你们吗？", "crane-installation-notice"),
        # A word for the new licence, and an action that another matter of its family has.
        ("饮料厂不干了", "food-production-permit-cancellation"),
        # 加 is no action here, nor is the sound of 过户 in what follows.
        ("办个食品加工厂", "food-production-permit"),
        ("孩子考过护士了怎么注册", "nurse-registration"),
        # A word that has the action in it is ranked by words.yml alone.
        ("章程改了要报吗", "company-filing"),
        # What is elsewhere stands beside what is meant.
        ("退伍军人注册公司", "limited-company-registration"),
        # Who is complained about has a matter of his own.
        ("工地被投诉停工了再开工怎么办", "construction-resumption-report"),
        ("租房子开饭店办证", "food-business-permit"),
        ("yingye zhizhao lost", "licence-replacement"),
        ("pharmacy license expiring", "drug-retail-licence-renewal"),
        ("想问一下就是我那个护士证快到期了现在去哪办", "nurse-registration-renewal"),
    ],
)
def test_a_query_finds_its_matter(asked: Page, typed: str, matter: str) -> None:
    type_in(asked, typed)
    asked.locator(f'{FOUND}:first-child[href$="matters/{matter}/"]').wait_for()


@pytest.mark.parametrize(
    ("typed", "rows"),
    [
        ("我要在开发区开一家小面馆", ["matters/food-business-permit/", "journeys/restaurant/"]),
        ("开公司", ["matters/limited-company-registration/", "journeys/company/"]),
        # The end of a licence is no beginning, and a guess says nothing.
        ("饭店不干了", ["matters/food-business-permit-cancellation/"]),
        ("我们公司换了法定代表人", ["matters/company-change-registration/"]),
        # No matter is called so.
        ("拿地", ["journeys/land-to-permit/"]),
    ],
)
def test_a_journey_is_offered_beside_its_matter(asked: Page, typed: str, rows: list[str]) -> None:
    type_in(asked, typed)
    asked.locator(f'{FOUND}:first-child[href$="{rows[0]}"]').wait_for()
    listed = [(row.get_attribute("href") or "").removeprefix(asked.url) for row in asked.locator(FOUND).all()]
    assert listed[: len(rows)] == rows
    assert [path for path in listed if "journeys/" in path] == [path for path in rows if "journeys/" in path]


def test_results_tell_why_and_what_is_known(asked: Page) -> None:
    type_in(asked, "开饭店")
    expect(asked.locator(FOUND).first.locator("small")).to_have_text("食品药品 · 不收费 · 也叫“开饭店”")
    type_in(asked, "饮料厂不干了")
    expect(asked.locator(FOUND).first.locator("small")).to_have_text("食品药品 · 不收费 · 说到“饮料厂”")
    type_in(asked, "护士延续")
    expect(asked.locator(FOUND).first.locator("mark").first).to_have_text("护士")
    expect(asked.locator('.finder [role="status"]')).to_contain_text("找到")


@pytest.mark.parametrize(
    "typed", ["结婚登记", "驾照", "hu zhao", "passport", "補辦身份證", "提取公积金", "公司注册商标", "投诉药店"]
)
def test_what_is_not_handled_here_is_said(asked: Page, typed: str) -> None:
    type_in(asked, typed)
    told = asked.locator('.finder [role="status"]')
    expect(told).to_contain_text("这里没有")
    expect(told.locator('a[href="tel:12345"]')).to_be_visible()
    expect(asked.locator(FOUND)).to_have_count(0)


def test_nonsense_finds_nothing_and_says_what_to_do(asked: Page) -> None:
    type_in(asked, "呵呵哒")
    told = asked.locator('.finder [role="status"]')
    expect(told).to_contain_text("没有找到")
    expect(told.locator("a").first).to_have_attribute("href", asked.url + "a-z/")


# Keys struck at random, and what only shares a word with us.
DOUBTFUL = ("asdfgh", "qwerty", "hello", "老婆生日", "苹果手机", "手机没电", "打火机", "净月潭")


@pytest.mark.parametrize("typed", DOUBTFUL)
def test_what_fits_badly_is_not_shown_as_the_answer(asked: Page, typed: str) -> None:
    type_in(asked, typed)
    told = asked.locator('.finder [role="status"]')
    expect(told).to_contain_text(re.compile(r"没有很对得上的，下面 \d+ 项可能有关。也可以按拼音找全部事项，或者打 12345 问。"))
    expect(told.locator("a").first).to_have_attribute("href", asked.url + "a-z/")
    expect(asked.locator(f'{FOUND}[href*="journeys/"]')).to_have_count(0)


@pytest.mark.parametrize("typed", ["spjyxk", "gszx", "kgs", "开饭店", "刻章", "法人变更", "挖路"])
def test_what_fits_well_is_not_doubted(asked: Page, typed: str) -> None:
    type_in(asked, typed)
    expect(asked.locator('.finder [role="status"]')).to_have_text(re.compile(r"^找到 \d+ 项$"))


def test_the_full_text_answers_what_names_do_not(home: Page) -> None:
    fetched: list[str] = []
    home.on("request", lambda request: fetched.append(request.url.rsplit("/", 1)[-1]))
    type_in(home, "开饭店")
    home.locator(FOUND).first.wait_for()
    assert "search-text.json" not in fetched
    type_in(home, "食品生产设备布局图")
    home.locator(f'{FOUND}:first-child[href$="matters/food-production-permit/"]').wait_for()
    assert "search-text.json" in fetched


def test_an_address_can_carry_a_query(home: Page, served: Server) -> None:
    home.goto(f"{served.url}a-z/#q=%E5%88%BB%E7%AB%A0")
    home.locator(FOUND).first.wait_for()
    assert first(home) == "seal-engraving-filing"


def test_the_same_offline(browser: Browser, served: Server) -> None:
    context = open_context(browser)
    page = context.new_page()
    page.goto(served.url)
    wait_stored(page)
    context.set_offline(True)
    page.goto(f"{served.url}noon/")
    for typed, matter in (("开饭店", "food-business-permit"), ("清算报告", "company-deregistration")):
        type_in(page, typed)
        page.locator(f'{FOUND}[href$="matters/{matter}/"]').first.wait_for()
    context.close()


def test_without_scripts_the_box_is_a_link_to_all_matters(browser: Browser, served: Server) -> None:
    context = open_context(browser, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served.url}matters/tree-felling/")
    page.get_by_role("link", name="想办什么").click()
    page.wait_for_url(f"{served.url}a-z/")
    expect(page.get_by_role("link", name="开饭店 食品经营许可（新办）")).to_be_visible()
    context.close()


def test_axe_finds_nothing_with_results_open(browser: Browser, served: Server) -> None:
    context = open_context(browser, bypass_csp=True, service_workers="block")
    page = context.new_page()
    page.goto(served.url)
    for typed in ("护士", "结婚", "变更"):
        type_in(page, typed)
        page.locator('.finder [role="status"]:not(:empty)').wait_for()
        page.evaluate("document.querySelectorAll('.finder details').forEach(one => { one.open = true })")
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [(rule["id"], node["html"], node["failureSummary"]) for rule in found for node in rule["nodes"]] == []
    context.close()


def test_every_word_finds_first_what_the_catalogue_puts_first(asked: Page, site: Path, root: Path) -> None:
    """The checks of the catalogue count on it: a word typed as it stands leads to its first."""
    from generator.catalog.load import load_shared

    parts, problems = load_shared(root / "catalog")
    assert problems == [] and parts.words
    app = next(site.glob("assets/modules/*")).relative_to(site).as_posix()
    words = [[word.word, word.matters[0]] for word in parts.words]
    wrong = asked.evaluate(
        """async ([base, words]) => {
          const { find } = await import(base);
          const wrong = [];
          for (const [word, matter] of words) {
            const found = await find(word);
            if (!found.hits.length || found.hits[0].matter.id !== matter) wrong.push([word, matter]);
          }
          return wrong;
        }""",
        [f"{asked.url}{app}/search/data.js", words],
    )
    assert json.dumps(wrong, ensure_ascii=False) == "[]"


def test_going_back_finds_what_was_looked_for(home: Page) -> None:
    """Where the browser has kept the page, and where it loads it anew; nobody's keyboard comes up."""
    type_in(home, "开饭店")
    home.locator(FOUND).first.click()
    home.wait_for_url("**/matters/**")
    home.go_back()
    expect(home.locator(FOUND).first).to_be_visible()
    expect(home.locator(BOX)).to_have_value("开饭店")
    expect(home.locator(BOX)).not_to_be_focused()
    # Some browsers empty a box that is not to be completed, and leave what was found.
    home.evaluate(
        """() => {
          document.querySelector(".finder input").value = "";
          dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
        }"""
    )
    expect(home.locator(BOX)).to_have_value("开饭店")


def test_a_line_that_brings_nothing_is_told_and_tried_again(browser: Browser, served: Server) -> None:
    context = open_context(browser, service_workers="block")
    page = context.new_page()
    page.clock.install()
    page.goto(served.url)
    told = page.locator('.finder [role="status"]')
    page.route("**/api/v1/search*.json", lambda _: None)
    type_in(page, "开饭店")
    page.clock.run_for(1000)
    expect(told).to_have_text("正在找……")
    page.clock.run_for(20_000)
    expect(told).to_contain_text("现在查不了：没有网络，手机里也没有存下指南。")
    page.unroute("**/api/v1/search*.json")
    page.get_by_role("button", name="再找一次").click()
    expect(page.locator(FOUND).first).to_be_visible()
    expect(told).to_contain_text("找到")
    context.close()
