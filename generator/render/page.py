"""A page of the site, from its template."""

from __future__ import annotations

from msgspec import Struct

from ..templates import html

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
