"""Few people wait: told once when it comes to that, not at every change around it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from ..announcement import Announcement, Payload
from ..wish import Watch
from .kinds import KINDS

MARGIN = 2
"""So many more than wished for have to wait before fewer are news again."""
PAUSE = timedelta(hours=1)
"""Nobody is told more often."""
PUT_BACK = 60.0
"""Seconds; who was told later than that after now was told by a clock that has been put right since."""


def look(
    waiting: Mapping[str, int],
    names: Mapping[str, str],
    wished: Iterable[tuple[str, int]],
    watches: Mapping[tuple[str, int], Watch],
    day: date,
    moment: datetime,
) -> tuple[list[Announcement], dict[tuple[str, int], Watch]]:
    """What is to be said at ``moment``, and the watches that have changed.

    ``waiting`` people per kind of counter, as far as that is known now; ``names`` of the kinds;
    ``wished`` kinds with the number that fewer people than are wished for.
    """
    found: list[Announcement] = []
    changed: dict[tuple[str, int], Watch] = {}
    for kind, threshold in wished:
        if kind not in waiting:
            continue
        watch = watches.get((kind, threshold), Watch(armed=False))
        now = waiting[kind]
        if now >= threshold + MARGIN:
            after = Watch(armed=True, told_at=watch.told_at)
        elif now < threshold and watch.armed and _may_be_told(watch, moment):
            after = Watch(armed=False, told_at=moment.timestamp())
            found.append(_announcement(kind, names[kind], threshold, now, day, moment))
        else:
            after = watch
        if after != watch or (kind, threshold) not in watches:
            changed[kind, threshold] = after
    return found, changed


def _may_be_told(watch: Watch, moment: datetime) -> bool:
    if watch.told_at is None:
        return True
    since = moment.timestamp() - watch.told_at
    return since >= PAUSE.total_seconds() or since < -PUT_BACK


def _announcement(kind: str, name: str, threshold: int, now: int, day: date, moment: datetime) -> Announcement:
    rules = KINDS["queue"]
    assert rules.life is not None and rules.topic is not None
    title = f"{name}现在只有 {now} 个人等" if now else f"{name}现在没有人等"
    return Announcement(
        key=f"queue:{kind}:{threshold}:{int(moment.timestamp())}",
        audience=rules.topic,
        payload=Payload(
            kind="queue",
            title=title,
            body=f"您要的是少于 {threshold} 个人。先看要带的材料再来。",
            tag=rules.tag_about(kind),
            url="queue/",
            date=day.isoformat(),
        ),
        urgency=rules.urgency,
        expires_at=moment + rules.life,
        facts=title,
        subject=kind,
        threshold=threshold,
        quiet=rules.quiet,
    )
