"""A phone as the tests see it: it subscribes, and it reads what a push service hands it.

Decryption and signature checks use http-ece and cryptography directly, not the server's code.
"""

from __future__ import annotations

import base64
import json
import secrets
from typing import Any

import http_ece
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils


def unpadded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def padded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Phone:
    def __init__(self, origin: str, name: str | None = None) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.secret = secrets.token_bytes(16)
        self.path = f"/wpush/{name or secrets.token_hex(8)}"
        self.endpoint = origin + self.path

    def subscription(self) -> dict[str, Any]:
        """As ``PushSubscription.toJSON()`` gives it."""
        point = self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        keys = {"p256dh": unpadded(point), "auth": unpadded(self.secret)}
        return {"endpoint": self.endpoint, "expirationTime": None, "keys": keys}

    def body(self) -> dict[str, Any]:
        return {"subscription": self.subscription(), "topics": ["noon"]}

    def read(self, content: bytes) -> dict[str, Any]:
        """What the service worker gets from ``content``."""
        plain = http_ece.decrypt(content, private_key=self.key, auth_secret=self.secret, version="aes128gcm")
        message: dict[str, Any] = json.loads(plain)
        return message


def claims(authorization: str, public_key: str) -> dict[str, Any]:
    """The claims of a VAPID header whose signature is right; raises when it is not."""
    scheme, _, rest = authorization.partition(" ")
    parts = dict(part.split("=", 1) for part in rest.split(","))
    assert scheme == "vapid"
    assert parts["k"] == public_key
    signed, _, signature = parts["t"].rpartition(".")
    r, s = padded(signature)[:32], padded(signature)[32:]
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), padded(public_key))
    encoded = utils.encode_dss_signature(int.from_bytes(r), int.from_bytes(s))
    key.verify(encoded, signed.encode(), ec.ECDSA(hashes.SHA256()))
    header, _, payload = signed.partition(".")
    assert json.loads(padded(header)) == {"typ": "JWT", "alg": "ES256"}
    found: dict[str, Any] = json.loads(padded(payload))
    return found
