"""What every page stands on: skeletons, style, scripts, icons, manifest."""

from __future__ import annotations

from pathlib import Path

import msgspec

from ..catalog.digest import digest
from ..catalog.files import walk
from ..catalog.model import Centre
from ..catalog.parts import Parts
from ..render.manifest import manifest
from ..render.slots import slots
from .release import KILL_WORKER
from .skin import APP, CSS, Look, Skin, build_skin
from .stamp import fill, page_path, settle_root

KILL_SOURCE = "kill.js"
SKELETONS = "offline/skeleton/"


class Shell:
    """The skin joined with ``pwa/`` and what ``parts`` say of the manifest: ``files`` by their path below the site,
    ``skeletons`` by layout.

    Style and scripts lie in folders named after their content, so that they can be kept
    for ever and pages of two releases never share a script by accident.
    """

    def __init__(self, skin: Skin, pwa: Path, parts: Parts) -> None:
        app = {path: (pwa / "app" / path).read_bytes() for path in sorted(walk(pwa / "app", (".js", ".css")))}
        css = digest(skin.stylesheet)
        scripts = digest(b"".join(f"{path}\0{digest(data)}\n".encode() for path, data in app.items()))
        self.files = dict(skin.assets)
        self.files[f"assets/css/{css}/site.css"] = skin.stylesheet
        for path, data in app.items():
            self.files[f"assets/app/{scripts}/{path}"] = data
        for path in sorted(walk(pwa / "icons", (".png", ".svg"))):
            self.files[f"icons/{path}"] = (pwa / "icons" / path).read_bytes()
        self.files["manifest.webmanifest"] = manifest((pwa / "manifest.webmanifest").read_bytes(), parts)
        self.files[KILL_WORKER] = (pwa / KILL_SOURCE).read_bytes()

        def settle(page: str) -> str:
            return page.replace(CSS, css).replace(APP, scripts)

        self.skeletons = {layout: settle(page) for layout, page in skin.skeletons.items()}
        self._pages = {url: settle(page) for url, page in skin.pages.items()}

        for layout, text in self.skeletons.items():
            self.files[f"{SKELETONS}{layout}.html"] = text.encode()

    def written_pages(self, centre: Centre) -> dict[str, bytes]:
        """The hand-written pages by path, with the facts of ``centre`` in their slots."""
        facts = slots(centre)
        return {page_path(url): settle_root(fill(page, facts), url).encode() for url, page in self._pages.items()}


def load_skin(cache: Path, key: str, look: Look, site_src: Path, mkdocs_yml: Path, engine: str) -> Skin:
    """The skin, rendered anew only when ``key`` is not that of the one in ``cache``: MkDocs
    takes half a second."""
    shape = tuple[str, Skin]
    try:
        known, skin = msgspec.msgpack.decode(cache.read_bytes(), type=shape)
        if known == key:
            return skin
    except (OSError, msgspec.MsgspecError):
        pass
    skin = build_skin(look, site_src, mkdocs_yml, engine)
    temporary = cache.with_suffix(".tmp")
    temporary.write_bytes(msgspec.msgpack.encode((key, skin)))
    temporary.replace(cache)
    return skin
