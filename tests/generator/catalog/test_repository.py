"""The repository's own catalogue, its schemas, and the list of problem codes."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import msgspec
import pytest

from generator.catalog.checks import ALONE, REFERRING
from generator.catalog.checks.codes import CODES
from generator.catalog.checks.shared import FILE_CHECKS
from generator.catalog.load import list_files, load
from generator.catalog.model.matter import Material, Matter
from generator.catalog.record import load_record
from generator.catalog.schema import TYPES, schemas
from generator.catalog.template import NewMatterError, matter_form, new_matter
from tests.generator.catalog.snippets import ROOT, write_tree

CATALOG = ROOT / "catalog"
PACKAGE = ROOT / "generator" / "catalog"
RENEW = "python -m scripts.schemas"


def test_the_catalogue_has_no_problem():
    assert "\n".join(map(str, load(CATALOG).problems)) == ""


def test_the_centre(real):
    centre = real.centre
    noon = centre.noon_service
    assert (f"{noon.opens:%H:%M}", f"{noon.closes:%H:%M}") == ("11:30", "13:00")
    assert {kind.id: kind.open_noon for kind in centre.counter_kinds} == {"advice": 1, "acceptance": 2}
    assert (noon.staff.at_least, noon.staff.at_most) == (3, 5)
    assert noon.workdays_per_year_claimed * 3 // 2 == noon.hours_per_year_claimed == 375
    # Opening and closing are assumptions, and say so.
    for boundary in (centre.hours[0].opens, centre.hours[-1].closes):
        assert boundary.source is None
        assert "待中心确认" in boundary.note
    assert {item.status for item in centre.commitments} == {"running", "announced"}


def test_places_are_the_centre_and_five_streets_and_towns(real):
    assert [place.kind for place in real.places] == ["centre", *["street"] * 4, "town"]
    assert all(place.address is None and place.phone is None for place in real.places)


def test_schemas_are_those_of_the_model():
    written = {path.name: path.read_text(encoding="utf-8") for path in (CATALOG / "schema").glob("*.json")}
    assert written == schemas(), f"the model changed; renew the schemas: {RENEW}"


def test_every_file_names_its_schema_if_any():
    for path in list_files(CATALOG):
        file = CATALOG / path.removeprefix("catalog/")
        for named in re.findall(r"^# yaml-language-server: \$schema=(\S+)$", file.read_text(encoding="utf-8"), re.M):
            assert (file.parent / named).resolve().is_file(), path


def fields(type_: type[msgspec.Struct]) -> set[str]:
    return {field.name for field in msgspec.structs.fields(type_)}


@pytest.mark.parametrize("name", sorted(TYPES))
def test_a_schema_knows_every_field(name):
    schema = json.loads(schemas()[f"{name}.json"])
    top = schema["$defs"][TYPES[name].__name__]
    assert set(top["properties"]) == fields(TYPES[name])
    assert top["additionalProperties"] is False
    assert '"time"' not in schemas()[f"{name}.json"], "an editor types HH:MM"


def test_codes_are_those_that_problems_carry():
    """Every code in the sources is described, every described code is used and tested."""
    quoted = re.compile(r'"([a-z]+(?:-[a-z0-9]+)+)"')
    used = set()
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        body = re.sub(r"^CODES = \{.*?^\}", "", text, flags=re.M | re.S)
        used |= set(quoted.findall(body))
    assert CODES.keys() <= used
    assert {code for code in used - CODES.keys() if code.split("-")[0] in PREFIXES} == set()
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert {code for code in CODES if f"!{code}" not in tests and f'"{code}"' not in tests} == set()
    for meaning in CODES.values():
        assert re.search("[\u4e00-\u9fff]", meaning)


PREFIXES = {code.split("-")[0] for code in CODES}


def test_every_rule_says_what_it_is_for():
    rules = [*ALONE, *REFERRING, *(rule for checks in FILE_CHECKS.values() for rule in checks)]
    assert all(rule.__doc__ for rule in rules)
    assert len(set(rules)) == len(rules)


def test_the_form_of_a_new_matter_only_lacks_what_must_be_written():
    text = matter_form("x-permit", "construction", ("施工",))
    matter, _, problems = load_record(text, "catalog/matters/construction/x-permit.yml", Matter)
    assert matter is None
    assert {problem.code for problem in problems} == {"value-missing"}


def test_a_filled_form_is_sound(tmp_path):
    catalog = write_tree(tmp_path)
    path, text = new_matter(catalog, "construction", "z-permit")
    assert path == catalog / "matters" / "construction" / "z-permit.yml"
    answers = {
        "name": "开工报告",
        "group": "施工",
        "kind": "申请表",
        "form": "original",
        "issued_by": "申请人自备",
        "shareable": "no",
        "needed": "window",
        "evidence": "practice",
        "value": "unknown",
        "checked_on": str(date(2026, 1, 31)),
    }
    for key, answer in answers.items():
        text = re.sub(rf"^([ -]*{key}:)(?=\s*(#|$))", rf"\1 {answer}", text, flags=re.M)
    text = text.replace("  -\n", "  - 到咨询区预审材料\n")
    path.write_text(text, encoding="utf-8")
    assert load(catalog).problems == ()


@pytest.mark.parametrize(
    ("section", "id", "word"),
    [
        ("construction", "X Permit", "不合规则"),
        ("construction", "x-permit", "已经有了"),
        ("../..", "z-permit", "没有栏目"),
        ("business", "z-permit", "construction"),
    ],
)
def test_a_new_matter_that_cannot_be(tmp_path, section, id, word):
    with pytest.raises(NewMatterError, match=word):
        new_matter(write_tree(tmp_path), section, id)


def test_a_new_matter_needs_the_sections(tmp_path):
    with pytest.raises(NewMatterError, match=r"sections\.yml"):
        new_matter(write_tree(tmp_path / "a", {"sections.yml": None}), "construction", "z-permit")
    with pytest.raises(NewMatterError, match="type-list"):
        new_matter(write_tree(tmp_path / "b", {"sections.yml": "sections: 1"}), "construction", "z-permit")


def test_material_lines_name_every_place_of_delivery():
    (needed,) = (field for field in msgspec.structs.fields(Material) if field.name == "needed")
    assert needed.type.__args__ == ("window", "on_site", "deferrable")


def test_the_basis_of_a_document_says_more_than_how_long_it_is_valid():
    """“有效期为5年” says nothing of the document: it stands in validity_basis."""
    catalogue = load(CATALOG).catalogue
    for matter in catalogue.matters.values():
        basis = matter.result.basis
        if basis is not None:
            (summary,) = (item.summary for item in catalogue.laws[basis.law].articles if item.article == basis.article)
            assert any("有效期" not in part for part in re.split("[，；、]", summary)), (matter.id, summary)
