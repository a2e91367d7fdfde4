"""What needs the address of the site: the canonical link of a page, ``sitemap.xml`` (sitemaps.org 0.9)
and ``robots.txt`` (RFC 9309). Where the address is not known there is none of them: a site map of
relative addresses would be wrong."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from .escape import e

SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"

_NO_PAGES = ("offline/skeleton/",)


def canonical(url: str, address: str | None) -> str:
    """The link to put in the head of the page at ``url``; nothing where the address is not known."""
    return f'\n<link rel="canonical" href="{e(address + url)}">' if address else ""


def located(page: str, url: str, address: str | None) -> str:
    """A whole page with its canonical link; a page that is shown at other addresses (404) has none."""
    if address is None or not (url == "" or url.endswith("/")):
        return page
    return page.replace("</head>", f"{canonical(url, address).strip()}\n</head>", 1)


def address_files(paths: Iterable[str], address: str | None) -> dict[str, bytes]:
    """The files by path, for the pages among ``paths``."""
    if address is None:
        return {}
    pages = sorted(
        path.removesuffix("index.html")
        for path in paths
        if (path == "index.html" or path.endswith("/index.html")) and not path.startswith(_NO_PAGES)
    )
    entries = "".join(f"<url><loc>{escape(address + url)}</loc></url>\n" for url in pages)
    sitemap = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>\n'
    )
    # Crawlers ask for it at the root of the host only; elsewhere it does no harm.
    robots = f"User-agent: *\nAllow: /\nSitemap: {address}{SITEMAP}\n"
    return {SITEMAP: sitemap.encode(), ROBOTS: robots.encode()}
