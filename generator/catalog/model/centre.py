"""The types of centre.yml."""

from __future__ import annotations

from datetime import date, time
from typing import Literal

from .elements import Answered
from .record import ListStatus, Record, See


class Colours(Record, frozen=True, kw_only=True):
    """The colour of links, buttons and the phone's own bar, as ``#rrggbb``: ``light`` on
    white, ``dark`` on the dark ground of phones set to dark."""

    light: str
    dark: str


class Source(Record, frozen=True, kw_only=True):
    """Where a promise or fact of the centre was published."""

    id: str
    title: str
    publisher: str
    published_on: date


class Boundary(Record, frozen=True, kw_only=True):
    """A moment of the day at which the centre opens or closes.

    ``source`` names an entry of ``sources``; ``None`` marks an assumption, and the
    page says so.
    """

    at: time
    source: str | None
    note: str | None = None


class RegularHours(Record, frozen=True, kw_only=True):
    id: str
    name: str
    opens: Boundary
    closes: Boundary


class CounterKind(Record, frozen=True, kw_only=True):
    """A kind of counter (窗口). ``open_regular`` and ``open_noon`` count the counters
    of the kind that are open in regular hours and over noon; ``numbers`` is what stands above
    them: 3–12 号."""

    id: str
    name: str
    open_regular: int | None
    open_noon: int
    place: str | None
    numbers: str | None = None
    queue: bool


class OpeningTable(Record, frozen=True, kw_only=True):
    """Hours of a counter that are not those of the centre, in words: 周一、周三 09:00–11:00."""

    id: str
    text: str
    source: str


class Complaint(Record, frozen=True, kw_only=True):
    """Where to complain beside the hotline; ``None`` while unknown."""

    phone: str | None
    online: str | None
    letter: str | None


class Staff(Record, frozen=True, kw_only=True):
    at_least: int
    at_most: int


class CentreNoonService(Record, frozen=True, kw_only=True):
    """午间不间断服务."""

    opens: time
    closes: time
    staff: Staff
    accepts: str
    completes: str
    on_the_spot_minutes: int
    hours_per_year_claimed: int
    workdays_per_year_claimed: int
    source: str


class Service(Record, frozen=True, kw_only=True):
    """Something the centre gives beside its matters (free printing, …)."""

    id: str
    name: str
    text: str
    source: str


class Commitment(Record, frozen=True, kw_only=True):
    """A promise of the centre. ``quote`` is the sentence of the source that makes it;
    ``status`` tells a running service from an announced plan; ``how`` is what one does
    to profit from it, ``see`` are the pages that help.

    ``covers`` are the sections, groups and matters that the quote names: no other matter may rest a
    limit or its noon service on it. ``list_status`` as in ``lists.Section``, where the quote counts
    matters of which the guide lists its own."""

    id: str
    name: str
    text: str
    status: Literal["running", "announced"]
    quote: str
    source: str
    how: str | None = None
    see: tuple[See, ...] = ()
    covers: tuple[str, ...] = ()
    list_status: ListStatus | None = None


class HoursException(Record, frozen=True, kw_only=True):
    """A one-off change of hours on one date; no ``spans`` means closed."""

    date: date
    reason: str
    spans: tuple[ExceptionSpan, ...]
    source: str


class ExceptionSpan(Record, frozen=True, kw_only=True):
    opens: time
    closes: time
    noon_service: bool = False


class Centre(Record, frozen=True, kw_only=True):
    """centre.yml.

    ``calendar_id`` stands behind the @ in the identity of every appointment of the
    calendars (UID, RFC 5545): never change it, or subscribers see each of them twice.
    ``noon_service`` is ``None`` where there is none; the guide then says nothing of noon.
    ``online_hosts`` are the sites, besides those under gov.cn, to which an address of a matter
    may lead.
    """

    name: str
    short_name: str
    name_en: str
    guide_name: str
    calendar_id: str
    colours: Colours
    timezone: Literal["Asia/Shanghai"]
    address: str | None
    phone: str | None
    hotline: str
    complaint: Complaint | None = None
    online_hosts: tuple[str, ...] = ()
    sources: tuple[Source, ...]
    hours: tuple[RegularHours, ...]
    noon_service: CentreNoonService | None
    counter_kinds: tuple[CounterKind, ...]
    services: tuple[Service, ...]
    commitments: tuple[Commitment, ...]
    exceptions: tuple[HoursException, ...]
    other_hours: tuple[OpeningTable, ...] = ()
    answers: tuple[Answered, ...] = ()
