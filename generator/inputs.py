"""Which files a build reads, and which of them changed since the last one."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

from msgspec import Struct

from .catalog.files import Status, walk


class Stamp(Struct, frozen=True, array_like=True):
    """A file as last read: ``mtime_ns`` and ``size`` to notice a change cheaply,
    ``digest`` (SHA-256, 16 hex digits) to know whether it is one."""

    mtime_ns: int
    size: int
    digest: str


def digest(data: bytes) -> str:
    """The first 16 hex digits of SHA-256; the guide's name for a file's content."""
    return hashlib.sha256(data).hexdigest()[:16]


class Tree:
    """The files below a folder beside what the last build saw of them.

    ``changed`` are new or different files, ``removed`` those that are gone; ``stamps``
    is what the next build compares with. Files whose time changed but whose bytes did
    not are not changes. ``unreadable`` says why of those that cannot be read; they count
    as empty. ``strict`` as in ``walk``, whose answer ``found`` is if it is known.
    """

    def __init__(
        self,
        root: Path,
        seen: dict[str, Stamp],
        suffixes: tuple[str, ...] = (),
        *,
        strict: bool = False,
        found: dict[str, Status] | None = None,
    ) -> None:
        self.root = root
        self.stamps: dict[str, Stamp] = {}
        self.changed: set[str] = set()
        self.unreadable: dict[str, str] = {}
        if found is None:
            found = walk(root, suffixes, strict=strict)
        for path, (mtime_ns, size, mode) in found.items():
            old = seen.get(path)
            if old is not None and old.mtime_ns == mtime_ns and old.size == size:
                self.stamps[path] = old
                continue
            new = Stamp(mtime_ns, size, self._digest(path, mode))
            self.stamps[path] = new
            if old is None or old.digest != new.digest:
                self.changed.add(path)
        self.removed = seen.keys() - found.keys()
        self.touched = self.stamps != seen

    def _digest(self, path: str, mode: int) -> str:
        try:
            path.encode()
            if not stat.S_ISREG(mode):
                raise OSError(0, "不是普通文件")
            return digest((self.root / path).read_bytes())
        except UnicodeEncodeError:
            self.unreadable[path] = "文件名不是 UTF-8 编码"
        except OSError as error:
            self.unreadable[path] = error.strerror or str(error)
        return ""

    @property
    def same(self) -> bool:
        return not self.changed and not self.removed

    def digest(self) -> str:
        """One digest over all paths and contents."""
        lines = (f"{path}\0{stamp.digest}\n" for path, stamp in sorted(self.stamps.items()))
        return digest("".join(lines).encode())
