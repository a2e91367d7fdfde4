"""A real subscription: Firefox, a push service on this machine, the real push server, the real worker."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from push_server.keys import rotate_key
from push_server.settings import Settings
from scripts import engines

from ..browser import small_site
from ..browser.test_real_server import Running, one
from .autopush import Autopush
from .engine import heard, until
from .firefox import Firefox


@pytest.fixture
def autopush() -> Iterator[Autopush]:
    service = Autopush()
    yield service
    service.close()


@pytest.fixture
def running(tmp_path: Path, autopush: Autopush) -> Iterator[Running]:
    small_site.publish(tmp_path / "site")
    server = Running(
        Settings(
            site=tmp_path / "site",
            data=tmp_path / "var",
            contact="mailto:office@example.com",
            local_push_origins=(autopush.origin,),
            rate_limits=False,
            shown_sample=1.0,
        )
    )
    yield server
    server.stop()


@pytest.fixture
def engine(tmp_path: Path, autopush: Autopush) -> Iterator[Firefox]:
    (tmp_path / "profile").mkdir()
    try:
        running = Firefox(
            engines.firefox(),
            tmp_path / "profile",
            {
                "dom.push.serverURL": autopush.address,
                "dom.push.connection.enabled": True,
                "dom.push.testing.allowInsecureServerURL": True,
                # Nothing else on this machine shows messages.
                "alerts.useSystemBackend": False,
                # As somebody who has said yes.
                "permissions.default.desktop-notification": 1,
            },
        )
    except engines.NoEngine as error:
        pytest.fail(str(error))
    yield running
    running.close()


def test_firefox_is_subscribed_and_shows_what_the_server_sends(
    engine: Firefox, running: Running, autopush: Autopush
) -> None:
    engine.open(f"{running.url}reminders/")
    engine.wait("document.querySelector('[data-module~=\"updates\"]').dataset.stored === 'yes'")
    engine.wait("document.querySelector('[data-module=reminders]').dataset.reminders === 'off'")
    engine.tap('[data-topic="noon"] input')

    def sent() -> bool:
        running.send()
        return bool(autopush.posted)

    until(sent, "the test message")
    engine.wait("document.querySelector('[data-slot=reminders]').textContent.includes('已开通：测试提醒收到了')")
    shown = engine.look(
        "(async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(it => it.title))()"
    )
    assert shown == ["收到了，提醒能用"]
    until(lambda: autopush.acknowledged == 1, "Firefox to acknowledge")
    assert autopush.posted[0]["content-encoding"] == "aes128gcm"
    assert autopush.posted[0]["authorization"].startswith("vapid ")
    assert running.services.store.subscribers.count() == 1

    # With another key of the server it is subscribed anew at the next visit, and goes on getting messages.
    running.stop()
    rotate_key(running.settings.data)
    running.start()
    engine.look("sessionStorage.clear()")
    engine.open(running.url)
    key = running.services.signer.public_key
    until(lambda: one(running, "SELECT vapid FROM people") == key, "the phone to subscribe anew")
    assert one(running, "SELECT group_concat(topic) FROM wishes") == "noon"
    engine.open(f"{running.url}reminders/")
    engine.wait("document.querySelector('[data-module=reminders]').dataset.reminders === 'on'")
    engine.tap("[data-slot=reminders] button")
    until(lambda: running.send() or len(autopush.posted) == 2, "another message")
    assert autopush.posted[1]["authorization"].endswith(f"k={key}")
    until(lambda: autopush.acknowledged == 2, "Firefox to acknowledge")
    assert heard(engine) == []
