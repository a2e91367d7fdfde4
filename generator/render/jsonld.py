"""Matters in the words of schema.org (JSON-LD): a short block in the page, the whole beside it, where
CPSV-AP says the same (``cpsv.py``).

Only what a source states is in either, and every graded claim is a node with its mark
(``evidence``). Periods in working days have no form in ISO 8601, so they are told in words; a
number of days would be read as another, shorter period. A number cannot bear a mark either: a
period stands as one only where the article was read, and there is one for all cases.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from markupsafe import Markup

from ..catalog.model.matter import Matter
from ..views.claims import Stated
from ..views.matter import MatterView
from .cpsv import PREFIXES, public_service
from .marks import concepts, in_short, marked, read
from .nodes import Addresses, in_both, iso_period, known

_CONTEXT = "https://schema.org"


def _block(data: object) -> Markup:
    """``data`` for a data block in a page, where nothing may be escaped. No text in it can
    end the block: ``<`` is written \\u003c."""
    return Markup(msgspec.json.encode(data).decode().replace("<", "\\u003c"))


def government_service(view: MatterView) -> Markup:
    """The block in the page: it has to be small. ``matter_jsonld`` tells the rest."""
    return _block(
        known(
            {
                "@context": _CONTEXT,
                "@type": "GovernmentService",
                "name": view.name,
                "serviceType": view.type,
                "provider": {"@type": "GovernmentOrganization", "name": view.centre},
            }
        )
    )


def matter_jsonld(matter: Matter, view: MatterView, address: str | None = None) -> bytes:
    """``api/v1/matters/<id>.jsonld``; its addresses begin with that of the site, or are relative to the
    file where that is not known."""
    to = Addresses(matter.id, address)
    data = {
        "@context": [_CONTEXT, PREFIXES],
        "@type": "GovernmentService",
        "@id": to.service(),
        "url": to.page(),
        "identifier": [matter.id, *filter(None, (matter.codes.national, matter.codes.local))],
        "name": in_both(matter.name, matter.name_en),
        "alternateName": matter.aliases,
        "description": in_both(in_short(view), matter.summary_en),
        "serviceType": matter.type,
        "category": f"{view.section} / {matter.group}",
        "audience": [{"@type": "Audience", "audienceType": name} for name in matter.applicants],
        "provider": {"@type": "GovernmentOrganization", "name": view.centre},
        "serviceOperator": _operator(view, to),
        "availableChannel": known(
            {
                "@type": "ServiceChannel",
                "name": view.counter,
                "evidence": view.counter and to.grade(view.grounds["counter"]),
                "serviceLocation": {"@type": "Place", "name": view.centre},
                "servicePhone": {"@type": "ContactPoint", "telephone": view.hotline},
                "processingTime": iso_period(matter),
            }
        ),
        "offers": _offer(matter, view, to),
        "serviceOutput": known(
            {
                "@type": "Thing",
                "name": view.result,
                "description": "，".join(
                    filter(
                        None,
                        (view.validity and marked(view.validity), view.result_basis and f"出处：{view.result_basis}"),
                    )
                ),
            }
        )
        if view.result
        else None,
        "isRelatedTo": [
            {"@type": "GovernmentService", "@id": to.service(id), "name": name} for id, name in view.related
        ],
        "subjectOf": [*_laws(view, to), _how_to(matter, view, to), *_faq(view, to), *_files(matter, address)],
        "@included": [public_service(matter, view, to), *concepts(to.root)],
    }
    return msgspec.json.encode(known(data)) + b"\n"


def _operator(view: MatterView, to: Addresses) -> dict[str, object] | None:
    """Who decides, with what that rests on."""
    told = view.decided_by
    if told is None:
        return None
    return {
        "@type": "GovernmentOrganization",
        "name": told.text,
        "evidence": to.grade(told),
        "description": marked(told),
    }


def _offer(matter: Matter, view: MatterView, to: Addresses) -> dict[str, object] | None:
    if matter.fee is None or matter.fee.amount is None:
        return None
    (fee,) = _of(view, "fee")
    return {
        "@type": "Offer",
        **_node(fee, to),
        "price": matter.fee.amount,
        "priceCurrency": "CNY",
        "description": marked(fee.claim),
    }


def _of(view: MatterView, kind: str) -> list[Stated]:
    return [item for item in view.claims if item.kind == kind]


def _node(item: Stated, to: Addresses) -> dict[str, object]:
    return {"@id": to.record(item.pointer), "evidence": to.mark(item)}


def _laws(view: MatterView, to: Addresses) -> Iterator[dict[str, object]]:
    for item in _of(view, "legal_basis"):
        yield {
            "@type": "Legislation",
            **_node(item, to),
            "name": item.claim.text,
            "description": read(item.claim),
        }


def _how_to(matter: Matter, view: MatterView, to: Addresses) -> dict[str, object]:
    """Papers and steps."""
    papers = [
        {
            "@type": "HowToSupply",
            **_node(item, to),
            "name": line.name,
            "description": line.marked,
        }
        for item, line in zip(_of(view, "materials"), view.lines, strict=True)
    ]
    steps = [{"@type": "HowToStep", "position": number, "text": step} for number, step in enumerate(view.steps, 1)]
    return known(
        {
            "@type": "HowTo",
            "name": matter.name,
            "inLanguage": "zh-CN",
            "dateModified": matter.checked_on.isoformat(),
            "supply": papers,
            "step": steps,
            "evidence": to.grade(view.grounds["steps"]) if steps else None,
        }
    )


def _faq(view: MatterView, to: Addresses) -> Iterator[dict[str, object]]:
    asked = [
        {
            "@type": "Question",
            **_node(item, to),
            "name": item.name,
            "acceptedAnswer": {"@type": "Answer", "text": marked(item.claim)},
        }
        for item in _of(view, "faq")
    ]
    if asked:
        yield {"@type": "FAQPage", "mainEntity": asked}


def _files(matter: Matter, address: str | None) -> Iterator[dict[str, object]]:
    yield {
        "@type": "DataDownload",
        "encodingFormat": "application/json",
        "contentUrl": f"{address}api/v1/matters/{matter.id}.json" if address else f"{matter.id}.json",
    }
