"""A month of the hall as rows: what came of every ticket, without its number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from ..published import LOCAL
from .visits import Visit

COLUMNS = ("日期", "窗口种类", "事项", "取号", "叫号", "结束", "等了（分钟）", "办了（分钟）", "结果", "午间")

_ENDS = {"served": "办完", "left": "离开", "missed": "过号", "unserved": "没有轮到"}


def last_of(first: date) -> date:
    """The last day of the month of ``first``."""
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def lines(visits: Iterable[tuple[Visit, bool]]) -> Iterator[tuple[str, ...]]:
    """One row per visit; each comes with whether it was called during the noon service."""
    for visit, noon in visits:
        yield (
            visit.day,
            visit.kind,
            visit.matter or "",
            _clock(visit.taken_at),
            _clock(visit.called_at),
            _clock(visit.ended_at),
            _minutes(visit.waited),
            _minutes(visit.took),
            _ENDS.get(visit.state, visit.state),
            "是" if noon else "",
        )


def _clock(moment: float | None) -> str:
    return "" if moment is None else datetime.fromtimestamp(moment, LOCAL).strftime("%H:%M:%S")


def _minutes(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds / 60:.1f}"
