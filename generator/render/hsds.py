"""The matters in the Human Services Data Specification (HSDS 3.1, Open Referral): ``data/hsds/services.json``,
what its API answers to ``GET /services``, on one page with all that belongs to each service.

HSDS has no place for how sure a claim is but its attributes: each graded claim is an attribute
``evidence`` of the service, of the paper or of the cost that it is about. ``value`` is its place in
``api/v1/matters/<id>.json``, ``label`` what it says, ``taxonomy_term`` its mark. Texts bear the
marks, too. ``assured_date`` is left out until the centre has confirmed the matter.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from uuid import NAMESPACE_DNS, uuid5

import msgspec

from ..catalog.model.centre import Centre
from ..catalog.model.matter import Matter
from ..views.claims import Stated
from ..views.matter import MatterView
from ..views.papers import PaperLine
from ..views.words import Claim, clock
from .marks import MARKS, Mark, in_short, introduced, marked, word
from .nodes import known

_TAXONOMY = "evidence"
_OFFSET_HOURS = 8
"""Of Asia/Shanghai from UTC, all the year."""

Node = dict[str, object]


def services_json(centre: Centre, matters: Iterable[tuple[Matter, MatterView]], address: str | None) -> bytes:
    """The page of all services, in the order of ``matters``. ``address`` is that of the site; without it
    there are no addresses, for HSDS knows no relative ones."""
    writing = _Writing(centre, address)
    contents = [writing.service(matter, view) for matter, view in matters]
    page = {
        "total_items": len(contents),
        "total_pages": 1,
        "page_number": 1,
        "size": len(contents),
        "first_page": True,
        "last_page": True,
        "empty": not contents,
        "contents": contents,
    }
    return msgspec.json.encode(page) + b"\n"


class _Writing:
    """One export. Identifiers depend on the centre's ``calendar_id`` and on names alone, so they stay."""

    def __init__(self, centre: Centre, address: str | None) -> None:
        self._centre = centre
        self._address = address
        self._space = uuid5(NAMESPACE_DNS, centre.calendar_id)
        self._terms = {mark.code: self._term(mark) for mark in MARKS}
        self._organization: Node = known(
            {
                "id": self._id("organization"),
                "name": centre.name,
                "alternate_name": centre.short_name,
                "description": f"{centre.name}（{centre.name_en}），咨询电话 {centre.hotline}。",
                "website": address,
            }
        )

    def _id(self, name: str) -> str:
        return str(uuid5(self._space, name))

    def _term(self, mark: Mark) -> Node:
        return {
            "id": self._id(f"{_TAXONOMY}/{mark.code}"),
            "code": mark.code,
            "name": mark.word,
            "description": mark.meaning,
            "taxonomy": _TAXONOMY,
            "language": "zh",
        }

    def service(self, matter: Matter, view: MatterView) -> Node:
        id = self._id(f"matters/{matter.id}")
        papers = {item.pointer: item for item in view.claims if item.kind == "materials"}
        priced = matter.fee is not None and matter.fee.amount is not None
        others = [item for item in view.claims if item.pointer not in papers and not (priced and item.kind == "fee")]
        return known(
            {
                "id": id,
                "organization_id": self._organization["id"],
                "name": matter.name,
                "alternate_name": "、".join(matter.aliases),
                "description": introduced(matter, view) + in_short(view),
                "url": self._address and f"{self._address}matters/{matter.id}/",
                "status": "active",
                "application_process": "；".join(matter.step_texts),
                "fees_description": marked(view.fee) if view.fee else None,
                "eligibility_description": _eligible(matter, view),
                "assured_date": matter.confirmed and matter.confirmed.on.isoformat(),
                "phones": [{"id": self._id("phone"), "number": view.hotline}],
                "service_at_locations": self._places(matter, view),
                "organization": self._organization,
                "cost_options": [self._cost(matter, item) for item in view.claims if priced and item.kind == "fee"],
                "required_documents": [
                    self._paper(matter, papers[f"/materials/{line.seq - 1}"], line) for line in view.lines
                ],
                "attributes": [
                    self._attribute(matter, item, "service", id, f"{item.name}：{marked(item.claim)}")
                    for item in others
                ],
            }
        )

    def _attribute(self, matter: Matter, item: Stated, entity: str, id: str, label: str) -> Node:
        term = self._terms[item.claim.evidence or ""]
        return {
            "id": self._id(f"evidence of {matter.id}{item.pointer}"),
            "link_id": id,
            "taxonomy_term_id": term["id"],
            "link_type": _TAXONOMY,
            "link_entity": entity,
            "value": item.pointer,
            "label": label,
            "taxonomy_term": term,
        }

    def _paper(self, matter: Matter, item: Stated, line: PaperLine) -> Node:
        id = self._id(f"{matter.id}{item.pointer}")
        return {
            "id": id,
            "document": f"{line.name}（{line.marked}）",
            "attributes": [self._attribute(matter, item, "required_document", id, word(item.claim))],
        }

    def _cost(self, matter: Matter, item: Stated) -> Node:
        id = self._id(f"{matter.id}{item.pointer}")
        return {
            "id": id,
            "currency": "CNY",
            "amount": matter.fee and matter.fee.amount,
            "amount_description": marked(item.claim),
            "attributes": [self._attribute(matter, item, "cost_option", id, word(item.claim))],
        }

    def _places(self, matter: Matter, view: MatterView) -> list[Node]:
        """The counter, where it is known; with the hours of noon where it is told that one may come then."""
        if not view.counter:
            return []
        centre, ground = self._centre, view.grounds["counter"]
        noon = centre.noon_service
        at_noon = view.at_noon_told if noon is not None and matter.noon_service.accepted else None
        return [
            known(
                {
                    "id": self._id(f"{matter.id} at the centre"),
                    "service_id": self._id(f"matters/{matter.id}"),
                    "location_id": self._id("location"),
                    "description": marked(Claim(text=view.counter, evidence=ground.evidence, source=ground.source)),
                    "schedules": [
                        self._schedule(f"noon of {matter.id}", noon.opens, noon.closes, "午间", marked(at_noon))
                    ]
                    if noon is not None and at_noon is not None
                    else [],
                    "location": known(
                        {
                            "id": self._id("location"),
                            "location_type": "physical",
                            "organization_id": self._organization["id"],
                            "name": centre.name,
                            "description": centre.address,
                            "schedules": [
                                self._schedule(
                                    part.id,
                                    part.opens.at,
                                    part.closes.at,
                                    part.name,
                                    _assumed(part.opens.source, part.closes.source, part.opens.at, part.closes.at),
                                )
                                for part in centre.hours
                            ],
                        }
                    ),
                }
            )
        ]

    def _schedule(self, name: str, opens: time, closes: time, description: str, notes: str) -> Node:
        """Working days in general; which days are none is in ``api/v1/calendar.json``."""
        zone = f"+{_OFFSET_HOURS:02}:00"
        return known(
            {
                "id": self._id(f"schedule {name}"),
                "freq": "WEEKLY",
                "byday": "MO,TU,WE,TH,FR",
                "timezone": _OFFSET_HOURS,
                "opens_at": f"{clock(opens)}{zone}",
                "closes_at": f"{clock(closes)}{zone}",
                "description": f"{description}，工作日；放假和补班看开放日历",
                "notes": notes,
            }
        )


def _assumed(opening: str | None, closing: str | None, opens: time, closes: time) -> str:
    told = ((opening, f"{clock(opens)} 开门"), (closing, f"{clock(closes)} 关门"))
    words = [text for source, text in told if source is None]
    return f"{'、'.join(words)}是暂定的，待中心确认" if words else ""


def _eligible(matter: Matter, view: MatterView) -> str:
    who = "、".join(matter.applicants)
    return "；".join(filter(None, (who, *(marked(item) for item in view.conditions))))
