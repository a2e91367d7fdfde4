"""Which files a folder holds. The one way to look, so that a check and a build, from
nothing or not, all see the same."""

from __future__ import annotations

import os
import stat
from pathlib import Path

YAML = (".yml", ".yaml", ".yml.txt", ".yaml.txt")
"""What may have been meant as a file of the catalogue. Some editors add ``.txt`` and hide it."""

Status = tuple[int, int, int]
"""Of a file: when it was changed (ns since 1970), its size (bytes), its mode as ``stat`` has it."""


def walk(root: Path, suffixes: tuple[str, ...] = (), *, strict: bool = False) -> dict[str, Status]:
    """Every file below ``root`` by its path relative to it.

    Hidden files and byte code are passed over. A missing ``root`` holds no files, and a
    link to nothing is a file that cannot be read. Nor can one that leads out of ``root``, of
    which the status is the link's own, nor a link to a folder, which is never followed. With
    ``strict``, suffixes may be in capitals, and what stands where a file should is listed
    like one, to be refused by name: a folder that is named like a file, a link to a folder.
    """
    found: dict[str, Status] = {}
    pending = [""]
    while pending:
        prefix = pending.pop()
        try:
            entries = os.scandir(os.path.join(root, prefix))
        except FileNotFoundError:
            continue
        with entries:
            for entry in entries:
                name = entry.name
                if name.startswith(".") or name == "__pycache__":
                    continue
                wanted = not suffixes or (name.lower() if strict else name).endswith(suffixes)
                if entry.is_symlink():
                    status = _behind(entry, root)
                    if wanted or (strict and not stat.S_ISREG(status.st_mode)):
                        found[prefix + name] = _told(status)
                elif entry.is_dir(follow_symlinks=False) and not (strict and suffixes and wanted):
                    pending.append(f"{prefix}{name}/")
                elif wanted:
                    found[prefix + name] = _told(entry.stat(follow_symlinks=False))
    return found


def _told(status: os.stat_result) -> Status:
    return status.st_mtime_ns, status.st_size, status.st_mode


def leads_out(path: str | Path, root: str | Path) -> bool:
    """Whether what ``path`` leads to, link by link, lies outside ``root``, or is hidden in it."""
    top, real = os.path.realpath(root), os.path.realpath(path)
    return not real.startswith(os.path.join(top, "")) or "/." in real[len(top) :]


def _behind(link: os.DirEntry[str], root: Path) -> os.stat_result:
    """What ``link`` leads to; the link itself when that is nothing, or outside ``root``."""
    try:
        return link.stat(follow_symlinks=not leads_out(link.path, root))
    except OSError:
        return link.stat(follow_symlinks=False)
