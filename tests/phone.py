"""A phone in front of the built site, and the site's own modules called from a test."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from playwright.sync_api import Browser, Page


def open_phone(browser: Browser, address: str, path: str, now: str, **options: Any) -> Page:
    """The page at ``path`` on a phone whose clock stands at ``now``, local time of the centre."""
    context = browser.new_context(
        locale="zh-CN", viewport={"width": 360, "height": 740}, service_workers="block", **options
    )
    context.set_default_timeout(30000)
    page = context.new_page()
    moment = datetime.fromisoformat(f"{now}+08:00")
    page.clock.set_fixed_time(moment)

    def answer(route: Any) -> None:
        # The page asks the server for the time, too.
        headers = {"date": format_datetime(moment.astimezone(UTC), usegmt=True)}
        if route.request.method == "HEAD":
            route.fulfill(status=200, headers=headers)
        else:
            route.continue_()

    page.route("**/api/v1/release.json", answer)
    page.goto(address + path)
    return page


def call(modules: Page, script: str, argument: object) -> Any:
    """What ``script`` gives: an async function of api, app, argument.

    ``api(name)`` is a published JSON file, ``app(name)`` a module of the site, ``papers/qr``.
    """
    told = modules.evaluate(
        f"""async (argument) => {{
          const app = (name) => import(`${{window.app}}${{name}}.js`);
          const api = async (name) => (await fetch(`api/v1/${{name}}.json`)).json();
          return JSON.stringify(await ({script})(api, app, argument));
        }}""",
        argument,
    )
    return json.loads(told)
