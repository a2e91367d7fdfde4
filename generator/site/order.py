"""What is asked of a build, and what it says in the end."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec import Struct

from ..catalog.load import folder_fault
from ..catalog.problems import Problem
from ..published.sources import root_fault


class Paths(Struct, frozen=True, kw_only=True):
    """What a build reads and where it writes; ``exports`` adds what takes the whole
    catalogue (``exports.py``). ``address`` is that of the site, with ``/`` at its end, in
    place of the one that ``mkdocs.yml`` names. ``engine`` renders the skin (``skin.ENGINES``). What is
    over by ``today`` (``valid_until``) is in no list; without it nothing is."""

    catalog: Path
    site_src: Path
    mkdocs_yml: Path
    pwa: Path
    out: Path
    exports: bool = False
    address: str | None = None
    engine: str = "mkdocs"
    today: date | None = None


class Outcome(Struct, frozen=True, kw_only=True):
    """What a build did. With ``problems`` nothing was written. ``switched_off`` tells that
    the kill switch stands in place of the worker, and was left there."""

    problems: tuple[Problem, ...] = ()
    matters: int = 0
    written: int = 0
    removed: int = 0
    release: str | None = None
    switched_off: bool = False

    @property
    def changed(self) -> bool:
        return bool(self.written or self.removed)


def linked_away(paths: Paths) -> tuple[Problem, ...]:
    """Whether a folder is itself a link out of the one that it lies in; asked of every build."""
    roots = {"site_src": paths.site_src, "pwa": paths.pwa, "mkdocs.yml": paths.mkdocs_yml}
    if not any(path.is_symlink() for path in (paths.catalog, *roots.values())):
        return ()
    found = (folder_fault(paths.catalog), *(root_fault(name, path) for name, path in roots.items()))
    return tuple(problem for problem in found if problem is not None)
