"""What one build remembers for the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property

import msgspec
from msgspec import Struct

from .catalog.parts import Parts
from .inputs import Stamp, digest
from .outputs import Outputs
from .summary import Summary

FORMAT = 10
"""Raised when the remembered shape changes; an older state is then forgotten."""


class KnownMatter(Struct, frozen=True, array_like=True):
    """What every build asks of a matter of the last one.

    ``path`` is its file, relative to the catalogue, ``summary`` the digest of its summary:
    as long as that is the same, no list looks different. The summaries themselves are
    three quarters of all that is remembered, and kept apart for the builds that renew lists.
    """

    path: str
    id: str
    name: str
    section: str
    checked_on: date
    summary: str


def known_matter(path: str, summary: Summary) -> KnownMatter:
    mark = digest(msgspec.msgpack.encode(summary))
    return KnownMatter(path, summary.id, summary.name, summary.section, summary.checked_on, mark)


class Summaries:
    """The summaries of the last build by id, read when they are first asked for.

    ``recall`` gives what ``encode_summaries`` made, or ``None``.
    """

    def __init__(self, recall: Callable[[], bytes | None]) -> None:
        self._recall = recall

    @cached_property
    def by_id(self) -> dict[str, Summary] | None:
        """``None`` when nothing usable is remembered."""
        data = self._recall()
        try:
            return None if data is None else msgspec.msgpack.decode(data, type=dict[str, Summary])
        except msgspec.DecodeError:
            return None


def encode_summaries(summaries: Mapping[str, Summary]) -> bytes:
    return msgspec.msgpack.encode(summaries)


class State(Struct, frozen=True, kw_only=True):
    """Everything remembered. ``release`` is the id of what is published;
    ``skeletons`` are the last skin's, with the hashed folders of css and app filled in;
    ``exports`` whether the site holds the whole catalogue in one file."""

    format: int
    catalogue: dict[str, Stamp]
    presentation: dict[str, dict[str, Stamp]]
    environment: str
    parts: Parts
    matters: dict[str, KnownMatter]
    skeletons: dict[str, str]
    outputs: Outputs
    release: str
    commit: str | None
    exports: bool


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
