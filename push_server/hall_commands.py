"""Command line: the windows of the hall, a day from a file, a month into one."""

from __future__ import annotations

import csv
import io
import sys
from datetime import date
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup

from .hall.events import WindowId
from .hall.importing import ImportRefused, Problem, read_day
from .hall.intake import Known, is_of
from .hall.months import COLUMNS, lines
from .hall.timetable import local_day
from .hall_log import NotTaken
from .services import Services, services

SHOWN = 50
"""Problems at most; more are counted."""


def register(app: Flask) -> None:
    """Add the commands to ``flask --app push_server``."""
    group = AppGroup("hall", help="大厅：窗口、导入一天、导出一个月")
    window = AppGroup("window", help="登记大厅的窗口")

    @window.command("add")
    @click.argument("window_id", metavar="窗口号")
    @click.argument("kinds", metavar="窗口种类...", nargs=-1, required=True)
    def add(window_id: str, kinds: tuple[str, ...]) -> None:
        """登记一个窗口，写明叫哪几类号"""
        s = services()
        _check_window(s, window_id, kinds)
        s.hall.declare(window_id, kinds)
        click.echo(f"窗口 {window_id} 已登记，叫 {'、'.join(kinds)} 的号")

    @window.command("list")
    def listing() -> None:
        """列出登记过的窗口"""
        for name, kinds in services().hall.windows().items():
            click.echo(f"{name}\t{'、'.join(kinds)}")

    @window.command("remove")
    @click.argument("window_id", metavar="窗口号")
    def remove(window_id: str) -> None:
        """不再用一个窗口"""
        if not services().hall.withdraw(window_id):
            raise click.ClickException(f"没有登记过窗口 {window_id} — 用 hall window list 看看有哪些")
        click.echo(f"窗口 {window_id} 已撤销")

    @group.command("import")
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    def import_day(file: Path) -> None:
        """把一天的事件从 CSV 导入，要么全部导入，要么一条也不导入"""
        s = services()
        try:
            count, repeated = bring_in(s, file.read_bytes())
        except ImportRefused as refused:
            for problem in refused.problems[:SHOWN]:
                click.echo(f"{file} 第 {problem.line} 行：{problem.message}", err=True)
            more = len(refused.problems) - SHOWN
            if more > 0:
                click.echo(f"还有 {more} 处没有列出", err=True)
            click.echo("没有导入任何一条 — 改好以后再导入一次", err=True)
            sys.exit(1)
        click.echo(f"导入了 {count} 个事件" + (f"，另有 {repeated} 个以前导入过" if repeated else ""))

    @group.command("export")
    @click.argument("month", metavar="年-月")
    def export(month: str) -> None:
        """把一个月的等候和办理时间写成 CSV（没有号码）"""
        try:
            first = date.fromisoformat(f"{month}-01")
        except ValueError:
            raise click.ClickException(f"月份 {month!r} 不对 — 请写成 2026-11 这样") from None
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        writer.writerows(lines(services().hall.visits_of_month(first)))
        click.echo("\ufeff" + out.getvalue(), nl=False)

    group.add_command(window)
    app.cli.add_command(group)


def bring_in(s: Services, content: bytes) -> tuple[int, int]:
    """How many events of a file were kept, and how many were there before. Raises ``ImportRefused``."""
    known = Known(
        kinds={kind.id for kind in s.published.current().centre.counter_kinds if kind.queue},
        windows=s.hall.windows().keys(),
    )
    now = s.now()
    events = read_day(content, known, now)
    try:
        results = s.hall.record(list(events.values()), today=local_day(now), strict=True)
    except NotTaken as error:
        told = zip(events, error.results, strict=True)
        raise ImportRefused([Problem(line, one.message) for line, one in told if one.message]) from None
    s.hall.close_days(now, keep_days=s.settings.hall_days)
    return sum(result.result == "accepted" for result in results), sum(
        result.result == "repeated" for result in results
    )


def _check_window(s: Services, window: str, kinds: tuple[str, ...]) -> None:
    """Raises ``click.ClickException``."""
    if not is_of(window, WindowId):
        raise click.ClickException(f"窗口号 {window!r} 不能用 — 请用 8 个以内的字母和数字")
    queueing = [kind.id for kind in s.published.current().centre.counter_kinds if kind.queue]
    for kind in kinds:
        if kind not in queueing:
            raise click.ClickException(f"没有取号的窗口种类 {kind!r} — 可以写 {'、'.join(queueing) or '（没有）'}")
