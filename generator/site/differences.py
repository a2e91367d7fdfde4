"""What changed from one text to another, as few words as need be: ``pwa/worker/since.js`` is the twin.

A patch is a list for whoever has the old text: a number above zero keeps so many characters, one below zero
leaves so many out, a text is put in; what is left at the end stays. Characters are counted
in UTF-16 units, as browsers do. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

Patch = list[int | str]

_PIECE = re.compile(r"[^>,\n]*[>,\n]|[^>,\n]+")
"""Up to the end of a tag, a value or a line."""
_CLOSE = 40_000
"""Up to so many pairs of characters are compared one by one (a millisecond)."""


def patch(old: str, new: str) -> Patch:
    """What makes ``new`` of ``old``."""
    made: Patch = []
    for kept, left, put in _changes(old, new):
        made += [_units(kept)] if kept else []
        made += [-_units(left)] if left else []
        made += [put] if put else []
    if made and isinstance(made[-1], int) and made[-1] > 0:
        made.pop()  # what is left at the end stays
    return made


def apply(old: str, changes: Patch) -> str:
    """``old`` changed by a patch, as the phone does it."""
    units = old.encode("utf-16-le")
    at, made = 0, []
    for step in changes:
        if isinstance(step, str):
            made.append(step)
        elif step > 0:
            made.append(units[2 * at : 2 * (at + step)].decode("utf-16-le"))
            at += step
        else:
            at -= step
    return "".join([*made, units[2 * at :].decode("utf-16-le")])


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _changes(old: str, new: str) -> Iterator[tuple[str, str, str]]:
    """(kept, left out, put in), one after the other."""
    start, end = _ends(old, new)
    kept = old[:start]
    inner, other = old[start : len(old) - end], new[start : len(new) - end]
    for same, left, put in _within(inner, other):
        yield kept + same, left, put
        kept = ""
    yield kept + old[len(old) - end :], "", ""


def _within(old: str, new: str) -> Iterator[tuple[str, str, str]]:
    """By pieces, and where a piece is another by its characters."""
    before, after = _PIECE.findall(old), _PIECE.findall(new)
    kept = ""
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        left, put = "".join(before[a:b]), "".join(after[c:d])
        if kind == "equal":
            kept += left
            continue
        for same, out, into in _closely(left, put):
            yield kept + same, out, into
            kept = ""
    if kept:
        yield kept, "", ""


def _closely(old: str, new: str) -> Iterator[tuple[str, str, str]]:
    start, end = _ends(old, new)
    inner, other = old[start : len(old) - end], new[start : len(new) - end]
    kept = old[:start]
    if not inner or not other or len(inner) * len(other) > _CLOSE:
        yield kept, inner, other
        kept = ""
    else:
        for kind, a, b, c, d in SequenceMatcher(None, inner, other, autojunk=False).get_opcodes():
            # To keep a letter or two costs more than to say it again.
            if kind == "equal":
                kept += inner[a:b]
            else:
                yield kept, inner[a:b], other[c:d]
                kept = ""
    if kept or end:
        yield kept + old[len(old) - end :], "", ""


def _ends(old: str, new: str) -> tuple[int, int]:
    """How many characters are the same at the start, and behind that at the end."""
    most = min(len(old), len(new))
    start = _alike(old[:most], new[:most])
    most -= start
    if not most:
        return start, 0
    return start, _alike(old[len(old) - most :][::-1], new[len(new) - most :][::-1])


def _alike(one: str, other: str) -> int:
    """How many characters at the start are the same; both have the same length."""
    low, high = 0, len(one)
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
