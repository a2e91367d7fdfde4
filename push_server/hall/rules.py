"""How the hall goes about its tickets, where a centre may do otherwise."""

from __future__ import annotations

from msgspec import Struct


class Rules(Struct, frozen=True, kw_only=True):
    """``missed_after`` others are called before a ticket that was missed comes back;
    ``comebacks`` times it does so by itself. ``grace`` seconds after the last closing whoever
    still waits is no longer served that day."""

    missed_after: int = 3
    comebacks: int = 1
    grace: float = 1800.0
