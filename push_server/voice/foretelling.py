"""What the clock is going to say, if the hours are these: its sources, run ahead of time. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ..announcement import Announcement, Payload
from ..published import LOCAL, Snapshot
from .day import at, noon_spans
from .noon import EARLIEST
from .reconcile import reconcile, wanted
from .tomorrow import SAID_FROM


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """``payload`` goes to those of the topic ``audience``, the first of them ``at`` this moment;
    a ``correction`` to those only who were told something else."""

    at: datetime
    audience: str
    payload: Payload
    correction: bool

    @property
    def says(self) -> tuple[str, str, str, bool]:
        return self.audience, self.payload.title, self.payload.body, self.correction


def foretell(
    data: Snapshot,
    printed: Snapshot,
    known: Mapping[str, Announcement],
    days: Collection[date],
    begins: datetime,
    lead: timedelta,
) -> list[Told]:
    """What is told on ``days`` from ``begins`` on. ``known`` is what was announced before; ``printed``
    has the hours as the guide published them, ``data`` those that hold."""
    standing = dict(known)
    planned = {key: told for key, one in known.items() if (told := _planned(one, begins)) is not None}
    found: list[Told] = []
    for day in sorted(days):
        before = printed.calendar.spans(day)
        for moment in _moments(day, data, printed, begins, lead):
            changes = reconcile(wanted(day, data, before, standing, moment, lead), standing, day, moment)
            for one in changes.announce:
                found += _changed(one, standing.get(one.key), planned, moment)
                standing[one.key] = one
    return sorted([*found, *planned.values()], key=lambda one: one.at)


def difference(these: Collection[Told], others: Collection[Told]) -> list[Told]:
    """Those of ``these`` that the others do not say."""
    said = {one.says for one in others}
    return [one for one in these if one.says not in said]


def _changed(one: Announcement, was: Announcement | None, planned: dict[str, Told], moment: datetime) -> list[Told]:
    """What is told at once when ``one`` takes the place of ``was``; what is told later is ``planned``."""
    told: list[Told] = []
    if was is not None and was.facts != one.facts:
        planned.pop(one.key, None)
        if one.correction is not None and (one.corrects_until or one.expires_at) > moment:
            told.append(Told(at=moment, audience=one.audience or "", payload=one.correction, correction=True))
    if was is not None and was.payload == one.payload:
        return told
    if (later := _planned(one, moment)) is not None:
        planned[one.key] = later
    elif one.expires_at > moment:
        told.append(Told(at=moment, audience=one.audience or "", payload=one.payload, correction=False))
    return told


def _planned(one: Announcement, moment: datetime) -> Told | None:
    """What is announced at ``moment``, to be told later, some time before it begins."""
    if one.begins_at is None:
        return None
    starts = one.begins_at - timedelta(minutes=one.lead or 0)
    if not moment < starts < one.expires_at:
        return None
    return Told(at=starts, audience=one.audience or "", payload=one.payload, correction=False)


def _moments(day: date, data: Snapshot, printed: Snapshot, begins: datetime, lead: timedelta) -> list[datetime]:
    """The moments of a day at which any source may begin or cease to say something."""
    exception = data.calendar.exceptions.get(day)
    timetables = [data.calendar.spans(day), printed.calendar.spans(day), exception.usual if exception else None]
    found = {datetime.combine(day, time.min, LOCAL), at(day, SAID_FROM), begins}
    for spans in timetables:
        found |= {at(day, edge) for span in spans or () for edge in (span.opens, span.closes)}
        found |= {at(day, span.opens) - max(EARLIEST, lead) for span in noon_spans(spans or ())}
    return sorted(moment for moment in found if moment >= begins and moment.astimezone(LOCAL).date() == day)
