"""What the console asks of the published catalogue: names of matters, and the site's modules."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

import msgspec
from msgspec import Struct

MATTERS = "api/v1/matters.json"


class Matter(Struct, frozen=True):
    id: str
    name: str


def names(site: Path) -> dict[str, str]:
    """The name of every matter by its id; nothing where the guide has published none."""
    path = site / MATTERS
    try:
        marks = os.stat(path)
        return _read(path, marks.st_ino, marks.st_mtime_ns, marks.st_size)
    except (OSError, msgspec.DecodeError):
        return {}


@lru_cache(maxsize=32)
def _read(path: Path, _inode: int, _modified: int, _size: int) -> dict[str, str]:
    """The file as it is when it has these marks; a replaced one has others."""
    return {matter.id: matter.name for matter in msgspec.json.decode(path.read_bytes(), type=list[Matter])}


def modules(site: Path) -> str | None:
    """The folder of the site's modules, named after its content, relative to the root; ``None``
    where there is none with lists of papers."""
    found = [path for path in (site / "assets/modules").glob("*/papers/code.js") if path.is_file()]
    if not found:
        return None
    newest = max(found, key=lambda path: path.stat().st_mtime_ns)
    return f"{newest.parent.parent.relative_to(site).as_posix()}/"
