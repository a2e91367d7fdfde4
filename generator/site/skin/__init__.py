"""The skin: what a site generator and its theme make of ``site_src``.

The only room that knows MkDocs, Material and Zensical. An engine renders the hand-written
pages and one skeleton per layout in a temporary folder; everything else is stamped onto the
skeletons (``generator/site/stamp.py``). Add an engine here and nothing else notices.

From the theme come the base template with its blocks, the icons and the colours of both
schemes. Its stylesheet (150 kB) is not shipped: the screens are ours, so our own sheet is
the whole style, and ``var(--md-…)`` in it are resolved from the theme's. Its script
bundle is left out too: the guide needs none of it, and a cheap phone is faster without.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from . import mkdocs, zensical
from .project import OUT, SKELETON, lay_out
from .style import stylesheets
from .trim import trim
from .types import (
    APP,
    CSS,
    EARLY,
    EARLY_DIGEST,
    LAYOUTS,
    STAND_IN,
    STYLE,
    STYLE_DIGEST,
    Look,
    Skin,
    SkinError,
    look_of,
)

__all__ = [
    "APP",
    "CSS",
    "EARLY",
    "EARLY_DIGEST",
    "ENGINES",
    "LAYOUTS",
    "STAND_IN",
    "STYLE",
    "STYLE_DIGEST",
    "Look",
    "Skin",
    "SkinError",
    "build_skin",
    "look_of",
]

ENGINES: Mapping[str, Callable[[Path], Path]] = {"mkdocs": mkdocs.render, "zensical": zensical.render}
"""What renders a project (``project.py``) and gives the folder of its theme's style sheets.
The first is the one that is used unless another is asked for."""


def build_skin(look: Look, site_src: Path, mkdocs_yml: Path, engine: str = "mkdocs") -> Skin:
    """Render the skin. Raises ``SkinError`` with the engine's own words when it cannot."""
    with tempfile.TemporaryDirectory(prefix="guide-skin-") as name:
        folder = Path(name).resolve()
        lay_out(folder, site_src, mkdocs_yml, look)
        theme = ENGINES[engine](folder)
        out = folder / OUT
        rendered = {
            path.relative_to(out).parent.as_posix() + "/": trim(path.read_text(encoding="utf-8"))
            for path in sorted(out.rglob("index.html"))
        }
    skeletons = {layout: rendered.pop(f"{SKELETON}{layout}/") for layout in LAYOUTS}
    sheet, on_paper = stylesheets(site_src / "css", theme, look.colours)
    return Skin(
        skeletons=skeletons, pages=rendered, stylesheet=sheet.encode(), print_sheet=on_paper.encode(), assets={}
    )
