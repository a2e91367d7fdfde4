"""The catalogue but for its matters, as far as a build needs it.

To render and check one matter takes a tenth of it. The rest is kept apart, and read only
by a build that renews lists.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from .catalog.index import References, references
from .views.words import Context

if TYPE_CHECKING:
    from .catalog.parts import Parts


class Around(Struct, frozen=True, kw_only=True):
    """What a matter is checked against, and what its page takes from the shared files;
    ``context`` without the names of the matters."""

    references: References
    context: Context


class Shared:
    """The shared files: just read, or as the last build remembers them."""

    def __init__(self, parts: Callable[[], Parts | None], around: Around | None = None) -> None:
        self._parts = parts
        self._around = around

    @classmethod
    def remembered(cls, around: Around, recall: Callable[[], bytes | None]) -> Shared:
        """What a state holds; ``recall`` gives what ``encode`` made, or ``None``."""

        def parts() -> Parts | None:
            from .catalog.parts import Parts

            data = recall()
            try:
                return None if data is None else msgspec.msgpack.decode(data, type=Parts)
            except msgspec.DecodeError:
                return None

        return cls(parts, around)

    def made_anew(self) -> Shared | None:
        """The same files, and all that is made of them to be made again; ``None`` when they
        have to be read."""
        return None if (parts := self.parts) is None else Shared(lambda: parts)

    @cached_property
    def parts(self) -> Parts | None:
        """All of it; ``None`` when nothing usable is remembered."""
        return self._parts()

    @cached_property
    def references(self) -> References:
        return self._around.references if self._around else references(self.parts)

    @cached_property
    def context(self) -> Context:
        """The context without names; not to be asked for while files are missing."""
        return self._around.context if self._around else context_of(self.parts, {})

    @property
    def around(self) -> Around:
        """What to remember in the state."""
        return Around(references=self.references, context=self.context)

    def encode(self) -> bytes:
        """What to remember beside it."""
        return msgspec.msgpack.encode(self.parts)


def context_of(parts: Parts, names: dict[str, str]) -> Context:
    """What views need to know around one page; ``names`` of the matters by id."""
    return Context(
        centre=parts.centre,
        laws=parts.laws,
        papers=parts.papers,
        sections=parts.sections,
        names=names,
        places={place.id: place.name for place in parts.places},
        # The first zone of a kind of counter is the one that is shown.
        zones={zone.counter: zone.id for zone in reversed(parts.hall.zones) if zone.counter},
        journeys=_journeys_of(parts),
    )


def _journeys_of(parts: Parts) -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, dict[str, str]] = {}
    for journey in parts.journeys.values():
        for step in journey.steps:
            for matter in step.matters:
                found.setdefault(matter, {})[journey.id] = journey.name
    return {id: tuple(own.items()) for id, own in found.items()}
