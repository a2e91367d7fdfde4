"""What the pages and data of one matter depend on, as one digest.

A changed law then renews the pages that cite it, a changed name those that show it, and
nothing else. ``Surroundings.around`` gives the very part of the catalogue that the digest
covers, so that a page cannot show what would not renew it.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec import Struct

from ..catalog.articles import titles
from ..catalog.digest import digest
from ..catalog.index import Index
from ..catalog.offers import offers_of
from ..catalog.parts import Parts
from ..views.context import context_of
from ..views.words import Context
from .memory import Facts


class Surroundings:
    """The catalogue around its matters. Parts that are ``None`` could not be read. ``titles`` are the ids of laws
    by title."""

    def __init__(self, parts: Parts, index: Index) -> None:
        self._index = index
        self._names = {ids[0]: name for name, ids in index.names.items()}
        self._laws = _digests(parts.laws)
        self._texts = _digests(parts.texts)
        self.titles = titles((parts.laws or {}).values())
        self._papers = _digests(parts.papers)
        self._context = context_of(parts, {}) if parts.complete else None
        everyone = (parts.centre, parts.sections, parts.places, parts.hall and parts.hall.zones, offers_of(parts))
        self._everyone = _digest((*everyone, self._context and self._context.remedy))

    def of(self, matter: Facts) -> str:
        """The digest of all that the matter's pages, data and checks depend on."""
        own, index = matter.summary, self._index
        return _digest(
            (
                self._everyone,
                matter.path,
                matter.digest,
                index.matters[own.id],
                index.names[own.name],
                [(id, self._name(id)) for id in own.related],
                [(law, self._laws.get(law), self._texts.get(law)) for law in self._laws_of(matter)],
                [self._papers.get(paper) for paper in matter.papers],
                [(index.forms or {}).get(name) for name in matter.forms],
                index.limits.get(own.id),
                self._context and self._context.journeys.get(own.id),
            )
        )

    def around(self, matter: Facts) -> Context:
        """What views need to know around the page of the matter. Only to be asked of a
        catalogue that is complete."""
        whole = self._context
        assert whole is not None
        return msgspec.structs.replace(
            whole,
            names={id: name for id in matter.summary.related if (name := self._name(id)) is not None},
            laws={law: whole.laws[law] for law in self._laws_of(matter)},
            titles=titles(whole.laws[law] for law in self._laws_of(matter)),
            papers={paper: whole.papers[paper] for paper in matter.papers},
            forms={name: (self._index.forms or {})[name].size for name in matter.forms},
        )

    def _laws_of(self, matter: Facts) -> list[str]:
        """The laws that the matter cites, and those that its sentences name."""
        spoken = {self.titles[title] for title, _ in matter.named if title in self.titles}
        return sorted(spoken.union(law for law, _ in matter.cites))

    def _name(self, id: str) -> str | None:
        return self._names.get(id)


def _digests(records: Mapping[str, Struct] | None) -> dict[str, str]:
    return {id: _digest(record) for id, record in (records or {}).items()}


def _digest(value: object) -> str:
    return digest(msgspec.msgpack.encode(value))
