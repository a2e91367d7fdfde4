"""The published data, ``/api/v1/``: what every other reader of the catalogue gets."""

from __future__ import annotations

from collections.abc import Iterable, Set
from datetime import time
from typing import TYPE_CHECKING

import msgspec

from ..catalog.journeys import defaults, drawn
from .record import published

if TYPE_CHECKING:
    from ..catalog.hours import Day, Span
    from ..catalog.model.centre import Centre
    from ..catalog.model.duty import Shift
    from ..catalog.model.journey import Journey
    from ..catalog.model.lists import Section
    from ..catalog.model.matter import Matter
    from ..catalog.parts import Parts
    from ..views.summary import Summary

LICENCE = "MIT"
"""Of the data as of the guide (SPDX)."""


def plain(value: object) -> object:
    """``value`` as JSON types; times are ``HH:MM``, dates ``YYYY-MM-DD``."""
    return _clock(msgspec.to_builtins(value, builtin_types=(time,)))


def _clock(value: object) -> object:
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, dict):
        return {key: _clock(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clock(item) for item in value]
    return value


def encode(value: object) -> bytes:
    """Compact JSON in UTF-8 with a line end."""
    return msgspec.json.encode(value) + b"\n"


def matter_json(matter: Matter) -> bytes:
    """``matters/<id>.json``: the record itself. It holds no times of day."""
    return encode(published(matter))


def catalogue_json(parts: Parts, matters: Iterable[Matter]) -> bytes:
    """``data/catalogue.json``: all matters, with what their ids of laws, papers, sections
    and places stand for."""
    listed = tuple(matters)
    return encode(
        {
            "guide": parts.centre.guide_name,
            "centre": parts.centre.name,
            "licence": LICENCE,
            "checked_on": max(matter.checked_on for matter in listed),
            "sections": parts.sections,
            "laws": list(parts.laws.values()),
            "papers": list(parts.papers.values()),
            "places": parts.places,
            "sources": parts.centre.sources,
            "commitments": parts.centre.commitments,
            "journeys": list(parts.journeys.values()),
            "matters": [published(matter) for matter in listed],
        }
    )


def matters_json(summaries: Iterable[Summary], announced: Set[str]) -> bytes:
    """``matters.json``: every matter in a line each, in the order of ids. ``announced`` are the promises
    that are plans still: what they promise is no fact."""
    return encode(
        [
            {
                "id": item.id,
                "name": item.name,
                "name_en": item.name_en,
                "section": item.section,
                "group": item.group,
                "type": item.type,
                "applicants": item.applicants,
                "aliases": item.aliases,
                "on_the_spot": item.on_the_spot and item.promised_source not in announced,
                "on_the_spot_planned": item.on_the_spot and item.promised_source in announced,
                "noon": item.noon,
                "place": item.place,
                "free": item.free,
                "free_evidence": item.fee_evidence,
                "materials": item.materials,
                "natural_person": item.natural_person,
                "zero_visit": ("confirmed" if item.zero_visit else "candidate") if item.natural_person else None,
                "evidence": item.evidence,
                "unknown": item.unknown,
                "confirmed": item.confirmed,
                "checked_on": item.checked_on,
            }
            for item in summaries
        ]
    )


def centre_json(centre: Centre) -> bytes:
    """``centre.json``: centre.yml as it stands."""
    return encode(plain(centre))


def sections_json(sections: Iterable[Section], summaries: Iterable[Summary]) -> bytes:
    """``sections.json``: the sections with the ids of their matters."""
    members: dict[str, list[str]] = {}
    for item in summaries:
        members.setdefault(item.section, []).append(item.id)
    return encode(
        [
            {
                "id": section.id,
                "name": section.name,
                "name_en": section.name_en,
                "summary": section.summary,
                "list_status": section.list_status,
                "groups": section.groups,
                "matters": members.get(section.id, []),
            }
            for section in sections
        ]
    )


def journeys_json(journeys: Iterable[Journey]) -> bytes:
    """``journeys.json``: the records themselves, with what the answers one starts with
    come to: ``computed``, by reading, the length of the critical path by unit, and its
    steps."""
    listed = []
    for journey in journeys:
        plans = {reading: drawn(journey, defaults(journey), reading) for reading in ("statutory", "promised")}
        computed = {reading: {"lengths": plan.lengths, "path": plan.path} for reading, plan in plans.items()}
        listed.append({**msgspec.structs.asdict(journey), "computed": computed})
    return encode(listed)


def calendar_json(days: Iterable[Day], timezone: str) -> bytes:
    """``calendar.json``: the opening spans of every covered date.

    Dates share ``patterns`` (lists of half-open spans) by name, since most days of a
    year are alike; a one-off exception is a pattern named after its date, and tells in
    ``civil`` what the day is for the rest of the country. ``duty`` tells who is on duty over
    noon where duty.yml does.
    """
    patterns: dict[str, object] = {"closed": []}
    listed = []
    for day in days:
        spans = [
            {
                "opens": span.opens.strftime("%H:%M"),
                "closes": span.closes.strftime("%H:%M"),
                "service": span.service,
                "counters": dict(span.counters),
            }
            for span in day.spans
        ]
        name = "closed"
        if spans:
            name = day.date.isoformat() if day.kind == "exception" else "workday"
            patterns[name] = spans
        civil = {} if day.civil is None else {"civil": day.civil}
        duty = {} if day.duty is None else {"duty": _duty(day.duty, day.spans)}
        listed.append({"date": day.date, "kind": day.kind, "name": day.name, "pattern": name, **civil, **duty})
    return encode(
        {
            "timezone": timezone,
            "first": listed[0]["date"],
            "last": listed[-1]["date"],
            "patterns": patterns,
            "days": listed,
        }
    )


def _duty(shift: Shift, spans: Iterable[Span]) -> dict[str, object]:
    kinds = {kind: 0 for span in spans if span.service == "noon" for kind in span.counters}
    counters = kinds | {post.kind: post.open for post in shift.posts}
    return {"counters": counters, "people": shift.staff, **({"names": shift.names} if shift.names else {})}
