"""The server's VAPID keys (RFC 8292): made once, kept for ever, and the tokens signed with them.

Every subscription is bound to the key that it was made with. Losing it means that nobody is
reached any more until every phone has subscribed again, so a damaged or missing file is never
replaced. Rotating puts a new key in front; the ones before go on signing for the phones that
have not been here since.
"""

from __future__ import annotations

import base64
import hashlib
import os
import threading
from collections.abc import Callable, Sequence
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


def rotate_key(folder: Path) -> str:
    """Make a new key, keep the one before; its public half. Raises ``StartupError``."""
    before = load_key(folder)
    kept = folder / f"vapid-{_digest(before)}.pem"
    try:
        if not kept.exists():
            os.link(folder / FILE, kept)
        draft = folder / "rotated"
        draft.mkdir(mode=0o700, exist_ok=True)
        make_key(draft)
        (draft / FILE).replace(folder / FILE)
        draft.rmdir()
    except OSError as error:
        raise StartupError(
            f"换不了密钥（{error.strerror}）— 请检查 {folder} 的权限和磁盘空间；原来的密钥没有动"
        ) from None
    return public_key(before)


def key_files(folder: Path) -> list[Path]:
    """The present key first, then those before."""
    return [folder / FILE, *sorted(folder.glob("vapid-*.pem"))]


def load_keys(folder: Path) -> list[ec.EllipticCurvePrivateKey]:
    """All of ``key_files``. Raises ``StartupError``."""
    return [load_key(folder, path.name) for path in key_files(folder)]


def public_key(key: ec.EllipticCurvePrivateKey) -> str:
    """What ``pushManager.subscribe`` takes: the uncompressed point, base64url without padding."""
    point = key.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


def fingerprint(content: bytes) -> str:
    """What nodes compare, to find that one has another key than the rest."""
    return hashlib.sha256(content).hexdigest()[:24]


def _digest(key: ec.EllipticCurvePrivateKey) -> str:
    return hashlib.sha256(public_key(key).encode()).hexdigest()[:12]


def load_key(folder: Path, name: str = FILE) -> ec.EllipticCurvePrivateKey:
    """Raises ``StartupError`` for a file that is unreadable or no P-256 key."""
    path = folder / name
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
    """Signs for push services: one token per key, origin and hour. The first of ``keys`` is the
    present one."""

    def __init__(self, keys: Sequence[ec.EllipticCurvePrivateKey], contact: str, clock: Callable[[], datetime]) -> None:
        self.public_key = public_key(keys[0])
        self._vapids = {public_key(key): Vapid02(key) for key in keys}
        self._contact = contact
        self._clock = clock
        self._guard = threading.Lock()
        self._headers: dict[tuple[str, str], tuple[float, str]] = {}

    def knows(self, key: str | None) -> bool:
        """Whether the private half of ``key`` is here."""
        return key in self._vapids

    def shares_key(self, other: Signer) -> bool:
        """Whether a message of one could be signed with a key of the other."""
        return bool(self._vapids.keys() & other._vapids.keys())

    def authorization(self, endpoint: str, key: str | None = None) -> str:
        """The Authorization header for a request to ``endpoint``, of a subscription that was made
        with the public ``key``; ``None`` is the present one."""
        key = key if key in self._vapids else self.public_key
        parts = urlsplit(endpoint)
        origin = f"{parts.scheme}://{parts.netloc}"
        now = self._clock().timestamp()
        with self._guard:
            made, header = self._headers.get((key, origin), (float("-inf"), ""))
            if not 0 <= now - made < _RENEW_AFTER:
                claims = {"aud": origin, "sub": self._contact, "exp": int(now) + _VALID_FOR}
                header = self._vapids[key].sign(claims)["Authorization"]
                self._headers[key, origin] = (now, header)
            return header
