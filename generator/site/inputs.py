"""Which files a build reads, and which of them changed since the last one."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from ..catalog.digest import digest
from ..catalog.files import walk


class Stamp(Struct, frozen=True, array_like=True):
    """A file as last read: ``mtime_ns`` and ``size`` to notice a change cheaply,
    ``digest`` to know whether it is one."""

    mtime_ns: int
    size: int
    digest: str


class Tree:
    """The files below the folder ``root``.

    ``stamps`` by path are what the next build gets as ``seen``: files whose time and size
    are the same are not read to be named. ``unreadable`` says why of those that cannot be
    read; their digest is empty. ``suffixes`` and ``strict`` as in ``walk``.
    """

    def __init__(
        self, root: Path, seen: Mapping[str, Stamp], suffixes: tuple[str, ...] = (), *, strict: bool = False
    ) -> None:
        self.root = root
        self.stamps: dict[str, Stamp] = {}
        self.unreadable: dict[str, str] = {}
        for path, (mtime_ns, size, mode) in walk(root, suffixes, strict=strict).items():
            old = seen.get(path)
            if old is not None and old.mtime_ns == mtime_ns and old.size == size:
                self.stamps[path] = old
            else:
                self.stamps[path] = Stamp(mtime_ns, size, self._digest(path, mode))

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

    def digest(self) -> str:
        """One digest over all paths and contents."""
        lines = (f"{path}\0{stamp.digest}\n" for path, stamp in sorted(self.stamps.items()))
        return digest("".join(lines).encode(errors="surrogateescape"))
