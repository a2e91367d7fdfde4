"""The noon service: announced shortly before it begins, and put right when it changes. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from ..announcement import Announcement, Payload
from ..published import Centre, Span
from .day import NOON, OFF, afterwards, at, counters, nobody, noon_spans
from .kinds import KINDS

KIND, KIND_OFF = "noon", "noon-off"
EARLIEST = timedelta(hours=3)
"""The longest lead that somebody may wish for."""


def key(day: date) -> str:
    return f"{NOON}:{day.isoformat()}"


def standing(
    day: date,
    spans: Sequence[Span] | None,
    usual: Sequence[Span] | None,
    known: Announcement | None,
    moment: datetime,
    lead: timedelta,
    centre: Centre,
) -> Announcement | None:
    """What should stand about the noon service of ``day`` at ``moment``; ``None`` for nothing.

    ``spans`` are the opening hours, ``None`` when they are unknown: then what is ``known``
    stays. It is announced from ``EARLIEST`` before it begins until it ends, to everybody as long
    before as they wish, or ``lead``: a server that starts late still tells those who can use it.
    Other hours are told at once to those who have been
    told these, until both are over. Without noon service nobody is told but those.
    """
    if spans is None:
        return known
    noon = noon_spans(spans)
    if not noon:
        return _called_off(day, spans, usual, known)
    opens, closes = at(day, noon[0].opens), at(day, noon[-1].closes)
    due = moment >= opens - max(EARLIEST, lead)
    if known is None and not (due and moment < closes):
        return None
    return Announcement(
        key=key(day),
        audience=NOON,
        weekday=day.isoweekday(),
        begins_at=opens,
        lead=int(lead.total_seconds() // 60),
        payload=_payload(day, f"今天中午不休息，{_hours(noon)} 照常办", noon, centre),
        urgency=KINDS[KIND].urgency,
        quiet=KINDS[KIND].quiet,
        expires_at=closes if due else nobody(day),
        facts=_hours(noon),
        correction=_payload(day, f"更正：今天中午的时间是 {_hours(noon)}", noon, centre),
        corrects_until=max(closes, known.over_at) if known else closes,
    )


def _called_off(
    day: date, spans: Sequence[Span], usual: Sequence[Span] | None, known: Announcement | None
) -> Announcement | None:
    if known is None:
        return None
    return Announcement(
        key=known.key,
        audience=known.audience,
        payload=known.payload,
        urgency=known.urgency,
        expires_at=nobody(day),
        facts=OFF,
        correction=Payload(
            kind=KIND_OFF,
            title="更正：今天中午不办了",
            body=afterwards(day, spans, usual, known.over_at),
            # The announcement that it corrects makes way for it.
            tag=known.payload.tag,
            url=known.payload.url,
            date=known.payload.date,
        ),
        corrects_until=known.over_at,
    )


def _hours(noon: Sequence[Span]) -> str:
    return f"{noon[0].opens}–{noon[-1].closes}"


def _payload(day: date, title: str, noon: Sequence[Span], centre: Centre) -> Payload:
    staffed = counters(noon, centre)
    return Payload(
        kind=KIND,
        title=title,
        body=f"{staffed}在岗。先看要带的材料再来。" if staffed else "先看要带的材料再来。",
        tag=KINDS[KIND].tag,
        url="noon/",
        date=day.isoformat(),
    )
