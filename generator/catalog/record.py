"""One file → one record.

Paths in messages are ``catalog/…``, wherever the folder lies.
"""

from __future__ import annotations

import errno
import stat
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from .decode import decode
from .files import leads_out
from .lines import Lines
from .paths import FOLDER
from .problems import Problem
from .recover import foreign, recover
from .salvage import stand_in
from .source import parse, read

CODES = {
    "file-unreadable": "文件打不开",
    "file-link": "链接指到了目录以外",
}

LinesOf = Callable[[str], Lines]
"""The lines of a file by its path (``catalog/…``)."""

T = TypeVar("T", bound=Struct)
Text = str | bytes


def load_record(text: Text, path: str, type_: type[T]) -> tuple[T | None, Lines, list[Problem]]:
    """One file as a record of ``type_``; ``None`` with the problems that prevent it.

    ``path`` is relative to the repository and only serves the messages. No rule beyond
    the types is checked here.
    """
    problems: list[Problem] = []
    if isinstance(text, bytes):
        decoded, problems = read(text, path)
        if decoded is None:
            meant = foreign(text)
            if meant is None:
                return None, Lines(path, None), problems
            _, lines, found = load_record(meant, path, type_)
            return None, lines, [*problems, *found]
        text = decoded
    root, problems = parse(text, path)
    if root is None:
        return None, *_behind(text, path, type_, problems)
    record, found = decode(root, type_, path)
    problems += found
    return (None if problems else record), Lines(path, root), problems


def _behind(text: str, path: str, type_: type[T], problems: list[Problem]) -> tuple[Lines, list[Problem]]:
    """What a file that is not YAML holds behind the fault, with what is wrong there."""
    types = {field.name: field.type for field in msgspec.structs.fields(type_)}
    rest = recover(text, path, problems, types)
    if rest.root is None or not isinstance(rest.root.value, dict):
        return Lines(path, None), rest.problems
    headings = {node.line for key, node in rest.root.value.items() if key in rest.touched}
    for key in rest.gone & types.keys() - rest.root.value.keys():
        rest.root.value[key] = stand_in(types[key], rest.problems[-1].line)
    told = {problem.line for problem in rest.problems} | headings
    _, found = decode(rest.root, type_, path)
    return Lines(path, rest.root), [*rest.problems, *(problem for problem in found if problem.line not in told)]


def lines_from(catalog: Path) -> LinesOf:
    """Lines of files that are read only when a problem asks for them."""

    def lines_of(path: str) -> Lines:
        file = catalog / path.removeprefix(f"{FOLDER}/")
        return Lines(path, lambda: file.read_text(encoding="utf-8"))

    return lines_of


_WHY_NOT = {
    errno.ENOENT: ("是一个链接，指向的文件不存在", "换成文件本身，或者改正链接"),
    errno.EACCES: ("没有读的权限", "请管这台机器的人给你读的权限"),
    errno.EISDIR: ("是一个文件夹", "文件夹的名字不要以 .yml 结尾"),
    errno.ELOOP: ("是一个链接，绕回了自己", "换成文件本身，或者改正链接"),
    errno.EINVAL: ("不是普通文件", "换成普通的文本文件"),
}


def load_file(catalog: Path, path: str, type_: type[T]) -> tuple[T | None, Lines, list[Problem]]:
    """The file ``path`` (``catalog/…``) of the folder ``catalog`` as a record of ``type_``."""
    file = catalog / path.removeprefix(f"{FOLDER}/")
    try:
        mode = file.lstat().st_mode
        if stat.S_ISLNK(mode):
            if leads_out(file, catalog):
                sentence, hint = "是一个链接，指到了目录以外", "换成文件本身，或者删去这个链接"
                return None, Lines(path, None), [Problem(path, 1, "file-link", sentence, hint)]
            mode = file.stat().st_mode
        if not stat.S_ISREG(mode):  # a pipe would be waited for
            raise OSError(errno.EISDIR if stat.S_ISDIR(mode) else errno.EINVAL, "")
        data = file.read_bytes()
    except OSError as error:
        why, hint = _WHY_NOT.get(error.errno or 0, (error.strerror, "检查文件权限和链接"))
        problem = Problem(path, 1, "file-unreadable", f"文件打不开（{why}）", hint)
        return None, Lines(path, None), [problem]
    return load_record(data, path, type_)
