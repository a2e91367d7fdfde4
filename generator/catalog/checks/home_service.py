"""What matters say of help at home: something, for natural persons, from known places."""

from __future__ import annotations

from collections.abc import Iterator

from ..index import Index
from ..lines import Field, Lines
from ..model.matter import Matter
from ..problems import Problem

CODES = {
    "place-unknown": "places.yml 里没有这个地方",
    "home-service-empty": "写了上门代办，却一样都不做",
    "home-service-applicant": "上门代办只为自然人，这件事自然人不能申请",
}


def check_home_service(matter: Matter, lines: Lines) -> Iterator[Problem]:
    """Who is promised a visit at home gets something of it, and is a natural person."""
    service = matter.zero_visit
    if service is None:
        return
    if not (service.collect or service.handle or service.deliver) or not service.places:
        hint = "至少一项写 true、写一个地方，或者整项删去"
        yield lines.problem(("zero_visit",), "home-service-empty", "上门代办没有内容", hint)
    if "自然人" not in matter.applicants:
        hint = "补上 applicants 里的自然人，或者删去 zero_visit"
        yield lines.problem(("zero_visit",), "home-service-applicant", "申请人里没有自然人", hint)


def check_home_service_places(matter: Matter, lines: Lines, index: Index) -> Iterator[Problem]:
    """The workers come from places of places.yml."""
    if matter.zero_visit is not None:
        yield from unknown_places(matter.zero_visit.places, ("zero_visit", "places"), lines, index)


def unknown_places(places: tuple[str, ...], field: Field, lines: Lines, index: Index) -> Iterator[Problem]:
    """A problem for every place that is not one of places.yml."""
    if index.places is None:
        return
    for position, place in enumerate(places):
        if place not in index.places:
            hint = f"可用的有：{'、'.join(sorted(index.places))}"
            yield lines.problem((*field, position), "place-unknown", f"没有地方“{place}”", hint)
