"""The types of duty.yml."""

from __future__ import annotations

from datetime import date as Date

from .record import Record


class Post(Record, frozen=True, kw_only=True):
    """How many counters of a ``kind`` (``counter_kinds`` of centre.yml) are open over noon."""

    kind: str
    open: int


class Shift(Record, frozen=True, kw_only=True):
    """Who is on duty over noon on one ``date``, or on every day of noon service from ``first`` to
    ``last``, both included; ``weekdays`` (ISO, 1 is Monday) leaves out the others.

    A kind that ``posts`` does not name is not open. ``people`` are all who are on duty, those behind
    the counters too; ``None`` is one for each counter. ``names`` are of persons, and only where the
    roster says that the centre wants them published.
    """

    date: Date | None = None
    first: Date | None = None
    last: Date | None = None
    weekdays: tuple[int, ...] = ()
    posts: tuple[Post, ...]
    people: int | None = None
    names: tuple[str, ...] = ()

    @property
    def counters(self) -> int:
        """How many counters are open."""
        return sum(post.open for post in self.posts)

    @property
    def staff(self) -> int:
        """How many people are on duty."""
        return self.counters if self.people is None else self.people


class Roster(Record, frozen=True, kw_only=True):
    """duty.yml: who is on duty over noon. A day without a shift is as centre.yml promises."""

    names: bool = False
    shifts: tuple[Shift, ...]
