"""Phones of several kinds in front of the built guide."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.phone import open_phone

NOW = "2026-11-23T10:00"
Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    opened: list[BrowserContext] = []

    def open(path: str, agent: str | None = None, now: str = NOW, **options: Any) -> Page:
        page = open_phone(browser, address, path, now, **({"user_agent": agent} if agent else {}), **options)
        opened.append(page.context)
        return page

    yield open
    for context in opened:
        context.close()
