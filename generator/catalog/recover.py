"""After a fault in the writing of YAML: what comes behind it is looked at in the same run.

The entry in which the fault lies is left out, or else the whole key at the left margin that it belongs to, and the rest
is read once more. What is left out is blank, so that lines count as they did.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from msgspec import Struct

from .characters import unfit
from .nodes import Node
from .problems import Problem
from .source import parse

MOST = 10
"""After so many faults the file is something else than YAML with mistakes in it."""

_KEY = re.compile(r"[\"']?([A-Za-z_]+)")
_DASH = re.compile(r"( *)- ?")
_THEIRS = re.compile(r"^=======\n(?:.*\n)*?>>>>>>> .*\n", re.MULTILINE)
_AS_MEANT = {"yaml-encoding", "yaml-character", "yaml-conflict"}
"""What nobody meant to write, and is as good as not there."""
_ENDS = {"yaml-encoding", "yaml-character", "yaml-empty", "yaml-documents", "yaml-conflict", "yaml-depth"}
"""Faults of the file as a whole: behind them nothing is where it seems to be."""


class Recovered(Struct, frozen=True):
    """The ``root`` of what could be read, ``None`` where nothing could; the ``problems`` of all of it; the keys at
    the left margin that are ``gone``, and those that were ``touched``, of which an entry was left out."""

    root: Node | None
    problems: list[Problem]
    gone: frozenset[str] = frozenset()
    touched: frozenset[str] = frozenset()


def recover(text: str, path: str, problems: list[Problem], keys: Collection[str]) -> Recovered:
    """Goes on behind the ``problems`` that ``parse`` had with ``text``; ``keys`` may stand at its left margin."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if problems[-1].code in _AS_MEANT:
        if re.search("^ *\t", text, re.MULTILINE):
            return Recovered(None, problems)  # how deep it was meant to be, nobody knows
        root, found = parse(_as_meant(text), path)
        return Recovered(root, problems if root is None else [*problems, *found])
    lines = text.split("\n")
    told, gone, touched = list(problems), set[str](), set[str]()
    for _ in range(MOST):
        found = _fatal(problems)
        if found is None:
            break
        start, end, whole = _around(lines, found.line - 1, keys)
        key = _KEY.match(next((line for line in reversed(lines[: start + 1]) if _top(line, keys)), ""))
        if key is None or not any(line.strip() for line in lines[start:end]):
            break
        # One of them may have slipped to the right, into another.
        gone |= {named[1] for line in lines[start:end] if (named := _KEY.match(line.lstrip()))}
        if not whole:
            touched.add(key[1])
        lines[start:end] = [""] * (end - start)
        root, problems = parse("\n".join(lines), path)
        told += (problem for problem in problems if problem not in told)
        if root is not None:
            return Recovered(root, told, frozenset(gone), frozenset(touched))
    return Recovered(None, told)


def foreign(data: bytes) -> str | None:
    """The text of a file that a Chinese Windows has stored in its own way (GBK); ``None`` if it is not that, but
    UTF-8 that was damaged, say."""
    plain = data.decode(errors="replace")
    if plain.count("\ufffd") <= sum("\u4e00" <= character <= "\u9fff" for character in plain):
        return None
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        return None


def _as_meant(text: str) -> str:
    """Without what nobody sees, and with the first side of what two have written."""
    text = text.removeprefix("\ufeff")
    text = _THEIRS.sub(lambda found: "\n" * found[0].count("\n"), text)
    text = re.sub("^<<<<<<< .*", "", text, flags=re.MULTILINE)
    wide = text.expandtabs(2).replace("\u3000", "  ")
    odd = {character for _, character, _, _ in unfit(wide)}
    return "".join(" " if character in odd else character for character in wide)


def _fatal(problems: list[Problem]) -> Problem | None:
    """The one at which reading ended is said last."""
    last = problems[-1] if problems else None
    return None if last is None or last.code in _ENDS else last


def _top(line: str, keys: Collection[str]) -> bool:
    """Whether a key of the file begins here: another one slipped out of what stands above it."""
    return (key := _KEY.match(line)) is not None and key[1] in keys


def _around(lines: list[str], at: int, keys: Collection[str]) -> tuple[int, int, bool]:
    """First line and end of what is left out for a fault in the line ``at``, and whether it is all of a key."""
    at = min(at, len(lines) - 1)
    top = next((n for n in range(at, -1, -1) if _top(lines[n], keys)), 0)
    end = next((n for n in range(max(at, top) + 1, len(lines)) if _top(lines[n], keys)), len(lines))
    entries = list(_entries(lines, top + 1, end))
    start = max((n for n in entries if n <= at), default=None)
    if start is None:
        return top, end, True
    if not _DASH.match(lines[at]) and _indent(lines[at]) <= _indent(lines[start]):
        return start, end, False  # a key that slipped to the right, with all that is below it
    return start, min((n for n in entries if n > at), default=end), False


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _entries(lines: list[str], start: int, end: int) -> Iterator[int]:
    """Where the entries of a list begin: those of the outermost, which begins right behind the key."""
    first = next((line for line in lines[start:end] if line.strip() and line.strip()[0] != "#"), "")
    if (dash := _DASH.match(first)) is not None:
        for number in range(start, end):
            if lines[number].startswith(f"{dash[1]}-"):
                yield number
