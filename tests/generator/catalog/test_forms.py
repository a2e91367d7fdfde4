"""catalog/forms/: what is offered for download is there, is what it says, and can be opened on a phone."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from generator.catalog.forms import MOST, STORED, STORED_IN_ALL, Form, forms_in, named_well, stored
from generator.catalog.load import load
from tests.generator.catalog.snippets import MATTER, edit, write_tree


def office(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("[Content_Types].xml", *names):
            archive.writestr(name, "<x/>")
    return packed.getvalue()


def with_form(tmp_path: Path, name: str, data: bytes | None, field: str = "blank_form") -> list[tuple[int, str]]:
    """(line, code) of what is said of a matter whose first paper has this form."""
    line = f"    {field}: {{file: {name}, edition: 2024年版, source: 窗口给的}}\n"
    text = edit(MATTER, "    needed: window\n", f"    needed: window\n{line}")
    catalog = write_tree(tmp_path, {"matters/construction/x-permit.yml": text})
    if data is not None:
        (catalog / "forms").mkdir()
        (catalog / "forms" / name).write_bytes(data)
    return [(problem.line - text[: text.index(line)].count("\n"), problem.code) for problem in load(catalog).problems]


@pytest.mark.parametrize(
    ("name", "data", "codes"),
    [
        ("a.pdf", b"%PDF-1.4\n", []),
        ("a-2024.docx", office("word/document.xml"), []),
        ("a.xlsx", office("xl/workbook.xml"), []),
        ("a.jpg", b"\xff\xd8\xff\xe0", []),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", []),
        ("a.pdf", None, ["form-missing"]),
        ("a.pdf", b"", ["form-type"]),
        ("a.pdf", b"<html>", ["form-type"]),
        ("a.docx", office("xl/workbook.xml"), ["form-type"]),
        ("a.docx", office("word/document.xml", "word/vbaProject.bin"), ["form-type"]),
        ("a.docx", b"PK\x03\x04 cut off", ["form-type"]),
        ("a.pdf", b"%PDF-".ljust(MOST), []),
        ("a.pdf", b"%PDF-".ljust(MOST + 1), ["form-large"]),
        ("a.exe", b"MZ", ["form-name"]),
        ("表.pdf", b"%PDF-", ["form-name"]),
        ("A.pdf", b"%PDF-", ["form-name"]),
    ],
)
def test_a_form_is_judged_at_the_line_that_names_it(tmp_path, name, data, codes):
    assert with_form(tmp_path, name, data) == [(1, code) for code in codes]


def test_a_name_leads_to_no_other_folder():
    assert not named_well("../centre.pdf") and not named_well("a/b.pdf") and not named_well(".a.pdf")


def test_a_link_out_of_the_folder_is_no_form(tmp_path):
    (tmp_path / "forms").mkdir()
    (tmp_path / "secret.pdf").write_bytes(b"%PDF-")
    (tmp_path / "forms/a.pdf").symlink_to(tmp_path / "secret.pdf")
    assert forms_in(tmp_path)["a.pdf"].fault


def test_small_ones_are_stored_first_and_no_more_than_fit():
    forms = {f"{number:02}.pdf": Form(STORED - number) for number in range(10)} | {"large.pdf": Form(STORED + 1)}
    chosen = stored(forms)
    assert "large.pdf" not in chosen and chosen[0] == "09.pdf"
    assert sum(forms[name].size for name in chosen) <= STORED_IN_ALL
    assert len(chosen) == STORED_IN_ALL // STORED


def test_a_sample_is_judged_alike(tmp_path):
    assert with_form(tmp_path, "a.pdf", None, "sample") == [(1, "form-missing")]
