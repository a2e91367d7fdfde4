"""A calendar to subscribe to by a tap: most phones know the kind of address, some do nothing with it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.device.conftest import Open


def test_a_phone_that_does_nothing_with_the_link_is_told_the_address(open_page: Open) -> None:
    page = open_page("noon/", permissions=["clipboard-read", "clipboard-write"])
    link = page.get_by_role("link", name="订阅放假和补班")
    # The browser of the test would ask the system.
    page.evaluate(
        "addEventListener('click', (event) => event.target.closest('[href^=webcal]') && event.preventDefault())"
    )
    told = page.get_by_text("没有反应的话，在日历应用里选“添加订阅日历”，粘贴地址")
    link.click()
    expect(told).to_contain_text("/calendar/closures.ics")
    page.get_by_role("button", name="复制地址").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").endswith("/calendar/closures.ics")
    page.get_by_role("link", name="订阅午间服务").click()
    expect(told).to_contain_text("/calendar/noon.ics")
    expect(page.get_by_role("button", name="复制地址")).to_be_visible()
