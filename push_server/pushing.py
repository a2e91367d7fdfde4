"""One message to one push service (RFC 8030): encrypted, signed, guarded, with an answer."""

from __future__ import annotations

import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, Protocol
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from pywebpush import WebPusher

from .addresses import is_public
from .endpoints import allowed, local
from .keys import Signer
from .settings import Settings
from .store.subscribers import Subscription

LARGEST_PLAINTEXT = 3993
"""4096 bytes, what a push service must accept, less what encryption adds (RFC 8291 §4)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """``ttl`` in seconds; ``topic`` replaces an undelivered message of the same topic."""

    subscription: Subscription
    payload: bytes = field(repr=False)
    ttl: int
    urgency: str
    topic: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """``status`` is the push service's, ``None`` without an answer; then ``reason`` says why.

    ``refused``: we would not send there, now or ever. ``left``: the request may have arrived
    although no answer did. ``retry_after`` in seconds.
    """

    status: int | None = None
    retry_after: float | None = None
    reason: str | None = None
    refused: bool = False
    left: bool = True


class Send(Protocol):
    """Sends messages while it is open. ``create_app(send=...)`` replaces the real one."""

    def __call__(self, message: Message) -> Awaitable[Answer]: ...


class GuardedResolver(AbstractResolver):
    """Resolves names to public addresses only.

    It is asked when the connection is made, so a name cannot change to an address inside the
    network between check and use. Names in ``local_hosts`` may have any address.
    """

    def __init__(self, inner: AbstractResolver, local_hosts: frozenset[str]) -> None:
        self._inner = inner
        self._local_hosts = local_hosts

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._inner.resolve(host, port, family)
        if host in self._local_hosts:
            return found
        public = [entry for entry in found if is_public(entry["host"])]
        if not public:
            raise OSError(f"{host} has no public address")
        return public

    async def close(self) -> None:
        await self._inner.close()


class PushClient:
    """The real ``Send``: pywebpush's encryption over one pool of connections.

    Use as ``async with`` in one event loop. Connects at most ``settings.connections`` times.

    With ``settings.proxy`` the proxy resolves the names of push services, and this program
    cannot see where they lead. It still sends nothing inside: a message leaves only after
    the other end of the tunnel has shown a certificate for a name of ``push_hosts``, a name
    is never an address, and the port is 443. Local origins are reached without the proxy.
    """

    def __init__(
        self,
        settings: Settings,
        signer: Signer,
        clock: Callable[[], datetime],
        resolver: Callable[[], AbstractResolver] = aiohttp.ThreadedResolver,
    ) -> None:
        self._settings = settings
        self._signer = signer
        self._clock = clock
        self._resolver = resolver
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> PushClient:
        hosts = frozenset(
            urlsplit(url).hostname or "" for url in (*self._settings.local_push_origins, self._settings.proxy or "")
        )
        connector = aiohttp.TCPConnector(
            resolver=GuardedResolver(self._resolver(), hosts),
            limit=self._settings.connections,
            # Shorter than any push service keeps an idle connection: a request must not leave
            # on one that the other side is just closing.
            keepalive_timeout=10,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            timeout=aiohttp.ClientTimeout(total=20, sock_connect=6, sock_read=12),
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
        )
        return self

    async def __aexit__(self, *_error: object) -> None:
        if self._session is not None:
            await self._session.close()

    async def __call__(self, message: Message) -> Answer:
        assert self._session is not None, "use the client within async with"
        subscription = message.subscription
        # Checked again: the configuration may have become stricter since it was stored.
        if not allowed(subscription.endpoint, self._settings.push_hosts, self._settings.local_push_origins):
            return Answer(reason="host-refused", refused=True)
        if len(message.payload) > LARGEST_PLAINTEXT:
            return Answer(reason="payload-too-large", refused=True)
        try:
            async with self._session.post(
                subscription.endpoint,
                data=encrypt(subscription, message.payload),
                headers={
                    "Authorization": self._signer.authorization(subscription.endpoint, subscription.key),
                    "Content-Encoding": "aes128gcm",
                    "Content-Type": "application/octet-stream",
                    "TTL": str(message.ttl),
                    "Urgency": message.urgency,
                    "Topic": message.topic,
                },
                allow_redirects=False,
                proxy=None if local(subscription.endpoint, self._settings.local_push_origins) else self._settings.proxy,
            ) as response:
                await response.content.read(4096)  # so that the connection can be used again
                return Answer(status=response.status, retry_after=self._retry_after(response))
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            return Answer(reason=type(error).__name__, left=False)
        except TimeoutError:
            return Answer(reason="timeout")
        except aiohttp.ClientHttpProxyError as error:
            # The proxy's own no is no answer of the push service; its words may hold anything.
            return Answer(reason=f"proxy-{error.status}", left=False)
        except (aiohttp.ClientError, OSError) as error:
            return Answer(reason=type(error).__name__)

    def _retry_after(self, response: aiohttp.ClientResponse) -> float | None:
        """Retry-After (RFC 9110 §10.2.3) in seconds from now; ``None`` without a usable one."""
        text = response.headers.get("Retry-After", "").strip()
        if text.isascii() and text.isdigit():
            return float(text[:9])
        try:
            moment = parsedate_to_datetime(text)
            return max(0.0, (moment - self._clock()).total_seconds())
        except (ValueError, TypeError, OverflowError):
            return None


def encrypt(subscription: Subscription, payload: bytes) -> bytes:
    """``payload`` as aes128gcm for the phone (RFC 8291)."""
    keys: dict[str, Any] = {"p256dh": subscription.p256dh.rstrip("="), "auth": subscription.auth.rstrip("=")}
    encoded = WebPusher({"endpoint": subscription.endpoint, "keys": keys}).encode(payload)
    body: bytes = encoded["body"]
    return body
