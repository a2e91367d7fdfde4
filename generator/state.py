"""What one build remembers for the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from .inputs import Stamp, digest
from .outputs import Outputs
from .search.text import matter_text
from .shared import Around
from .summary import Summary

if TYPE_CHECKING:
    from .catalog.model import Matter

FORMAT = 12
"""Raised when the remembered shape changes; an older state is then forgotten."""


class KnownMatter(Struct, frozen=True, array_like=True):
    """What every build asks of a matter of the last one.

    ``path`` is its file (``catalog/…``), ``summary`` the digest of its summary: as long as
    that is the same, no list looks different; ``text`` that of what it adds to the full text
    of the search. The summaries themselves are three quarters of all that is remembered, and
    kept apart for the builds that renew lists.
    """

    path: str
    id: str
    name: str
    section: str
    checked_on: date
    summary: str
    text: str


def known_matter(path: str, matter: Matter, summary: Summary) -> KnownMatter:
    mark, text = digest(msgspec.msgpack.encode(summary)), digest(bytes(matter_text(matter)))
    return KnownMatter(path, summary.id, summary.name, summary.section, summary.checked_on, mark, text)


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


class _Plain(Struct, frozen=True, kw_only=True):
    """What is written as it is. ``release`` is the id of what is published;
    ``skeletons`` are the last skin's, with the hashed folders of css and app filled in;
    ``exports`` whether the site holds the whole catalogue in one file,
    ``address`` that of the site, if it was known."""

    presentation: dict[str, dict[str, Stamp]]
    environment: str
    around: Around
    skeletons: dict[str, str]
    outputs: Outputs
    release: str
    commit: str | None
    exports: bool
    address: str | None


class State(_Plain, frozen=True, kw_only=True):
    """Everything remembered: of the files of the catalogue by path, of the matters by id."""

    catalogue: dict[str, Stamp]
    matters: dict[str, KnownMatter]


class _Columns(Struct, frozen=True, array_like=True):
    """Records of one kind field by field. Three thousand lists of one type are read several
    times as slowly as a few lists of three thousand."""

    stamps: tuple[list[str], list[int], list[int], list[str]]
    matters: tuple[list[str], list[str], list[str], list[str], list[date], list[str], list[str]]


class _Written(_Plain, frozen=True, kw_only=True):
    """A state as it is on disk: ``columns`` are its ``catalogue`` and ``matters``."""

    format: int
    columns: _Columns


def encode(state: State) -> bytes:
    fields = msgspec.structs.asdict(state)
    del fields["catalogue"], fields["matters"]
    columns = _Columns(
        stamps=([*state.catalogue], *_columns(state.catalogue.values(), Stamp)),  # type: ignore[arg-type]
        matters=_columns(state.matters.values(), KnownMatter),  # type: ignore[arg-type]
    )
    return msgspec.msgpack.encode(_Written(format=FORMAT, columns=columns, **fields))


def decode(data: bytes | None) -> State | None:
    """The state in ``data``; ``None`` when there is none, a damaged one or one of another format."""
    if data is None:
        return None
    try:
        written = msgspec.msgpack.decode(data, type=_Written)
    except msgspec.DecodeError:
        return None
    if written.format != FORMAT:
        return None
    fields = msgspec.structs.asdict(written)
    del fields["format"], fields["columns"]
    paths, *stamps = written.columns.stamps
    matters = written.columns.matters
    try:
        return State(
            catalogue=dict(zip(paths, map(Stamp, *stamps), strict=True)),
            matters=dict(zip(matters[1], map(KnownMatter, *matters), strict=True)),
            **fields,
        )
    except ValueError:
        return None  # columns of different lengths


def _columns(records: Iterable[Struct], type_: type[Struct]) -> tuple[Iterable[object], ...]:
    rows = map(msgspec.structs.astuple, records)
    return tuple(zip(*rows, strict=True)) or tuple(() for _ in type_.__struct_fields__)
