"""What every page stands on: skeletons, style, scripts, icons, manifest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from .catalog.files import walk
from .inputs import digest
from .release import KILL_WORKER
from .stamp import fill, settle_root

if TYPE_CHECKING:
    from .build import Paths
    from .catalog.model import Centre
    from .skin import Skin

CSS_MARK = "@@CSS@@"
APP_MARK = "@@APP@@"
KILL_SOURCE = "kill.js"


class Shell:
    """The skin joined with ``pwa/``: ``files`` by their path below the site,
    ``skeletons`` by layout.

    Style and scripts lie in folders named after their content, so that they can be kept
    for ever and pages of two releases never share a script by accident.
    """

    def __init__(self, skin: Skin, pwa: Path) -> None:
        app = {path: (pwa / "app" / path).read_bytes() for path in sorted(walk(pwa / "app", (".js", ".css")))}
        css = digest(skin.stylesheet + skin.print_sheet)
        scripts = digest(b"".join(f"{path}\0{digest(data)}\n".encode() for path, data in app.items()))
        self.files = dict(skin.assets)
        self.files[f"assets/css/{css}/site.css"] = skin.stylesheet
        self.files[f"assets/css/{css}/print.css"] = skin.print_sheet
        for path, data in app.items():
            self.files[f"assets/app/{scripts}/{path}"] = data
        for path in sorted(walk(pwa / "icons", (".png", ".svg"))):
            self.files[f"icons/{path}"] = (pwa / "icons" / path).read_bytes()
        self.files["manifest.webmanifest"] = (pwa / "manifest.webmanifest").read_bytes()
        self.files[KILL_WORKER] = (pwa / KILL_SOURCE).read_bytes()

        def settle(page: str) -> str:
            return page.replace(CSS_MARK, css).replace(APP_MARK, scripts)

        self.skeletons = {layout: settle(page) for layout, page in skin.skeletons.items()}
        self._pages = {url: settle(page) for url, page in skin.pages.items()}

    def written_pages(self, centre: Centre) -> dict[str, str]:
        """The hand-written pages by URL, with the facts of ``centre`` in their slots."""
        from .render.slots import slots

        facts = slots(centre)
        return {url: settle_root(fill(page, facts), url) for url, page in sorted(self._pages.items())}


def load_skin(cache: Path, paths: Paths, key: str) -> Skin:
    """The skin, rendered anew only when ``key`` is not that of the one in ``cache``.

    Rendering starts MkDocs, which takes half a second; most builds need not.
    """
    from .skin import Skin, build_skin

    shape = tuple[str, Skin]
    try:
        known, skin = msgspec.msgpack.decode(cache.read_bytes(), type=shape)
        if known == key:
            return skin
    except (OSError, msgspec.MsgspecError):
        pass
    skin = build_skin(paths.site_src, paths.mkdocs_yml)
    temporary = cache.with_suffix(".tmp")
    temporary.write_bytes(msgspec.msgpack.encode((key, skin)))
    temporary.replace(cache)
    return skin
