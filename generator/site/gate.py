"""The one gate that everything beside the catalogue passes before it is published: for a build, for
the preview, and for ``guide check``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..catalog.problems import Problem
from ..published.beside import Beside
from ..published.checks import check_all_but_scripts, readable
from ..published.markup import check_rendered, told_by_engine
from ..published.sources import read_sources
from .skin import Skin, SkinError


class Sources:
    """The sources of a build, which are looked at from now on; ``checked`` says what was found."""

    def __init__(self, site_src: Path, pwa: Path, mkdocs_yml: Path) -> None:
        files, self._problems = read_sources(site_src, pwa, mkdocs_yml)
        self._texts, found = readable(files)
        told = {problem.path for problem in self._problems}
        # What cannot be read is not missing, too.
        self._problems += [one for one in found if one.path not in told and one.path.partition("/")[0] not in told]
        self._scripts = Beside(self._texts)
        self._problems += check_all_but_scripts(self._texts, files)

    def checked(self, render: Callable[[], Skin]) -> tuple[Problem, ...]:
        """Every fault, sorted; ``render`` makes the engine render the pages and templates. Raises
        ``BuildError`` when there is no engine to do so."""
        try:
            if not self._problems:  # it need not run then, and must not where a link leads out
                try:
                    self._look_at(render())
                except SkinError as error:
                    self._problems += [told_by_engine(message, self._texts) for message in error.messages]
            return tuple(sorted({*self._problems, *self._scripts.problems()}))
        finally:
            self._scripts.leave()

    def _look_at(self, skin: Skin) -> None:
        """What the engine made of the pages and templates."""
        pages = {f"site_src/overrides/{layout}.html": page for layout, page in skin.skeletons.items()}
        for url, page in skin.pages.items():
            path = f"site_src/docs/{url.strip('/').removesuffix('.html')}"
            pages[f"{path}.md" if f"{path}.md" in self._texts else f"{path}/index.md"] = page
        self._problems += check_rendered(pages, self._texts)
