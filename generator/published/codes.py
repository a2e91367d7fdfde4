"""Every code of these checks, with what it means. Imported by tests and by who asks: a build
needs no list of codes."""

from __future__ import annotations

from . import images, manifest, markup, names, scripts, settings, sources, styles, templates, text

CODES: dict[str, str] = {
    **sources.CODES,
    **names.CODES,
    **text.CODES,
    **scripts.CODES,
    **styles.CODES,
    **templates.CODES,
    **markup.CODES,
    **images.CODES,
    **manifest.CODES,
    **settings.CODES,
}
