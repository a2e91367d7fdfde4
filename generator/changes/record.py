"""``guide diff`` and ``guide record``: what changed since it was last told, and telling it.

The record is data that clerks commit: one file a publication, ``changes/<date>.yml``. Each
names the commit that it describes, so the next one knows where to go on, whatever became of
branches in between. Nothing else has to be kept, and changes to matters never touch these
files, so they do not get into each other's way.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from ..catalog.model.change import CalendarMarks, Change, ChangeEntry, in_order
from ..views.changes import marked
from .compare import compare
from .raw import ChangesError, Raw, committed, from_commit, from_folder, from_published

FOLDER = "changes"


def since_last(catalog: Path, entries: Mapping[str, ChangeEntry], start: str | None) -> tuple[Change, ...]:
    """What changed from ``start`` to the catalogue in the folder ``catalog``.

    ``start`` is a revision of git, a ``catalogue.json``, or a folder; ``None`` is what the
    newest of ``entries`` describes, or the last commit where nothing was recorded yet.
    Raises ``ChangesError`` where there is nothing to compare with.
    """
    return compare(_start(catalog, entries, start), from_folder(catalog))


def _start(catalog: Path, entries: Mapping[str, ChangeEntry], start: str | None) -> Raw:
    if start is None:
        newest = _newest(entries)
        if newest is not None and newest.commit is None:
            raise ChangesError("上一次的记录没有写 commit — 用 --from 指定一个版本、catalogue.json 或者目录")
        return from_commit(catalog, newest.commit if newest is not None and newest.commit else "HEAD")
    path = Path(start)
    if path.is_dir():
        return from_folder(path)
    return from_published(path) if path.is_file() else from_commit(catalog, start)


def _newest(entries: Mapping[str, ChangeEntry]) -> ChangeEntry | None:
    return entries[max(entries, key=in_order)] if entries else None


def new_entry(
    catalog: Path, entries: Mapping[str, ChangeEntry], on: date, start: str | None, calendars: CalendarMarks
) -> tuple[str, ChangeEntry] | None:
    """The entry to write now, with its id; ``None`` when nothing changed. ``calendars`` are the marks of
    those that will be published.

    The first of all only says how much there is.
    """
    newest = _newest(entries)
    if newest is not None and on < newest.date:
        raise ChangesError(f"{on} 早于上一次记录的 {newest.date} — 不写 --date，或者写 {newest.date} 以后的一天")
    commit = committed(catalog)
    if entries or start is not None:
        changes = since_last(catalog, entries, start)
    else:
        changes = (Change(matter=None, name=None, text=f"开始记录，收了 {len(from_folder(catalog).matters)} 个事项"),)
    if not changes:
        if newest is None or newest.calendars in (None, calendars):
            return None
        changes = (Change(matter=None, name=None, text="可以订阅的日历有更新"),)
    id, number = on.isoformat(), 1
    while id in entries:
        number += 1
        id = f"{on.isoformat()}-{number}"
    return id, ChangeEntry(date=on, commit=commit, changes=changes, calendars=calendars)


def entry_text(entry: ChangeEntry) -> str:
    """The file of an entry. Text is in quotes, as JSON has them, which YAML reads alike."""
    lines = [
        "# yaml-language-server: $schema=../schema/change.json",
        "# guide record 写的；文字可以改通顺，commit 不要动：下一次从那里接着比。",
        "# 打开着的页面也要马上知道的更正，加一行 urgent: true。",
        f"date: {entry.date.isoformat()}",
        f"commit: {_quoted(entry.commit)}",
        *_calendars(entry.calendars),
        "changes:",
    ]
    for change in entry.changes:
        lines += [
            f"  - matter: {_quoted(change.matter)}",
            f"    name: {_quoted(change.name)}",
            f"    text: {_quoted(change.text)}",
            *(["    urgent: true"] if change.urgent else []),
        ]
    return "\n".join(lines) + "\n"


def _calendars(marks: CalendarMarks | None) -> list[str]:
    if marks is None:
        return []
    return [f"calendars: {{noon: {_quoted(marks.noon)}, closures: {_quoted(marks.closures)}}}"]


def _quoted(text: str | None) -> str:
    return json.dumps(text, ensure_ascii=False)


def told(changes: Iterable[Change]) -> str:
    """Changes as text for a terminal, matter by matter."""
    lines: list[str] = []
    heading: str | None = None
    for change in changes:
        title = "整个指南" if change.matter is None else f"{change.name}（{change.matter}）"
        if title != heading:
            lines.append(title)
            heading = title
        lines.append(f"  {marked(change)}")
    return "\n".join(lines)
