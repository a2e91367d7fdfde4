"""The server's VAPID key (RFC 8292): made once, kept for ever, and the tokens signed with it.

Every subscription is bound to this key. Losing it means that nobody is reached any more
until every phone has subscribed again, so a damaged or missing file is never replaced.
"""

from __future__ import annotations

import base64
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02

from .errors import StartupError

FILE = "vapid.pem"
_RENEW_AFTER = 3600.0
_VALID_FOR = 12 * 3600  # push services accept at most 24 h


def make_key(folder: Path) -> None:
    """Write a new key into ``folder``, complete or not at all; an existing one stays."""
    key = ec.generate_private_key(ec.SECP256R1())
    write_once(
        folder / FILE,
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
    )


def write_once(path: Path, content: bytes) -> None:
    """A file that only we may read, complete or not at all; an existing one stays."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        draft.unlink(missing_ok=True)
        handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)  # unlike a rename, this cannot replace a key
        draft.unlink()
    except OSError as error:
        raise StartupError(f"写不进密钥文件 {path}（{error.strerror}）— 请检查目录权限和磁盘空间后再启动") from None


def load_key(folder: Path) -> ec.EllipticCurvePrivateKey:
    """Raises ``StartupError`` for a file that is unreadable or no P-256 key."""
    path = folder / FILE
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
        if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
            raise ValueError("not a P-256 key")
    except OSError as error:
        raise StartupError(f"读不了密钥文件 {path}（{error.strerror}）— 请检查文件权限后再启动") from None
    except (ValueError, TypeError):
        raise StartupError(f"密钥文件 {path} 已损坏 — 程序没有改动它，请用备份替换这个文件后再启动") from None
    return key


class Signer:
    """Signs for push services: one token per origin and hour."""

    def __init__(self, key: ec.EllipticCurvePrivateKey, contact: str, clock: Callable[[], datetime]) -> None:
        self._vapid = Vapid02(key)
        self._contact = contact
        self._clock = clock
        self._guard = threading.Lock()
        self._headers: dict[str, tuple[float, str]] = {}

    @property
    def public_key(self) -> str:
        """What ``pushManager.subscribe`` takes: the uncompressed point, base64url without padding."""
        point = self._vapid.public_key.public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return base64.urlsafe_b64encode(point).rstrip(b"=").decode()

    def authorization(self, endpoint: str) -> str:
        """The Authorization header for a request to ``endpoint``."""
        parts = urlsplit(endpoint)
        origin = f"{parts.scheme}://{parts.netloc}"
        now = self._clock().timestamp()
        with self._guard:
            made, header = self._headers.get(origin, (float("-inf"), ""))
            if not 0 <= now - made < _RENEW_AFTER:
                claims = {"aud": origin, "sub": self._contact, "exp": int(now) + _VALID_FOR}
                header = self._vapid.sign(claims)["Authorization"]
                self._headers[origin] = (now, header)
            return header
