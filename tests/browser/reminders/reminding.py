"""A phone that may show notifications, and a push service that delivers to its worker."""

from __future__ import annotations

import json
import time
from typing import Any

from playwright.sync_api import CDPSession, Locator, Page, expect

from ..conftest import ask, until
from ..server import Server

# The test browser has no push service: the subscription is made up, what arrives is
# delivered through the browser's own debugging port and handled by the real worker.
PUSH_SERVICE = """
    const SERVICE = "https://push.test/";
    const KEYS = {p256dh: "p", auth: "a"};
    const held = () => JSON.parse(localStorage.getItem("test-subscription"));
    const bytes = text => Uint8Array.from(atob(text), letter => letter.charCodeAt(0)).buffer;
    const subscription = value => value && {
        endpoint: value.endpoint,
        options: {applicationServerKey: bytes(value.key)},
        toJSON: () => ({endpoint: value.endpoint, keys: KEYS}),
        unsubscribe: async () => { localStorage.removeItem("test-subscription"); return true },
    };
    PushManager.prototype.getSubscription = async () => subscription(held());
    PushManager.prototype.subscribe = async ({applicationServerKey}) => {
        const serial = Number(localStorage.getItem("test-serial") || 0) + 1;
        localStorage.setItem("test-serial", serial);
        const key = btoa(String.fromCharCode(...new Uint8Array(applicationServerKey)));
        localStorage.setItem("test-subscription", JSON.stringify({endpoint: SERVICE + serial, key}));
        return subscription(held());
    };
"""


NOTIFICATIONS = """async close => {
    const found = await (await navigator.serviceWorker.ready).getNotifications();
    if (close) for (const it of found) it.close();
    return found.map(it => ({title: it.title, body: it.body, tag: it.tag, url: it.data.url}));
}"""


class PushService:
    """Delivers messages to the worker of ``page``."""

    def __init__(self, page: Page, site: Server) -> None:
        self._session: CDPSession = page.context.new_cdp_session(page)
        self._registrations: list[str] = []
        self._session.on("ServiceWorker.workerRegistrationUpdated", self._hear)
        self._session.send("ServiceWorker.enable")
        self._page, self._site = page, site

    def _hear(self, event: dict[str, Any]) -> None:
        for registration in event["registrations"]:
            # Of other sites too: they are all of one browser.
            if registration["scopeURL"] == self._site.url and not registration["isDeleted"]:
                self._registrations.append(registration["registrationId"])

    def deliver(self, data: str) -> None:
        until(self._page, lambda: self._registrations)
        # The guide is stored a moment before its worker is the active one, which alone gets messages.
        ask(self._page, "async () => { await navigator.serviceWorker.ready; return true; }")
        message = {"origin": self._site.origin, "registrationId": self._registrations[-1], "data": data}
        self._session.send("ServiceWorker.deliverPushMessage", message)
        # The debugging port loses a message now and then, and says nothing of it: what has not come
        # after some seconds is sent again.
        again = time.monotonic() + 6

        def there() -> bool:
            nonlocal again
            if ask(self._page, NOTIFICATIONS):
                return True
            if time.monotonic() > again:
                again = time.monotonic() + 6
                self._session.send("ServiceWorker.deliverPushMessage", message)
            return False

        until(self._page, there)

    def shown(self, count: int = 1) -> list[dict[str, str]]:
        """The notifications on the screen, once there are ``count``; they are put away."""
        until(self._page, lambda: len(ask(self._page, NOTIFICATIONS)) == count)
        shown = ask(self._page, NOTIFICATIONS, "close")
        until(self._page, lambda: not ask(self._page, NOTIFICATIONS))
        return shown


def status(phone: Page) -> Locator:
    return phone.locator("[data-slot=reminders]")


TEST = json.dumps({"kind": "test", "title": "测试提醒", "body": "收到了", "tag": "test", "url": "reminders/"})


def turn_on(phone: Page, site: Server, service: PushService) -> None:
    phone.get_by_role("button", name="开通午间提醒").click()
    expect(status(phone)).to_contain_text("正在等测试提醒")
    until(phone, lambda: site.push.tests)
    service.deliver(TEST)
    expect(status(phone)).to_contain_text("已开通：测试提醒收到了")


SETTINGS = """async change => {
    const [name] = (await caches.keys()).filter(name => name.startsWith("guidesettings"));
    const cache = await caches.open(name);
    const [entry] = await cache.keys();
    const kept = entry && await (await cache.match(entry)).json();
    if (change) await cache.put(entry, new Response(JSON.stringify(change)));
    return kept || null;
}"""
