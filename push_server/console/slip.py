"""What the slip of a ticket says. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time

from msgspec import Struct

from ..hall.rules import Rules
from ..hall.state import State
from ..published import LOCAL, Calendar, clock_time


class Slip(Struct, frozen=True, kw_only=True):
    """``lines`` follow the number, the kind and the matter, each a sentence."""

    number: str
    kind: str
    matter: str | None
    taken: str
    lines: list[str]


def slip_of(
    number: str,
    state: State,
    *,
    kinds: Mapping[str, str],
    matters: Mapping[str, str],
    calendar: Calendar,
    rules: Rules,
    now: float,
) -> Slip:
    """``kinds`` and ``matters`` are names by id; ``now`` is seconds since 1970. Raises
    ``KeyError`` for a number that nobody took."""
    ticket = state.tickets[number]
    moment = datetime.fromtimestamp(now, LOCAL)
    ahead = state.ahead(number)
    told = []
    if ahead is not None:
        told.append(f"前面 {ahead} 人" if ahead else "前面没有人，请到窗口旁边等")
    told.append(f"过号不用重新取：隔 {rules.missed_after} 人再叫一次")
    if noon := noon_sentence(calendar, moment.date(), moment.time()):
        told.append(noon)
    return Slip(
        number=number,
        kind=kinds.get(ticket.kind, ticket.kind),
        matter=matters.get(ticket.matter or ""),
        taken=f"{datetime.fromtimestamp(ticket.taken_at, LOCAL):%m月%d日 %H:%M} 取号",
        lines=told,
    )


def noon_sentence(calendar: Calendar, day: date, moment: time) -> str | None:
    """Of the noon service of a day, as long as it is still to come or under way."""
    for span in calendar.spans(day) or ():
        if span.service == "noon" and moment < clock_time(span.closes):
            return f"中午不休息：{span.opens}–{span.closes} 接着叫号"
    return None
