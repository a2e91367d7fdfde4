"""Phones in front of pages of matters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.papers.listing import NOW
from tests.phone import open_phone


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Any]:
    opened: list[BrowserContext] = []

    def open(path: str, **options: Any) -> Page:
        page = open_phone(browser, address, path, NOW, **options)
        opened.append(page.context)
        return page

    yield open
    for context in opened:
        context.close()
