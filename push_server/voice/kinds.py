"""Every kind of message in one table: how urgent, how long it lives, what it replaces, whether it
waits for the end of quiet hours. ``docs/push.md`` shows it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from ..announcement import Urgency
from ..wish import Quiet, Topic

LONGEST_TAG = 32
"""Characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """``topic`` says who gets it; ``None`` for one person who asked. ``life`` is the TTL where the
    message does not end with what it tells. ``tag`` is the Topic header and the tag of the
    notification; one that ends with a dash is completed by what the message is about. ``title``
    and ``body`` are an example."""

    topic: Topic | None
    urgency: Urgency
    quiet: Quiet
    tag: str
    life: timedelta | None
    title: str
    body: str

    def tag_about(self, about: str) -> str:
        """The tag of a message about a matter, a ticket …: another one for each, in the 32 characters
        that a Topic header has (RFC 8030 §5.4)."""
        whole = f"{self.tag}{about}"
        if len(whole) <= LONGEST_TAG:
            return whole
        return f"{self.tag}{hashlib.sha256(about.encode()).hexdigest()[: LONGEST_TAG - len(self.tag)]}"


KINDS: Mapping[str, Kind] = {
    "test": Kind(
        topic=None,
        urgency="high",
        quiet="breaks",
        tag="test",
        life=timedelta(seconds=90),
        title="收到了，提醒能用",
        body="以后有午间服务的日子，开始前会这样提醒您。",
    ),
    "noon": Kind(
        topic="noon",
        # Normal would do for most phones, but one in battery saving would get it after 13:00.
        urgency="high",
        quiet="waits",
        tag="noon",
        life=None,
        title="今天中午不休息，11:30–13:00 照常办",
        body="1 个业务咨询窗口、2 个业务受理窗口在岗。先看要带的材料再来。",
    ),
    "noon-off": Kind(
        topic="hours",
        urgency="high",
        quiet="waits",
        tag="closure",
        life=None,
        title="今天中午不办",
        body="11:30–13:00 休息，13:00 再开门。",
    ),
    "closure": Kind(
        topic="hours",
        urgency="high",
        quiet="waits",
        tag="closure",
        life=None,
        title="今天下午不开门",
        body="今天只在 08:30–13:00 开门。",
    ),
    "tomorrow": Kind(
        topic="hours",
        urgency="normal",
        quiet="waits",
        tag="tomorrow",
        life=None,
        title="明天（1月4日，周日）补班，照常开门",
        body="08:30–16:30，中午不休息。",
    ),
    "queue": Kind(
        topic="queue",
        urgency="high",
        quiet="drops",
        tag="queue-",
        life=timedelta(minutes=20),
        title="综合窗口现在只有 4 个人等",
        body="您要的是少于 5 个人。先看要带的材料再来。",
    ),
    "ticket": Kind(
        topic="ticket",
        urgency="high",
        quiet="breaks",
        tag="ticket-",
        life=timedelta(minutes=20),
        title="A023 前面还有 3 人",
        body="请回到大厅，听叫号。",
    ),
    "called": Kind(
        topic="ticket",
        urgency="high",
        quiet="breaks",
        tag="ticket-",
        life=timedelta(minutes=10),
        title="A023 请到 2 号窗口",
        body="正在叫您的号。过号以后，隔 3 人再叫。",
    ),
    "matter": Kind(
        topic="matter",
        urgency="low",
        quiet="waits",
        tag="matter-",
        life=timedelta(days=3),
        title="您收藏的“护士执业注册（延续）”有改动",
        body="材料减少 1 件。办以前再看一眼。",
    ),
    "renewal": Kind(
        topic="renewal",
        urgency="normal",
        quiet="waits",
        tag="renewal-",
        life=timedelta(days=3),
        title="护士执业证书 3月1日到期",
        body="1月30日以前提出延续。先看要带的材料。",
    ),
    "news": Kind(
        topic="news",
        urgency="normal",
        quiet="waits",
        tag="news-",
        life=None,
        title="系统故障，窗口办得慢",
        body="预计 10:30 恢复。不急的事，下午再来。",
    ),
}
