"""Files → records, one file at a time or the whole catalogue.

``load`` reads ``catalog/`` below a repository's root and reports the problems of all
files at once. The functions on a single text are for callers that keep records
between two runs and read again only what changed.
"""

from __future__ import annotations

from typing import TypeVar

from msgspec import Struct

from .decode import decode
from .lines import Lines
from .model import (
    CalendarYear,
    Centre,
    Laws,
    Matter,
    Papers,
    Places,
    Sections,
    Words,
)
from .problems import Problem
from .source import parse, read

FOLDER = "catalog"

T = TypeVar("T", bound=Struct)
Text = str | bytes


def load_record(text: Text, path: str, type_: type[T]) -> tuple[T | None, Lines, list[Problem]]:
    """One file as a record of ``type_``; ``None`` with the problems that prevent it.

    ``path`` is relative to the repository and only serves the messages. No rule beyond
    the types is checked here.
    """
    problems: list[Problem] = []
    if isinstance(text, bytes):
        decoded, problems = read(text, path)
        if decoded is None:
            return None, Lines(path, None), problems
        text = decoded
    root, problems = parse(text, path)
    if root is None:
        return None, Lines(path, None), problems
    record, found = decode(root, type_, path)
    problems += found
    return (None if problems else record), Lines(path, root), problems


def load_matter(text: Text, path: str) -> tuple[Matter | None, Lines, list[Problem]]:
    return load_record(text, path, Matter)


def load_centre(text: Text, path: str) -> tuple[Centre | None, Lines, list[Problem]]:
    return load_record(text, path, Centre)


def load_year(text: Text, path: str) -> tuple[CalendarYear | None, Lines, list[Problem]]:
    return load_record(text, path, CalendarYear)


def load_laws(text: Text, path: str) -> tuple[Laws | None, Lines, list[Problem]]:
    return load_record(text, path, Laws)


def load_papers(text: Text, path: str) -> tuple[Papers | None, Lines, list[Problem]]:
    return load_record(text, path, Papers)


def load_sections(text: Text, path: str) -> tuple[Sections | None, Lines, list[Problem]]:
    return load_record(text, path, Sections)


def load_places(text: Text, path: str) -> tuple[Places | None, Lines, list[Problem]]:
    return load_record(text, path, Places)


def load_words(text: Text, path: str) -> tuple[Words | None, Lines, list[Problem]]:
    return load_record(text, path, Words)
