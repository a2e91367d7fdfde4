"""The whole catalogue as JSON, CSV and workbook, and each matter as JSON-LD: read back by
other libraries, and held against the data of the matters."""

from __future__ import annotations

import csv
import io
import json
import random
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from rdflib import RDF, SDO, Graph, URIRef
from rdflib.plugins.parsers.jsonld import to_rdf

from generator.cli import main
from generator.render.tables import csv_bytes, harmless
from generator.render.workbook import workbook
from tests.kit import Project, files

EXPORTS = (
    *("data/to-confirm.csv", "data/catalogue.json", "data/hsds/services.json"),
    *("data/matters.csv", "data/papers.csv", "data/catalogue.xlsx"),
)


def records(site: Path) -> dict[str, dict]:
    found = {path.stem: json.loads(path.read_bytes()) for path in (site / "api/v1/matters").glob("*.json")}
    assert found
    return found


def table(path: Path) -> list[dict[str, str]]:
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")  # Excel takes anything else for another encoding
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


# --- what is in them -------------------------------------------------------------------


def test_json_is_every_matter_as_published_alone(site: Path) -> None:
    catalogue = json.loads((site / "data/catalogue.json").read_bytes())
    known = records(site)
    assert {matter["id"]: matter for matter in catalogue["matters"]} == known
    assert {basis["law"] for matter in known.values() for basis in matter["legal_basis"]} <= {
        law["id"] for law in catalogue["laws"]
    }


def test_matters_csv_has_a_row_a_matter_in_the_words_of_the_pages(site: Path) -> None:
    rows = {row["事项编号"]: row for row in table(site / "data/matters.csv")}
    known = records(site)
    assert rows.keys() == known.keys()
    words = {"law": "依据", "guide": "参考", "practice": "待确认"}
    for id, matter in known.items():
        row, limit = rows[id], matter["time_limit"]["statutory"]
        assert row["事项"] == matter["name"]
        assert row["材料件数"] == str(len(matter["materials"]))
        assert row["资料核对到"] == matter["checked_on"]
        if limit is None:
            assert (row["法定时限"], row["法定时限的把握"]) == ("待中心确认", "")
        else:
            told, marks = row["法定时限"], row["法定时限的把握"].split("；")
            for one in (*limit["cases"], limit):
                assert (f"{one['value']} " if one["value"] else "当天办结") in told
                assert words[one["evidence"]] in marks
            assert limit["basis"]["article"] is None or limit["basis"]["article"] in row["法定时限的出处"]
        assert (row["跑几次"] == "待中心确认") == (matter["visits"] is None)


def test_papers_csv_has_a_row_a_paper(site: Path) -> None:
    rows = table(site / "data/papers.csv")
    matters = records(site)
    listed = [(id, str(n), paper) for id, m in sorted(matters.items()) for n, paper in enumerate(m["materials"], 1)]
    assert [(row["事项编号"], row["序号"]) for row in rows] == [(id, number) for id, number, _ in listed]
    forms = {"original": "原件", "copy": "复印件", "electronic": "电子件"}
    places = {"window": "带到窗口", "on_site": "现场核验时交", "deferrable": "可以后补"}
    for row, (id, _, paper) in zip(rows, listed, strict=True):
        assert (row["材料"], row["原件还是复印件"]) == (harmless(paper["name"]), forms[paper["form"]])
        assert (row["什么情形要"] == "都要") == (paper["when"] is None)
        if paper["needed"] != "window" or matters[id]["place"]["kind"] == "window":
            assert row["什么时候交"] == places[paper["needed"]]
        else:
            assert "窗口" not in row["什么时候交"]


def test_workbook_holds_the_tables(site: Path) -> None:
    book = load_workbook(site / "data/catalogue.xlsx", read_only=True)
    assert book.sheetnames == ["事项", "材料", "待确认清单", "说明"]
    for sheet, name in (("事项", "matters"), ("材料", "papers"), ("待确认清单", "to-confirm")):
        with (site / f"data/{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            told = list(csv.reader(file))
        for cells, row in zip(book[sheet].iter_rows(values_only=True), told, strict=True):
            kept = [harmless("" if cell is None else str(cell)) for cell in cells]
            assert kept + [""] * (len(row) - len(kept)) == row  # empty cells at the end are left out
    marks = dict(book["说明"].iter_rows(values_only=True))
    assert {"依据", "参考", "待确认", "待中心确认", "资料核对到"} <= marks.keys()


# --- formulas, and the same bytes everywhere --------------------------------------------

FORMULAS = [
    *["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "|calc", "%0A=1", "\x00=1"],
    *["＝1+1", "＋1", "－1", "＠SUM(A1)", "｜calc", "％1", "﹦1", "﹢1", "﹣1", "﹫x", "⁼1", "₊1", "⁻1"],
    *[" =1", "\u3000＝1", "\u00a0=1", "\u2003-1", "'=1", "''=1", '"=1', "“=1”", "‘＝1", '" =1', "−1", "–1", "\t文字"],
    *["=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")', '＝DDE("cmd";"/C calc";"x")'],
]


@pytest.mark.parametrize("text", FORMULAS)
def test_nothing_is_taken_for_a_formula(text: str) -> None:
    (row,) = csv.reader(io.StringIO(csv_bytes(("a",), [[text]]).decode("utf-8-sig").partition("\r\n")[2], newline=""))
    assert row == [f"'{text}"]
    assert csv_bytes((text,), []).decode("utf-8-sig").lstrip('"').startswith("'")


@pytest.mark.parametrize(
    "text", ["", " ", "'", "事项", "(1)", "（一）", "“三小”", "1-2", "13:30", "《法》", "12345", "①"]
)
def test_other_text_stays(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize("text", [text for text in FORMULAS if "\x00" not in text])
def test_no_cell_of_the_workbook_is_a_formula(text: str) -> None:
    packed = zipfile.ZipFile(io.BytesIO(workbook([("表", ("a",), [[text]])], date(2026, 1, 1))))
    sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    cell = load_workbook(packed.fp)["表"]["A2"]
    assert cell.data_type == "s" and cell.quotePrefix


def test_workbook_keeps_text_that_looks_like_a_formula(tmp_path: Path) -> None:

    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook([("表", ("甲", "乙", "丙"), [("=HYPERLINK(1)", "007", "")])], date(2026, 1, 2)))
    sheet = load_workbook(path)["表"]
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=HYPERLINK(1)", "s")
    assert (sheet["B2"].value, sheet["C2"].value) == ("007", None)


def test_workbook_tells_no_clock_and_no_compressor(site: Path) -> None:
    with zipfile.ZipFile(site / "data/catalogue.xlsx") as book:
        assert {info.date_time for info in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.compress_type for info in book.infolist()} == {zipfile.ZIP_STORED}
        checked = max(matter["checked_on"] for matter in records(site).values())
        assert book.read("docProps/core.xml").count(f"{checked}T00:00:00Z".encode()) == 2


# --- increments -------------------------------------------------------------------------


def test_increments_equal_a_clean_build(tmp_path: Path) -> None:
    project, out = Project(tmp_path / "project"), tmp_path / "site"
    chance = random.Random(1)
    for step in range(5):
        if step == 2:
            project.path("m1").unlink()
        elif step == 3:
            project.write("added", name="=新加的")
        else:
            project.write(f"m{chance.choice([0, 2, 3])}", days=chance.randint(1, 60))
        assert main(project.arguments("build", out, "--exports")) == 0
        clean = tmp_path / f"clean-{step}"
        assert main(project.arguments("build", clean, "--exports")) == 0
        assert files(out) == files(clean), step
    assert b"\n'=" not in (out / "data/matters.csv").read_bytes()
    assert "'=新加的" in (out / "data/matters.csv").read_text("utf-8")


def test_without_exports_nothing_of_them_is_left(tmp_path: Path) -> None:
    project, out = Project(tmp_path / "project", matters=1), tmp_path / "site"
    assert main(project.arguments("build", out, "--exports")) == 0
    assert all((out / name).exists() for name in EXPORTS)
    offered = (out / "open-data/index.html").read_text("utf-8")
    assert all(f'href="../{name}"' in offered for name in EXPORTS)
    assert main(project.arguments("build", out)) == 0
    assert not any((out / name).exists() for name in EXPORTS)
    pages = "".join(path.read_text("utf-8") for path in out.rglob("index.html"))
    assert not any(f'"../{name}"' in pages for name in EXPORTS), "no page offers what is not there"
    assert main(project.arguments("build", tmp_path / "clean")) == 0
    assert files(out) == files(tmp_path / "clean")


def test_damaged_data_of_another_matter_is_not_exported(tmp_path: Path) -> None:
    project, out = Project(tmp_path / "project"), tmp_path / "site"
    assert main(project.arguments("build", out, "--exports")) == 0
    (out / "api/v1/matters/m3.json").write_text("{}")
    project.write("m1", days=15)
    assert main(project.arguments("build", out, "--exports")) == 0
    assert main(project.arguments("build", tmp_path / "clean", "--exports")) == 0
    assert (out / "data/catalogue.json").read_bytes() == (tmp_path / "clean/data/catalogue.json").read_bytes()


# --- JSON-LD ------------------------------------------------------------------------------


def graph(site: Path, id: str) -> Graph:
    """The description of a matter, read with the vocabulary of schema.org in place of the
    context that would have to be fetched."""
    data = json.loads((site / f"api/v1/matters/{id}.jsonld").read_bytes())
    assert data["@context"][0] == "https://schema.org"
    data["@context"][0] = {"@vocab": str(SDO)}
    return to_rdf(data, Graph(), base=f"https://g.example/api/v1/matters/{id}.jsonld")


def test_every_matter_is_described_in_words_that_schema_org_has(site: Path) -> None:
    for id, matter in records(site).items():
        found = graph(site, id)
        service = URIRef(f"https://g.example/matters/{id}/#service")
        assert (service, RDF.type, SDO.GovernmentService) in found
        assert matter["name"] in {str(name) for name in found.objects(service, SDO.name)}
        used = {term for triple in found for term in triple if str(term).startswith(str(SDO))}
        assert {term for term in used if term not in SDO} == set(), id
        papers = {str(found.value(one, SDO.name)) for one in found.subjects(RDF.type, SDO.HowToSupply)}
        assert papers == {paper["name"] for paper in matter["materials"]}
        fee = matter["fee"] and matter["fee"]["amount"]
        assert [int(price) for price in found.objects(None, SDO.price)] == ([] if fee is None else [fee])


def test_working_days_are_not_told_as_days(site: Path) -> None:
    for id, matter in records(site).items():
        limit = matter["time_limit"]["statutory"]
        data = json.loads((site / f"api/v1/matters/{id}.jsonld").read_bytes())
        told = [data["availableChannel"][key] for key in ("processingTime",) if key in data["availableChannel"]]
        told += [node["@value"] for part in data["@included"] if (node := part.get("cv:processingTime"))]
        if limit is None or limit["unit"] == "working_days" or limit["evidence"] != "law":
            assert told == []  # nor is a number told as if it had been read, for it bears no mark
        else:
            assert told == [f"P{limit['value']}{'D' if limit['unit'] == 'days' else 'M'}"] * 2


def test_page_leads_to_its_data(site: Path) -> None:
    page = (site / "matters/construction-permit/index.html").read_text("utf-8")
    for kind, suffix in (("application/json", "json"), ("application/ld+json", "jsonld")):
        assert f'type="{kind}" href="../../api/v1/matters/construction-permit.{suffix}"' in page
