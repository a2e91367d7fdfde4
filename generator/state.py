"""What one build remembers for the next."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from .catalog.parts import Parts
from .inputs import Stamp
from .summary import Summary

FORMAT = 1
"""Raised when the remembered shape changes; an older state is then forgotten."""


class KnownMatter(Struct, frozen=True, array_like=True):
    """A matter of the last build: its file (relative to the catalogue), and its summary."""

    path: str
    summary: Summary


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
