"""The view of what changed lately."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby, islice

from msgspec import Struct

from ..catalog.model.change import Change, ChangeEntry
from .words import day

FOLDED_FROM = 12
"""With more things than this, a publication shows their names; a tap unfolds what changed."""

SHOWN = 30
"""How many entries the page and the feed hold; the JSON file holds all."""

Entries = Iterable[tuple[str, ChangeEntry]]
"""By id, newest first."""


class Group(Struct, frozen=True, kw_only=True):
    """What changed about one thing. ``matter`` is the id of a matter that there is;
    ``title`` its name now, or what the record calls it."""

    matter: str | None
    title: str
    texts: tuple[str, ...]


class EntryView(Struct, frozen=True, kw_only=True):
    """One publication: when, and how much it changed, in words. ``folded``: so much that names come first."""

    id: str
    date: str
    count: str
    folded: bool
    groups: tuple[Group, ...]


class ChangesView(Struct, frozen=True, kw_only=True):
    guide: str
    entries: tuple[EntryView, ...]


def changes_view(entries: Entries, names: Mapping[str, str], guide: str) -> ChangesView:
    """The newest of ``entries``; ``names`` are the matters that there are, by id."""
    return ChangesView(guide=guide, entries=tuple(_entry(id, entry, names) for id, entry in islice(entries, SHOWN)))


def marked(change: Change) -> str:
    """The words of a change; of an urgent one with a word that says so."""
    return f"要紧：{change.text}" if change.urgent else change.text


def _entry(id: str, entry: ChangeEntry, names: Mapping[str, str]) -> EntryView:
    told = groups(entry.changes, names)
    matters = len({change.matter for change in entry.changes if change.matter})
    return EntryView(
        id=id,
        date=day(entry.date),
        count=f"{matters} 个事项" if matters else f"{len(entry.changes)} 处",
        folded=len(told) > FOLDED_FROM,
        groups=told,
    )


def groups(changes: Iterable[Change], names: Mapping[str, str]) -> tuple[Group, ...]:
    """What follows each other about one thing, together."""
    return tuple(
        Group(
            matter=matter if matter in names else None,
            title=names.get(matter or "") or name or "整个指南",
            texts=tuple(map(marked, own)),
        )
        for (matter, name), own in groupby(changes, lambda change: (change.matter, change.name))
    )
