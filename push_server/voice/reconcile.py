"""What should stand against what stands: the announcements to make and to change. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ..announcement import Announcement
from ..published import Snapshot, Span
from . import closure, noon, tomorrow
from .day import OFF


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """``announce`` in this order; then, for each pair of keys, who is corrected by the first
    need not be told the second."""

    announce: tuple[Announcement, ...] = ()
    cover: tuple[tuple[str, str], ...] = ()


def keys(day: date) -> tuple[str, ...]:
    """Under which everything is announced that is said on ``day`` about its hours and the next day's."""
    return closure.key(day), noon.key(day), tomorrow.key(day + timedelta(days=1))


def wanted(
    day: date,
    data: Snapshot,
    before: tuple[Span, ...] | None,
    known: Mapping[str, Announcement],
    moment: datetime,
    lead: timedelta,
) -> list[Announcement]:
    """What should stand at ``moment``, from all sources. ``before`` are the hours that were
    published for ``day`` before the day itself."""
    spans, exception = data.calendar.spans(day), data.calendar.exceptions.get(day)
    usual = exception.usual if exception and exception.usual is not None else before
    told = known.get(noon.key(day))
    found = (
        closure.standing(
            day,
            spans,
            usual,
            exception.reason if exception else None,
            known.get(closure.key(day)),
            moment,
            noon_announced=told is not None and _told_to_all(told, moment),
        ),
        noon.standing(day, spans, usual, told, moment, lead, data.centre),
        tomorrow.standing(day, data.calendar, known.get(tomorrow.key(day + timedelta(days=1))), moment),
    )
    return [announcement for announcement in found if announcement is not None]


def reconcile(
    wanted: Collection[Announcement], known: Mapping[str, Announcement], day: date, moment: datetime
) -> Changes:
    """The changes by which ``known`` becomes ``wanted`` at ``moment``. What is not wanted any more is not
    dropped but corrected by its source, so that nobody is left with it."""
    changed = [one for one in wanted if _differs(one, known.get(one.key))]
    now = {one.key: one for one in wanted}
    closed, told = now.get(closure.key(day)), now.get(noon.key(day))
    pair = (noon.key(day), closure.key(day))
    cover: list[tuple[str, str]] = []
    if changed and told is not None and closed is not None:
        only_noon = closed.payload.kind == closure.KIND_NOON
        if told in changed and (told.facts == OFF or (closed.facts == closure.USUAL and only_noon)):
            cover.append(pair)  # tells what is left of the day as well
        back = closed in changed and closed.facts == closure.USUAL and only_noon
        if back and told.facts != OFF and _told_to_all(told, moment):
            cover.append(pair[::-1])
    return Changes(announce=tuple(changed), cover=tuple(cover))


def _told_to_all(noon: Announcement, moment: datetime) -> bool:
    """Whether everybody without a lead of their own has been told, or is about to be."""
    return noon.begins_at is None or moment >= noon.begins_at - timedelta(minutes=noon.lead or 0)


def _differs(one: Announcement, known: Announcement | None) -> bool:
    """Whether ``known`` has to be changed. That words for corrections hold a little longer
    is no change."""
    return known is None or one != known
