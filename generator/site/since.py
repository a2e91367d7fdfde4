"""From each of the last releases to the one that is published now: what a phone that has one of them
needs to be told. ``docs/offline.md`` describes the form; ``pwa/worker/since.js`` reads it. Pure."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import msgspec
from msgspec import Struct

from .differences import Patch, patch
from .inventory import read_inventory, unbundled

FORMAT = 1

_DIGEST = re.compile(r"(?<=/)[0-9a-f]{16}(?=/)")
"""In a path that is named after its content."""


@dataclass(frozen=True)
class Release:
    """A release as phones have it: its name, and its archive (``inventory.archive``)."""

    id: str
    bundled: bytes

    @cached_property
    def _parts(self) -> tuple[bytes, list[bytes]]:
        return unbundled(self.bundled)

    @property
    def inventory(self) -> bytes:
        return self._parts[0]

    @cached_property
    def records(self) -> Sequence[tuple[str, str, bytes]]:
        """(path or address, digest, content), in the order of the inventory."""
        listed = read_inventory(self.inventory).records()
        return [(path, hash, data) for (path, hash), data in zip(listed, self._parts[1], strict=True)]


class Since(Struct, frozen=True):
    """``since/<from>.json``. ``inventory`` is a patch; ``changed`` are the number of a record in the old
    inventory and a patch of its content; ``added`` contents that there was nothing like, as text, or
    base64 of what is none."""

    format: int
    to: str
    inventory: Patch
    changed: list[tuple[int, Patch]]
    added: list[str | Mapping[str, str]]


def since(old: Release, new: Release) -> bytes:
    """What leads from ``old`` to ``new``, as it is published."""
    have = {hash for _, hash, _ in old.records}
    places = {_place(path): number for number, (path, _, _) in enumerate(old.records)}
    changed: list[tuple[int, Patch]] = []
    added: list[str | Mapping[str, str]] = []
    for path, hash, data in new.records:
        if hash in have:
            continue
        have.add(hash)
        number = places.get(_place(path))
        text = _text(data)
        before = None if number is None else _text(old.records[number][2])
        if text is None:
            added.append({"base64": base64.b64encode(data).decode()})
        elif number is None or before is None:
            added.append(text)
        else:
            changed.append((number, _patch(before, text)))
    listed = _patch(old.inventory.decode(), new.inventory.decode())
    return msgspec.json.encode(Since(FORMAT, new.id, listed, changed, added)) + b"\n"


def _place(path: str) -> str:
    """What stays of a path when the content that it is named after changes."""
    return _DIGEST.sub("*", path)


def _text(data: bytes) -> str | None:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


@lru_cache(maxsize=4096)
def _patch(old: str, new: str) -> Patch:
    """The same change is asked for by many releases."""
    return patch(old, new)
