"""Naming a style or script that stands in a page, for the page's policy."""

from __future__ import annotations

import binascii
import hashlib


def digest_source(text: str) -> str:
    """What allows exactly this inline style or script (CSP Level 3, 2.3.1), to stand between
    single quotation marks."""
    digest = binascii.b2a_base64(hashlib.sha256(text.encode()).digest(), newline=False).decode()
    return f"sha256-{digest}"
