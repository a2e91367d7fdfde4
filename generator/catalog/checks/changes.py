"""changes/<date>.yml: what publications changed."""

from __future__ import annotations

from collections.abc import Iterator

from ..lines import Lines
from ..model.change import ChangeEntry
from ..paths import stem
from ..problems import Problem

CODES = {"change-date": "记录的日期和文件名不一致"}


def check_date(entry: ChangeEntry, lines: Lines) -> Iterator[Problem]:
    """A file is named after its day; further ones of the same day add a number."""
    named = stem(lines.path)[:10]
    if entry.date.isoformat() != named:
        sentence = f"日期 {entry.date.isoformat()} 和文件名不一致"
        yield lines.problem(("date",), "change-date", sentence, f"改为 `date: {named}`，或者改文件名")
