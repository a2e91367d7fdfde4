"""The types of changes/<date>.yml: what changed from one publication to the next, in words.

``guide record`` writes these files; the wording may be mended by hand.
"""

from __future__ import annotations

from datetime import date

from .record import Record


class Change(Record, frozen=True, kw_only=True):
    """One change in words (法定时限：20 → 15 个工作日).

    ``matter`` and ``name`` are what the matter was called then; it may be gone by now.
    Both are ``None`` for what concerns the centre or all matters. ``urgent``: it reaches pages
    that are open as a banner; changed opening hours are urgent, anything else when an editor says so.
    """

    matter: str | None
    name: str | None
    text: str
    urgent: bool = False


class CalendarMarks(Record, frozen=True, kw_only=True):
    """What the published calendars said then: a digest of each. ``guide record`` writes them; by them
    a later calendar knows how often it has changed (``generator/render/calendars.py``)."""

    noon: str
    closures: str


class ChangeEntry(Record, frozen=True, kw_only=True):
    """What one publication changed. ``commit`` is the state of the catalogue that it
    describes, and with which the next one is compared; ``None`` where that is not known."""

    date: date
    commit: str | None
    changes: tuple[Change, ...]
    calendars: CalendarMarks | None = None


def in_order(id: str) -> tuple[str, int]:
    """Sorts entries by their names: 2026-11-24, 2026-11-24-2, 2026-11-24-10."""
    return id[:10], int(id[11:] or 1)
