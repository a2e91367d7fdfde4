"""What one build remembers for the next."""

from __future__ import annotations

from datetime import date

import msgspec
from msgspec import Struct

from .catalog.parts import Parts
from .inputs import Stamp
from .summary import Summary

FORMAT = 5
"""Raised when the remembered shape changes; an older state is then forgotten."""


class KnownMatter(Struct, frozen=True, array_like=True):
    """A matter of the last build: what every build asks of it, and the rest of its
    summary as it was encoded, for the builds that renew the lists.

    ``path`` is its file, relative to the catalogue.
    """

    path: str
    id: str
    name: str
    section: str
    related: tuple[str, ...]
    checked_on: date
    encoded: msgspec.Raw

    @property
    def summary(self) -> Summary:
        return msgspec.msgpack.decode(self.encoded, type=Summary)


def known_matter(path: str, summary: Summary) -> KnownMatter:
    return KnownMatter(
        path,
        summary.id,
        summary.name,
        summary.section,
        summary.related,
        summary.checked_on,
        msgspec.Raw(msgspec.msgpack.encode(summary)),
    )


class State(Struct, frozen=True, kw_only=True):
    """Everything remembered. ``outputs`` are digests by path below the site;
    ``skeletons`` are the last skin's, with the hashed folders of css and app filled in."""

    format: int
    catalogue: dict[str, Stamp]
    presentation: dict[str, dict[str, Stamp]]
    environment: str
    parts: Parts
    matters: dict[str, KnownMatter]
    skeletons: dict[str, str]
    outputs: dict[str, str]
    commit: str | None


def encode(state: State) -> bytes:
    return msgspec.msgpack.encode(state)


def decode(data: bytes | None) -> State | None:
    """The state in ``data``; ``None`` when there is none, or one of another format."""
    if data is None:
        return None
    try:
        state = msgspec.msgpack.decode(data, type=State)
    except msgspec.DecodeError:
        return None
    return state if state.format == FORMAT else None
