"""Notices of the centre: drafted, consented to, out, corrected, called off. The one door to them."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy.exc import IntegrityError

from .announcement import Announcement
from .hall.timetable import local_day
from .published import Published
from .store.ledger import Ledger
from .store.notices import NoticeStore
from .voice import notices as rules
from .voice.notices import Hours, NotAllowed, Notice

KEEP = 30 * 86400.0
"""Seconds after its end for which a notice can be looked up."""
FARTHEST = timedelta(days=60)
"""How far ahead something may be announced."""
SHORTEST = 60.0
"""Seconds for which a notice stands at least."""
RECHECK = 10.0
"""Seconds after which what is announced is read again whatever seems to be known."""


class Unknown(Exception):
    """There is no such notice."""


class Notices:
    """Moments are seconds since 1970; ``who`` is an account or the name of a token. Everything
    raises ``NotAllowed`` for what the rules forbid, ``Unknown`` for a notice that is not there."""

    def __init__(
        self,
        store: NoticeStore,
        ledger: Ledger,
        published: Published,
        clock: Callable[[], datetime],
        deciding: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        self._store = store
        self._ledger = ledger
        self._published = published
        self._clock = clock
        self._deciding = deciding
        self._guard = threading.Lock()
        self._next = 0.0
        self._seen: tuple[float, ...] = ()
        self._rests = (0.0, 0.0)
        """From when until before when nothing is to be done, as long as the stamp is the one that was seen."""
        self._told: Callable[[], object] = lambda: None

    def on_change(self, told: Callable[[], object]) -> None:
        """Call ``told`` whenever something is to be said."""
        self._told = told

    def made(self, values: dict[str, Any], who: str) -> Notice:
        """As it would be; nothing is kept."""
        return self._made(values, who, self._now(), "draft")

    def draft(
        self, values: dict[str, Any], who: str, *, request_key: str | None = None, submit: bool = False
    ) -> Notice:
        """A new notice. With ``request_key`` the same request again gives the same notice."""
        now = self._now()
        if request_key is not None and (before := self._store.by_request(who, request_key)):
            return _notice(before)
        notice = self._made(values, who, now, "submitted" if submit else "draft")
        try:
            self._store.add(msgspec.structs.asdict(notice), request_key)
        except IntegrityError:
            again = self._store.by_request(who, request_key or "")
            if again is None:
                raise
            return _notice(again)
        return notice

    def edit(
        self, notice_id: str, values: dict[str, Any], who: str, *, submit: bool = False, seen: str | None = None
    ) -> Notice:
        """Other words or moments for what is not out. Whoever edits is its author then, and what was
        consented to is not any more. ``seen`` is the version that was changed."""
        now = self._now()

        def change(notice: Notice) -> Notice:
            rules.may_edit(notice, now)
            rules.is_as_seen(notice, seen)
            made = self._made({**values, "corrects": notice.corrects}, who, now, "submitted" if submit else "draft")
            return msgspec.structs.replace(made, id=notice.id, created_at=notice.created_at)

        return self._change(notice_id, change)

    def approve(self, notice_id: str, who: str, *, seen: str | None = None) -> Notice:
        """The second person's consent to the version ``seen``: from its moment on it is out."""
        now = self._now()

        def change(notice: Notice) -> Notice:
            rules.may_approve(notice, who, now)
            rules.is_as_seen(notice, seen)
            return msgspec.structs.replace(notice, state="approved", approved_by=who, approved_at=now)

        return self._change(notice_id, change)

    def cancel(self, notice_id: str, who: str) -> Notice:
        """Before it is out nobody hears of it; after, those who were told are told that it is off."""
        now = self._now()

        def change(notice: Notice) -> Notice:
            rules.may_cancel(notice, now)
            return msgspec.structs.replace(notice, state="cancelled", cancelled_by=who, cancelled_at=now)

        return self._change(notice_id, change)

    def get(self, notice_id: str) -> Notice:
        found = self._store.get(notice_id)
        if found is None:
            raise Unknown(notice_id)
        return _notice(found)

    def listing(self) -> list[Notice]:
        """All that can be looked up, the newest first."""
        return [_notice(one) for one in self._store.listing()][::-1]

    def standing(self) -> list[Notice]:
        """What holds now, the newest first."""
        now = self._now()
        return rules.standing([_notice(one) for one in self._store.listing(now)], now)

    def see_to_it(self, now: float) -> None:
        """Let the hours of every day, and what people were told, be as announced. Cheap while nothing is new."""
        stamp = self._store.stamp()
        if self.rests(now, stamp):
            return
        if self._wanted(now):
            # Looked at anew: another node may have said it meanwhile.
            with self._deciding():
                if changed := self._wanted(now):
                    self._ledger.apply(changed, (), now)
                    self._ledger.fan_out(now)
        self._seen, self._rests = stamp, (now, min(now + RECHECK, self._next))

    def rests(self, now: float, stamp: tuple[float, ...]) -> bool:
        """Whether there is nothing to see to at ``now``, if ``stamp`` is that of the store by now."""
        return stamp == self._seen and self._rests[0] <= now < self._rests[1]

    def tidy(self, now: float) -> None:
        self._store.prune(now - KEEP)

    def _wanted(self, now: float) -> list[Announcement]:
        """What is not told yet; the hours of every day are as announced from now on."""
        with self._guard:
            known = [_notice(one) for one in self._store.listing(now - KEEP)]
            self._published.lay_over(*rules.timetable(rules.overlay(known, now)))
            self._next = rules.next_edge(known, now)
            told = self._ledger.known([f"news:{notice.root}" for notice in known])
            return rules.wanted(known, told, now)

    def _now(self) -> float:
        return self._clock().timestamp()

    def _change(self, notice_id: str, change: Callable[[Notice], Notice]) -> Notice:
        with self._store.changing(notice_id) as (found, changing):
            if found is None:
                raise Unknown(notice_id)
            notice = change(_notice(found))
            changing.put(msgspec.structs.asdict(notice))
        self.see_to_it(self._now())
        self._told()
        return notice

    def _made(self, values: dict[str, Any], who: str, now: float, state: rules.State) -> Notice:
        publish_at = max(float(values.get("publish_at") or now), now)
        corrects = values.get("corrects")
        if corrects is not None:
            corrects = self.get(corrects).root
        day, hours = values.get("day"), values.get("hours")
        if (day is None) != (hours is None):
            raise NotAllowed("notice-hours", "改开放时间要写明哪一天和几点到几点；全天关门就写空的时间表。")
        try:
            notice = msgspec.convert(
                {
                    "id": secrets.token_hex(8),
                    "preset": values.get("preset") or "other",
                    "title": str(values.get("title") or "").strip(),
                    "body": str(values.get("body") or "").strip(),
                    "audience": values.get("audience") or "news",
                    "publish_at": publish_at,
                    "expires_at": float(values.get("expires_at") or 0.0),
                    "state": state,
                    "created_at": now,
                    "created_by": who,
                    "day": day,
                    "hours": hours,
                    "corrects": corrects,
                },
                Notice,
            )
        except msgspec.ValidationError as error:
            raise NotAllowed("notice-invalid", f"公告写得不对（{_field(error)}），请按提示改。") from None
        self._check(notice, now)
        return notice

    def _check(self, notice: Notice, now: float) -> None:
        if any(not letter.isprintable() and letter != "\n" for letter in notice.title + notice.body):
            raise NotAllowed("notice-invalid", "标题或正文里有看不见的字符，请重新输入。")
        if not now + SHORTEST <= notice.expires_at <= now + FARTHEST.total_seconds():
            raise NotAllowed("notice-expiry", f"截止时间要在现在以后、{FARTHEST.days} 天以内，请改截止时间。")
        if notice.publish_at >= notice.expires_at:
            raise NotAllowed("notice-expiry", "发布时间要在截止时间以前，请改其中一个。")
        if notice.day is not None and notice.hours is not None:
            _check_hours(notice.day, notice.hours, now)


def _check_hours(day: str, hours: tuple[Hours, ...], now: float) -> None:
    try:
        when = datetime.fromisoformat(day).date()
    except ValueError:
        raise NotAllowed("notice-day", "哪一天写得不对，请写成 2026-11-23 这样。") from None
    if not timedelta() <= when - local_day(now) <= FARTHEST:
        raise NotAllowed("notice-day", f"只能改今天起 {FARTHEST.days} 天以内的开放时间。")
    edges = [edge for span in hours for edge in (span.opens, span.closes)]
    if edges != sorted(edges) or any(span.opens == span.closes for span in hours):
        raise NotAllowed("notice-hours", "时间段要从早到晚、互不重叠，请检查几点到几点。")


def _field(error: msgspec.ValidationError) -> str:
    """The path of what is wrong, in our words; nothing that somebody made up is repeated."""
    words = {"title": "标题", "body": "正文", "audience": "发给谁", "hours": "开放时间", "preset": "种类"}
    path = str(error).rpartition("$.")[2].strip("`")
    return words.get(path.partition("[")[0].partition(".")[0], "有一项")


def _notice(values: dict[str, Any]) -> Notice:
    return msgspec.convert(values, Notice)
