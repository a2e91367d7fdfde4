"""What needs the address of the site: the canonical link of a page, ``sitemap.xml`` (sitemaps.org 0.9)
and ``robots.txt`` (RFC 9309). Where the address is not known there is none of them: a site map of
relative addresses would be wrong."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree

from ..templates import html

SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"

_NO_PAGES = ("offline/skeleton/", "screen/", "ticket/")
"""Skeletons, the screen in the hall, and one's own number: nobody searches for them."""


def canonical(url: str, address: str | None) -> str:
    """The link to put in the head of the page at ``url``; nothing where the address is not known."""
    return "\n" + html("canonical.html", href=address + url).strip() if address else ""


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
    sitemap = ElementTree.Element("urlset", {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"})
    for url in pages:
        ElementTree.SubElement(ElementTree.SubElement(sitemap, "url"), "loc").text = address + url
    ElementTree.indent(sitemap)
    # Crawlers ask for it at the root of the host only; elsewhere it does no harm.
    robots = f"User-agent: *\nAllow: /\nSitemap: {address}{SITEMAP}\n"
    return {SITEMAP: ElementTree.tostring(sitemap, "utf-8", xml_declaration=True) + b"\n", ROBOTS: robots.encode()}
