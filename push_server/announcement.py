"""What is told to people: one announcement, for one audience, until a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from .wish import Quiet

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
    """``key`` is unique for ever; ``audience`` is a topic, or ``None`` for one person.

    Of the wishes for ``audience`` only those with its ``subject`` and ``threshold``, where it has
    them, and on a ``weekday`` (ISO) that they name. What ``begins_at`` a moment is told ``lead``
    minutes before, or as many as the wish says; everything else at once. ``quiet`` is what it does
    in somebody's quiet hours.

    ``facts`` is what it comes to, in short ("11:30–13:00", "off"). Under the same key they may
    change: then whoever was, or may have been, told other ones gets ``correction``, until
    ``corrects_until``. Everybody else gets ``payload``, until ``expires_at``. ``prompt`` goes
    before what is sent to everybody.
    """

    key: str
    audience: str | None
    payload: Payload
    urgency: Urgency
    expires_at: datetime
    facts: str = ""
    correction: Payload | None = None
    corrects_until: datetime | None = None
    prompt: bool = False
    subject: str | None = None
    threshold: int | None = None
    weekday: int | None = None
    begins_at: datetime | None = None
    lead: int | None = None
    quiet: Quiet = "waits"

    @property
    def over_at(self) -> datetime:
        """From when on nobody is told any more."""
        return max(self.expires_at, self.corrects_until or self.expires_at)
