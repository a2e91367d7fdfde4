"""Hours that are lost today, against the ordinary timetable: told in the morning. Pure.

What is known of ordinary hours is published: an exception in the calendar says what the day
is for the rest of the country, and a day that was changed on the day itself had hours before.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from ..announcement import Announcement, Payload
from ..published import Span
from ..wish import HOURS_ONLY
from .day import HOURS, at, because, hours, nobody, noon_spans
from .kinds import KINDS

KIND, KIND_NOON = "closure", "noon-off"
USUAL = "usual"


def key(day: date) -> str:
    return f"closure:{day.isoformat()}"


def standing(
    day: date,
    spans: Sequence[Span] | None,
    usual: Sequence[Span] | None,
    reason: str | None,
    known: Announcement | None,
    moment: datetime,
    *,
    noon_announced: bool,
) -> Announcement | None:
    """What should stand about lost hours of ``day`` at ``moment``; ``None`` for nothing.

    It is said from the ordinary opening of the day, not at night, until the last of the lost
    hours is over. ``reason`` is as published. When nothing but the noon service is lost, and
    the noon service has been announced already, putting that right is enough for those who
    wanted to know of it; the others are told.
    """
    if spans is None or usual is None:
        return known
    lost_until = _lost_until(spans, usual)
    if lost_until is None:
        return _taken_back(day, usual, known) if known else None
    only_noon = _minutes(spans) >= _minutes([span for span in usual if span.service != "noon"])
    if known is None:
        due = at(day, usual[0].opens) <= moment < at(day, lost_until)
        if not due:
            return None
    late = only_noon and noon_announced
    audience = known.audience if known else HOURS_ONLY if late else HOURS
    ends = at(day, lost_until)
    kind, title, body = _words(spans, usual, only_noon)
    body += because(reason)
    # Who has been told something else is told the same, as a correction.
    correction = _payload(day, usual, kind, f"更正：{title}", body)
    return Announcement(
        key=key(day),
        audience=audience,
        payload=_payload(day, usual, kind, title, body),
        urgency=KINDS[kind].urgency,
        quiet=KINDS[kind].quiet,
        expires_at=nobody(day) if late and audience == HOURS else ends,
        facts="、".join(f"{span.service} {span.opens}–{span.closes}" for span in spans) or "closed",
        correction=correction,
        corrects_until=max(ends, known.over_at) if known else ends,
    )


def lost_hours(spans: Sequence[Span], usual: Sequence[Span]) -> tuple[str, str] | None:
    """Title and body about hours that a day does not have, against its ordinary ones; ``None``
    when it has them all."""
    if _lost_until(spans, usual) is None:
        return None
    only_noon = _minutes(spans) >= _minutes([span for span in usual if span.service != "noon"])
    return _words(spans, usual, only_noon)[1:]


def _taken_back(day: date, usual: Sequence[Span], known: Announcement) -> Announcement:
    noon = noon_spans(usual)
    if known.payload.kind == KIND_NOON and noon:
        title, body = "更正：今天中午照常办", f"{hours(noon)}，先看要带的材料再来。"
    else:
        title, body = "更正：今天照常开门", f"{hours(usual)}，先看要带的材料再来。"
    return Announcement(
        key=known.key,
        audience=known.audience,
        payload=known.payload,
        urgency=known.urgency,
        expires_at=nobody(day),
        facts=USUAL,
        correction=_payload(day, usual, KIND, title, body),
        corrects_until=known.over_at,
    )


def _words(spans: Sequence[Span], usual: Sequence[Span], only_noon: bool) -> tuple[str, str, str]:
    """Kind, title and body."""
    if not spans:
        return KIND, "今天不开门", "改天再来。"
    if only_noon:
        closed = noon_spans(usual)
        later = [span.opens for span in spans if span.opens >= closed[-1].closes]
        return KIND_NOON, "今天中午不办", f"{hours(closed)} 休息" + (f"，{later[0]} 再开门。" if later else "。")
    noon = noon_spans(usual)
    if noon and spans[-1].closes <= noon[-1].closes:
        return KIND, "今天下午不开门", f"今天只在 {hours(spans)} 开门。"
    return KIND, "今天的开门时间有变", f"今天 {hours(spans)} 开门。"


def _payload(day: date, usual: Sequence[Span], kind: str, title: str, body: str) -> Payload:
    """It leads to the calendar of the noon service; to the home page where there is none."""
    url = "noon/" if noon_spans(usual) else ""
    return Payload(kind=kind, title=title, body=body, tag=KINDS[kind].tag, url=url, date=day.isoformat())


def _minutes(spans: Sequence[Span]) -> set[int]:
    return {minute for span in spans for minute in range(_minute(span.opens), _minute(span.closes))}


def _minute(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])


def _lost_until(spans: Sequence[Span], usual: Sequence[Span]) -> str | None:
    """When the last of the hours ends that the ordinary timetable has and this day has not.

    A noon service that only begins or ends at another time is no closure: its announcement
    tells its hours.
    """
    lost = _minutes([span for span in usual if span.service != "noon"]) - _minutes(spans)
    noon = noon_spans(usual)
    if noon and not noon_spans(spans):
        lost |= _minutes(noon) - _minutes(spans)
    if not lost:
        return None
    last = max(lost) + 1
    return f"{last // 60:02}:{last % 60:02}"
