"""Matters in the words of CPSV-AP 3.2, the European profile of the Core Public Service Vocabulary:
the part of a matter's JSON-LD that portals of other administrations read.

Each claim is a node of its own: its identifier is its place in the record, and ``evidence`` (a
``dct:provenance``) its mark. Limits, deadlines, and any claim that has no class of its own are
rules (``cpsv:Rule``). What the profile requires and nobody knows is said to be unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ..catalog.model.matter import Matter
from ..views.claims import Stated
from ..views.matter import MatterView
from ..views.papers import PaperLine
from ..views.words import ASK, Claim
from .marks import UNKNOWN, concept, introduced, marked, read, word
from .nodes import Addresses, chinese, in_both, iso_period, known

PREFIXES: dict[str, object] = {
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "evidence": {"@id": "dct:provenance", "@type": "@id"},
}
"""What the context of a file adds to that of schema.org."""

_AREA = "http://data.europa.eu/88u/dataset/atu-type"
"""The profile's class of administrative areas."""

_YUAN = "http://publications.europa.eu/resource/authority/currency/CNY"

Node = dict[str, object]


def public_service(matter: Matter, view: MatterView, to: Addresses) -> Node:
    """``matter`` as a ``cpsv:PublicService``, with all that hangs on it."""
    claims = _Claims(matter, view, to)
    return known(
        {
            "@id": to.service(),
            "@type": "cpsv:PublicService",
            "dct:identifier": matter.id,
            "dct:title": in_both(matter.name, matter.name_en),
            "dct:description": in_both(introduced(matter, view), matter.summary_en),
            "dcat:keyword": [chinese(alias) for alias in matter.aliases],
            "cv:isClassifiedBy": [_concept(name) for name in (matter.type, view.section, matter.group) if name],
            "dct:audience": [_concept(name) for name in matter.applicants],
            "cv:hasCompetentAuthority": _authority(view, to),
            "cv:contactPoint": {"@type": "cv:ContactPoint", "cv:telephone": view.hotline},
            "cv:hasChannel": list(_channels(matter, view, to)),
            "cv:processingTime": _period(matter),
            "cv:hasLegalResource": claims.of("legal_basis", claims.law),
            "cv:holdsRequirement": claims.of("conditions", claims.requirement),
            "cpsv:hasInput": claims.of("materials", claims.paper),
            "cv:hasCost": claims.of("fee", claims.cost),
            "cpsv:produces": _output(matter, view),
            "cpsv:follows": claims.rest(claims.rule),
            "cv:isGroupedBy": [
                {
                    "@id": f"{to.root}journeys/{id}/#event",
                    "@type": "cv:Event",
                    "dct:identifier": id,
                    "dct:title": chinese(name),
                }
                for id, name in view.journeys
            ],
            "foaf:page": {"@id": to.page(), "@type": "foaf:Document"},
        }
    )


class _Claims:
    """The claims of a matter as nodes. A kind is told once: what no class asks for is left to
    ``rest``."""

    def __init__(self, matter: Matter, view: MatterView, to: Addresses) -> None:
        self._matter = matter
        self._to = to
        self._left = list(view.claims)
        self._lines = {f"/materials/{line.seq - 1}": line for line in view.lines}

    def of(self, kind: str, tell: Callable[[Stated], Node]) -> list[Node]:
        own = [item for item in self._left if item.kind == kind]
        self._left = [item for item in self._left if item.kind != kind]
        return [self._node(item, tell) for item in own]

    def rest(self, tell: Callable[[Stated], Node]) -> list[Node]:
        """The answers to what people ask often are in the words of schema.org alone."""
        return [self._node(item, tell) for item in self._left if item.kind != "faq"]

    def _node(self, item: Stated, tell: Callable[[Stated], Node]) -> Node:
        return {
            "@id": self._to.record(item.pointer),
            "dct:identifier": f"{self._matter.id}{item.pointer}",
            "evidence": self._to.mark(item),
            **known(tell(item)),
        }

    def law(self, item: Stated) -> Node:
        return {
            "@type": "eli:LegalResource",
            "dct:title": chinese(item.claim.text),
            "dct:description": chinese(read(item.claim)),
        }

    def requirement(self, item: Stated) -> Node:
        return {
            "@type": "cv:Requirement",
            "dct:title": chinese(item.claim.text),
            "dct:description": _told(word(item.claim)),
        }

    def rule(self, item: Stated) -> Node:
        return {
            "@type": "cpsv:Rule",
            "dct:title": chinese(item.name),
            "dct:description": chinese(marked(item.claim)),
        }

    def cost(self, item: Stated) -> Node:
        fee = self._matter.fee
        amount = None if fee is None else fee.amount
        return {
            "@type": "cv:Cost",
            "dct:description": chinese(marked(item.claim)),
            "cv:hasValue": None if amount is None else _typed(str(amount), "double"),
            "cv:currency": None if amount is None else {"@id": _YUAN, "@type": "skos:Concept"},
        }

    def paper(self, item: Stated) -> Node:
        line: PaperLine = self._lines[item.pointer]
        material = self._matter.materials[line.seq - 1]
        return {
            "@type": "cv:Evidence",
            "dct:title": chinese(line.name),
            "dct:description": chinese(line.marked),
            "dct:type": _concept(material.kind),
            "dct:conformsTo": None
            if material.paper is None
            else {
                "@id": f"{self._to.root}data/catalogue.json#{material.paper}",
                "@type": "cv:EvidenceType",
                "dct:identifier": material.paper,
            },
        }


def _authority(view: MatterView, to: Addresses) -> Node:
    """Who decides. The profile wants one: where it is not known, that is what it is called. The
    area for which it is competent is not in the catalogue, so it has no name."""
    node: Node = {"@type": "cv:PublicOrganisation", "dct:spatial": {"@type": _AREA}}
    if (told := view.decided_by) is not None:
        return node | {"skos:prefLabel": chinese(told.text), "evidence": to.grade(told)}
    return node | {"skos:prefLabel": chinese(ASK), "evidence": concept(UNKNOWN, to.root)}


def _channels(matter: Matter, view: MatterView, to: Addresses) -> Iterator[Node]:
    if view.counter:
        noon = view.at_noon_told if view.offers.noon else None
        hours = f"工作日{view.hours}" + (f"（{view.assumed}是暂定的，{ASK}）" if view.assumed else "")
        if noon and matter.noon_service.accepted:
            hours += f"；工作日 {view.noon_hours}，{marked(noon)}"
        yield {
            "@type": "cv:Channel",
            "dct:identifier": f"{matter.id}/counter",
            "dct:description": chinese(f"{view.centre}，{view.counter}"),
            "evidence": to.grade(view.grounds["counter"]),
            "cv:openingHours": {"@type": "time:TemporalEntity", "dct:description": chinese(hours)},
        }
    if view.online is not None and matter.online.value != "no":
        yield {
            "@type": "cv:Channel",
            "dct:identifier": f"{matter.id}/online",
            "dct:description": chinese(marked(view.online)),
        }


def _output(matter: Matter, view: MatterView) -> Node | None:
    if not view.result:
        return None
    valid = f"有效期：{marked(view.validity)}" if view.validity else ""
    told: Iterable[str] = (valid, word(Claim(text="", source=view.result_basis)))
    return known(
        {
            "@type": "cv:Output",
            "dct:identifier": f"{matter.id}/result",
            "dct:title": chinese(view.result),
            "dct:description": _told("，".join(filter(None, told))),
        }
    )


def _period(matter: Matter) -> Node | None:
    period = iso_period(matter)
    return None if period is None else _typed(period, "duration")


def _typed(value: str, type_: str) -> Node:
    return {"@type": f"xsd:{type_}", "@value": value}


def _concept(name: str) -> Node:
    return {"@type": "skos:Concept", "skos:prefLabel": chinese(name)}


def _told(text: str) -> Node | None:
    return chinese(text) if text else None
