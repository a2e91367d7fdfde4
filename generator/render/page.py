"""What a renderer gives back, and the few words that all of them share."""

from __future__ import annotations

from msgspec import Struct

ASK = "待中心确认"
"""What a page says where no source states the answer."""

EVIDENCE = {"law": "依据", "guide": "参考", "practice": "待确认"}
"""The mark of a claim, by its grade."""

WEEKDAYS = "一二三四五六日"


class Page(Struct, frozen=True, kw_only=True):
    """One page to stamp onto the skeleton of ``layout``.

    ``url`` is relative to the site's root. ``title``, ``head`` and ``content`` are HTML,
    escaped already, with ``@@ROOT@@`` for the way to the root.
    """

    url: str
    layout: str
    title: str
    head: str
    content: str
