"""What a file may refer to in other files."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from msgspec import Struct

from .forms import Form
from .model.journey import Journey
from .model.lists import Law
from .offers import offers_of
from .parts import PartsLike
from .paths import journey_path


class StepLimit(Struct, frozen=True):
    """What a journey says of the one matter of a step, where it says anything."""

    path: str
    step: str
    statutory: tuple[int, str] | None
    promised: tuple[int, str] | None


class References(Struct, frozen=True, kw_only=True):
    """What ids of the shared files point to. A part is ``None`` when its file could not be
    read; references into it are then not judged.

    ``sections`` maps ids to groups, ``laws`` to the articles that were checked, ``limits``
    matters to what journeys say of them. ``noon`` tells whether there is noon
    service, ``deferral`` whether papers may follow later; ``hosts`` are the sites that addresses
    may lead to besides those under gov.cn.
    """

    sections: dict[str, tuple[str, ...]] | None
    laws: dict[str, frozenset[str]] | None
    papers: frozenset[str] | None
    counters: frozenset[str] | None
    sources: frozenset[str] | None
    commitments: frozenset[str] | None
    places: frozenset[str] | None
    noon: bool | None
    deferral: bool | None
    hosts: frozenset[str] | None
    other_hours: frozenset[str] | None
    limits: dict[str, tuple[StepLimit, ...]]


class Index(References, frozen=True, kw_only=True):
    """Everything that ids point to.

    ``matters`` maps ids to the paths that claim them, ``names`` names of matters to ids.
    ``forms`` are the files of catalog/forms/ by name; ``None`` where nobody has looked. As long as
    two indexes are equal, no reference can have gone bad.
    """

    matters: dict[str, tuple[str, ...]]
    names: dict[str, tuple[str, ...]]
    forms: dict[str, Form] | None = None


def make_index(
    shared: PartsLike, matters: Iterable[tuple[str, str | None, str]], forms: dict[str, Form] | None = None
) -> Index:
    """The index of a catalogue. ``matters`` are (id, name, path); the name is ``None`` for a
    file that could not be read but whose name promises the id."""
    ids: dict[str, tuple[str, ...]] = {}
    names: dict[str, tuple[str, ...]] = {}
    for id_, name, path in sorted(matters, key=lambda item: item[2]):
        ids[id_] = (*ids.get(id_, ()), path)
        if name is not None:
            names[name] = (*names.get(name, ()), id_)
    return Index(matters=ids, names=names, forms=forms, **msgspec.structs.asdict(references(shared)))


def references(shared: PartsLike) -> References:
    """What may be referred to in the shared files."""
    centre, sections, laws = shared.centre, shared.sections, shared.laws
    return References(
        sections=None if sections is None else {item.id: item.groups for item in sections},
        laws=None if laws is None else {id_: _checked(item) for id_, item in laws.items()},
        papers=None if shared.papers is None else frozenset(shared.papers),
        counters=None if centre is None else frozenset(item.id for item in centre.counter_kinds),
        sources=None if centre is None else frozenset(item.id for item in centre.sources),
        commitments=None if centre is None else frozenset(item.id for item in centre.commitments),
        places=None if shared.places is None else frozenset(item.id for item in shared.places),
        deferral=None if shared.deferral is None else offers_of(shared).deferral,
        noon=None if centre is None else centre.noon_service is not None,
        hosts=None if centre is None else frozenset(centre.online_hosts),
        other_hours=None if centre is None else frozenset(item.id for item in centre.other_hours),
        limits=_limits((shared.journeys or {}).values()),
    )


def _limits(journeys: Iterable[Journey]) -> dict[str, tuple[StepLimit, ...]]:
    told: dict[str, tuple[StepLimit, ...]] = {}
    for journey in journeys:
        for step in journey.steps:
            if len(step.matters) != 1 or step.by != "authority":
                continue
            days, promised = step.days, step.promised
            limit = StepLimit(
                journey_path(journey.id),
                step.name,
                (days.value, days.unit) if days is not None and days.kind == "statutory_max" else None,
                None if promised is None else (promised.value, promised.unit),
            )
            told[step.matters[0]] = (*told.get(step.matters[0], ()), limit)
    return told


def _checked(law: Law) -> frozenset[str]:
    return frozenset(item.article for item in law.articles if item.verified)
