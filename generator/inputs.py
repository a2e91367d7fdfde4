"""Which files a build reads, and which of them changed since the last one."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from msgspec import Struct


class Stamp(Struct, frozen=True, array_like=True):
    """A file as last read: ``mtime_ns`` and ``size`` to notice a change cheaply,
    ``digest`` (SHA-256, 16 hex digits) to know whether it is one."""

    mtime_ns: int
    size: int
    digest: str


def digest(data: bytes) -> str:
    """The first 16 hex digits of SHA-256; the guide's name for a file's content."""
    return hashlib.sha256(data).hexdigest()[:16]


def walk(root: Path, suffixes: tuple[str, ...] = ()) -> dict[str, os.stat_result]:
    """Every file below ``root`` by its path relative to it, with its ``stat``.

    Hidden files and byte code are passed over. A missing ``root`` holds no files.
    """
    found: dict[str, os.stat_result] = {}
    pending = [""]
    while pending:
        prefix = pending.pop()
        try:
            # Asked by descriptor the system need not find the way to each file again.
            folder = os.open(os.path.join(root, prefix), os.O_RDONLY | os.O_DIRECTORY)
        except FileNotFoundError:
            continue
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    name = entry.name
                    if name.startswith(".") or name == "__pycache__":
                        continue
                    if entry.is_dir():
                        pending.append(f"{prefix}{name}/")
                    elif not suffixes or name.endswith(suffixes):
                        found[prefix + name] = entry.stat()
        finally:
            os.close(folder)
    return found


class Tree:
    """The files below a folder beside what the last build saw of them.

    ``changed`` are new or different files, ``removed`` those that are gone; ``stamps``
    is what the next build compares with. Files whose time changed but whose bytes did
    not are not changes.
    """

    def __init__(self, root: Path, seen: dict[str, Stamp], suffixes: tuple[str, ...] = ()) -> None:
        self.root = root
        self.stamps: dict[str, Stamp] = {}
        self.changed: set[str] = set()
        found = walk(root, suffixes)
        for path, stat in found.items():
            old = seen.get(path)
            if old is not None and old.mtime_ns == stat.st_mtime_ns and old.size == stat.st_size:
                self.stamps[path] = old
                continue
            new = Stamp(stat.st_mtime_ns, stat.st_size, digest((root / path).read_bytes()))
            self.stamps[path] = new
            if old is None or old.digest != new.digest:
                self.changed.add(path)
        self.removed = seen.keys() - found.keys()
        self.touched = self.stamps != seen

    @property
    def same(self) -> bool:
        return not self.changed and not self.removed

    def digest(self) -> str:
        """One digest over all paths and contents."""
        lines = (f"{path}\0{stamp.digest}\n" for path, stamp in sorted(self.stamps.items()))
        return digest("".join(lines).encode())
