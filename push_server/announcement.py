"""What is told to people: one announcement, for one audience, until a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Urgency = Literal["very-low", "low", "normal", "high"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """What the phone receives, as JSON. ``url`` is relative to the site's root.

    ``tag`` is also the Topic header (RFC 8030 §5.4: at most 32 characters of base64url): a
    repeat replaces its predecessor at the push service and on the screen.
    """

    kind: str
    title: str
    body: str
    tag: str
    url: str
    date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """``key`` is unique for ever; ``audience`` is a topic, or ``None`` for one recipient."""

    key: str
    audience: str | None
    payload: Payload
    urgency: Urgency
    expires_at: datetime
