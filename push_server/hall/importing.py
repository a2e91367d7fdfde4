"""A day from a file: CSV as a clerk's spreadsheet writes it, all of it or nothing."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime

from msgspec import Struct

from ..published import LOCAL
from .events import TYPES, Event
from .intake import Known, Refusal, Sender, read_event
from .timetable import local_day

SOURCE = "import"

COLUMNS = {
    "id": "编号",
    "type": "事件",
    "at": "时间",
    "ticket": "号码",
    "kind": "窗口种类",
    "matter": "事项",
    "prechecked": "预审",
    "window": "窗口",
    "until": "到",
    "corrects": "撤回",
}
"""Either name may stand in the first line."""

WORDS = dict(
    zip(
        ("取号", "叫号", "再叫", "过号", "回来", "办完", "离开", "转窗口", "开窗", "暂停", "恢复", "关窗", "更正"),
        TYPES,
        strict=True,
    )
)

MOST_LINES = 20_000
_YES, _NO = ("是", "1", "true", "yes"), ("否", "0", "false", "no")
_PLAIN = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})[ T](\d{1,2}):(\d{2})(?::(\d{2}))?")


class Problem(Struct, frozen=True):
    """Something in a line (counted from 1, as a spreadsheet does) and what to write instead."""

    line: int
    message: str


class ImportRefused(Exception):
    """Nothing of the file is kept."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


def read_day(content: bytes, known: Known, now: float) -> dict[int, Event]:
    """The events of a file, by line. All are of one day that has begun.

    UTF-8 or GB18030. Times without a zone are those of the centre. Where ``id`` is left out it
    is made from the line, so that the same file read twice counts once. Raises ``ImportRefused``.
    """
    rows = _rows(_text(content))
    day = _day(rows)
    sender = Sender(source=SOURCE, received_at=now, sent_at=now, days={day})
    problems: list[Problem] = []
    events: dict[int, Event] = {}
    seen: Counter[str] = Counter()
    for line, row in rows.items():
        told = {name: value for name, value in row.items() if value}
        text = "\x1f".join(f"{name}={value}" for name, value in sorted(told.items()))
        seen[text] += 1
        told.setdefault("id", f"csv-{hashlib.sha256(f'{text}{seen[text]}'.encode()).hexdigest()[:24]}")
        try:
            events[line] = read_event(_typed(told), sender, known)
        except Refusal as refusal:
            problems.append(Problem(line, refusal.message))
    if problems:
        raise ImportRefused(problems)
    return events


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ImportRefused([Problem(1, "文件不是 UTF-8，也不是 GB18030 编码，请另存为 CSV UTF-8 再导入。")])


def _rows(text: str) -> dict[int, dict[str, str]]:
    """Lines that hold something, by number, with our names of the columns."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    names: list[str] = []
    rows: dict[int, dict[str, str]] = {}
    try:
        for cells in reader:
            cells = [cell.strip() for cell in cells]
            if not any(cells):
                continue
            if not names:
                names = _names(cells, reader.line_num)
            elif len(cells) > len(names) and any(cells[len(names) :]):
                raise ImportRefused([Problem(reader.line_num, "这一行的格子比第一行的列名多，请对齐。")])
            elif len(rows) == MOST_LINES:
                raise ImportRefused([Problem(reader.line_num, f"一次最多导入 {MOST_LINES} 行，请分几个文件。")])
            else:
                rows[reader.line_num] = dict(zip(names, cells, strict=False))
    except csv.Error:
        raise ImportRefused([Problem(reader.line_num, "这一行不是 CSV，请检查引号是不是成对。")]) from None
    if not rows:
        raise ImportRefused([Problem(1, "文件里没有事件，请在第一行写列名，下面一行写一件事。")])
    return rows


def _names(cells: list[str], line: int) -> list[str]:
    by_word = {word: name for name, word in COLUMNS.items()} | {name: name for name in COLUMNS}
    listed = "、".join(COLUMNS.values())
    if unknown := next((cell for cell in cells if cell not in by_word), None):
        shown = unknown if unknown.isprintable() and len(unknown) <= 20 else "有一列"
        raise ImportRefused([Problem(line, f"列名“{shown}”不认识，请用：{listed}。")])
    names = [by_word[cell] for cell in cells if cell]
    if len(set(names)) != len(names) or not {"type", "at"} <= set(names):
        raise ImportRefused([Problem(line, "第一行要有“事件”和“时间”两列，每个列名只写一次。")])
    return names


def _day(rows: Mapping[int, Mapping[str, str]]) -> date:
    """The day of the first line whose time can be read; other days are then told by line."""
    for row in rows.values():
        try:
            return local_day(datetime.fromisoformat(_moment(row.get("at", ""))).timestamp())
        except (ValueError, OverflowError):
            continue
    raise ImportRefused([Problem(line, "时间写得不对，请写成 2026-11-23 11:25:00。") for line in list(rows)[:1]])


def _typed(row: Mapping[str, str]) -> dict[str, object]:
    told: dict[str, object] = dict(row)
    told["type"] = WORDS.get(row.get("type", ""), row.get("type"))
    for name in ("at", "until"):
        if name in row:
            told[name] = _moment(row[name])
    if (checked := row.get("prechecked", "").lower()) in (*_YES, *_NO):
        told["prechecked"] = checked in _YES
    return told


def _moment(text: str) -> str:
    """``2026/11/23 9:05`` of the centre, as ISO 8601; anything else as it stands."""
    found = _PLAIN.fullmatch(text)
    if found is None:
        return text
    try:
        return datetime(*(int(part or 0) for part in found.groups()), tzinfo=LOCAL).isoformat()  # type: ignore[arg-type,misc]
    except ValueError:
        return text
