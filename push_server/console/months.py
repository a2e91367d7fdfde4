"""Page: the figures of a month, drawn and as a table to take along."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime, timedelta

from flask import Response, request

from ..published import LOCAL
from ..services import services
from .blueprint import Refused, console, needs, page
from .figures import Figures, figures, noons_of

_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


@console.get("/months")
@needs("admin", "editor")
def months() -> Response:
    first = _asked()
    found = _figures(first, _next(first) - timedelta(days=1))
    noon = services().published.current().centre.noon_service
    year = _figures(date(first.year, 1, 1), _next(first) - timedelta(days=1))
    return page(
        "months.html",
        month=first,
        before=(first - timedelta(days=1)).replace(day=1),
        after=_next(first) if _next(first) <= _today() else None,
        found=found,
        year=year,
        claimed=noon.hours_per_year_claimed if noon else None,
        bars=_bars(found),
    )


@console.get("/months.csv")
@needs("admin", "editor")
def months_table() -> Response:
    """A line per hour of the day; with a mark by which spreadsheets know the encoding."""
    first = _asked()
    found = _figures(first, _next(first) - timedelta(days=1))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["月份", "取号的钟点", "取号人数", "一半的人等候不超过（分钟）", "九成的人等候不超过（分钟）"])
    for hour in found.hours:
        told = ["" if value is None else value for value in (hour.median, hour.most)]
        writer.writerow([f"{first:%Y-%m}", f"{hour.hour:02}:00", hour.taken, *told])
    writer.writerow([])
    for name, value in _totals(found):
        writer.writerow([f"{first:%Y-%m}", name, value])
    response = Response("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="hall-{first:%Y-%m}.csv"'
    return response


def _totals(found: Figures) -> list[tuple[str, float | str]]:
    share = "" if found.noon_share is None else found.noon_share
    return [
        ("取号", found.taken),
        ("办完", found.served),
        ("没等就走", found.left),
        ("过号没回来", found.missed),
        ("到下班没办上", found.unserved),
        ("午间叫到的", found.served_at_noon),
        ("午间叫到的占办完的百分之", share),
        ("午间来取号的", found.taken_at_noon),
        ("午间开放小时", found.noon_hours),
        ("午间窗口办事分钟", found.noon_minutes),
    ]


def _bars(found: Figures) -> list[dict[str, float | int | None]]:
    """Heights (of 100) of the drawing: the longest wait is 100."""
    tallest = max((hour.most or 0 for hour in found.hours), default=0) or 1
    return [
        {
            "hour": hour.hour,
            "median": hour.median,
            "most": hour.most,
            "half": round(100 * (hour.median or 0) / tallest, 1),
            "full": round(100 * (hour.most or 0) / tallest, 1),
        }
        for hour in found.hours
    ]


def _figures(first: date, last: date) -> Figures:
    s = services()
    rows = s.hall.visits(first, last)
    return figures(rows, noons_of(s.published.current().calendar, {row.day for row in rows}))


def _asked() -> date:
    text = request.args.get("month", "")
    if not text:
        return _today().replace(day=1)
    found = _MONTH.fullmatch(text)
    if found is None:
        raise Refused(400, "month-invalid", "月份写成 2026-11 这样。")
    return date(int(found[1]), int(found[2]), 1)


def _today() -> date:
    return datetime.fromtimestamp(services().now(), LOCAL).date()


def _next(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)
