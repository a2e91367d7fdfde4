"""How a benchmark reports: lines with their goals, in a page of docs."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

HEAD = ("what", "measured", "goal", "verdict")
END = "<!-- end of what was measured -->"


@dataclass(frozen=True, slots=True)
class Line:
    """One figure; ``met`` is ``None`` where there is no goal."""

    what: str
    found: str
    goal: str = ""
    met: bool | None = None

    def row(self) -> tuple[str, ...]:
        return self.what, self.found, self.goal, {True: "met", False: "missed", None: ""}[self.met]


def goals(lines: Iterable[Line]) -> str:
    """As a table in Markdown."""
    return table([HEAD, *(line.row() for line in lines)])


def table(rows: Sequence[tuple[str, ...]]) -> str:
    """``rows`` as a table in Markdown, the first as its head."""
    head, *rest = rows
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ("---",) * len(head), *rest))


def write(page: Path, command: str, text: str) -> None:
    """Put ``text`` in the place of what ``command`` measured before, with the machine above it."""
    begin = f"<!-- measured: {command} -->"
    before, found, rest = page.read_text("utf-8").partition(begin)
    _, ended, after = rest.partition(END)
    if not found or not ended:
        raise ValueError(f"{page} has no place for it: {begin}")
    machine = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores."
    page.write_text(f"{before}{begin}\n\n{machine}\n\n{text}\n\n{END}{after}", "utf-8")
