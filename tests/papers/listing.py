"""What one does with the list of papers on the page of a matter."""

from __future__ import annotations

from playwright.sync_api import Page, expect

NOW = "2026-11-23T10:00"


def ready(page: Page) -> None:
    """The script is at work: it made the button for the window."""
    page.get_by_role("button", name="给窗口看").wait_for()


def answer_all(page: Page, given: dict[str, str | list[str]]) -> None:
    for situation, chosen in given.items():
        for option in [chosen] if isinstance(chosen, str) else chosen:
            page.locator(f'[data-situation="{situation}"] input[value="{option}"]').check()


def link_of(page: Page) -> str:
    """What 转发清单 puts on the clipboard."""
    page.evaluate("delete Navigator.prototype.share")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="转发清单").click()
    expect(page.locator(".carried")).to_contain_text("链接已复制")
    return page.evaluate("navigator.clipboard.readText()").split("\n")[1]
