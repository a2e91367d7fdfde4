"""The page for addresses that lead nowhere, ``404.html``.

A host shows it at any address, at any depth, below a path that the build does not know
(``/guide/matters/gone/``). So it asks for no file of ours: its style stands in it, and a small
script looks for the site's root, upwards from the address, and sets the links: until a folder
holds the guide's manifest. A site above it may have one, too, which is why it starts from below.
Until then, and without script, the links lead to the root of the host; a server that knows
better puts its own way there (``push_server/site.py``). Style and script are named by their
digests in the page's policy, which therefore stays as strict as everywhere else.
"""

from __future__ import annotations

from ..catalog.model.centre import Centre
from ..templates import html
from .inline import digest_source

PATH = "404.html"


def not_found_page(centre: Centre) -> str:
    """The whole file. A browser may use this style, this script, and ask the site for its root."""
    style, script = (digest_source(html(f"not-found.{kind}", colours=centre.colours)) for kind in ("css", "js"))
    return html("not_found.html", centre=centre, colours=centre.colours, style_digest=style, script_digest=script)
