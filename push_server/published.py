"""The published data the server works from: ``api/v1/{centre,calendar,release}.json``.

Unknown fields are ignored, so that the guide may publish more than this server knows.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta, timezone
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import msgspec
from msgspec import Meta, Struct

from . import logs

log = logs.get(__name__)

T = TypeVar("T")

LOCAL = timezone(timedelta(hours=8), "Asia/Shanghai")
"""The centre's time; China has had no daylight saving since 1991."""

CENTRE, CALENDAR = "api/v1/centre.json", "api/v1/calendar.json"
RELEASE = "api/v1/release.json"

Clock = Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


_USUAL = {"workday": "workday", "make_up_workday": "workday", "weekend": "closed", "holiday": "closed"}
"""Which pattern a day of each kind has where nothing is exceptional."""


class DataError(Exception):
    """Published data is missing or not as documented; the text names file and trouble."""


class Span(Struct, frozen=True):
    """Half-open: the centre serves from ``opens`` until before ``closes``. ``counters`` of each kind are
    open: by the roster over noon, where it has the day."""

    opens: Clock
    closes: Clock
    service: str
    counters: dict[str, int | None] = {}


class Duty(Struct, frozen=True):
    """Who is on duty over noon by the roster: open counters of each kind, and how many people."""

    counters: dict[str, int]
    people: int


class _Day(Struct, frozen=True):
    date: date
    kind: str
    name: str | None
    pattern: str
    civil: str | None = None
    """Of an exception only: what the day is for the rest of the country."""
    duty: Duty | None = None


class _CalendarFile(Struct, frozen=True):
    timezone: Literal["Asia/Shanghai"]
    first: date
    last: date
    patterns: dict[str, list[Span]]
    days: list[_Day]


class CounterKind(Struct, frozen=True):
    id: str
    name: str
    queue: bool = False
    open_noon: int = 0


class _Staff(Struct, frozen=True):
    at_least: int


class _NoonService(Struct, frozen=True):
    staff: _Staff
    hours_per_year_claimed: int | None = None
    """Hours a year that the source reports."""


Colour = Annotated[str, Meta(pattern=r"^#[0-9a-fA-F]{6}$")]


class Colours(Struct, frozen=True):
    """Of links and buttons: ``light`` on a light ground, ``dark`` on a dark one."""

    light: Colour = "#1f4e8c"
    dark: Colour = "#9cc2f2"


class Centre(Struct, frozen=True):
    """``hotline`` is whom to ring; a guide may have published none."""

    name: str
    counter_kinds: list[CounterKind]
    hotline: str | None = None
    short_name: str | None = None
    colours: Colours = Colours()
    noon_service: _NoonService | None = None


class _Release(Struct, frozen=True):
    id: str


@dataclass(frozen=True, slots=True)
class ExceptionalDay:
    """``usual`` are the spans that the day would have by the ordinary timetable; ``None`` when
    that cannot be told."""

    reason: str | None
    usual: tuple[Span, ...] | None


@dataclass(frozen=True, slots=True)
class Calendar:
    """Opening spans per date. A date that is not in ``days`` is unknown, not closed."""

    days: Mapping[date, tuple[Span, ...]]
    last: date
    exceptions: Mapping[date, ExceptionalDay]
    kinds: Mapping[date, tuple[str, str | None]] = field(default_factory=dict)
    """What each day is (``workday``, ``weekend``, ``holiday``, ``make_up_workday``, ``exception``), and its name."""
    workdays: frozenset[date] = frozenset()
    """The days on which the country works, whatever the centre's hours."""
    duty: Mapping[date, Duty] = field(default_factory=dict)
    """Who is on duty over noon, as far as a roster says."""

    def spans(self, day: date) -> tuple[Span, ...] | None:
        return self.days.get(day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What was published at one moment."""

    centre: Centre
    calendar: Calendar
    release: str | None


def clock_time(text: str) -> time:
    return time(int(text[:2]), int(text[3:]))


def read_calendar(content: bytes) -> Calendar:
    """Raises ``msgspec.ValidationError`` (or its parent for bad JSON) for anything undocumented."""
    file = msgspec.json.decode(content, type=_CalendarFile)
    for name, spans in file.patterns.items():
        edges = [edge for span in spans for edge in (span.opens, span.closes)]
        if any(span.closes <= span.opens for span in spans) or edges != sorted(edges):
            raise msgspec.ValidationError(f"spans of pattern {name} are empty, overlap or are out of order")
    usual = {kind: file.patterns.get(name) for kind, name in _USUAL.items()}
    duty = {day.date: day.duty for day in file.days if day.duty is not None}
    days, exceptions, kinds = {}, {}, {}
    for day in file.days:
        kinds[day.date] = (day.kind, day.name)
        if day.pattern not in file.patterns:
            raise msgspec.ValidationError(f"{day.date} names an unknown pattern")
        days[day.date] = _on_duty(file.patterns[day.pattern], day.duty)
        if day.kind == "exception":
            spans = usual.get(day.civil or "")
            exceptions[day.date] = ExceptionalDay(day.name, None if spans is None else tuple(spans))
    if len(days) != len(file.days) or len(days) != (file.last - file.first).days + 1:
        raise msgspec.ValidationError("days do not cover first to last once each")
    if days and (min(days), max(days)) != (file.first, file.last):
        raise msgspec.ValidationError("days lie outside first to last")
    working = frozenset(day.date for day in file.days if _USUAL.get(day.civil or day.kind) == "workday")
    return Calendar(days=days, last=file.last, exceptions=exceptions, kinds=kinds, workdays=working, duty=duty)


def _on_duty(spans: Sequence[Span], duty: Duty | None) -> tuple[Span, ...]:
    """Hours of a day with the counters that its roster has over noon."""
    if duty is None:
        return tuple(spans)
    own = dict(duty.counters)
    return tuple(msgspec.structs.replace(one, counters=own) if one.service == "noon" else one for one in spans)


def _usual(calendar: Calendar, day: date) -> tuple[Span, ...] | None:
    """The hours of a day by the ordinary timetable, as far as that can be told."""
    exception = calendar.exceptions.get(day)
    return exception.usual if exception is not None else calendar.days.get(day)


def laid_over(printed: Snapshot, spans: Mapping[date, tuple[Span, ...]], reasons: Mapping[date, str]) -> Snapshot:
    """What holds when single days have other hours than ``printed``; the reasons are as people read them."""
    if not spans:
        return printed
    calendar = printed.calendar
    exceptions = {day: ExceptionalDay(reasons.get(day), _usual(calendar, day)) for day in spans}
    spans = {
        day: _on_duty(_staffed(some, exceptions[day].usual or ()), calendar.duty.get(day))
        for day, some in spans.items()
    }
    return replace(
        printed,
        calendar=replace(calendar, days={**calendar.days, **spans}, exceptions={**calendar.exceptions, **exceptions}),
    )


def _staffed(spans: tuple[Span, ...], usual: tuple[Span, ...]) -> tuple[Span, ...]:
    """A span that is as ever has as many counters as ever."""
    known = {(span.opens, span.closes, span.service): span for span in usual}
    return tuple(known.get((span.opens, span.closes, span.service), span) for span in spans)


class Published:
    """The newest good snapshot of ``site``; a broken rebuild leaves the last good one."""

    def __init__(self, site: Path) -> None:
        self._site = site
        # As texts: they are looked at for every message that leaves.
        self._paths = [os.fspath(site / name) for name in (CENTRE, CALENDAR, RELEASE)]
        self._guard = threading.Lock()
        self._signature = self._sign()
        self._overlay: Mapping[date, tuple[Span, ...]] = {}
        self._reasons: Mapping[date, str] = {}
        self._printed = self._load()
        self._snapshot = self._printed
        self.problem: str | None = None
        """Why the data now on disk is not in use; ``None`` when it is."""

    def current(self) -> Snapshot:
        """The data to work with. Cheap: files are read only when they were replaced."""
        with self._guard:
            signature = self._sign()
            if signature != self._signature:
                self._signature = signature
                try:
                    self._printed = self._load()
                    self._snapshot = self._laid_over()
                    self.problem = None
                except DataError as error:
                    self.problem = str(error)
                    log.error("data-refused", problem=str(error))
            return self._snapshot

    def file(self, name: str) -> bytes:
        """A published file, by its path in the site. Raises ``OSError``."""
        return (self._site / name).read_bytes()

    def brought_at(self) -> float | None:
        """When the site that is there was written, in seconds since 1970; ``None`` where no page can be read."""
        try:
            with (self._site / "index.html").open("rb") as page:
                written = os.fstat(page.fileno()).st_mtime
            with suppress(OSError):  # each release has one; pages that stayed the same are older
                written = max(written, os.stat(self._paths[-1]).st_mtime)
            return written
        except OSError:
            return None

    def printed(self) -> Snapshot:
        """The data as the guide published it, whatever was announced since."""
        self.current()
        with self._guard:
            return self._printed

    def lay_over(self, spans: Mapping[date, tuple[Span, ...]], reasons: Mapping[date, str]) -> None:
        """Hours of single days that hold instead of the published ones, announced at short notice."""
        with self._guard:
            if (spans, reasons) != (self._overlay, self._reasons):
                self._overlay, self._reasons = dict(spans), dict(reasons)
                self._snapshot = self._laid_over()

    def _laid_over(self) -> Snapshot:
        return laid_over(self._printed, self._overlay, self._reasons)

    def _sign(self) -> tuple[object, ...]:
        signature: list[object] = []
        for path in self._paths:
            try:
                status = os.stat(path)
                signature.append((status.st_ino, status.st_mtime_ns, status.st_size))
            except OSError:
                signature.append(None)
        return tuple(signature)

    def _load(self) -> Snapshot:
        centre, calendar = self._read(CENTRE), self._read(CALENDAR)
        try:
            release = msgspec.json.decode((self._site / RELEASE).read_bytes(), type=_Release).id
        except (OSError, msgspec.DecodeError):
            release = None
        return Snapshot(
            centre=_parse(CENTRE, centre, lambda content: msgspec.json.decode(content, type=Centre)),
            calendar=_parse(CALENDAR, calendar, read_calendar),
            release=release,
        )

    def _read(self, name: str) -> bytes:
        try:
            return (self._site / name).read_bytes()
        except OSError as error:
            raise DataError(f"{name}: {error.strerror}") from None


def _parse(name: str, content: bytes, reader: Callable[[bytes], T]) -> T:
    try:
        return reader(content)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{name}: {error}") from None
