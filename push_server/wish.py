"""What somebody wants to be told, and when not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Topic = Literal["noon", "hours", "queue", "ticket", "matter", "renewal", "news"]
"""``noon``: the noon service takes place. ``hours``: it does not, or the centre is closed, or
open at other hours. ``queue``: few people wait. ``ticket``: a ticket's turn comes. ``matter``:
a matter has changed. ``renewal``: a document runs out. ``news``: what the centre announces."""

EVERYBODY, HOURS_ONLY = "everybody", "hours-only"
"""Audiences beside the topics: all who wish for anything; who wants to know of hours and not of the
noon service."""

Quiet = Literal["waits", "breaks", "drops"]
"""What a message does in somebody's quiet hours: wait for their end, ring all the same, or not
come at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """``subject`` is a kind of counter, ``<day>:<ticket>`` or the id of a matter; empty where the
    topic has none. ``threshold`` people wait or are ahead; ``lead`` minutes before it begins;
    ``weekdays`` ISO numbers such as ``"1356"``, ``None`` for all; ``on_date`` (ISO) a document
    runs out."""

    topic: Topic
    subject: str = ""
    threshold: int | None = None
    lead: int | None = None
    weekdays: str | None = None
    on_date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """``quiet`` minutes of the day at the centre (from, to) in which nothing rings that can wait; they
    may span midnight. ``paused_until`` (seconds since 1970) nothing is told at all."""

    quiet: tuple[int, int] | None = None
    paused_until: float | None = None


DAY = 24 * 60
"""Minutes."""


def quiet_ends(quiet: tuple[int, int] | None, minute: int) -> int | None:
    """Minutes from ``minute`` of the day until the quiet hours around it end; ``None`` when it is
    in none."""
    if quiet is None or quiet[0] == quiet[1]:
        return None
    start, end = quiet
    if (minute - start) % DAY >= (end - start) % DAY:
        return None
    return (end - minute) % DAY


@dataclass(frozen=True, slots=True)
class Watch:
    """How it stands with one threshold of one kind of counter: ``armed`` when more have waited
    since it was last told, ``told_at`` then, in seconds since 1970."""

    armed: bool
    told_at: float | None = None


TOPICS: Mapping[Topic, frozenset[str]] = {
    "noon": frozenset({"lead", "weekdays"}),
    "hours": frozenset(),
    "queue": frozenset({"subject", "threshold"}),
    "ticket": frozenset({"subject", "threshold"}),
    "matter": frozenset({"subject"}),
    "renewal": frozenset({"subject", "on_date"}),
    "news": frozenset(),
}
"""What a wish of each topic says besides."""
