"""catalog/forms/: blank forms, filled-in models and pictures of results that matters name.

Only what is needed to judge a file is read of it: its size, its first bytes, and what a document of
Office holds.
"""

from __future__ import annotations

import re
import stat
import zipfile
from pathlib import Path

from msgspec import Struct

from .files import leads_out, walk

FORMS = "forms"
"""The folder, below that of the catalogue, and below the root of the site."""

MOST = 2_000_000
"""Bytes of a file: on a bad line, minutes."""

STORED = 40_000
"""Bytes of a file that every phone stores with the guide."""

STORED_IN_ALL = 200_000
"""Bytes of all of them together; the smallest come first."""

KINDS = {"pdf": "PDF", "doc": "Word", "docx": "Word", "xls": "Excel", "xlsx": "Excel", "jpg": "图片", "png": "图片"}
"""What a reader calls a file, by its suffix."""

_NAME = re.compile(rf"[a-z0-9]+(?:[.-][a-z0-9]+)*\.(?:{'|'.join(KINDS)})")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FIRST = {"pdf": b"%PDF-", "jpg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n", "doc": _OLE, "xls": _OLE}
_INSIDE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}


class Form(Struct, frozen=True):
    """A file: its size in bytes, and what is wrong with it, in words; empty where nothing is."""

    size: int
    fault: str = ""

    @property
    def large(self) -> bool:
        return self.size > MOST


def forms_in(catalog: Path) -> dict[str, Form]:
    """Every file of the folder, by its name."""
    folder = catalog / FORMS
    return {name: _form(folder, name, size, mode) for name, (_, size, mode) in sorted(walk(folder).items())}


def named_well(name: str) -> bool:
    """Whether a name makes an address that can be read aloud, and tells what the file is."""
    return _NAME.fullmatch(name) is not None


def stored(forms: dict[str, Form]) -> list[str]:
    """The files that every phone stores."""
    chosen, room = [], STORED_IN_ALL
    for name, form in sorted(forms.items(), key=lambda item: (item[1].size, item[0])):
        if form.size <= min(STORED, room):
            chosen.append(name)
            room -= form.size
    return chosen


def _form(folder: Path, name: str, size: int, mode: int) -> Form:
    suffix = name.rpartition(".")[2]
    if not stat.S_ISREG(mode) or leads_out(folder / name, folder):
        return Form(0, "不是普通文件")
    if suffix not in KINDS:
        return Form(size, f"不收 .{suffix} 文件")
    if size == 0:
        return Form(size, "是空的")
    try:
        return Form(size, "" if _is(folder / name, suffix) else f"内容不是 {KINDS[suffix]}（.{suffix}）")
    except OSError as error:
        return Form(size, f"打不开（{error.strerror}）")


def _is(file: Path, suffix: str) -> bool:
    """Whether a file is what its name says."""
    if suffix in _FIRST:
        with file.open("rb") as data:
            return data.read(8).startswith(_FIRST[suffix])
    try:
        with zipfile.ZipFile(file) as packed:
            # A document with macros is called by another suffix, and may be a trap.
            names = packed.namelist()
            return _INSIDE[suffix] in names and not any(name.endswith("vbaProject.bin") for name in names)
    except (zipfile.BadZipFile, ValueError):
        return False
