"""The shapes in which the hall is told to citizens, for the OpenAPI document."""

from __future__ import annotations

from apiflask import Schema
from apiflask.fields import Boolean, Dict, Integer, List, Nested, Raw, String


def _moment(words: str) -> dict[str, str]:
    return {"description": words, "format": "date-time"}


class WaitOut(Schema):
    low = Integer(required=True, metadata={"description": "十个人里有一个等得比这短，分钟"})
    median = Integer(required=True, metadata={"description": "一半人等得比这短，分钟"})
    high = Integer(required=True, metadata={"description": "十个人里有一个等得比这长，分钟"})


class DoneOut(Schema):
    median = String(required=True, metadata=_moment("一半的可能这时已经办好，UTC"))
    high = String(required=True, metadata=_moment("九成的可能这时已经办好，UTC"))


class _EndOut(Schema):
    wait = Nested(WaitOut, required=True, allow_none=True, metadata={"description": "还不知道时是 null"})
    done_at = Nested(DoneOut, required=True, allow_none=True)
    done_before_close = String(
        required=True, allow_none=True, metadata={"description": "今天关门前办不办得完：yes、maybe 或 no"}
    )
    without_noon = String(
        required=True, allow_none=True, metadata={"description": "要是午间不办，午休前办不办得完：yes、maybe 或 no"}
    )


class ArrivingOut(_EndOut):
    minutes = Integer(required=True, data_key="in", metadata={"description": "多少分钟以后来取号"})
    waiting = Integer(required=True, metadata={"description": "那时前面大约几人"})


class CalledOut(Schema):
    ticket = String(required=True)
    window = String(required=True, allow_none=True)
    at = String(required=True, metadata=_moment("叫号时刻，UTC"))


class WindowOut(Schema):
    window = String(required=True, metadata={"description": "窗口号"})
    state = String(required=True, metadata={"description": "open 或 paused"})
    until = String(required=True, allow_none=True, metadata=_moment("暂停到什么时候，UTC"))


class ServiceOut(Schema):
    median = Integer(required=True, metadata={"description": "一半人办得比这快，分钟"})
    high = Integer(required=True, metadata={"description": "十个人里有一个办得比这慢，分钟"})


class CounterOut(Schema):
    kind = String(required=True, metadata={"description": "窗口种类，见 centre.json 的 counter_kinds"})
    source = String(required=True, metadata={"description": "tickets（知道每张号）或 count（只报了人数）"})
    waiting = Integer(required=True, metadata={"description": "还在等的人数"})
    serving = String(required=True, allow_none=True, metadata={"description": "正在叫的号"})
    reported_at = String(required=True, metadata=_moment("最近一次有消息的时刻，UTC"))
    called = List(Nested(CalledOut), required=True, metadata={"description": "最近叫的号，新的在前"})
    next = List(String(), required=True, metadata={"description": "接下来叫的号"})
    windows = List(Nested(WindowOut), required=True)
    wait = Nested(
        WaitOut, required=True, allow_none=True, metadata={"description": "现在取号要等多久；不知道时是 null"}
    )
    arriving = List(Nested(ArrivingOut), required=True, allow_none=True)
    service = Nested(ServiceOut, required=True, allow_none=True, metadata={"description": "这类窗口办一件事多久"})
    past = List(Raw(), required=True, metadata={"description": '今天每十分钟有几人在等：[["08:30", 2], …]'})


class NoonOut(Schema):
    opens_at = String(required=True, metadata=_moment("午间服务开始，UTC"))
    closes_at = String(required=True, metadata=_moment("午间服务结束，UTC"))


class _HallOut(Schema):
    demo = Boolean(required=True, metadata={"description": "true 是演示数据，不是真的"})
    closes_at = String(required=True, allow_none=True, metadata=_moment("今天最后关门的时刻，UTC"))
    noon = Nested(NoonOut, required=True, allow_none=True)


class QueueOut(_HallOut):
    day = String(required=True, metadata={"description": "哪一天", "format": "date"})
    served_at = String(required=True, metadata=_moment("服务器时刻，UTC，取整到 15 秒"))
    counters = List(Nested(CounterOut), required=True)
    matters = Dict(required=True, metadata={"description": "学到的事项办理时间：id → {median, high}，分钟"})


class TicketOut(_EndOut, _HallOut):
    ticket = String(required=True)
    kind = String(required=True)
    matter = String(required=True, allow_none=True)
    state = String(required=True, metadata={"description": "waiting、called、missed、served、left 或 unserved"})
    ahead = Integer(required=True, allow_none=True, metadata={"description": "前面还有几人；不在等时是 null"})
    window = String(required=True, allow_none=True)
    called_at = String(required=True, allow_none=True, metadata=_moment("最近一次叫这个号的时刻，UTC"))
    taken_at = String(required=True, metadata=_moment("取号时刻，UTC"))
    missed_after = Integer(required=True, metadata={"description": "过号以后，隔几人再叫"})
    served_at = String(required=True, metadata=_moment("服务器时刻，UTC"))
    reported_at = String(required=True, allow_none=True, metadata=_moment("最近一次有消息的时刻，UTC"))
