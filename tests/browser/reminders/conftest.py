"""Reminders: a phone that may show notifications, on 提醒我."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from ..conftest import Complaints, open_context, wait_stored
from ..server import Server
from .reminding import PUSH_SERVICE, PushService


@pytest.fixture
def context(windows: Browser, site: Server, complaints: Complaints) -> Iterator[BrowserContext]:
    """In a browser that can show notifications."""
    context = open_context(windows)
    complaints.listen(context)
    yield context
    context.close()


@pytest.fixture
def phone(context: BrowserContext, page: Page, site: Server) -> Iterator[Page]:
    """A phone with the guide stored that may show notifications, on 提醒我."""
    context.grant_permissions(["notifications"], origin=site.origin)
    page.add_init_script(PUSH_SERVICE)
    page.goto(site.url + "reminders/")
    wait_stored(page)
    yield page


@pytest.fixture
def service(phone: Page, site: Server) -> PushService:
    return PushService(phone, site)
