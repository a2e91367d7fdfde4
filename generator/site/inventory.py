"""The inventory of a release: what the phone keeps of it, every record with its digest; and the bundle,
one file that holds what must be there for the release to be whole.

Pure functions of the files of a release. ``docs/offline.md`` describes both forms; the parts of the
service worker that read them are ``pwa/worker/inventory.js`` and ``generations.js``.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Container, Iterable, Iterator, Mapping

import msgspec
from msgspec import Struct

from ..catalog.digest import digest
from ..errors import BuildError
from .packs import pack_name, records_of
from .publish import BUNDLES, INVENTORIES, PACKS
from .stamp import page_path

_SKELETONS = "offline/skeleton/"
_STORED = ("assets/", "icons/", "api/v1/", _SKELETONS)
"""Where files lie that the phone keeps; and some beside them."""
_NOT_STORED = ("api/v1/changes.", "api/v1/matters/", "api/v1/release.json", "api/v1/urgent.json", "assets/modules/")
"""Feeds are not for the phone; the data of a matter and the modules one by one are for other programs; and
what is urgent is asked for when it is."""
_SCREEN = "/screen.css"
"""What every page holds itself."""
_FOR_INSTALLING = ("icons/icon-180.png", "icons/icon-512.png", "icons/icon-maskable-512.png", "icons/badge-96.png")
"""Only asked for by a browser that puts the guide on the home screen, or shows a message that was pushed: both
take a network anyway."""
_MANIFEST = "manifest.webmanifest"

_BEST = 4 << 20
"""Up to so many bytes are compressed as well as can be, at 1 MB a second; more than that quickly."""


class Inventory(Struct, frozen=True):
    """``files`` are the digests of files by their paths; ``packs`` those of records by the addresses of
    their pages, by the path of the pack that holds them; ``later`` are packs, too, that the phone
    fetches when the release is whole and nobody waits."""

    files: dict[str, str]
    packs: dict[str, dict[str, str]]
    later: dict[str, dict[str, str]]

    def needed(self) -> Iterator[tuple[str, str]]:
        """(path of a file or address of a page, digest) of every record without which the release is
        not whole, in their order."""
        yield from self.files.items()
        for pages in self.packs.values():
            yield from pages.items()

    def records(self) -> Iterator[tuple[str, str]]:
        """The same of all records: those that are needed, then those that may come later."""
        yield from self.needed()
        for pages in self.later.values():
            yield from pages.items()


def inventory(
    files: Mapping[str, str], packs: Mapping[str, str], small: Container[str] = (), later: Container[str] = ()
) -> tuple[str, bytes]:
    """The digest and the bytes of the inventory of ``files`` (digests by path); ``packs`` are the
    digests of records (JSON) by the path of their pack, ``small`` the forms that every phone keeps,
    ``later`` the names of the packs that may come later."""
    # Lists before the matters that they list, and below alike beside alike: a bundle is then compressed
    # by a hundredth better.
    named = sorted(packs, key=lambda path: ("-" in path.rpartition("/")[2], path))
    pages = {path: msgspec.json.decode(packs[path], type=dict[str, str]) for path in named}
    packed = {page_path(url) for records in pages.values() for url in records}
    stored = {path: files[path] for path in files if path not in packed and (path in small or _is_stored(path))}
    order = sorted(stored, key=lambda path: (path.rpartition(".")[2], path))
    first, after = (
        {path: pages[path] for path in named if (pack_name(path) in later) is late} for late in (False, True)
    )
    data = msgspec.json.encode(Inventory({path: stored[path] for path in order}, first, after)) + b"\n"
    return digest(data), data


def _is_stored(path: str) -> bool:
    if f"/{path}".endswith("/index.html"):
        return not path.startswith("matters/")
    if path in _FOR_INSTALLING or path.startswith(_NOT_STORED) or path.endswith(_SCREEN):
        return False
    return path.startswith(_STORED) or path == _MANIFEST


def read_inventory(data: bytes) -> Inventory:
    """Raises ``msgspec.DecodeError``."""
    return msgspec.json.decode(data, type=Inventory)


def contents(listed: Inventory, read: Callable[[str], bytes]) -> dict[str, bytes]:
    """The content of every record by its digest; ``read`` gives that of a published file.

    Raises ``BuildError`` when a file is not what the inventory says: somebody has changed the site.
    """
    found = {}
    for path, hash in listed.files.items():
        found[hash] = _sound(path, read(path), hash)
    for path, pages in (listed.packs | listed.later).items():
        try:
            records = records_of(read(path))
        except msgspec.DecodeError as error:
            raise _changed(path) from error
        for url, hash in pages.items():
            found[hash] = _sound(path, records.get(url, "").encode(), hash)
    return found


def _sound(path: str, data: bytes, hash: str) -> bytes:
    if digest(data) != hash:
        raise _changed(path)
    return data


def _changed(path: str) -> BuildError:
    return BuildError(f"{path} 和清单对不上，生成以后被改过 — 删掉输出目录，重新生成")


def bundle(data: bytes, found: Mapping[str, bytes]) -> bytes:
    """The bundle of the inventory ``data``: a line with the lengths of all that follows (JSON), the
    inventory, and the content of every record that is needed (``found``, by digest) in its order."""
    return _bundled(data, read_inventory(data).needed(), found)


def archive(data: bytes, found: Mapping[str, bytes]) -> bytes:
    """The same with all records: what is kept of a release that was published."""
    return _bundled(data, read_inventory(data).records(), found)


def _bundled(data: bytes, records: Iterable[tuple[str, str]], found: Mapping[str, bytes]) -> bytes:
    parts = [data, *(found[hash] for _, hash in records)]
    return msgspec.json.encode([len(part) for part in parts]) + b"\n" + b"".join(parts)


def unbundled(data: bytes) -> tuple[bytes, list[bytes]]:
    """The inventory and the records of a bundle or an archive, in their order. Raises ``msgspec.DecodeError``."""
    line, _, rest = data.partition(b"\n")
    parts, start = [], 0
    for length in msgspec.json.decode(line, type=list[int]):
        parts.append(rest[start : start + length])
        start += length
    return parts[0], parts[1:]


def bundle_path(name: str) -> str:
    """Where the bundle lies of the inventory with the digest ``name``."""
    return f"{BUNDLES}{name}.txt"


def inventory_path(name: str) -> str:
    return f"{INVENTORIES}{name}.json"


def compressed(path: str, data: bytes) -> dict[str, bytes]:
    """``data`` at ``path``, and beside it as any static host can send it: gzip and brotli."""
    # Here, since it takes 10 ms to load, and only what is published is compressed.
    import brotli

    best = len(data) <= _BEST
    return {
        path: data,
        f"{path}.br": brotli.compress(data, quality=11 if best else 5, lgwin=24),
        f"{path}.gz": gzip.compress(data, 9 if best else 6, mtime=0),
    }


def packs_among(steps: Iterable[tuple[Mapping[str, str], str]]) -> dict[str, str]:
    """The digests of records (JSON) by pack, of the steps that made packs: (files, what is told)."""
    return {path: tells for files, tells in steps for path in files if path.startswith(PACKS)}
