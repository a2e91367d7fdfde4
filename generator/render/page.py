"""What a renderer gives back, and the few words that all of them share."""

from __future__ import annotations

from msgspec import Struct

from .escape import e

ASK = "待中心确认"
"""What a page says where no source states the answer."""

EVIDENCE = {"law": "依据", "guide": "参考", "practice": "待确认"}
"""The mark of a claim, by its grade."""

EVIDENCE_MEANING = (
    ("依据", "条文已经看到，写着第几条。"),
    ("参考", "公开的办事指南、别的版本或者别的地方的规定这样写，本地可能不同。"),
    ("待确认", "通行的做法，还没有找到明文。"),
)
"""What the marks mean, in their order."""

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


def phone(hotline: str) -> str:
    return f'<a href="tel:{e(hotline)}">{e(hotline)}</a>'


def quoted(quote: str, origin: str | None) -> str:
    """The words of a source, folded, with where they were published."""
    return (
        '<details class="mark told"><summary>原话和出处</summary>'
        f"<blockquote>{e(quote)}</blockquote>{e(origin or '')}</details>"
    )


def matter_link(id: str, name: str) -> str:
    return f'<a href="@@ROOT@@matters/{e(id)}/">{e(name)}</a>'


def described(text: str) -> str:
    """The head of a page that has nothing but a description."""
    return f'<meta name="description" content="{e(text)}">'
