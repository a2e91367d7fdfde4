"""Behind a proxy: every visitor is counted alone, and nobody chooses as whom."""

from __future__ import annotations

import logging

import pytest

from push_server.errors import StartupError
from push_server.settings import from_environment

from .conftest import Clock, Server, Start

LIMIT = 20
"""Requests an hour that one visitor may send to this address."""
URL = "/push/v1/unfound"


def refused(server: Server, peer: str, forwarded: list[str | None]) -> int:
    """How many of the requests that ``peer`` passes on, one for each of ``forwarded``, are refused."""
    statuses = [
        server.http.post(
            f"{server.services.settings.prefix}{URL}",
            json={"query": f"词{number}"},
            headers={} if one is None else {"X-Forwarded-For": one},
            environ_base={"REMOTE_ADDR": peer},
        ).status_code
        for number, one in enumerate(forwarded)
    ]
    assert set(statuses) <= {204, 429}
    return statuses.count(429)


def behind(start: Start, *proxies: str, **options: object) -> Server:
    return start(rate_limits=True, trusted_proxies=proxies, **options)


TOWN: list[str | None] = [f"203.0.113.{number}" for number in range(40)]


@pytest.mark.parametrize("prefix", ["", "/guide"])
def test_a_town_behind_the_proxy_is_many_visitors(start: Start, prefix: str) -> None:
    assert refused(behind(start, "127.0.0.1", prefix=prefix), "127.0.0.1", TOWN) == 0


@pytest.mark.parametrize(
    ("proxies", "peer", "chain"),
    [
        (["127.0.0.1"], "::ffff:127.0.0.1", "{}"),
        (["::1"], "::1", "{}"),
        (["10.0.0.0/8"], "10.1.2.3", "{}"),
        (["127.0.0.1", "10.0.0.0/8"], "127.0.0.1", "{}, 10.0.0.9, 10.0.0.7"),
        (["127.0.0.1", "10.0.0.7"], "127.0.0.1", "8.8.8.8, {}, 10.0.0.7"),
        (["unix"], "", "{}"),
        (["unix", "10.0.0.7"], "", "{}, 10.0.0.7"),
        (["127.0.0.1"], "127.0.0.1", "{}:51234"),
        (["127.0.0.1"], "127.0.0.1", "8.8.8.8,{}"),
    ],
)
def test_as_the_proxies_say_one_after_the_other(start: Start, proxies: list[str], peer: str, chain: str) -> None:
    server = behind(start, *proxies)
    assert refused(server, peer, [chain.format(one) for one in TOWN]) == 0
    assert refused(server, peer, [chain.format("198.51.100.1")] * (LIMIT + 5)) == 5


@pytest.mark.parametrize(
    ("proxies", "peer", "spoofed"),
    [
        ([], "127.0.0.1", "{}"),
        ([], "", "{}"),
        (["127.0.0.1"], "192.168.1.9", "{}"),
        (["127.0.0.1"], "127.0.0.2", "{}"),
        (["127.0.0.1"], "", "{}"),
        (["unix"], "127.0.0.1", "{}"),
        # What the visitor wrote stands left of what the trusted proxy has added.
        (["127.0.0.1"], "127.0.0.1", "{}, 198.51.100.7"),
        (["127.0.0.1", "10.0.0.7"], "127.0.0.1", "{}, 198.51.100.7, 10.0.0.7"),
        (["127.0.0.1"], "127.0.0.1", "{}, 127.0.0.1, 198.51.100.7"),
        (["127.0.0.1"], "127.0.0.1", "{}, unknown"),
        (["127.0.0.1"], "127.0.0.1", "{}, , "),
    ],
)
def test_who_is_not_trusted_chooses_nothing(start: Start, proxies: list[str], peer: str, spoofed: str) -> None:
    server = behind(start, *proxies)
    assert refused(server, peer, [spoofed.format(f"203.0.113.{number}") for number in range(LIMIT + 5)]) == 5


def test_other_headers_choose_nothing_either(start: Start) -> None:
    server = behind(start, "127.0.0.1")
    statuses = []
    for number in range(LIMIT + 5):
        headers = {"X-Forwarded-For": "198.51.100.7", "X-Real-IP": f"203.0.113.{number}"}
        headers["Forwarded"] = f"for=203.0.113.{number}"
        statuses.append(server.http.post(URL, json={"query": "词"}, headers=headers).status_code)
    assert statuses.count(429) == 5


def test_a_household_has_one_bucket(start: Start) -> None:
    server = behind(start, "127.0.0.1")
    at_home: list[str | None] = [f"2001:db8:1:1::{number:x}" for number in range(LIMIT + 5)]
    assert refused(server, "127.0.0.1", at_home) == 5
    elsewhere: list[str | None] = [f"[2001:db8:1:{number:x}::1]:4711" for number in range(2, 22)]
    assert refused(server, "127.0.0.1", elsewhere) == 0
    mapped: list[str | None] = ["::ffff:198.51.100.7", "198.51.100.7"] * 12
    assert refused(server, "127.0.0.1", mapped) == 4


def problems(server: Server) -> list[str]:
    found: list[str] = server.http.get("/push/v1/healthz").get_json()["problems"]
    return [one for one in found if one.startswith("proxy-")]


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded"])
@pytest.mark.parametrize("peer", ["127.0.0.1", "10.1.1.1", "::1", ""])
def test_a_proxy_that_nobody_named_is_told(
    start: Start, clock: Clock, caplog: pytest.LogCaptureFixture, peer: str, header: str
) -> None:
    server = behind(start)
    assert problems(server) == []
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            server.http.get("/", headers={header: "203.0.113.1"}, environ_base={"REMOTE_ADDR": peer})
    assert problems(server) == ["proxy-untrusted"]
    assert caplog.text.count("PUSH_TRUSTED_PROXY") == 1
    clock.forward(86400)
    assert problems(server) == []


def test_a_named_proxy_that_names_nobody_is_told(start: Start, caplog: pytest.LogCaptureFixture) -> None:
    server = behind(start, "127.0.0.1")
    assert server.http.get("/push/v1/queue").status_code == 200  # a monitor beside the server
    assert problems(server) == []
    assert refused(server, "127.0.0.1", [None]) == 0
    assert problems(server) == ["proxy-silent"]
    assert "docs/deploy/nginx.conf" in caplog.text


def test_strangers_cannot_raise_an_alarm(start: Start) -> None:
    server = behind(start)
    refused(server, "142.250.1.1", ["203.0.113.1"])
    assert problems(server) == []


@pytest.mark.parametrize(
    "value", ["localhost", "127.0.0.1:80", "0.0.0.0/0", "::/0", "10.0.0.1/8", "*", "10.0.0", "unix:/x"]
)
def test_what_is_no_proxy(value: str) -> None:
    with pytest.raises(StartupError, match=r"PUSH_TRUSTED_PROXY 请写"):
        from_environment({"PUSH_TRUSTED_PROXY": f"127.0.0.1,{value}"})
