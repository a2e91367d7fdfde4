"""One message to one push service (RFC 8030): encrypted, signed, guarded, with an answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, Protocol

from pywebpush import WebPusher

from .endpoints import allowed, local
from .keys import Signer
from .settings import Settings
from .store.subscribers import Subscription
from .way_out.handle import TransferError
from .way_out.transfers import Transfers

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
        transfers: Callable[[int, str | None], Transfers] = Transfers,
    ) -> None:
        self._settings = settings
        self._signer = signer
        self._clock = clock
        self._transfers = transfers(settings.connections, settings.proxy)

    async def __aenter__(self) -> PushClient:
        await self._transfers.__aenter__()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._transfers.__aexit__(*error)

    async def __call__(self, message: Message) -> Answer:
        subscription = message.subscription
        origins = self._settings.local_push_origins
        # Checked again: the configuration may have become stricter since it was stored.
        if not allowed(subscription.endpoint, self._settings.push_hosts, origins):
            return Answer(reason="host-refused", refused=True)
        if len(message.payload) > LARGEST_PLAINTEXT:
            return Answer(reason="payload-too-large", refused=True)
        fields = [
            f"Authorization: {self._signer.authorization(subscription.endpoint, subscription.key)}",
            "Content-Encoding: aes128gcm",
            "Content-Type: application/octet-stream",
            f"TTL: {message.ttl}",
            f"Urgency: {message.urgency}",
            f"Topic: {message.topic}",
        ]
        try:
            reply = await self._transfers.post(
                subscription.endpoint,
                encrypt(subscription, message.payload),
                fields,
                inside=local(subscription.endpoint, origins),
            )
        except TransferError as error:
            return Answer(reason=error.reason, left=error.left)
        return Answer(status=reply.status, retry_after=self._retry_after(reply.retry_after))

    def _retry_after(self, text: str) -> float | None:
        """Retry-After (RFC 9110 §10.2.3) in seconds from now; ``None`` without a usable one."""
        if not text:
            return None
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
