"""From catalogue to site: read, check, render, pack, list, name, publish.

One way through, whatever changed. What is remembered of the last build (``memory.py``)
only leaves out work: every result is found by the digest of what it depends on. Only files
whose bytes differ are written, and the result is the same as of a build from nothing.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ..catalog.digest import digest
from ..catalog.files import YAML, walk
from ..catalog.paths import FOLDER
from ..errors import BuildError
from ..published.settings import address_in
from . import memory as memories
from . import release
from .inputs import Tree
from .making import Making
from .memory import Memory
from .order import Outcome, Paths, linked_away
from .publish import SINCE, Stage, Workspace, nobody
from .reading import Reading, read
from .shell import LazySkin
from .skin import STAND_IN, look_of
from .steps import Steps, key_of

if TYPE_CHECKING:
    from .gate import Sources

MEMORY = "memory"
"""What the workspace remembers, by this name."""

GENERATOR = Path(__file__).parent.parent


def build(paths: Paths) -> Outcome:
    """Bring the site up to date with its sources, once; see ``Builder.build``."""
    return Builder(paths).build()


class Builder:
    """Builds again and again, remembering in the process what lies on the disk as well.

    ``coming`` is called once it is known that there will be something new, ``come`` as soon as
    it lies in the site, before anything else is done.
    """

    def __init__(self, paths: Paths, coming: Callable[[], None] = nobody, come: Callable[[], None] = nobody) -> None:
        self._paths = paths
        self._coming = coming
        self._workspace = Workspace(paths.out, come)
        self._memory = Memory()
        self._mark: object = None
        self._reading: Reading | None = None

    def build(self, today: date | None = None) -> Outcome:
        """Bring the site up to date with its sources; ``today`` in place of the one it began with.

        Raises ``PublishError`` when the site cannot be written. Problems of the catalogue, and
        of what else is published (``published/``), are no exception: they come back in the
        outcome. In every case the last good site stays as it was.
        """
        if today is not None:
            self._paths = msgspec.structs.replace(self._paths, today=today)
        paths = self._paths
        # Nothing here lives in cycles worth collecting, and the collector would walk the
        # records of 3,000 matters again and again.
        gc.disable()
        try:
            with self._workspace.locked():
                return self._build()
        except OSError as error:
            what = f"{error.filename or paths.out} 读不了或者写不进（{error.strerror or error}）"
            raise BuildError(f"{what}— 检查这个文件、权限和磁盘空间后再运行一次；已发布的内容没有动") from error
        finally:
            gc.enable()

    def _build(self) -> Outcome:
        paths, workspace = self._paths, self._workspace
        if faults := linked_away(paths):
            return Outcome(problems=faults)
        before = self._recall()
        trees = {
            "generator": Tree(GENERATOR, before.trees.get("generator", {})),
            "site_src": Tree(paths.site_src, before.trees.get("site_src", {})),
            "pwa": Tree(paths.pwa, before.trees.get("pwa", {})),
        }
        address = address_of(paths)
        made_by = key_of(trees["generator"].digest(), _environment(), address)
        known = before if before.made_by == made_by else before.outdated()
        of_skin = key_of(made_by, trees["site_src"].digest(), _settings(paths), paths.engine)
        lying = key_of(of_skin, trees["pwa"].digest())
        # Begun before the catalogue is read, since scripts are looked at beside it.
        sources = None if lying == known.sources else self._sources()
        catalogue = Tree(paths.catalog, before.trees.get(FOLDER, {}), YAML, strict=True)
        reading = read(catalogue, paths.out, known, self._reading, paths.today)
        look = STAND_IN if reading.problems else look_of(reading.parts)
        skin = LazySkin(paths, workspace.folder / "skin", of_skin, look)
        beside = key_of(skin.key, trees["pwa"].digest())
        if sources is None and not reading.problems and beside != known.beside:
            sources = self._sources()  # other pages, other words in them
        wrong = sources.checked(skin) if sources is not None else ()
        if reading.problems or wrong:
            return Outcome(problems=tuple(sorted({*reading.problems, *wrong})))
        self._reading = reading
        if reading.records or (beside, reading.around) != (known.beside, known.around):
            self._coming()
        stage = workspace.stage()
        making = Making(paths, workspace.folder, known, reading, Steps(known, stage), address)
        skeletons = making.render(skin, beside)
        name, files = making.name_release()
        if switched_off := release.switched_off(paths.out):
            release.keep_off(stage)
        gone = (making.steps.published if before.release else walk(paths.out)).keys() - files
        if name != before.release:  # what led to the release before leads nowhere now
            gone |= {f"{SINCE}{path}" for path in walk(paths.out / SINCE)}
        now = Memory(
            made_by=made_by,
            sources=lying,
            beside=beside,
            trees={name: tree.stamps for name, tree in trees.items()} | {FOLDER: catalogue.stamps},
            around=reading.around,
            shared=reading.shared,
            facts={matter.path: matter for matter in reading.facts.values()},
            steps=making.steps.made,
            skeletons=skeletons,
            release=name,
        )
        written = len(stage)
        self._publish(stage, gone, now if now != before else None)
        return Outcome(
            matters=len(reading.facts), written=written, removed=len(gone), release=name, switched_off=switched_off
        )

    def _sources(self) -> Sources:
        # Here, since what parses pages and pictures takes 50 ms to load, which a build that changes none saves.
        from .gate import Sources

        return Sources(self._paths.site_src, self._paths.pwa, self._paths.mkdocs_yml)

    def _recall(self) -> Memory:
        """What the last build remembered; nothing when somebody deleted the site, or the
        kill switch."""
        if not all((self._paths.out / last).exists() for last in (release.RELEASE, release.WORKER)):
            return Memory()
        mark = self._workspace.mark(MEMORY)
        if mark is None or mark != self._mark:
            self._memory = memories.decode(self._workspace.recall(MEMORY))
            self._mark = mark
        return self._memory

    def _publish(self, stage: Stage, gone: set[str], now: Memory | None) -> None:
        self._workspace.publish(stage, gone, lambda: {} if now is None else {MEMORY: memories.encode(now)})
        if now is not None:
            self._memory, self._mark = now, self._workspace.mark(MEMORY)


def address_of(paths: Paths) -> str | None:
    """The address of the site, with ``/`` at its end, if it is known."""
    try:
        return paths.address or address_in(paths.mkdocs_yml.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return None  # said by the check of the settings


def _settings(paths: Paths) -> str:
    """The digest of ``mkdocs.yml``; that of nothing where it is missing, which its check says."""
    return digest(paths.mkdocs_yml.read_bytes() if paths.mkdocs_yml.is_file() else b"")


def _environment() -> str:
    """What else decides the bytes: Python and the installed packages."""
    packages = Path(msgspec.__file__).parent.parent
    return f"{sys.version_info[:2]} {packages.stat().st_mtime_ns}"
