"""The data block of a page for search engines (schema.org, JSON-LD)."""

from __future__ import annotations

import msgspec

from ..views.matter import MatterView


def script(data: object) -> str:
    """``data`` as a data block. No text in it can end the block: ``<`` is written \\u003c."""
    text = msgspec.json.encode(data).decode().replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>'


def government_service(view: MatterView) -> str:
    """The matter as a ``GovernmentService``; only what a source states is in it."""
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "name": view.name,
        "serviceType": view.type,
        "serviceOperator": {"@type": "GovernmentOrganization", "name": view.authority or view.centre},
    }
    if view.result:
        data["serviceOutput"] = {"@type": "Thing", "name": view.result}
    return script({key: value for key, value in data.items() if value is not None})
