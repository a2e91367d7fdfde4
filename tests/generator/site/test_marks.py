"""Nothing leaves the guide surer than it is: page, card, tables, JSON-LD and HSDS are held against the
record, claim by claim.

A claim is whatever has a field ``evidence`` in the record of a matter. A new kind of claim fails here
until each form tells it with its mark.
"""

from __future__ import annotations

import csv
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from generator.catalog.model.matter import Matter
from generator.catalog.model.record import Record
from generator.render.tables import harmless
from generator.views.claims import KINDS, Stated
from generator.views.claims import graded as walked
from generator.views.words import Claim

WORDS = {"law": "依据", "guide": "参考", "practice": "待确认"}
UNITS = {"working_days": "个工作日", "days": "日", "months": "个月"}
OLD = {"参考": "旧版"}
"""Of an edition that holds no longer."""
Claims = dict[str, dict[str, Any]]
"""The claims of a matter by their place in its record (JSON Pointer)."""


def graded(value: Any, pointer: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, dict):
        if "evidence" in value:
            yield pointer, value
        for key, below in value.items():
            # One of the deadlines again, for readers of before there were cases; marks of other fields.
            if key not in ("applicant_deadline", "grounds"):
                yield from graded(below, f"{pointer}/{key}")
    elif isinstance(value, list):
        for number, below in enumerate(value):
            yield from graded(below, f"{pointer}/{number}")


def kind_of(pointer: str) -> str:
    return re.sub(r"/\d+", "", pointer).removeprefix("/")


@pytest.fixture(scope="module")
def matters(site: Path) -> dict[str, dict[str, Any]]:
    return {path.stem: json.loads(path.read_bytes()) for path in sorted((site / "api/v1/matters").glob("*.json"))}


@pytest.fixture(scope="module")
def claims(matters: dict[str, dict[str, Any]]) -> dict[str, Claims]:
    """But for what the JSON says a second time, for readers of an older form: that is no key of the record."""
    own = kinds(Matter)
    found = {
        id: {pointer: claim for pointer, claim in graded(matter) if kind_of(pointer) in own}
        for id, matter in matters.items()
    }
    assert sum(map(len, found.values())) > 1500
    assert {claim["evidence"] for own in found.values() for claim in own.values()} == WORDS.keys()
    return found


@pytest.fixture(scope="module")
def laws(site: Path) -> dict[str, dict[str, Any]]:
    return {law["id"]: law for law in json.loads((site / "data/catalogue.json").read_bytes())["laws"]}


def said(claim: dict[str, Any], laws: dict[str, dict[str, Any]]) -> str:
    """What every form has to say of a claim, besides its mark."""
    if "law" in claim:
        title = laws[claim["law"]]["title"].strip("《》").replace("《", "〈").replace("》", "〉")
        return f"《{title}》{claim['article'] or ''}"
    if "amount" in claim:
        return {0: "不收费", None: "收费看说明"}.get(claim["amount"], f"收费 {claim['amount']} 元")
    if "value" in claim:
        return f"{claim['value']} {UNITS[claim['unit']]}" if claim["value"] else "当天办结"
    return next(claim[key] for key in ("answer", "text", "name", "what", "service") if key in claim)


def read(claim: dict[str, Any], laws: dict[str, dict[str, Any]]) -> str:
    """Whether the article of a law was read, in the words of the pages."""
    if claim["article"] is None:
        return "条款待确认"
    known = any(item["article"] == claim["article"] and item["verified"] for item in laws[claim["law"]]["articles"])
    return "条文已核" if known and claim["evidence"] == "law" else "条文待核"


def kinds(type_: type) -> set[str]:
    """Where, in records of ``type_``, there may be claims."""
    (schema,), listed = msgspec.json.schema_components([type_])
    definitions = {name.rsplit("/", 1)[-1]: one for name, one in listed.items()}

    def walk(part: dict[str, Any], kind: str) -> Iterator[str]:
        if "$ref" in part:
            yield from walk(definitions[part["$ref"].rsplit("/", 1)[-1]], kind)
        for choice in part.get("anyOf", ()):
            yield from walk(choice, kind)
        if part.get("items"):
            yield from walk(part["items"], kind)
        if "evidence" in part.get("properties", {}):
            yield kind
        for key, below in part.get("properties", {}).items():
            if key != "grounds":
                yield from walk(below, f"{kind}/{key}")

    return {kind.removeprefix("/") for kind in walk(schema, "")}


def test_every_kind_of_claim_has_a_name_and_a_place_in_the_tables() -> None:
    possible = kinds(Matter)
    assert "materials" in possible
    within = {kind for kind in possible if any(kind.startswith(f"{other}/") for other in possible)}
    assert possible - within == KINDS.keys()
    assert possible == CELLS.keys() | {"materials", "materials/requirements", "faq"}, "a kind that no table tells"


class Case(Record, frozen=True, kw_only=True):
    when: str
    value: int
    evidence: str


class Limit(Record, frozen=True, kw_only=True):
    value: int
    evidence: str
    cases: tuple[Case, ...]


class Kept(Record, frozen=True, kw_only=True):
    limit: Limit
    name: str


def test_claims_are_found_however_deep_they_lie() -> None:
    """What JSON-LD and HSDS tell is found by walking, so that a new key needs no line there."""
    case = Case(when="a=b", value=7, evidence="guide")
    kept = Kept(limit=Limit(value=20, evidence="law", cases=(case,)), name="x")
    assert dict(walked(kept)) == {"/limit": kept.limit, "/limit/cases/0": case}
    within = Stated(pointer="/time_limit/statutory/cases/0", claim=Claim(text="7 个工作日"))
    assert (within.kind, within.name) == ("time_limit/statutory/cases", "法定办结时限")


# --- page and card ------------------------------------------------------------------------


def lines(text: str) -> list[str]:
    """What stands in the elements of a page, each with its marks as 〔law〕."""
    text = re.sub(r"<(script|style)\b.*?</\1>", "", text, flags=re.DOTALL)
    text = re.sub(r'<(?:details|span|a) class="mark (\w+)"[^>]*>', r"〔\1〕", text)
    # An edition that holds no longer has a word of its own.
    for grade, word in (*WORDS.items(), ("guide", "旧版")):
        text = re.sub(rf"<i>{word}(?=[：<])", f"〔{grade}〕", text)
    text = re.sub(r"</?(?:li|dt|dd|p|ul|ol|dl|section|h\d|div)\b[^>]*>", "\n", text)
    told = html.unescape(re.sub(r"<[^>]+>", "", text))
    return [line for line in told.splitlines() if line.strip()]


@pytest.mark.parametrize("path", ["matters/{}/index.html", "cards/{}.html"], ids=["page", "card"])
def test_page_and_card_mark_every_claim(
    site: Path, claims: dict[str, Claims], laws: dict[str, dict[str, Any]], path: str
) -> None:
    missing = []
    for id, own in claims.items():
        told = lines((site / path.format(id)).read_text("utf-8"))
        for pointer, claim in own.items():
            words = said(claim, laws)
            mark = read(claim, laws) if "law" in claim else f"〔{claim['evidence']}〕"
            if mark == "条文已核" and path.startswith("matters/"):
                # The name of the law leads to its words; only what was not read is said.
                good = any(words in line and not re.search("条文待核|条款待确认", line) for line in told)
            else:
                good = any(words in line and mark in line for line in told)
            if not good:
                missing.append((id, pointer, words, mark))
    assert missing == []


# --- tables -------------------------------------------------------------------------------

CELLS = {
    "legal_basis": ("法律依据", None),
    "conditions": ("受理条件", None),
    "joint_bodies": ("参加的部门", None),
    "intermediary": ("中介服务", None),
    "afterwards": ("办完以后", None),
    "time_limit/not_counted": ("不算在时限里的", None),
    "time_limit/statutory": ("法定时限", "法定时限的把握"),
    "time_limit/statutory/cases": ("法定时限", "法定时限的把握"),
    "deadlines": ("什么时候来", None),
    "fee": ("收费", "收费的把握"),
}
"""The columns of a claim and of its mark; where several claims share a cell, the mark follows each."""


def table(site: Path, name: str) -> list[dict[str, str]]:
    with (site / f"data/{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_tables_mark_every_claim(site: Path, claims: dict[str, Claims], laws: dict[str, dict[str, Any]]) -> None:
    """The workbook holds the same tables (test_exports.py)."""
    rows = {row["事项编号"]: row for row in table(site, "matters")}
    papers = {(row["事项编号"], row["序号"]): row for row in table(site, "papers")}
    for id, own in claims.items():
        for pointer, claim in own.items():
            kind, words, mark = kind_of(pointer), said(claim, laws), WORDS[claim["evidence"]]
            if kind == "materials":
                row = papers[id, str(int(pointer.rpartition("/")[2]) + 1)]
                assert (row["材料"], row["把握"]) == (harmless(words), mark)
            elif kind != "faq":
                column, grade = CELLS.get(kind, ("格式要求", None))
                row = rows[id] if kind in CELLS else papers[id, str(int(pointer.split("/")[2]) + 1)]
                cell = row[column]
                if grade is not None:
                    assert words in cell and mark in rows[id][grade].split("；"), (id, pointer)
                else:
                    told = rf"(?:^|；){re.escape(words)}[^；]*?（(?:{mark}|{OLD.get(mark, mark)})(?:：(.*?))?）(?:；|$)"
                    found = re.search(told, cell)
                    assert found, (id, pointer, cell)
                    assert "law" not in claim or read(claim, laws) in found[1]


def test_what_has_a_source_but_no_grade_keeps_its_source_in_the_tables(
    site: Path, matters: dict[str, dict[str, Any]]
) -> None:
    rows = {row["事项编号"]: row for row in table(site, "matters")}
    for id, matter in matters.items():
        for field, column in (("on_site_check", "现场核查"), ("online", "网上办")):
            known = matter[field]["value"] != "unknown"
            assert (rows[id][column] == "待中心确认") == (not known)
            assert rows[id][f"{column}的出处"] == ((matter[field].get("basis") or "") if known else "")
        if matter["place"] is None or matter["place"]["kind"] != "window":
            assert rows[id]["午间"] == rows[id]["午间的出处"] == "", "of the centre's noon nothing is true elsewhere"
            continue
        accepted = matter["noon_service"]["accepted"]
        assert (rows[id]["午间"] == "待中心确认") == (accepted is None)
        assert bool(rows[id]["午间的出处"]) == (accepted is not None and matter["noon_service"]["source"] is not None)


# --- for programs -------------------------------------------------------------------------


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for below in value.values():
            yield from nodes(below)
    elif isinstance(value, list):
        for below in value:
            yield from nodes(below)


def test_json_ld_marks_every_claim_in_both_vocabularies(site: Path, claims: dict[str, Claims]) -> None:
    for id, own in claims.items():
        data = json.loads((site / f"api/v1/matters/{id}.jsonld").read_bytes())
        grades = {pointer: claim["evidence"] for pointer, claim in own.items()}
        described = {key: value for key, value in data.items() if key != "@included"}
        told: dict[str, dict[str, str]] = {}
        for vocabulary, part in (("schema", described), ("cpsv", data["@included"])):
            told[vocabulary] = {
                node["@id"].removeprefix(f"{id}.json#"): node["evidence"].removeprefix("../../../about/#")
                for node in nodes(part)
                if node.get("@id", "").startswith(f"{id}.json#")
            }
        assert told["cpsv"] == {pointer: grade for pointer, grade in grades.items() if kind_of(pointer) != "faq"}
        assert told["schema"].items() <= grades.items()
        assert told["schema"] | told["cpsv"] == grades
        for kind in ("Legislation", "HowToSupply", "Question", "Offer"):
            assert all("evidence" in node for node in nodes(described) if node.get("@type") == kind)


def test_marks_lead_to_where_they_are_explained(site: Path) -> None:
    data = json.loads((site / "api/v1/matters/construction-permit.jsonld").read_bytes())
    marks = [node for node in data["@included"] if "skos:notation" in node]
    assert [node["skos:notation"] for node in marks] == ["law", "guide", "practice", "centre", "unknown"]
    about = (site / "about/index.html").read_text("utf-8")
    for node in marks:
        path, _, anchor = node["@id"].partition("#")
        assert path == "../../../about/"
        word = re.search(rf'id="{anchor}">([^<]+)<', about)
        assert word is not None and word[1] == node["skos:prefLabel"]["@value"]


def test_what_nobody_knows_is_absent_or_said_to_be_unknown(site: Path, matters: dict[str, dict[str, Any]]) -> None:
    for id, matter in matters.items():
        data = json.loads((site / f"api/v1/matters/{id}.jsonld").read_bytes())
        service = data["@included"][0]
        authority = service["cv:hasCompetentAuthority"]
        if matter["authority"] is None:
            assert "serviceOperator" not in data
            assert authority["skos:prefLabel"]["@value"] == "待中心确认"
            assert authority["evidence"].endswith("#unknown")
        else:
            assert data["serviceOperator"]["name"] == matter["authority"] == authority["skos:prefLabel"]["@value"]
        assert ("cv:hasCost" in service) == (matter["fee"] is not None)
        assert ("cpsv:produces" in service) == (matter["result"]["document"] is not None)
        online = [one for one in service.get("cv:hasChannel", []) if one["dct:identifier"] == f"{id}/online"]
        assert bool(online) == (matter["online"]["value"] in ("yes", "conditional"))


def test_what_a_field_rests_on_goes_with_it(site: Path, matters: dict[str, dict[str, Any]]) -> None:
    """Who decides, the counter, the steps: marked as on the page, also where nobody says what they rest on."""
    with (site / "data/matters.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["事项编号"]: row for row in csv.DictReader(file)}
    told = set()
    for id, matter in matters.items():
        grounds = matter["grounds"] or {}
        grades = {
            name: (grounds.get(name) or {}).get("evidence", "practice") for name in ("authority", "counter", "steps")
        }
        data = json.loads((site / f"api/v1/matters/{id}.jsonld").read_bytes())
        service = data["@included"][0]
        (how_to,) = (node for node in data["subjectOf"] if node["@type"] == "HowTo")
        desks = [one for one in service.get("cv:hasChannel", []) if one["dct:identifier"] == f"{id}/counter"]
        forms = {"steps": [how_to]}
        if matter["authority"] is not None:
            forms["authority"] = [data["serviceOperator"], service["cv:hasCompetentAuthority"]]
        if matter["place"]["kind"] == "window" and matter["counter"] is not None:
            forms["counter"] = [data["availableChannel"], *desks]
        for name, found in forms.items():
            assert {node["evidence"].partition("#")[2] for node in found} == {grades[name]}, (id, name)
            cell = rows[id][{"authority": "谁审批", "counter": "窗口", "steps": "办理步骤"}[name]]
            assert re.search(rf"（{WORDS[grades[name]]}.*）$", cell) or re.search(r"（旧版.*）$", cell), cell
            told.add((name, grades[name]))
    assert {("authority", "guide"), ("counter", "practice"), ("steps", "practice")} <= told


def test_hsds_marks_every_claim(site: Path, claims: dict[str, Claims], matters: dict[str, dict[str, Any]]) -> None:
    services = json.loads((site / "data/hsds/services.json").read_bytes())["contents"]
    assert [service["name"] for service in services] == [matters[id]["name"] for id in sorted(matters)]
    for id, service in zip(sorted(matters), services, strict=True):
        told = {
            node["value"]: (node["taxonomy_term"]["code"], node["taxonomy_term"]["name"])
            for node in nodes(service)
            if node.get("link_type") == "evidence"
        }
        assert told == {pointer: (claim["evidence"], WORDS[claim["evidence"]]) for pointer, claim in claims[id].items()}
        assert ("assured_date" in service) == (matters[id]["confirmed"] is not None)
        assert ("fees_description" in service) == (matters[id]["fee"] is not None)


def test_a_plan_is_no_promise_in_the_list_of_matters(site: Path, matters: dict[str, dict[str, Any]]) -> None:
    centre = json.loads((site / "api/v1/centre.json").read_bytes())
    plans = {item["id"] for item in centre["commitments"] if item["status"] == "announced"}
    planned = 0
    for line in json.loads((site / "api/v1/matters.json").read_bytes()):
        promised = matters[line["id"]]["time_limit"]["promised"] or {"on_the_spot": False, "source": None}
        spot = bool(promised["on_the_spot"])
        plan = promised["source"] in plans
        assert (line["on_the_spot"], line["on_the_spot_planned"]) == (spot and not plan, spot and plan)
        planned += line["on_the_spot_planned"]
    assert planned
    catalogue = json.loads((site / "data/catalogue.json").read_bytes())
    assert catalogue["commitments"] == centre["commitments"]
