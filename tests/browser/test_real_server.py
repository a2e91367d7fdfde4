"""The real push server behind the page: a wish is told, a message comes, it is reported as shown, the key changes."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from werkzeug.serving import make_server

from push_server import create_app
from push_server.keys import rotate_key
from push_server.published import LOCAL
from push_server.services import Services
from push_server.settings import Settings

from ..push_server import phone as phones
from ..push_server.conftest import in_own_thread
from ..push_server.push_service import PushService
from . import small_site
from .conftest import Complaints, open_context, started, until, wait_stored
from .reminders.reminding import PUSH_SERVICE
from .reminders.reminding import PushService as Delivery

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=LOCAL)


class Running:
    """The server on one data folder; started anew on the same port."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.port = 0
        self.start()

    def start(self) -> None:
        app = create_app(self.settings, clock=lambda: NOW)
        self.services: Services = app.extensions["push_server"]
        self._http = make_server("127.0.0.1", self.port, app, threaded=True)
        self.port = self._http.server_port
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self) -> None:
        self._http.shutdown()
        self._http.server_close()
        self.services.close()

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}/"

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.port}"

    def send(self) -> None:
        in_own_thread(self.services.sender.run_due)


@pytest.fixture
def push_service() -> Iterator[PushService]:
    service = PushService()
    yield service
    service.close()


@pytest.fixture
def running(tmp_path: Path, push_service: PushService) -> Iterator[Running]:
    small_site.publish(tmp_path / "site")
    settings = Settings(
        site=tmp_path / "site",
        data=tmp_path / "var",
        contact="mailto:office@example.com",
        local_push_origins=(push_service.origin,),
        rate_limits=False,
        shown_sample=1.0,
    )
    server = Running(settings)
    yield server
    server.stop()


@pytest.fixture
def subscriber(push_service: PushService) -> phones.Phone:
    return phones.Phone(push_service.origin, "1")


@pytest.fixture
def context(
    windows: Browser, running: Running, subscriber: phones.Phone, push_service: PushService, complaints: Complaints
) -> Iterator[BrowserContext]:
    context = open_context(windows)
    context.grant_permissions(["notifications"], origin=running.origin)
    keys = json.dumps(subscriber.subscription()["keys"])
    script = PUSH_SERVICE.replace('"https://push.test/"', f'"{push_service.origin}/wpush/"')
    context.add_init_script(script.replace('{p256dh: "p", auth: "a"}', keys))
    complaints.listen(context)
    yield context
    context.close()


def wishes(running: Running) -> list[tuple[str, str, int | None]]:
    with running.services.store.subscribers._reading.connect() as connection:
        rows = connection.exec_driver_sql("SELECT topic, subject, threshold FROM wishes ORDER BY topic")
        return [tuple(row) for row in rows]


def arrived(push_service: PushService, subscriber: phones.Phone, page: Page) -> dict[str, Any]:
    until(page, lambda: push_service.received)
    return subscriber.read(push_service.received[-1].body)


def test_from_the_first_wish_to_a_new_key(
    context: BrowserContext, running: Running, push_service: PushService, subscriber: phones.Phone
) -> None:
    page = context.new_page()
    page.goto(f"{running.url}reminders/")
    wait_stored(page)
    delivery = Delivery(page, running)  # type: ignore[arg-type]
    page.locator('[data-topic="queue"] select').select_option("3")
    page.locator('[data-topic="queue"] input').check()
    expect(page.locator("[data-slot=reminders]")).to_contain_text("正在等测试提醒")
    until(page, lambda: running.services.store.subscribers.count() == 1)

    def tested() -> bool:
        running.send()
        return bool(push_service.received)

    until(page, tested)
    message = arrived(push_service, subscriber, page)
    assert message["kind"] == "test"
    delivery.deliver(json.dumps(message))
    expect(page.get_by_text("已开通：测试提醒收到了").first).to_be_visible()
    assert wishes(running) == [("queue", "acceptance", 3)]

    page.locator('[data-topic="news"] input').check()
    expect(page.locator("[data-slot=reminders]")).to_contain_text("记下了")
    assert [topic for topic, _, _ in wishes(running)] == ["news", "queue"]
    assert "id" not in message  # what goes to one person is reported by nobody

    # What goes to many is counted where it was shown.
    notices, now = running.services.notices, running.services.now()
    notice = notices.draft({"title": "系统故障", "body": "", "expires_at": now + 3600}, "staff:li", submit=True)
    notices.approve(notice.id, "staff:wang")
    count = len(push_service.received)
    until(page, lambda: running.send() or len(push_service.received) > count)
    delivery.deliver(json.dumps(arrived(push_service, subscriber, page)))
    until(page, lambda: one(running, "SELECT sum(shown) FROM announcements") == 1)

    # The server gets another key: the phone subscribes anew by itself on any page, and is the same person.
    before = running.services.signer.public_key
    running.stop()
    rotate_key(running.settings.data)
    running.start()
    other = context.new_page()
    other.goto(running.url)
    started(other, "updates")
    key = running.services.signer.public_key
    until(other, lambda: one(running, "SELECT vapid FROM people") == key)
    assert key != before
    assert [topic for topic, _, _ in wishes(running)] == ["news", "queue"]
    assert running.services.store.subscribers.count() == 1

    # What it gets now is signed with that key.
    page.reload()
    page.get_by_role("button", name="发一条测试提醒").click()
    count = len(push_service.received)
    until(page, lambda: running.send() or len(push_service.received) > count)
    last = push_service.received[-1]
    assert last.path == "/wpush/2"
    assert phones.claims(last.headers["authorization"], key)["aud"] == push_service.origin


def one(running: Running, query: str) -> Any:
    with running.services.store.subscribers._reading.connect() as connection:
        return connection.exec_driver_sql(query).scalar_one()
