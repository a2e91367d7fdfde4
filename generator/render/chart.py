"""The time chart of a journey: an SVG drawn when the site is built.

Sideways everything is in percent and up and down in em: the chart is as wide as the
phone, its words stay as large as the reader wants them, and ``journey.js`` only moves
what is there when an answer changes. What does not apply carries ``display="none"``:
``hidden`` is an attribute of HTML, not of SVG. Colours are classes, for the page allows no styles
in attributes and has a dark scheme. What the picture shows is said in the list below it.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..views.journeys import ChartRow
from .escape import e

LEFT, WIDTH = 1.5, 95.5
"""Percent: where the first day stands, and how far it is to the last."""

AXIS, ROW = 2.2, 2.9
"""Height in em of the axis and of a row. ``journey.js`` has the same figures."""

STEPS = (1, 2, 5, 10, 20, 50, 100)


def chart(rows: Sequence[ChartRow], title: str, description: str) -> str:
    """The chart of ``rows``, which are in the order in which they are drawn."""
    total = max([1.0, *(max(row.finish, row.due or 0) for row in rows if row.shown)])
    shown = sum(row.shown for row in rows)
    height = AXIS + ROW * shown
    drawn = "\n".join(_row(row, position, total) for position, row in enumerate(rows))
    return (
        f'<svg class="chart" role="img" aria-labelledby="chart-title chart-desc" width="100%" height="{_n(height)}em">\n'
        f'<title id="chart-title">{e(title)}</title>\n<desc id="chart-desc">{e(description)}</desc>\n'
        f'<g data-axis="">{_axis(total)}</g>\n{drawn}\n</svg>'
    )


def _axis(total: float) -> str:
    """A line at every few working days; the first names the unit."""
    step = next((step for step in STEPS if total / step <= 4), STEPS[-1])
    marks = []
    for number in range(0, int(total) + 1, step):
        at = _at(number, total)
        word = f"{number} 个工作日" if number == 0 else str(number)
        marks.append(
            f'<line class="grid" x1="{at}" x2="{at}" y1="1.5em" y2="100%"/>'
            f'<text class="tick{" first" if number == 0 else ""}" x="{at}" y="1.1em">{word}</text>'
        )
    return "".join(marks)


def _row(row: ChartRow, position: int, total: float) -> str:
    start, finish = _at(row.start, total), _at(row.finish, total)
    classes = "row critical" if row.critical else "row"
    place = f'y="{_n(AXIS + ROW * position)}em"' if row.shown else 'y="0" display="none"'
    wait = '<line class="due" x1="{}" x2="{}" y1="2.05em" y2="2.05em"{}/>'.format(
        start, _at(row.due or 0, total), "" if row.due is not None else ' display="none"'
    )
    bar = '<rect class="bar" x="{}" y="1.65em" width="{}%" height=".8em" rx=".2em"{}/>'.format(
        start, _n((row.finish - row.start) / total * WIDTH), "" if row.finish > row.start else ' display="none"'
    )
    dot = '<circle class="{}" cx="{}" cy="2.05em" r=".35em"{}/>'.format(
        "dot" if row.counted else "dot open", finish, "" if row.finish == row.start else ' display="none"'
    )
    mark = "关键 · " if row.critical else ""
    return (
        f'<svg class="{classes}" data-row="{e(row.id)}" {place} height="{ROW}em">'
        f'<text y="1.25em">{mark}{e(row.label)}</text>{wait}{bar}{dot}</svg>'
    )


def _at(days: float, total: float) -> str:
    return f"{_n(LEFT + days / total * WIDTH)}%"


def _n(value: float) -> str:
    """At most two decimals, none where none are needed."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
