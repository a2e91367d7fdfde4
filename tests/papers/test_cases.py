"""The list, the limit and the deadline of one's own case: real catalogue, real browser, phone size."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect

from generator.catalog.parts import Catalogue
from generator.catalog.when import holds, parse
from tests.papers.listing import answer_all, link_of, ready


def test_two_changes_at_once_are_one_list_and_travel_as_one(open_page: Any, real: Catalogue) -> None:
    """A company that changes its legal representative and its address at once."""
    id = "company-change-registration"
    matter = real.matters[id]
    given = {"what": ["legal", "address"], "paper": "yes", "charter": "yes", "approval": "no", "agent": "self"}
    needed = [str(n) for n, line in enumerate(matter.materials, 1) if holds(parse(line.when), given)]
    page: Page = open_page(f"matters/{id}/")
    ready(page)
    expect(page.get_by_role("group", name="变更什么？（可以选几项）").get_by_role("checkbox")).to_have_count(7)
    answer_all(page, given)
    listed = page.locator("[data-paper]:visible")
    assert [box.get_attribute("data-paper") for box in listed.all()] == needed
    expect(page.locator(".questions summary")).to_contain_text("变更什么？法定代表人、住所；")
    listed.first.check()

    # It is kept, and told whole where it is carried.
    page.reload()
    expect(page.locator("[data-situation=what] input:checked")).to_have_count(2)
    page.get_by_role("button", name="给窗口看").click()
    expect(page.get_by_role("dialog")).to_contain_text("变更什么？法定代表人、住所")
    page.get_by_role("button", name="关上").click()
    link = link_of(page)
    other: Page = open_page("")
    other.goto(link)
    expect(other.locator("[data-situation=what] input:checked")).to_have_count(2)
    assert [box.get_attribute("data-paper") for box in other.locator("[data-paper]:visible").all()] == needed

    # Untick one: its papers go, the others stay.
    other.goto("about:blank")
    page.locator(".questions summary").click()
    page.locator("[data-situation=what] input[value=address]").uncheck()
    expect(listed).to_have_count(
        sum(holds(parse(line.when), {**given, "what": "legal"}) is True for line in matter.materials)
    )


def test_the_page_tells_the_limit_and_the_deadline_of_ones_case(open_page: Any) -> None:
    page: Page = open_page("matters/construction-permit-change/")
    ready(page)
    lines, ends = page.locator("#time [data-limit]:visible"), page.locator("[data-slot=due] li")
    expect(lines).to_have_count(2)
    expect(ends).to_have_text(
        [
            "今天受理 → 最迟 12月2日周三（法定，当「建设单位」或「施工单位」时）",
            "今天受理 → 最迟 12月21日周一（一般期限，其他情形）",
        ]
    )
    answer_all(page, {"what": "name"})
    expect(ends).to_have_text(["今天受理 → 最迟 12月21日周一（一般期限）"])
    page.locator("#time").scroll_into_view_if_needed()
    expect(lines).to_have_text([re.compile("^20 个工作日")], use_inner_text=True)
    # A second change with a limit of its own: that of the new licence.
    answer_all(page, {"what": "contractor"})
    expect(ends).to_have_text(["今天受理 → 最迟 12月2日周三（法定）"])

    page.goto(page.url.replace("construction-permit-change", "company-change-registration"))
    ready(page)
    terms = page.locator("#time dt:visible")
    expect(terms).to_have_text(["承诺", "法定", "期限", "最晚什么时候来"])
    answer_all(page, {"what": "address"})
    expect(terms).to_have_text(["承诺", "法定", "最晚什么时候来"])
    moved = page.locator("#time [data-case]:visible")
    expect(moved).to_contain_text("迁入新住所")
    expect(moved.locator("em")).to_be_hidden()
    answer_all(page, {"what": "legal"})
    # Two changes, two deadlines: each tells for what it is.
    expect(page.locator("#time [data-case] em:visible")).to_have_count(2)


def test_what_is_done_elsewhere_knows_no_desk_and_no_ticket(open_page: Any) -> None:
    page: Page = open_page("matters/annual-report/")
    page.get_by_role("button", name="清单的二维码").wait_for()
    expect(page.get_by_role("heading", level=3).first).to_have_text(re.compile("^网上要填要传的"))
    expect(page.locator("#where")).to_contain_text("国家企业信用信息公示系统")
    expect(page.locator("[data-module=arrive]")).to_have_count(0)
    answer_all(page, {"who": "enterprise"})
    for box in page.locator("[data-paper]:visible").all():
        box.check()
    expect(page.locator("[data-slot=verdict]")).to_have_text("材料齐了，可以去办了")
    page.get_by_role("button", name="清单的二维码").click()
    dialog = page.get_by_role("dialog", name="清单的二维码")
    expect(dialog).not_to_contain_text("窗口")
    page.goto(page.url.split("matters/")[0])
    expect(page.locator(".mine a")).to_have_text(re.compile("可以去办了"))
    page.locator(".finder input").fill("年报")
    expect(page.locator("[role=option]").first).to_contain_text("网上办")


def test_without_script_every_case_stands_there(open_page: Any) -> None:
    page: Page = open_page("matters/construction-permit-change/", java_script_enabled=False)
    told = page.locator("#time [data-case]")
    expect(told).to_have_text(
        [re.compile("^当「建设单位」或「施工单位」时7 个工作日"), re.compile("^其他情形20 个工作日")]
    )


def test_a_list_kept_by_the_release_before_opens(open_page: Any) -> None:
    """It knew one answer to each question."""
    page: Page = open_page("")
    record = {
        "v": 2, "name": "公司变更登记", "at": 1, "release": None, "ticks": {}, "deferred": {}, "papers": [],
        "limits": [], "count": [0, 4], "missing": 4, "questions": 0, "answers": {"what": "address", "agent": "self"},
    }  # fmt: skip
    page.evaluate(
        "record => localStorage.setItem('guide-checklist:company-change-registration', JSON.stringify(record))", record
    )
    page.goto(f"{page.url}matters/company-change-registration/")
    ready(page)
    expect(page.locator("[data-situation=what] input:checked")).to_have_attribute("value", "address")
    page.locator("[data-situation=what] input[value=legal]").check()
    page.reload()
    expect(page.locator("[data-situation=what] input:checked")).to_have_count(2)
