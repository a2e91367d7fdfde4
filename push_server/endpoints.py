"""Which endpoints and keys a subscription may have. Pure.

Whoever subscribes chooses where this server sends requests. Therefore only the hosts of known
push services are accepted, compared whole: a pattern with room in it lets
``https://127.0.0.1/x.push.apple.com`` pass. Addresses are checked again when sending.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Collection
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec

from .addresses import is_address

# Stricter than RFC 3986, so that no two parsers can read two different hosts in it.
_ENDPOINT = re.compile(r"https?://(?P<host>[a-z0-9.-]+)(?P<port>:[0-9]{1,5})?/[\x21\x24-\x5b\x5d\x5f\x61-\x7a\x7e]*")
LONGEST = 2048


def allowed(endpoint: str, hosts: Collection[str], local_origins: Collection[str] = ()) -> bool:
    """Whether messages may be sent to ``endpoint``: https on the usual port of a known host,
    or anything below a configured local origin."""
    match = _ENDPOINT.fullmatch(endpoint) if len(endpoint) <= LONGEST else None
    if match is None:
        return False
    if local(endpoint, local_origins):
        return True
    return (
        endpoint.startswith("https://")
        and match["port"] is None
        # No name server is asked for an address, so nothing would look at where it leads.
        and not is_address(match["host"])
        and any(_is_host(match["host"], pattern) for pattern in hosts)
    )


def local(endpoint: str, local_origins: Collection[str]) -> bool:
    """Whether ``endpoint`` belongs to a push service that the operator runs for tests."""
    parts = urlsplit(endpoint)
    return f"{parts.scheme}://{parts.netloc}" in local_origins


def valid_origin(origin: str) -> bool:
    """Whether ``origin`` can be one of ``local_origins``: scheme, host and port, nothing else,
    and so that an endpoint may lie below it."""
    try:
        parts = urlsplit(origin)
        port = parts.port
    except ValueError:
        return False
    whole = f"{parts.scheme}://{parts.hostname}" + ("" if port is None else f":{port}")
    return bool(parts.hostname) and origin == whole and port != 0 and allowed(f"{origin}/", (), (origin,))


def _is_host(host: str, pattern: str) -> bool:
    if not pattern.startswith("*."):
        return host == pattern
    labels, suffix = host.split("."), pattern[2:].split(".")
    return len(labels) > len(suffix) and all(labels) and labels[-len(suffix) :] == suffix


def valid_p256dh(text: str) -> bool:
    """A point on P-256, uncompressed (RFC 8291 §3.1)."""
    point = _decode(text, 65)
    if point is None:
        return False
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError:
        return False
    return True


def valid_auth(text: str) -> bool:
    """16 bytes (RFC 8291 §3.2)."""
    return _decode(text, 16) is not None


def _decode(text: str, size: int) -> bytes | None:
    """``text`` as base64url, with or without padding; ``None`` unless it is ``size`` bytes."""
    bare = text.rstrip("=")
    if not re.fullmatch(r"[A-Za-z0-9_-]+", bare):
        return None
    try:
        content = base64.urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
    except binascii.Error:
        return None
    return content if len(content) == size else None
