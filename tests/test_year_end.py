"""After the last closing time of the calendar nothing is counted from "today", and pages say so; each citation
unfolds the words of its article."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.phone import call, open_phone

BEFORE, SHUT, NEW_YEAR, LATER = "2026-12-31T16:00", "2026-12-31T16:31", "2027-01-01T10:00", "2027-01-05T10:00"
MISSING = "2027 年的放假安排还没有录入"


def test_counting_ends_with_the_calendar(modules: Page) -> None:
    script = """async (api, app, moments) => {
        const { pastEnd } = await app("catalog/hours");
        const { firstDay, dueWords } = await app("limits/words");
        const { expiryWords } = await app("dates/words");
        const { resultWords } = await app("journeys/words");
        const { dated, defaults, drawn } = await app("journeys/days");
        const [calendar, centre, journeys] = await Promise.all([api("calendar"), api("centre"), api("journeys")]);
        const limits = [{ word: "法定", value: 7, unit: "working_days" }];
        const journey = journeys[0];
        const given = defaults(journey);
        return moments.map((text) => {
            const now = Date.parse(`${text}:00+08:00`);
            const past = pastEnd(calendar, now);
            const today = text.slice(0, 10);
            const { date, why } = firstDay(calendar, centre, now);
            const { lines, note } = dueWords(calendar, limits, date, today, "12345", why);
            const rule = { opens: null, closes: { value: 30, unit: "days" } };
            const { advice } = expiryWords(calendar, rule, "证", "2027-02-20", today, "12345", past === null);
            const plans = { statutory: dated(journey, given, "statutory", past || today, calendar) };
            plans.promised = plans.statutory;
            const sketch = drawn(journey, given, "statutory");
            const words = { statutory: "用满", promised: "用满" };
            const said = resultWords(journey, words, plans, { statutory: sketch, promised: sketch }, calendar, past || today);
            return { past, date, lines, note, advice, said: said.join("") };
        });
    }"""
    before, *after = call(modules, script, [BEFORE, SHUT, NEW_YEAR, LATER])
    assert before["past"] is None and before["date"] == "2026-12-31"
    assert "今天受理" in "".join(before["lines"])
    assert "离最晚那天还有" in before["advice"]
    assert before["said"].startswith("12月31日周四开始")
    for told in after:
        assert told["date"] == told["past"] >= "2027-01-01"
        assert told["lines"] == [] and told["note"] == f"{MISSING}，请打 12345 问。"
        assert "还有" not in told["advice"].replace("还有没有", "") and "放假安排还没有录入" in told["advice"]
        assert told["said"].startswith("放假安排只公布到 2026年12月31日") and "用满" not in told["said"]


@pytest.fixture
def new_year(browser: Browser, address: str) -> Iterator[Page]:
    page = open_phone(browser, address, "matters/presale-permit/", NEW_YEAR)
    page.locator("#time[data-started]").wait_for()
    yield page
    page.context.close()


def test_pages_say_so_and_citations_unfold(new_year: Page, address: str) -> None:
    """One page for both: it takes two seconds to come up."""
    page = new_year
    expect(page.locator("#time")).to_contain_text(MISSING)
    expect(page.locator("#where")).to_contain_text(MISSING)
    link = page.locator(".papers a.mark.law").first
    expect(link).to_have_attribute("aria-expanded", "false")
    link.click()
    box = page.locator(".papers .in-place")
    expect(box).to_contain_text("《城市商品房预售管理办法》第七条")
    expect(box.locator("blockquote p")).to_have_count(7)
    expect(box.locator("blockquote")).to_contain_text("（六）商品房预售方案。")
    link.click()
    expect(box).to_have_count(0)
    assert page.url == f"{address}matters/presale-permit/"
    # A bad line: said in words, and the next press tries again.
    page.context.set_offline(True)
    other = page.locator("#basis a").first
    other.click()
    expect(page.locator("#basis .in-place")).to_contain_text("连不上网络")
    page.context.set_offline(False)
    other.click()
    expect(page.locator("#basis .in-place blockquote")).to_be_visible()
    page.goto(f"{address}noon/")
    expect(page.get_by_text(f"{MISSING}，来之前请打")).to_be_visible()
