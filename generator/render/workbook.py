"""The tables of the catalogue as a workbook (.xlsx).

The same tables give the same bytes on every machine: openpyxl writes down when it ran, and
zip files hold times and are compressed by whatever version of zlib is there. So the parts
are packed again, with a fixed time and uncompressed; over HTTP the file is compressed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from .tables import formula

Table = tuple[str, Sequence[str], Iterable[Sequence[str]]]
"""Name of the sheet, headings, rows."""

_TIME = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_NUMBER = re.compile("0|[1-9][0-9]{0,8}")  # 007 is a code, and stays text
_WIDTHS = {
    "事项": 28,
    "材料": 30,
    "受理条件": 40,
    "办理步骤": 40,
    "法律依据": 40,
    "要确认什么": 36,
    "现在写的": 40,
    "中心的答复": 40,
    "内容": 80,
}
_WIDTH = 14


def workbook(tables: Iterable[Table], on: date) -> bytes:
    """A workbook with a sheet per table. ``on`` is the day that it gives as its date."""
    book = Workbook(write_only=True)
    bold, top = Font(bold=True), Alignment(vertical="top", wrap_text=True)
    for name, head, rows in tables:
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "C2" if len(head) > 2 else "A2"
        for number, heading in enumerate(head):
            sheet.column_dimensions[_letters(number)].width = _WIDTHS.get(heading, _WIDTH)
        sheet.append([_styled(sheet, heading, bold, top) for heading in head])
        count = 1
        for row in rows:
            sheet.append([_cell(sheet, cell) for cell in row])
            count += 1
        sheet.auto_filter.ref = f"A1:{_letters(len(head) - 1)}{count}"
    made = io.BytesIO()
    book.save(made)
    return _repacked(made, f"{on.isoformat()}T00:00:00Z".encode())


def _styled(sheet: WriteOnlyWorksheet, text: str, font: Font, alignment: Alignment) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text)
    cell.font, cell.alignment = font, alignment
    return cell


def _cell(sheet: WriteOnlyWorksheet, text: str) -> WriteOnlyCell | str | int | None:
    """Text stays text, even where it looks like a formula; whole numbers are numbers."""
    if formula(text):
        cell = WriteOnlyCell(sheet, text)
        cell.data_type = "s"
        # The mark that Excel keeps for a leading apostrophe: still text after it was edited.
        cell.quotePrefix = True
        return cell
    return int(text) if _NUMBER.fullmatch(text) else text or None


def _letters(number: int) -> str:
    """The name of a column, counted from 0: A, B, … Z, AA."""
    return (_letters(number // 26 - 1) if number >= 26 else "") + chr(ord("A") + number % 26)


def _repacked(made: io.BytesIO, moment: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name)  # 1980-01-01, the earliest that the format knows
            info.create_system = 3
            data = old.read(name)
            new.writestr(info, _TIME.sub(rb"\g<1>" + moment, data) if name == "docProps/core.xml" else data)
    return packed.getvalue()
