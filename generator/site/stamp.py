"""Joining a skeleton with what a page says.

The service worker composes pages the same way (``pwa/sw.js``), so the bytes of a page
are the same whether they came from the network or from the phone.
"""

from __future__ import annotations

TITLE = "<!--stamp:title-->"
HEAD = "<!--stamp:head-->"
CONTENT = "<!--stamp:content-->"
ROOT = "@@ROOT@@"


def root_of(url: str) -> str:
    """The relative way from the page at ``url`` to the site's root: ``../../``, ``./``.

    ``url`` is relative to the root: a folder (``matters/x/``), ``""``, or a file.
    """
    return "../" * url.count("/") or "./"


def page_path(url: str) -> str:
    """The file of the page at ``url``."""
    return f"{url}index.html" if url.endswith("/") or not url else url


def stamp(skeleton: str, *, url: str, title: str, head: str, content: str) -> str:
    """The page at ``url``. ``title``, ``head`` and ``content`` are HTML, escaped already."""
    page = skeleton.replace(TITLE, title, 1).replace(HEAD, head, 1).replace(CONTENT, content, 1)
    return settle_root(page, url)


def settle_root(page: str, url: str) -> str:
    """``page`` with the way from ``url`` to the root in it."""
    return page.replace(ROOT, root_of(url))


def fill(page: str, slots: dict[str, str]) -> str:
    """A hand-written page with its ``<!--slot:name-->`` marks filled."""
    for name, text in slots.items():
        page = page.replace(f"<!--slot:{name}-->", text)
    return page
