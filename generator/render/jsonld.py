"""Matters in the words of schema.org (JSON-LD): a short block in the page, the whole beside it.

Only what a source states is in either. Periods in working days have no form in ISO 8601, so
they are told in words; a number of days would be read as another, shorter period.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from markupsafe import Markup

from ..catalog.model.matter import Matter
from ..views.matter import MatterView
from ..views.words import EVIDENCE, titled

_CONTEXT = "https://schema.org"
_ISO = {"days": "D", "months": "M"}


def _block(data: object) -> Markup:
    """``data`` for a data block in a page, where nothing may be escaped. No text in it can
    end the block: ``<`` is written \\u003c."""
    return Markup(msgspec.json.encode(data).decode().replace("<", "\\u003c"))


def government_service(view: MatterView) -> Markup:
    """The block in the page: it has to be small. ``matter_jsonld`` tells the rest."""
    return _block(
        _known(
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
    page = _page(matter.id, address)
    data = {
        "@context": _CONTEXT,
        "@type": "GovernmentService",
        "@id": f"{page}#service",
        "url": page,
        "identifier": [matter.id, *filter(None, (matter.codes.national, matter.codes.local))],
        "name": _in_both(matter.name, matter.name_en),
        "alternateName": matter.aliases,
        "description": _in_both("；".join(text for text, known in view.facts if known), matter.summary_en),
        "serviceType": matter.type,
        "category": f"{view.section} / {matter.group}",
        "audience": [{"@type": "Audience", "audienceType": name} for name in matter.applicants],
        "provider": {"@type": "GovernmentOrganization", "name": view.centre},
        "serviceOperator": _organization(matter.authority),
        "availableChannel": _known(
            {
                "@type": "ServiceChannel",
                "name": view.counter,
                "serviceLocation": {"@type": "Place", "name": view.centre},
                "servicePhone": {"@type": "ContactPoint", "telephone": view.hotline},
                "processingTime": _processing_time(matter),
            }
        ),
        "offers": None
        if matter.fee is None or matter.fee.amount is None
        else {"@type": "Offer", "price": matter.fee.amount, "priceCurrency": "CNY"},
        "serviceOutput": _known(
            {"@type": "Thing", "name": view.result, "description": view.validity and view.validity.text}
        )
        if view.result
        else None,
        "isRelatedTo": [
            {"@type": "GovernmentService", "@id": f"{_page(id, address)}#service", "name": name}
            for id, name in view.related
        ],
        "subjectOf": [*_laws(view), _how_to(matter, view), *_files(matter, address)],
    }
    return msgspec.json.encode(_known(data)) + b"\n"


def _known(data: dict[str, object]) -> dict[str, object]:
    """Without what is not known, and without empty lists."""
    return {key: value for key, value in data.items() if value is not None and value not in ("", [], ())}


def _page(id: str, address: str | None) -> str:
    return f"{address or '../../../'}matters/{id}/"


def _in_both(chinese: str, english: str | None) -> list[dict[str, str]]:
    texts = (("zh-CN", chinese), ("en", english))
    return [{"@language": language, "@value": text} for language, text in texts if text]


def _organization(name: str | None) -> dict[str, str] | None:
    return {"@type": "GovernmentOrganization", "name": name} if name else None


def _processing_time(matter: Matter) -> str | None:
    limit = matter.time_limit.statutory
    return f"P{limit.value}{_ISO[limit.unit]}" if limit is not None and limit.unit in _ISO else None


def _laws(view: MatterView) -> Iterator[dict[str, object]]:
    for law in view.laws:
        yield {"@type": "Legislation", "name": f"{titled(law.title)}{law.article or ''}"}


def _how_to(matter: Matter, view: MatterView) -> dict[str, object]:
    """Papers and steps."""
    papers = [
        {
            "@type": "HowToSupply",
            "name": line.name,
            "description": "；".join(
                part
                for part in (
                    "，".join(line.details),
                    f"当{line.condition}时" if line.condition else "",
                    EVIDENCE.get(line.claim.evidence or "", ""),
                    line.claim.source or "",
                )
                if part
            ),
        }
        for line in sorted((*view.window, *view.on_site, *view.deferrable), key=lambda line: line.seq)
    ]
    steps = [{"@type": "HowToStep", "position": number, "text": step} for number, step in enumerate(view.steps, 1)]
    return _known(
        {
            "@type": "HowTo",
            "name": matter.name,
            "inLanguage": "zh-CN",
            "dateModified": matter.checked_on.isoformat(),
            "supply": papers,
            "step": steps,
        }
    )


def _files(matter: Matter, address: str | None) -> Iterator[dict[str, object]]:
    yield {
        "@type": "DataDownload",
        "encodingFormat": "application/json",
        "contentUrl": f"{address}api/v1/matters/{matter.id}.json" if address else f"{matter.id}.json",
    }
