"""Writing the site so that nobody ever meets a half-built one.

Everything is written beside the site first, as it is made; only when all of it is on disk
are the files moved into place, one atomic rename each, ``sw.js`` last because it announces the
release. A crash before the moves changes nothing; a crash between them leaves a journal
behind, and the next build then rebuilds the whole site.

Files that are named after their content are not deleted at once: a page that was opened
just before, or a phone in the middle of storing the last release, may still ask for them.
They are put aside for a day, where the server finds them (``push_server/site.py``).
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ..catalog.files import walk
from ..errors import BuildError

PACKS = "offline/packs/"
INVENTORIES = "offline/inventory/"
BUNDLES = "offline/bundle/"
WORKERS = "offline/worker/"
SINCE = "since/"
"""Where the differences to earlier releases lie, which only a publication makes (``since.py``)."""

LAST = ("api/v1/release.json", "sw.js")
"""Moved after everything that they name."""


NAMED_BY_CONTENT = ("assets/", PACKS, INVENTORIES, BUNDLES, WORKERS)
PUT_ASIDE = 24 * 3600
"""Seconds, at least."""


class PublishError(BuildError):
    """The site cannot be written; the message says why and what to do, in Chinese."""


class Stage:
    """Where files wait beside the site until all of them are on disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._waiting: dict[str, str] = {}
        self._count = 0
        folder.mkdir(exist_ok=True)
        for left in folder.iterdir():
            left.unlink()

    def put(self, path: str, data: bytes) -> None:
        """Write ``data``, which is to be published at ``path``; what was there before is replaced."""
        # No ``Path`` here and in ``move``: twelve thousand files are written 0.3 s sooner.
        file = self._waiting.setdefault(path, f"{self.folder}/{self._count}")
        self._count += 1
        with open(file, "wb") as waiting:
            waiting.write(data)

    def drop(self, path: str) -> None:
        """Leave ``path`` as it is published."""
        if (file := self._waiting.pop(path, None)) is not None:
            os.unlink(file)

    def read(self, path: str) -> bytes:
        """What waits for ``path``."""
        return Path(self._waiting[path]).read_bytes()

    def __contains__(self, path: str) -> bool:
        return path in self._waiting

    def __len__(self) -> int:
        return len(self._waiting)

    def move(self, site: Path) -> None:
        """Move everything to its place below ``site``, the files that announce it last."""
        folders: set[str] = set()
        for path in sorted(self._waiting, key=lambda path: (LAST.index(path) + 1 if path in LAST else 0, path)):
            target = f"{site}/{path}"
            folder = os.path.dirname(target)
            if folder not in folders:
                os.makedirs(folder, exist_ok=True)
                folders.add(folder)
            os.replace(self._waiting[path], target)
        self.folder.rmdir()


def nobody() -> None:
    """Is waiting for the site."""


class Workspace:
    """The folder beside the site in which a build keeps what it remembers. ``come`` is called as
    soon as what is new lies in the site."""

    def __init__(self, site: Path, come: Callable[[], None] = nobody) -> None:
        self.site = site
        self._come = come
        self.folder = site.parent / f"{site.name}.state"
        self.journal = self.folder / "publishing"
        self.past = self.folder / "past"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the workspace against a second build.

        Raises ``PublishError`` at once when another build runs, or when ``site`` holds
        files that no build of the guide wrote, or can be no folder of its own.
        """
        if not self.site.name or (self.site.exists() and not self.site.is_dir()):
            raise PublishError(f"{self.site} 不能用作输出 — 用 --out 写明一个空目录")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise PublishError(f"写不进 {self.folder}（{error.strerror}）— 检查目录权限和磁盘空间后再试") from error
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise PublishError(f"另一个生成正在写 {self.site} — 等它结束后再试") from error
            self._refuse_foreign_folder()
            yield
        finally:
            os.close(handle)

    def _refuse_foreign_folder(self) -> None:
        if (
            self.site.is_dir()
            and not self.journal.exists()
            and not (self.site / "api/v1/release.json").exists()
            and any(self.site.iterdir())
        ):
            raise PublishError(f"{self.site} 里有别的文件，不像是本指南的输出 — 用 --out 换一个空目录")

    @property
    def interrupted(self) -> bool:
        """Whether the last build died while it moved files into place."""
        return self.journal.exists()

    def publish(self, stage: Stage, removed: Iterable[str], remember: Callable[[], Mapping[str, bytes]]) -> None:
        """Move what waits in ``stage`` into place and delete ``removed`` (paths relative to the
        site). Only then ``remember`` is asked what to remember, by name."""
        try:
            self._publish(stage, removed, remember)
        except OSError as error:
            raise self.failure(error) from error

    def failure(self, error: OSError) -> PublishError:
        """What to say when the disk refuses."""
        now = "网站可能只换了一半，会一并补好" if self.interrupted else "已发布的内容没有动"
        return PublishError(
            f"写 {error.filename or self.site} 时出错（{error.strerror}）— 检查磁盘空间和权限后再运行一次；{now}"
        )

    def _publish(self, stage: Stage, removed: Iterable[str], remember: Callable[[], Mapping[str, bytes]]) -> None:
        self.journal.touch()
        stage.move(self.site)
        if stage:
            self._come()
        for path in removed:
            if path.startswith(NAMED_BY_CONTENT):
                self._put_aside(path)
            else:
                (self.site / path).unlink(missing_ok=True)
            self._prune(self.site, os.path.dirname(path))
        self._forget_past()
        for name, data in remember().items():
            self.remember(name, data)
        self.journal.unlink()

    def remember(self, name: str, data: bytes) -> None:
        """Replace what is remembered under ``name``."""
        temporary = self.folder / f"{name}.tmp"
        temporary.write_bytes(data)
        os.replace(temporary, self.folder / name)

    def recall(self, name: str) -> bytes | None:
        """What is remembered under ``name``; ``None`` when there is nothing to rely on."""
        if self.interrupted:
            return None
        try:
            return (self.folder / name).read_bytes()
        except FileNotFoundError:
            return None

    def mark(self, name: str) -> tuple[int, ...] | None:
        """Tells whether what is remembered under ``name`` is still what it was."""
        try:
            status = (self.folder / name).stat()
        except FileNotFoundError:
            return None
        return None if self.interrupted else (status.st_ino, status.st_mtime_ns, status.st_size)

    def stage(self) -> Stage:
        """An empty stage."""
        try:
            return Stage(self.folder / "stage")
        except OSError as error:
            raise self.failure(error) from error

    def _put_aside(self, path: str) -> None:
        aside = self.past / path
        aside.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.replace(self.site / path, aside)
            os.utime(aside)
        except FileNotFoundError:
            pass

    def _forget_past(self) -> None:
        # By the clock of the disk, which the journal was written with just now.
        now = self.journal.stat().st_mtime
        for path, (mtime_ns, _, _) in walk(self.past).items():
            if now - mtime_ns / 1e9 > PUT_ASIDE:
                (self.past / path).unlink()
                self._prune(self.past, os.path.dirname(path))

    @staticmethod
    def _prune(root: Path, folder: str) -> None:
        while folder:
            try:
                (root / folder).rmdir()
            except OSError:
                return
            folder = os.path.dirname(folder)
