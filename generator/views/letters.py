"""The view of the A–Z page: every matter by how its names are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct

from .summary import Summary
from .words import Context

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Entry(Struct, frozen=True):
    """One line: ``text`` leads to the matter ``id``; ``name`` is its name when ``text`` is
    only what people call it."""

    reading: tuple[str, ...]
    text: str
    id: str
    name: str | None = None


class Group(Struct, frozen=True):
    """The lines that begin with a letter, in order; ``anchor`` is the group's on the page."""

    letter: str
    anchor: str
    entries: tuple[Entry, ...]


class LettersView(Struct, frozen=True, kw_only=True):
    """``groups`` are the letters that begin anything."""

    guide: str
    hotline: str
    matters: int
    groups: tuple[Group, ...]


def letters_view(context: Context, summaries: Iterable[Summary], read: Callable[[str], list[str]]) -> LettersView:
    """All names and aliases. ``read`` gives the syllables of a text's Chinese characters."""
    groups: dict[str, list[Entry]] = {}
    count = 0
    for item in summaries:
        count += 1
        for text in dict.fromkeys((item.name, *item.aliases)):
            reading = (*((text.lower(),) if text[0].isascii() else ()), *read(text))
            letter = (reading[0][:1] if reading else text[:1]).upper()
            entry = Entry(reading, text, item.id, None if text == item.name else item.name)
            groups.setdefault(letter if letter in LETTERS else "0–9", []).append(entry)
    return LettersView(
        guide=context.centre.guide_name,
        hotline=context.centre.hotline,
        matters=count,
        groups=tuple(
            Group(
                letter,
                letter if letter in LETTERS else "digits",
                tuple(sorted(groups[letter], key=lambda entry: (entry.reading, entry.text, entry.id))),
            )
            for letter in (*LETTERS, "0–9")
            if letter in groups
        ),
    )
