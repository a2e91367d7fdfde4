"""Packs: the matters' pages as the phone stores them, without their skeleton.

A pack holds the pages of up to about 64 matters of one section, so that the whole guide
is a handful of requests and one changed matter moves one pack. The service worker puts
skeleton and page together again (``generator/site/stamp.py`` is its twin).
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec
from msgspec import Struct

PAGES_PER_PACK = 64
"""On average; about 250 kB before compression."""


class PackedPage(Struct, frozen=True):
    """What a page adds to its skeleton; HTML, escaped, with ``@@ROOT@@`` still in it."""

    title: str
    head: str
    content: str
    root: str


class Pack(Struct, frozen=True):
    """The file ``offline/packs/<name>.<digest>.json``; ``pages`` by their URL."""

    skeleton: str
    pages: Mapping[str, PackedPage]


class _Published(Struct, frozen=True):
    """A pack of which only some pages are wanted."""

    skeleton: str
    pages: dict[str, msgspec.Raw]


class Packing:
    """Which pack a matter is in, given the section of every matter.

    Depends on the ids and the sizes of the sections alone, so that a build from nothing
    and an incremental one agree. CRC-32 only spreads the ids.
    """

    def __init__(self, sections: Iterable[str]) -> None:
        self._masks = {
            section: (1 << max(0, (size - 1) // PAGES_PER_PACK).bit_length()) - 1
            for section, size in Counter(sections).items()
        }

    def name(self, id: str, section: str) -> str:
        return f"{section}-{zlib.crc32(id.encode()) & self._masks[section]}"


def encode(pack: Pack) -> bytes:
    """The bytes of a pack, pages in the order of their URLs."""
    ordered = Pack(pack.skeleton, dict(sorted(pack.pages.items())))
    return msgspec.json.encode(ordered) + b"\n"


def pages_of(data: bytes) -> dict[str, msgspec.Raw]:
    """The pages of a pack as read from the site, as they stand there. Raises
    ``msgspec.DecodeError`` when it is damaged."""
    return msgspec.json.decode(data, type=_Published).pages
