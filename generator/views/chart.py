"""The time chart of a journey in figures.

Sideways everything is in percent and up and down in em: the chart is as wide as the phone,
its words stay as large as the reader wants them, and ``journey.js`` only moves what is
there when an answer changes.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

LEFT, WIDTH = 1.5, 95.5
"""Percent: where the first day stands, and how far it is to the last."""

AXIS, ROW = 2.2, 2.9
"""Height in em of the axis and of a row. ``journey.js`` has the same figures."""

STEPS = (1, 2, 5, 10, 20, 50, 100)


class Bar(Struct, frozen=True, kw_only=True):
    """A line of the chart; moments are working days from the start. ``due`` is a deadline,
    up to which the line is dashed; a row that is not ``shown`` has no place."""

    id: str
    label: str
    shown: bool
    critical: bool
    counted: bool
    start: float
    finish: float
    due: float | None


class Tick(Struct, frozen=True, kw_only=True):
    """A mark of the axis at a working day; ``at`` in percent."""

    day: int
    at: str


class ChartRow(Struct, frozen=True, kw_only=True):
    """A line as it is drawn: ``top`` in em, the rest in percent. ``instant`` takes no time."""

    id: str
    label: str
    shown: bool
    critical: bool
    counted: bool
    instant: bool
    has_due: bool
    top: str
    start: str
    finish: str
    width: str
    due: str


class Chart(Struct, frozen=True, kw_only=True):
    """``height`` and ``row`` in em."""

    title: str
    description: str
    height: str
    row: str
    ticks: tuple[Tick, ...]
    rows: tuple[ChartRow, ...]


def chart(bars: Sequence[Bar], name: str) -> Chart:
    """The chart of ``bars``, which are in the order in which they are drawn."""
    total = max([1.0, *(max(bar.finish, bar.due or 0) for bar in bars if bar.shown)])
    shown = [bar for bar in bars if bar.shown]
    critical = "；".join(bar.label for bar in bars if bar.critical)
    return Chart(
        title=f"{name}的时间图",
        description=f"{len(shown)} 步。关键的是：{critical}。每一步的说明在下面的清单里。",
        height=_n(AXIS + ROW * len(shown)),
        row=_n(ROW),
        ticks=_ticks(total),
        rows=tuple(_row(bar, position, total) for position, bar in enumerate(bars)),
    )


def _ticks(total: float) -> tuple[Tick, ...]:
    """At every few working days."""
    step = next((step for step in STEPS if total / step <= 4), STEPS[-1])
    return tuple(Tick(day=day, at=_at(day, total)) for day in range(0, int(total) + 1, step))


def _row(bar: Bar, position: int, total: float) -> ChartRow:
    return ChartRow(
        id=bar.id,
        label=bar.label,
        shown=bar.shown,
        critical=bar.critical,
        counted=bar.counted,
        instant=bar.finish == bar.start,
        has_due=bar.due is not None,
        top=_n(AXIS + ROW * position),
        start=_at(bar.start, total),
        finish=_at(bar.finish, total),
        width=_n((bar.finish - bar.start) / total * WIDTH),
        due=_at(bar.due or 0, total),
    )


def _at(days: float, total: float) -> str:
    return _n(LEFT + days / total * WIDTH)


def _n(value: float) -> str:
    """At most two decimals, none where none are needed."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
