"""Passwords and short codes: what may be one, and how they are kept (Argon2id, RFC 9106)."""

from __future__ import annotations

import re
import threading
from functools import cache
from itertools import pairwise

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 10, 128
_CODE = re.compile(r"[0-9]{6}")
_HASHER = PasswordHasher()
_AT_ONCE = threading.BoundedSemaphore(2)
"""Each takes 64 MiB for a moment."""


def hashed(secret: str) -> str:
    with _AT_ONCE:
        return _HASHER.hash(secret)


def matches(known: str | None, secret: str) -> bool:
    """Whether ``secret`` is what ``known`` is the hash of. ``None`` takes as long, and is no."""
    with _AT_ONCE:
        try:
            return _HASHER.verify(known or _nobody(), secret) and known is not None
        except (VerificationError, InvalidHashError):
            return False


def outdated(known: str) -> bool:
    """Whether a hash was made with weaker parameters than are now usual."""
    return _HASHER.check_needs_rehash(known)


@cache
def _nobody() -> str:
    return _HASHER.hash("nobody has this password")


def password_mistake(password: str, name: str) -> str | None:
    """What is wrong with a new password, in words; ``None`` when nothing is."""
    if not SHORTEST <= len(password) <= LONGEST:
        return f"密码要 {SHORTEST} 到 {LONGEST} 个字符，可以用一句话。"
    if len(set(password)) < 5:
        return "密码里不同的字符太少，请换一个。"
    if name.casefold() in password.casefold():
        return "密码里不要有账号名，请换一个。"
    return None


def code_mistake(code: str) -> str | None:
    """What is wrong with a new short code, in words; ``None`` when nothing is."""
    if not _CODE.fullmatch(code):
        return "短码是 6 个数字。"
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(code)}
    if steps in ({0}, {1}, {9}) or code[:3] == code[3:] or code[:2] * 3 == code:
        return "这个短码太好猜，请换一个。"
    return None
