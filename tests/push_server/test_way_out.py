"""Where push services are reached only through a proxy: messages go there, and only to them."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from push_server.errors import StartupError
from push_server.settings import from_environment

from .phone import Phone
from .process import Process, eventually
from .push_service import PushService
from .tunnel import Tunnel, certificate, speak_tls

HOST = "push.example"
PASSWORD = "geheim/@:#"
WRITTEN = "geheim%2F%40%3A%23"

Launch = Callable[..., Process]


@pytest.fixture
def tunnel(tmp_path: Path, push_service: PushService, request: pytest.FixtureRequest) -> Iterator[Tunnel]:
    """A proxy that wants a password, in front of a push service with a certificate for the name given."""
    speak_tls(push_service, *certificate(tmp_path, getattr(request, "param", HOST)))
    tunnel = Tunnel(("127.0.0.1", int(push_service.origin.rsplit(":", 1)[1])), PASSWORD)
    yield tunnel
    tunnel.close()


@pytest.fixture
def launch(site: Path, tmp_path: Path, tunnel: Tunnel) -> Iterator[Launch]:
    started: list[Process] = []

    def launch(proxy: str) -> Process:
        (authority,) = tmp_path.glob("*.crt")
        variables = {"PUSH_PROXY": proxy.format(tunnel.port), "PUSH_HOSTS": HOST, "PUSH_RETRY_SECONDS": "0.2"}
        variables |= {"SSL_CERT_FILE": str(authority), "PYTHONASYNCIODEBUG": "", "https_proxy": "http://127.0.0.1:9"}
        started.append(Process(site, tmp_path / "var", "2026-11-23T11:20:00", **variables))
        return started[-1]

    yield launch
    for process in started:
        process.end(signal.SIGKILL)


def subscribe(process: Process) -> Phone:
    phone = Phone(f"https://{HOST}")
    assert process.call("POST", "push/v1/subscriptions", phone.body())[0] == 201
    return phone


def test_a_message_goes_through_the_proxy(launch: Launch, tunnel: Tunnel, push_service: PushService) -> None:
    process = launch(f"http://user:{WRITTEN}@127.0.0.1:{{}}")
    phone = subscribe(process)
    assert eventually(lambda: len(push_service.received) == 1)
    assert phone.read(push_service.received[0].body)["kind"] == "noon"
    assert (set(tunnel.asked), tunnel.others, tunnel.rejected) == ({f"{HOST}:443"}, [], 0)
    assert "proxy-authorization" not in push_service.received[0].headers
    assert eventually(lambda: process.call("GET", "push/v1/healthz")[1]["pending"] == 0)
    told = str(process.call("GET", "push/v1/healthz")[1]) + process.end(signal.SIGTERM)
    assert "geheim" not in told


def test_a_proxy_that_refuses_is_asked_again_and_its_password_told_nobody(
    launch: Launch, tunnel: Tunnel, push_service: PushService
) -> None:
    process = launch("http://user:falsch@127.0.0.1:{}")
    subscribe(process)
    assert eventually(lambda: tunnel.rejected >= 2)
    health = process.call("GET", "push/v1/healthz")[1]
    assert (health["subscriptions"], health["pending"]) == (1, 1)
    assert push_service.received == []
    assert "falsch" not in str(health) + process.end(signal.SIGTERM)


@pytest.mark.parametrize("tunnel", ["inside.example"], indirect=True)
def test_a_name_that_the_proxy_leads_elsewhere_gets_nothing(
    launch: Launch, tunnel: Tunnel, push_service: PushService
) -> None:
    process = launch(f"http://user:{WRITTEN}@127.0.0.1:{{}}")
    subscribe(process)
    assert eventually(lambda: len(tunnel.asked) >= 2)
    assert process.call("GET", "push/v1/healthz")[1]["pending"] == 1
    assert push_service.received == []


@pytest.mark.parametrize(
    "value",
    [
        "127.0.0.1:3128",
        "socks5://user:geheim@127.0.0.1:1080",
        "http://user:geheim@127.0.0.1",
        "http://user:gehe/im@127.0.0.1:3128",
        "http://user:gehe#im@127.0.0.1:3128",
        "http://user:geheim@127.0.0.1:99999",
        "http://user:gehe@im@127.0.0.1:3128",
        "http://user:geheim@127.0.0.1:3128/path",
        "http://user:geheim@[::1",
        "http://user:gehe im@127.0.0.1:3128",
        "http://:3128",
    ],
)
def test_a_proxy_that_cannot_be_is_refused_without_its_password(value: str) -> None:
    with pytest.raises(StartupError, match=r"PUSH_PROXY 请写成") as told:
        from_environment({"PUSH_PROXY": value})
    assert "gehe" not in str(told.value)


def test_settings_do_not_show_it() -> None:
    settings = from_environment({"PUSH_PROXY": f"http://user:{WRITTEN}@127.0.0.1:3128"})
    assert "geheim" not in repr(settings) + str(settings)
