"""The one gate that everything beside the catalogue passes before it is published: for a build, for
the preview, and for ``guide check``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..catalog.problems import Problem
from . import check_all_but_scripts, readable
from .beside import Beside
from .markup import check_rendered, told_by_mkdocs
from .sources import read_sources

if TYPE_CHECKING:
    from ..skin import Skin


class Sources:
    """The sources of a build while they are checked. ``hopeless`` when there is a fault already: MkDocs
    then need not run, and must not where a link leads out of the checkout."""

    def __init__(self, site_src: Path, pwa: Path, mkdocs_yml: Path) -> None:
        files, self._problems = read_sources(site_src, pwa, mkdocs_yml)
        self._texts, found = readable(files)
        told = {problem.path for problem in self._problems}
        # What cannot be read is not missing, too.
        self._problems += [one for one in found if one.path not in told and one.path.partition("/")[0] not in told]
        self._scripts = Beside(self._texts)
        self._problems += check_all_but_scripts(self._texts, files)
        self._answer: tuple[Problem, ...] | None = None

    @property
    def hopeless(self) -> bool:
        return bool(self._problems)

    def rendered(self, skin: Skin) -> None:
        """Look at what MkDocs made of the pages and templates."""
        pages = {f"site_src/overrides/{layout}.html": page for layout, page in skin.skeletons.items()}
        for url, page in skin.pages.items():
            path = f"site_src/docs/{url.strip('/').removesuffix('.html')}"
            pages[f"{path}.md" if f"{path}.md" in self._texts else f"{path}/index.md"] = page
        self._problems += check_rendered(pages, self._texts)

    def refused(self, messages: Sequence[str]) -> None:
        """MkDocs would not render them, and said why."""
        self._problems += [told_by_mkdocs(message, self._texts) for message in messages]

    def problems(self) -> tuple[Problem, ...]:
        """Every fault, sorted; waits for the scripts."""
        if self._answer is None:
            self._answer = tuple(sorted({*self._problems, *self._scripts.problems()}))
        return self._answer

    def leave(self) -> None:
        self._scripts.leave()
