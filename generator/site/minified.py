"""Scripts as phones get them: with short names, and without what only we read."""

from __future__ import annotations

import minify

_VERSION = 2019
"""Of ECMAScript: what the oldest browser that we serve reads (docs/browsers.md)."""


def minified(script: str) -> str:
    """``script`` with a third fewer bytes. Names that others can see stay: those of a classic script, of
    exports and of properties. Raises ``minify.MinifyError`` for what is no JavaScript."""
    minify.config({"js-version": _VERSION})
    made: str = minify.string("text/javascript", script)
    return made
