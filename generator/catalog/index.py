"""What a file may refer to in other files."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from msgspec import Struct

from .articles import titles
from .forms import Form
from .model.journey import Journey
from .model.lists import Law
from .model.services import Case
from .model.texts import LawTexts
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

    ``sections`` maps ids to groups, ``laws`` to the articles that were checked, ``duties`` matters to the (law,
    article) that they have to cite, ``texts`` laws to the articles whose words are there, ``titles`` to the ids
    of laws, ``replaced`` the laws that hold no longer to the title of what does, ``amended`` laws to the items
    of articles that a later decision struck or rewrote, by the article. ``limits`` maps matters to what journeys
    say of them. ``noon`` tells whether there is noon service, ``deferral`` whether papers may follow later;
    ``hosts`` are the sites that addresses may lead to besides those under gov.cn.
    ``covers`` are the sections, groups and matters that each commitment names; ``once`` the papers of which
    nobody needs two; ``done_at_noon`` the matters of which a case tells that they were handled over noon, with
    whether they were finished.
    """

    sections: dict[str, tuple[str, ...]] | None
    laws: dict[str, frozenset[str]] | None
    duties: dict[str, tuple[tuple[str, str], ...]] | None
    texts: dict[str, frozenset[str]]
    titles: dict[str, str]
    replaced: dict[str, str]
    amended: dict[str, dict[str, tuple[str, ...]]]
    papers: frozenset[str] | None
    once: frozenset[str] | None
    counters: frozenset[str] | None
    sources: frozenset[str] | None
    commitments: frozenset[str] | None
    covers: dict[str, frozenset[str]] | None
    done_at_noon: dict[str, bool] | None
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
        duties=None if laws is None else _duties(laws.values()),
        texts={id_: frozenset(item.article for item in law.articles) for id_, law in (shared.texts or {}).items()},
        titles=titles((laws or {}).values()),
        replaced={id_: law.replaced_by.title for id_, law in (laws or {}).items() if law.replaced_by is not None},
        amended=_amended((shared.texts or {}).values()),
        papers=None if shared.papers is None else frozenset(shared.papers),
        once=None if shared.papers is None else frozenset(id_ for id_, item in shared.papers.items() if item.once),
        counters=None if centre is None else frozenset(item.id for item in centre.counter_kinds),
        sources=None if centre is None else frozenset(item.id for item in centre.sources),
        commitments=None if centre is None else frozenset(item.id for item in centre.commitments),
        covers=None if centre is None else {item.id: frozenset(item.covers) for item in centre.commitments},
        done_at_noon=None if shared.cases is None else _done_at_noon(shared.cases),
        places=None if shared.places is None else frozenset(item.id for item in shared.places),
        deferral=None if shared.deferral is None else offers_of(shared).deferral,
        noon=None if centre is None else centre.noon_service is not None,
        hosts=None if centre is None else frozenset(centre.online_hosts),
        other_hours=None if centre is None else frozenset(item.id for item in centre.other_hours),
        limits=_limits((shared.journeys or {}).values()),
    )


def _duties(laws: Iterable[Law]) -> dict[str, tuple[tuple[str, str], ...]]:
    bound: dict[str, tuple[tuple[str, str], ...]] = {}
    for law in laws:
        for duty in law.duties:
            for matter in duty.matters:
                bound[matter] = (*bound.get(matter, ()), (law.id, duty.article))
    return bound


def _done_at_noon(cases: Iterable[Case]) -> dict[str, bool]:
    done: dict[str, bool] = {}
    for case in cases:
        if case.topic == "noon":
            done[case.matter] = done.get(case.matter, False) or bool(case.completed)
    return done


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


def _amended(texts: Iterable[LawTexts]) -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for law in texts:
        for item in law.articles:
            if item.amended_by is not None:
                found.setdefault(law.law, {})[item.article] = (*item.amended_by.struck, *item.amended_by.changed)
    return found


def _checked(law: Law) -> frozenset[str]:
    return frozenset(item.article for item in law.articles if item.verified)
