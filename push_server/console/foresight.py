"""What becomes of the hours, and what phones are told, if a notice comes out or is called off."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from ..hall.timetable import local_day
from ..published import LOCAL, Snapshot, Span, laid_over
from ..services import services
from ..voice import notices as rules
from ..voice.day import hours, noon_spans
from ..voice.foretelling import Told, difference, foretell
from ..voice.notices import Notice
from ..voice.reconcile import keys

NOBODY = "-"
"""Who consents to what is only looked at."""


class Foresight(Struct, frozen=True, kw_only=True):
    """``day`` has these ``hours`` then instead of the ``usual`` ones, in words; both are ``None``
    where the hours stay. ``told`` are the messages that leave because of it, ``dropped`` those that
    do not leave any more."""

    day: date | None = None
    hours: str | None = None
    usual: str | None = None
    told: list[Told] = []
    dropped: list[Told] = []


def foresee(notice: Notice) -> Foresight:
    """What happens when ``notice`` is consented to now."""
    s = services()
    known = s.notices.listing()
    begins = max(notice.publish_at, s.now())
    out = replace(notice, state="approved", approved_by=NOBODY, approved_at=s.now())
    others = [one for one in known if one.id != notice.id]
    days = {date.fromisoformat(notice.day)} if notice.day else set()
    if notice.corrects:
        days |= {date.fromisoformat(one.day) for one in known if one.root == notice.root and one.day}
    return _compared(others, [*others, out], days, begins, max(days, default=None))


def foresee_cancelling(notice: Notice) -> Foresight:
    """What happens when ``notice``, which is out, is called off now."""
    s = services()
    known = s.notices.listing()
    off = [replace(one, state="cancelled", cancelled_at=s.now()) if one.id == notice.id else one for one in known]
    days = {date.fromisoformat(notice.day)} if notice.day else set()
    return _compared(known, off, days, s.now(), max(days, default=None))


def in_words(spans: tuple[Span, ...] | None) -> str:
    """``08:30–16:30，中午不休息``"""
    if spans is None:
        return "待中心确认"
    if not spans:
        return "全天不开门"
    return hours(spans) + ("，中午不休息" if noon_spans(spans) else "")


def _compared(before: list[Notice], after: list[Notice], days: set[date], begins: float, day: date | None) -> Foresight:
    s = services()
    printed = s.published.printed()
    without, with_it = (_holding(printed, notices, begins) for notices in (before, after))
    looked_at = {one for day in days for one in (day - timedelta(days=1), day)}
    known = s.store.ledger.known({key for one in looked_at | {local_day(s.now())} for key in keys(one)})
    moment, lead = datetime.fromtimestamp(begins, LOCAL), s.settings.lead
    told, usual = (foretell(data, printed, known, looked_at, moment, lead) for data in (with_it, without))
    return Foresight(
        day=day,
        hours=in_words(with_it.calendar.spans(day)) if day else None,
        usual=in_words(printed.calendar.spans(day)) if day else None,
        told=difference(told, usual),
        dropped=difference(usual, told),
    )


def _holding(printed: Snapshot, notices: list[Notice], now: float) -> Snapshot:
    return laid_over(printed, *rules.timetable(rules.overlay(notices, now)))
