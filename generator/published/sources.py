"""What is published beside the catalogue, as it lies on the disk. The only module here that looks.

Nothing outside the folders is read: a link that leads out of them could publish any file of the
machine that builds. A link within its own folder is a file like another.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from ..catalog.files import leads_out, walk
from ..catalog.problems import Problem

CODES = {
    "source-link": "链接指到了文件夹以外，或者指向文件夹",
    "source-unreadable": "文件打不开",
}

_OUT = "换成文件本身，或者删去这个链接"
_WHY_NOT = {
    errno.ENOENT: ("是一个链接，指向的文件不存在", _OUT),
    errno.EACCES: ("没有读的权限", "请管这台机器的人给你读的权限"),
    errno.ELOOP: ("是一个链接，绕回了自己", _OUT),
    errno.EINVAL: ("不是普通文件", "换成普通的文件，不用的移走"),
}


def read_sources(site_src: Path, pwa: Path, mkdocs_yml: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """The files by the path that messages give them, and what cannot be read, or must not be."""
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for name, root in (("site_src", site_src), ("pwa", pwa)):
        if (problem := root_fault(name, root)) is not None:
            problems.append(problem)
            continue
        for path, (_, _, mode) in sorted(walk(root, strict=True).items()):
            _read(f"{name}/{path}", root, root / path, mode, files, problems)
    if (problem := root_fault("mkdocs.yml", mkdocs_yml)) is not None:
        problems.append(problem)
    else:
        try:
            _read("mkdocs.yml", mkdocs_yml.parent, mkdocs_yml, mkdocs_yml.stat().st_mode, files, problems)
        except FileNotFoundError:
            pass  # said by the check of names
        except OSError as error:
            problems.append(_unreadable("mkdocs.yml", error))
    return files, problems


def root_fault(name: str, root: Path) -> Problem | None:
    """What is wrong with ``root`` when it is a link out of the folder that it lies in."""
    if root.is_symlink() and leads_out(root, root.parent):
        return Problem(name, 1, "source-link", "是一个链接，指到了文件夹以外", _OUT)
    return None


def _read(name: str, root: Path, file: Path, mode: int, files: dict[str, bytes], problems: list[Problem]) -> None:
    try:
        name.encode()
    except UnicodeEncodeError:
        told = os.fsencode(name).decode(errors="replace")
        problems.append(Problem(told, 1, "source-unreadable", "文件名不是 UTF-8 编码", "改文件名"))
        return
    try:
        if file.is_symlink() and (leads_out(file, root) or stat.S_ISDIR(mode)):
            problems.append(Problem(name, 1, "source-link", "是一个链接，指到了文件夹以外，或者指向文件夹", _OUT))
            return
        if not stat.S_ISREG(file.stat().st_mode):  # a pipe would be waited for
            raise OSError(errno.EINVAL, "")
        files[name] = file.read_bytes()
    except OSError as error:
        problems.append(_unreadable(name, error))


def _unreadable(name: str, error: OSError) -> Problem:
    why, hint = _WHY_NOT.get(error.errno or 0, (error.strerror or str(error), "检查文件权限和链接"))
    return Problem(name, 1, "source-unreadable", f"文件打不开（{why}）", hint)
