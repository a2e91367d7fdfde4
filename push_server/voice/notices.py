"""What clerks announce: a public record first, of which a push message is one outlet. Pure.

A notice is drafted by one person and consented to by another; then it is out from its moment
to its end, unless it is called off. One that corrects another takes its place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from ..announcement import Announcement, Payload
from ..published import Clock, Span
from .kinds import KINDS

State = Literal["draft", "submitted", "approved", "cancelled"]
Audience = Literal["news", "hours", "noon", "everybody"]
Preset = Literal["noon-off", "closed", "slow", "make-up", "other"]

TITLE, BODY = 40, 200
"""Characters at most: more is cut off on the screen of a phone."""


class Hours(Struct, frozen=True):
    """From ``opens`` until before ``closes``, times of the centre."""

    opens: Clock
    closes: Clock
    service: Literal["regular", "noon"] = "regular"


class Notice(Struct, frozen=True, kw_only=True):
    """``day`` (ISO) and ``hours`` where it changes when the centre is open, ``None`` where it does
    not; no hours mean closed all day. Moments are seconds since 1970. ``corrects`` is the id of
    the notice whose place it takes."""

    id: str
    preset: Preset
    title: Annotated[str, Meta(min_length=1, max_length=TITLE)]
    body: Annotated[str, Meta(max_length=BODY)]
    audience: Audience
    publish_at: float
    expires_at: float
    state: State
    created_at: float
    created_by: str
    day: str | None = None
    hours: tuple[Hours, ...] | None = None
    approved_by: str | None = None
    approved_at: float | None = None
    cancelled_by: str | None = None
    cancelled_at: float | None = None
    corrects: str | None = None

    @property
    def version(self) -> str:
        """Another one for other words, moments or hours: whoever consents has read this one."""
        told = (self.title, self.body, self.audience, self.publish_at, self.expires_at, self.day, self.hours)
        return hashlib.sha256(repr((told, self.state, self.created_by)).encode()).hexdigest()[:16]

    @property
    def out_at(self) -> float:
        """Since when it is out, once it has been consented to."""
        return max(self.publish_at, self.approved_at or 0.0)

    @property
    def root(self) -> str:
        """The first of those that correct one another."""
        return self.corrects or self.id


class NotAllowed(Exception):
    """``code`` is stable; ``str`` says in Chinese what to do instead."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def may_approve(notice: Notice, who: str, now: float) -> None:
    """Raises ``NotAllowed`` when ``who`` cannot give the second consent."""
    if notice.state != "submitted":
        raise NotAllowed("notice-not-submitted", "这条公告不在等人同意，请刷新页面看现在的情况。")
    if notice.created_by == who:
        raise NotAllowed("notice-own", "自己写的公告要请另一个人同意，请换一位编辑或管理员。")
    if notice.expires_at <= now:
        raise NotAllowed("notice-over", "这条公告已经过了截止时间，请改截止时间再提交。")


def may_edit(notice: Notice, now: float) -> None:
    """Raises ``NotAllowed``; what is out is corrected, not edited."""
    if notice.state not in ("draft", "submitted") and not (notice.state == "approved" and notice.publish_at > now):
        raise NotAllowed("notice-out", "这条公告已经发出或撤下，不能再改；请发一条更正。")


def is_as_seen(notice: Notice, seen: str | None) -> None:
    """Raises ``NotAllowed`` when it is another version than ``seen``; ``None`` is whatever it is."""
    if seen is not None and seen != notice.version:
        raise NotAllowed("notice-changed", "刚才有人改过这条公告，请再看一遍。")


def may_cancel(notice: Notice, now: float) -> None:
    if notice.state == "cancelled":
        raise NotAllowed("notice-cancelled", "这条公告已经撤下。")
    if notice.state == "approved" and notice.expires_at <= now:
        raise NotAllowed("notice-over", "这条公告已经过了，不用撤下。")


def standing(notices: Iterable[Notice], now: float) -> list[Notice]:
    """Those that hold at ``now``, the newest first: of several that correct one another the last."""
    newest: dict[str, Notice] = {}
    in_order = sorted(
        notices, key=lambda one: (one.approved_at or 0.0, one.corrects is not None, one.created_at, one.id)
    )
    for notice in in_order:
        if notice.state == "approved" and notice.publish_at <= now:
            newest[notice.root] = notice
        elif notice.state == "cancelled" and notice.approved_at is not None and notice.publish_at <= now:
            newest.pop(notice.root, None)
    found = [notice for notice in newest.values() if notice.expires_at > now]
    return sorted(found, key=lambda one: (-one.out_at, one.id))


def next_edge(notices: Iterable[Notice], now: float) -> float:
    """The first moment after ``now`` at which another one begins or ends."""
    edges = (edge for notice in notices for edge in (notice.publish_at, notice.expires_at))
    return min((edge for edge in edges if edge > now), default=float("inf"))


def overlay(notices: Iterable[Notice], now: float) -> dict[date, Notice]:
    """The days whose hours are others than published, by the newest notice about each."""
    days: dict[date, Notice] = {}
    for notice in reversed(standing(notices, now)):
        if notice.day is not None and notice.hours is not None:
            days[date.fromisoformat(notice.day)] = notice
    return days


def spans_of(notice: Notice) -> tuple[Span, ...]:
    return tuple(Span(opens=one.opens, closes=one.closes, service=one.service) for one in notice.hours or ())


def timetable(days: Mapping[date, Notice]) -> tuple[dict[date, tuple[Span, ...]], dict[date, str]]:
    """The hours that ``overlay`` comes to, and the reasons that people read."""
    spans = {day: spans_of(notice) for day, notice in days.items()}
    return spans, {day: notice.body for day, notice in days.items() if notice.body}


def message(notice: Notice) -> Announcement | None:
    """The push message of a notice; ``None`` where it changes hours: the message about these tells it.

    Under the same key other words are a correction, told once to those who were told the first.
    """
    if notice.hours is not None:
        return None
    rules = KINDS["news"]
    payload = Payload(
        kind="news",
        title=notice.title,
        body=notice.body,
        tag=rules.tag_about(notice.root),
        url="",
        date=datetime.fromtimestamp(notice.publish_at, UTC).date().isoformat(),
    )
    ends = datetime.fromtimestamp(notice.expires_at, UTC)
    return Announcement(
        key=f"news:{notice.root}",
        audience=notice.audience,
        payload=payload,
        urgency=rules.urgency,
        expires_at=ends,
        facts=hashlib.sha256(f"{notice.title}\n{notice.body}".encode()).hexdigest()[:16],
        correction=_corrected(payload) if notice.corrects else payload,
        corrects_until=ends,
        quiet=rules.quiet,
    )


def withdrawn(told: Announcement, now: float) -> Announcement:
    """What those are told who were told a notice that has been called off."""
    payload = told.payload
    ends = told.expires_at
    return Announcement(
        key=told.key,
        audience=told.audience,
        payload=payload,
        urgency=told.urgency,
        expires_at=datetime.fromtimestamp(now, UTC),
        facts="withdrawn",
        correction=Payload(
            kind=payload.kind,
            title=f"撤回：{payload.title}"[:TITLE],
            body="这条公告不再有效。",
            tag=payload.tag,
            url=payload.url,
            date=payload.date,
        ),
        corrects_until=ends,
        quiet=told.quiet,
    )


def _corrected(payload: Payload) -> Payload:
    return Payload(
        kind=payload.kind,
        title=f"更正：{payload.title}"[: TITLE + 3],
        body=payload.body,
        tag=payload.tag,
        url=payload.url,
        date=payload.date,
    )


def wanted(notices: Collection[Notice], known: Mapping[str, Announcement], now: float) -> list[Announcement]:
    """The messages that have to be made or changed so that what was told is what stands."""
    changed: list[Announcement] = []
    standing_now = {notice.root: notice for notice in standing(notices, now)}
    for root in {notice.root for notice in notices}:
        told = known.get(f"news:{root}")
        if root in standing_now:
            made = message(standing_now[root])
            if made is not None and (told is None or told.facts != made.facts or told.expires_at != made.expires_at):
                changed.append(made)
        elif told is not None and told.facts != "withdrawn" and told.over_at.timestamp() > now:
            changed.append(withdrawn(told, now))
    return changed
