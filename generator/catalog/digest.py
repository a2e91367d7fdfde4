"""How the guide names content."""

from __future__ import annotations

import hashlib


def digest(data: bytes) -> str:
    """The first 16 hex digits of SHA-256 (FIPS 180-4)."""
    return hashlib.sha256(data).hexdigest()[:16]
