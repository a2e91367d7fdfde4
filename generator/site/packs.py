"""Packs: the records of pages, which the phone puts together with their skeletons.

A record is what a page says beside its skeleton. A pack holds those of up to about 64 matters of
one section, or of the lists, so that one lost page is one request; the service worker composes
the page (``generator/site/stamp.py`` is its twin). ``docs/offline.md`` describes both forms.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec
from msgspec import Struct

from ..catalog.digest import digest
from .publish import PACKS
from .stamp import CONTENT, HEAD, TITLE

PAGES_PER_PACK = 64
"""On average; about 250 kB before compression."""

_SKELETON = "<!--skeleton:"
_END = "-->"


class PackedPage(Struct, frozen=True):
    """What a page adds to the skeleton of ``layout``; HTML, escaped, with ``@@ROOT@@`` still in it."""

    layout: str
    title: str
    head: str
    content: str


class _Pack(Struct, frozen=True):
    """The file ``offline/packs/<name>.<digest>.json``: records by the addresses of their pages."""

    records: dict[str, str]


class _Published(Struct, frozen=True):
    """A pack of which only some records are wanted."""

    records: dict[str, msgspec.Raw]


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


def record(page: PackedPage) -> str:
    """The record of a page: its parts behind the marks that they replace in the skeleton."""
    return f"{_SKELETON}{page.layout}{_END}{TITLE}{page.title}{HEAD}{page.head}{CONTENT}{page.content}"


def parts(text: str) -> PackedPage:
    """The parts of a record. Raises ``ValueError`` for a text that is none."""
    layout, title = text.removeprefix(_SKELETON).split(f"{_END}{TITLE}", 1)
    title, head = title.split(HEAD, 1)
    head, content = head.split(CONTENT, 1)
    return PackedPage(layout, title, head, content)


def pack(name: str, pages: Mapping[str, PackedPage]) -> tuple[dict[str, bytes], str]:
    """The file of a pack, by its path, and the digests of its records by address, as JSON; ``pages``
    by their addresses."""
    records = {url: record(pages[url]) for url in sorted(pages)}
    data = msgspec.json.encode(_Pack(records)) + b"\n"
    digests = {url: digest(text.encode()) for url, text in records.items()}
    return {f"{PACKS}{name}.{digest(data)}.json": data}, msgspec.json.encode(digests).decode()


def pack_name(path: str) -> str:
    """The name of the pack at ``path``."""
    return path.removeprefix(PACKS).split(".")[0]


def records_of(data: bytes) -> dict[str, str]:
    """The records of a pack. Raises ``msgspec.DecodeError`` when it is damaged."""
    return msgspec.json.decode(data, type=_Pack).records


def lazily(data: bytes) -> dict[str, msgspec.Raw]:
    """The records of a pack as they stand there, each still JSON. Raises ``msgspec.DecodeError``."""
    return msgspec.json.decode(data, type=_Published).records
