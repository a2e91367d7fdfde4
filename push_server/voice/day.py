"""The hours of one day, and how they are put into words. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from ..published import LOCAL, Centre, Span, clock_time

NOON, HOURS = "noon", "hours"
"""Topics: that the noon service takes place; that it does not, or the hours are others."""
OFF = "off"
"""The facts of a noon service that does not take place."""


def at(day: date, text: str) -> datetime:
    return datetime.combine(day, clock_time(text), LOCAL)


def nobody(day: date) -> datetime:
    """The end of what is told to nobody for the first time: before the day has begun."""
    return datetime.combine(day, time.min, LOCAL)


def noon_spans(spans: Sequence[Span]) -> list[Span]:
    return [span for span in spans if span.service == "noon"]


def hours(spans: Sequence[Span]) -> str:
    """``08:30–16:30``: adjoining spans are one."""
    joined: list[list[str]] = []
    for span in spans:
        if joined and joined[-1][1] == span.opens:
            joined[-1][1] = span.closes
        else:
            joined.append([span.opens, span.closes])
    return "、".join(f"{opens}–{closes}" for opens, closes in joined)


def because(reason: str | None) -> str:
    """The sentence that gives the reason, where there is one."""
    told = (reason or "").strip().rstrip("。")
    return f"原因：{told}。" if told else ""


def counters(spans: Sequence[Span], centre: Centre) -> str:
    """``1 个咨询窗口、2 个受理窗口``; empty when the calendar states no numbers."""
    if len(spans) != 1:
        return ""
    numbers = spans[0].counters
    return "、".join(f"{numbers[kind.id]} 个{kind.name}" for kind in centre.counter_kinds if numbers.get(kind.id))


def afterwards(day: date, spans: Sequence[Span], usual: Sequence[Span] | None, moment: datetime) -> str:
    """What is left of the day from ``moment`` on, in a sentence."""
    rest = [span for span in spans if at(day, span.closes) > moment]
    if not rest:
        return "今天不再开门，改天再来。"
    usually = [span for span in usual or () if at(day, span.closes) > moment and span.service != "noon"]
    if usual is None or hours(rest) == hours(usually):
        return f"{rest[0].opens} 再开门。"
    return f"{hours(rest)} 开门。"
