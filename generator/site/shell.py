"""What every page stands on: skeletons, style, scripts, icons, manifest."""

from __future__ import annotations

from pathlib import Path

import msgspec

from ..catalog.digest import digest
from ..catalog.files import walk
from ..catalog.model.centre import Centre
from ..catalog.parts import Parts
from ..render.address import located
from ..render.inline import digest_source
from ..render.manifest import manifest
from ..render.pages import slots
from . import skin as skins
from .minified import minified
from .modules import CLASSIC, joined
from .order import Paths
from .release import KILL_WORKER
from .skin import APP, CSS, EARLY, EARLY_DIGEST, STYLE, STYLE_DIGEST, Look, Skin
from .stamp import fill, page_path, settle_root
from .steps import key_of

KILL_SOURCE = "kill.js"
SKELETONS = "offline/skeleton/"


class Shell:
    """The skin joined with ``pwa/``, and with what ``parts`` say in the manifest: ``files`` by
    their path below the site, ``skeletons`` by layout.

    Every page holds the style of the screen and the script that goes before its first paint. The
    style of paper and the other scripts lie in folders named after their content, so that they can
    be kept for ever and pages of two releases never share a script by accident.
    """

    def __init__(self, skin: Skin, pwa: Path, parts: Parts) -> None:
        modules = _scripts(pwa / "app")
        app = {path: minified(text).encode() for path, text in joined(modules).items()}
        app |= {path: (pwa / "app" / path).read_bytes() for path in sorted(walk(pwa / "app", (".css",)))}
        style, early = skin.stylesheet.decode(), app.pop(CLASSIC, b"").decode()
        css = digest(skin.stylesheet + skin.print_sheet)
        scripts = digest(b"".join(f"{path}\0{digest(data)}\n".encode() for path, data in sorted(app.items())))
        self.files = dict(skin.assets)
        self.files[f"assets/css/{css}/print.css"] = skin.print_sheet
        # For where a policy on the way forbids the style in the page (pwa/app/main.js).
        self.files[f"assets/css/{css}/screen.css"] = skin.stylesheet
        for path, data in app.items():
            self.files[f"assets/app/{scripts}/{path}"] = data
        # One by one as well, as they are written: for the console, and for whoever looks for an error.
        for path, text in modules.items():
            if "/" in path:
                self.files[f"assets/modules/{scripts}/{path}"] = text.encode()
        for path in sorted(walk(pwa / "icons", (".png", ".svg"))):
            self.files[f"icons/{path}"] = (pwa / "icons" / path).read_bytes()
        self.files["manifest.webmanifest"] = manifest((pwa / "manifest.webmanifest").read_bytes(), parts)
        self.files[KILL_WORKER] = (pwa / KILL_SOURCE).read_bytes()

        marks = {
            CSS: css,
            APP: scripts,
            STYLE_DIGEST: digest_source(style),
            EARLY_DIGEST: digest_source(early),
            STYLE: style,
            EARLY: early,
        }

        def settle(page: str) -> str:
            for mark, text in marks.items():
                page = page.replace(mark, text)
            return page

        self.skeletons = {layout: settle(page) for layout, page in skin.skeletons.items()}
        self._pages = {url: settle(page) for url, page in skin.pages.items()}

        for layout, text in self.skeletons.items():
            self.files[f"{SKELETONS}{layout}.html"] = text.encode()

    def written_pages(self, centre: Centre, address: str | None) -> dict[str, bytes]:
        """The hand-written pages by path, with the facts of ``centre`` in their slots."""
        facts = slots(centre)
        return {
            page_path(url): located(settle_root(fill(page, facts), url), url, address).encode()
            for url, page in self._pages.items()
        }


def _scripts(folder: Path) -> dict[str, str]:
    """The scripts of the pages by path."""
    return {path: (folder / path).read_text("utf-8") for path in sorted(walk(folder, (".js",)))}


class LazySkin:
    """The skin, made when it is first asked for, and anew only when it is not the one that lies
    in ``cache``: MkDocs takes half a second. ``key`` names all that it is made of."""

    def __init__(self, paths: Paths, cache: Path, sources: str, look: Look) -> None:
        """``sources`` names what ``paths`` lead to, and the engine."""
        self._paths = paths
        self._look = look
        self._cache = cache
        self._skin: Skin | None = None
        self.key = key_of(sources, look)

    def __call__(self) -> Skin:
        """Raises ``SkinError``."""
        if self._skin is None:
            self._skin = self._recalled() or self._made()
        return self._skin

    def _recalled(self) -> Skin | None:
        try:
            known, skin = msgspec.msgpack.decode(self._cache.read_bytes(), type=tuple[str, Skin])
        except (OSError, msgspec.MsgspecError):
            return None
        return skin if known == self.key else None

    def _made(self) -> Skin:
        paths = self._paths
        skin = skins.build_skin(self._look, paths.site_src, paths.mkdocs_yml, paths.engine)
        temporary = self._cache.with_suffix(".tmp")
        temporary.write_bytes(msgspec.msgpack.encode((self.key, skin)))
        temporary.replace(self._cache)
        return skin
