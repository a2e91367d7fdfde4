"""The published hours of a day, as moments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ..published import LOCAL, Span, clock_time


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A span of a date, as moments (seconds since 1970, half-open). ``counters`` per kind; not
    there or ``None`` where nobody published a number."""

    opens: float
    closes: float
    service: str
    counters: Mapping[str, int | None]

    @property
    def noon(self) -> bool:
        return self.service == "noon"


def midnight(day: date) -> float:
    """The moment at which ``day`` begins at the centre."""
    return datetime(day.year, day.month, day.day, tzinfo=LOCAL).timestamp()


def openings(day: date, spans: Sequence[Span] | None) -> tuple[Opening, ...]:
    """The published spans of ``day`` in order; none when it is closed or not published."""
    start = midnight(day)

    def moment(clock: str) -> float:
        at = clock_time(clock)
        return start + timedelta(hours=at.hour, minutes=at.minute).total_seconds()

    return tuple(
        Opening(opens=moment(span.opens), closes=moment(span.closes), service=span.service, counters=span.counters)
        for span in spans or ()
    )
