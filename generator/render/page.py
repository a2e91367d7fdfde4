"""A page of the site, from its template."""

from __future__ import annotations

from msgspec import Struct

from ..templates import html
from ..views.words import ASK, EVIDENCE, EVIDENCE_MEANING, Claim
from .escape import e

__all__ = ("ASK", "EVIDENCE", "EVIDENCE_MEANING", "WEEKDAYS", "Page")

WEEKDAYS = "一二三四五六日"

_NEXT = "\x1e"
"""Stands between the three parts in ``_page.html``; no text of the catalogue can hold it."""


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


def page(template: str, url: str, layout: str, **given: object) -> Page:
    """The page that ``template``, which extends ``_page.html``, makes of what is ``given``."""
    title, head, content = html(template, **given).split(_NEXT)
    return Page(url=url, layout=layout, title=title, head=head, content=content)


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


def claim(item: Claim | None, ask: str) -> str:
    return ask if item is None else f"{e(item.text)} {mark(item)}".rstrip()


def mark(item: Claim) -> str:
    if item.source:
        return f'<details class="mark {item.evidence or "told"}"><summary>{item.word}</summary>{e(item.source)}</details>'
    return f'<span class="mark {item.evidence}">{item.word}</span>' if item.evidence else ""
