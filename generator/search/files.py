"""The files of names, and what is remembered so that the next build need not read again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from ..catalog.digest import digest
from ..catalog.parts import Parts
from ..views.summary import Summary
from .names import MORE, NAMES, Names, encode
from .readings import Readings, common_characters, folded, listed, traditional_of


class Remembered(Struct, array_like=True):
    """Readings by term; the further characters with the digest of what they depend on."""

    readings: dict[str, str]
    made_for: str
    further: dict[str, str]


def name_files(
    parts: Parts, summaries: Sequence[Summary], memory: Path
) -> tuple[dict[str, bytes], Callable[[str], list[str]]]:
    """The first two files of the search, by path, and how to read a text in them.

    ``memory`` is a file that saves reading every word again; without it, or with one of
    another time, the result is the same.
    """
    known = _recall(memory)
    readings = Readings(known.readings)
    names = Names(parts, summaries)
    first, more = readings.of(names.terms), readings.of(names.more_terms)
    made_for = digest(f"{listed(first)} {listed(more)}".encode())
    further = known.further if known.made_for == made_for else _further(first, more)
    now = Remembered(readings.used, made_for, further)
    if now != known:
        temporary = memory.with_suffix(".tmp")
        temporary.write_bytes(msgspec.msgpack.encode(now))
        temporary.replace(memory)
    files = {NAMES: encode({**names.first, "sounds": listed(first)}), MORE: encode({**names.second, **further})}
    return files, readings.read


def _further(first: dict[str, set[str]], more: dict[str, set[str]]) -> dict[str, str]:
    """Readings that the first file lacks, of the words of the second and of common
    characters that sound like any of them; and the traditional forms of all."""
    known = {character: first.get(character, set()) | more.get(character, set()) for character in {**first, **more}}
    sounds = {folded(reading) for own in known.values() for reading in own}
    added = {character: new for character, own in more.items() if (new := own - first.get(character, set()))}
    for character, own in Readings({}).of([one for one in common_characters() if one not in known]).items():
        if alike := {reading for reading in own if folded(reading) in sounds}:
            added[character] = alike
    return {"sounds": listed(added), "traditional": traditional_of(known)}


def _recall(memory: Path) -> Remembered:
    try:
        return msgspec.msgpack.decode(memory.read_bytes(), type=Remembered)
    except (OSError, msgspec.MsgspecError):
        return Remembered({}, "", {})
