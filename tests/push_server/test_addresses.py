"""Which addresses the server sends to: never one inside its own network."""

from __future__ import annotations

import asyncio
import socket

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from push_server.pushing import Answer, GuardedResolver, Message, PushClient, is_public
from push_server.store.subscribers import Subscription

from .conftest import Clock, Server, in_own_thread
from .phone import Phone


class Resolver(AbstractResolver):
    """Answers every name with the same addresses."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = addresses

    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[ResolveResult]:
        return [
            ResolveResult(hostname=host, host=address, port=port, family=socket.AF_INET, proto=0, flags=0)
            for address in self.addresses
        ]

    async def close(self) -> None:
        """Nothing is open."""


@pytest.mark.parametrize(
    ("addresses", "usable"),
    [
        (("10.0.0.1",), None),
        (("127.0.0.1", "169.254.169.254"), None),
        (("10.0.0.1", "142.250.1.1"), ["142.250.1.1"]),
    ],
)
def test_a_known_name_never_leads_to_a_private_address(addresses: tuple[str, ...], usable: list[str] | None) -> None:
    guarded = GuardedResolver(Resolver(*addresses), frozenset({"127.0.0.1"}))

    async def resolve() -> list[str]:
        return [found["host"] for found in await guarded.resolve("fcm.googleapis.com", 443)]

    if usable is None:
        with pytest.raises(OSError, match="no public address"):
            in_own_thread(asyncio.run, resolve())
    else:
        assert in_own_thread(asyncio.run, resolve()) == usable


def test_the_guard_stands_before_the_connection(server: Server, clock: Clock) -> None:
    services = server.services
    phone = Phone("https://fcm.googleapis.com")
    keys = phone.subscription()["keys"]
    message = Message(
        subscription=Subscription(endpoint=phone.endpoint, **keys), payload=b"{}", ttl=60, urgency="high", topic="t"
    )

    async def send() -> Answer:
        async with PushClient(services.settings, services.signer, clock, lambda: Resolver("127.0.0.1")) as client:
            return await client(message)

    assert in_own_thread(asyncio.run, send()).reason == "ClientConnectorDNSError"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("142.250.1.1", True),
        ("2a00:1450:4001::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public
