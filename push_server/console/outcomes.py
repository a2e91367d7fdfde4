"""What became of the messages, in words and in widths of a drawing. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from ..published import LOCAL, Calendar, clock_time
from ..store.figures import Left, Sent
from ..voice.day import noon_spans

WORDS = {
    "accepted": "推送服务收下",
    "open": "还没发完",
    "gone": "手机已经退订或换掉",
    "refused": "推送服务拒收",
    "expired": "到时还没发出去",
    "spared": "后来不用发了",
}
"""What can become of a message, the good first."""
SPARED = ("withdrawn", "superseded", "quiet")
"""Reasons for which a message is not sent, and nobody misses it: it holds no more, or came at night."""
KINDS = {
    "noon": "午间提醒",
    "noon-off": "中午不办",
    "closure": "开门时间变化",
    "tomorrow": "明天不一样",
    "news": "公告",
    "queue": "排队人少",
    "ticket": "快到号",
    "called": "叫到号",
    "matter": "事项有改动",
    "renewal": "证件到期",
    "test": "试一下",
}
HOSTS = {
    "fcm.googleapis.com": "谷歌（Chrome、安卓）",
    "updates.push.services.mozilla.com": "Mozilla（Firefox）",
    "web.push.apple.com": "苹果（iPhone、Mac）",
}
AGES = {"<7": "不到一周", "<30": "一周到一个月", "<180": "一个月到半年", ">=180": "半年以上"}


class Part(Struct, frozen=True, kw_only=True):
    """``start`` and ``width`` of a hundred."""

    name: str
    words: str
    count: int
    start: float
    width: float


class Outcome(Struct, frozen=True, kw_only=True):
    """One announcement. ``shown`` is an estimate from the share of phones that report it,
    ``None`` where none do."""

    kind: str
    title: str
    created_at: float
    total: int
    parts: list[Part]
    shown: int | None
    services: list[tuple[str, int, int]]


def outcome(sent: Sent, sample: float) -> Outcome:
    """``sample`` is the share of phones that report what they show."""
    counts = counted(sent.states, sent.reasons)
    total = sum(counts.values())
    kind, title = sent.kind_and_title
    return Outcome(
        kind=KINDS.get(kind, kind),
        title=title,
        created_at=sent.created_at,
        total=total,
        parts=parts(counts),
        shown=min(round(sent.shown / sample), counts["accepted"]) if sample > 0 else None,
        services=[
            (host_name(host), states.get("sent", 0), sum(states.values()))
            for host, states in sorted(sent.services.items())
        ],
    )


def counted(states: Mapping[str, int], reasons: Mapping[tuple[str, str], int]) -> dict[str, int]:
    """Messages by what became of them. ``reasons`` are of those that failed or expired, by state and reason."""
    found = dict.fromkeys(WORDS, 0)
    found["accepted"] = states.get("sent", 0)
    found["open"] = states.get("pending", 0) + states.get("sending", 0)
    for (state, reason), times in reasons.items():
        if reason == "gone":
            found["gone"] += times
        elif reason in SPARED:
            found["spared"] += times
        else:
            found["refused" if state == "failed" else "expired"] += times
    return found


def parts(counts: Mapping[str, int]) -> list[Part]:
    total = sum(counts.values()) or 1
    found: list[Part] = []
    start = 0.0
    for name, words in WORDS.items():
        count = counts.get(name, 0)
        if count:
            width = round(100 * count / total, 2)
            found.append(Part(name=name, words=words, count=count, start=round(start, 2), width=width))
            start += width
    return found


def host_name(host: str) -> str:
    """A push service as people know it, its host behind it."""
    if host == "gone":
        return "已经退订的手机"
    if host.endswith(".notify.windows.com"):
        return f"微软（Edge），{host}"
    named = HOSTS.get(host) or (HOSTS["web.push.apple.com"] if host.endswith(".push.apple.com") else None)
    return f"{named}，{host}" if named else host


def noon_sentence(calendar: Calendar, moment: datetime, lead: timedelta, left: Left, subscribers: int) -> str:
    """What became of today's announcement of the noon service; it comes first on the page."""
    day = moment.astimezone(LOCAL).date()
    spans = calendar.spans(day)
    if spans is None:
        return "日历没有排到今天，不知道有没有午间服务。"
    noon = noon_spans(spans)
    if left.sent and left.first is not None and left.last is not None:
        first, last = (f"{datetime.fromtimestamp(one, LOCAL):%H:%M}" for one in (left.first, left.last))
        when = first if first == last else f"{first} 到 {last}"
        return f"今天的午间提醒 {when} 发出了，推送服务收下 {left.sent} 条。"
    if not noon:
        return "今天没有午间服务，不发午间提醒。"
    if not subscribers:
        return "现在没有人订阅午间提醒。"
    begins = datetime.combine(day, clock_time(noon[0].opens), LOCAL)
    due = begins - lead
    if moment < due:
        return f"今天的午间提醒 {due:%H:%M} 发，还没有到时候。"
    return f"今天的午间提醒应该在 {due:%H:%M} 发出，还没有发出。"
