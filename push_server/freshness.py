"""How long an answer may be kept, and the answer that says so."""

from __future__ import annotations

import hashlib
from typing import Literal

from flask import Response, request

FRESH = 15
"""Seconds for which an answer that everybody gets stays the same while nothing happens, and its ETag with it."""
KEPT = 5
"""Seconds for which it may be kept: with these, and those between two looks of an open page, what
happens stands on it within fifteen."""


def fresh_answer(body: bytes, content_type: str, *, whose: Literal["public", "private"] = "public") -> Response:
    """``body`` with an ETag, to be kept for a moment; 304 where it is known. What is ``private`` is
    kept by the phone alone, and by no cache on the way."""
    response = Response(body, content_type=content_type)
    response.headers["Cache-Control"] = f"{whose}, max-age={KEPT}"
    response.set_etag(fingerprint(body))
    return response.make_conditional(request)


def fingerprint(content: bytes) -> str:
    """What an ETag is made of."""
    return hashlib.sha256(content).hexdigest()[:16]
