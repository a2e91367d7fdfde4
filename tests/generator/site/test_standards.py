"""The exports are what their standards ask for: CPSV-AP by SHACL, HSDS by JSON Schema.

What the standards ask is in ``tests/standards/``, whose README names the sources.
"""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from pyshacl import validate
from rdflib import RDF, SDO, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS
from rdflib.plugins.parsers.jsonld import to_rdf

from generator.cli import main
from tests.kit import Project

ASKED = Path(__file__).parents[2] / "standards"
CPSV = Namespace("http://purl.org/vocab/cpsv#")
CV = Namespace("http://data.europa.eu/m8g/")
SITE = "https://g.example/"

# --- CPSV-AP ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(ASKED / "cpsv-ap.ttl")


@pytest.fixture(scope="module")
def services(site: Path) -> Graph:
    """All matters in one graph. The context of schema.org would have to be fetched; its vocabulary
    stands for it."""
    graph = Graph()
    for path in sorted((site / "api/v1/matters").glob("*.jsonld")):
        data = json.loads(path.read_bytes())
        data["@context"][0] = {"@vocab": str(SDO)}
        to_rdf(data, graph, base=f"{SITE}api/v1/matters/{path.name}")
    return graph


def faults(graph: Graph, shapes: Graph) -> str:
    """What SHACL finds; empty where the graph conforms."""
    conforms, _, report = validate(graph, shacl_graph=shapes)
    return "" if conforms else report


def test_every_matter_conforms_to_cpsv_ap(site: Path, services: Graph, shapes: Graph) -> None:
    described = set(services.subjects(RDF.type, CPSV.PublicService))
    ids = {path.stem for path in (site / "api/v1/matters").glob("*.jsonld")}
    assert described == {URIRef(f"{SITE}matters/{id}/#service") for id in ids}
    for kind in (CV.Channel, CV.Cost, CV.Evidence, CV.EvidenceType, CV.Requirement, CV.Output, CPSV.Rule, CV.Event):
        assert next(services.subjects(RDF.type, kind), None) is not None, f"no {kind} to check"
    assert faults(services, shapes) == ""


@pytest.mark.parametrize(
    ("subject", "predicate", "value"),
    [
        (CPSV.PublicService, DCTERMS.title, None),
        (CPSV.PublicService, CV.hasCompetentAuthority, None),
        (CPSV.PublicService, CV.processingTime, Literal("20 个工作日")),
        (CV.Cost, CV.hasValue, Literal("很贵")),
        (CV.Evidence, DCTERMS.identifier, Literal("another")),
        (CPSV.Rule, DCTERMS.description, Literal("没有语言")),
    ],
)
def test_the_shapes_find_what_is_wrong(
    site: Path, shapes: Graph, subject: URIRef, predicate: URIRef, value: Literal | None
) -> None:
    """One thing taken away, or added, in a matter that has everything."""
    path = site / "api/v1/matters/construction-permit.jsonld"
    data = json.loads(path.read_bytes())
    data["@context"][0] = {"@vocab": str(SDO)}
    graph = to_rdf(data, Graph(), base=f"{SITE}api/v1/matters/{path.name}")
    assert faults(graph, shapes) == ""
    node = next(graph.subjects(RDF.type, subject))
    if value is None:
        graph.remove((node, predicate, None))
    else:
        graph.add((node, predicate, value))
    assert str(predicate).rpartition("/")[2] in faults(graph, shapes)


# --- HSDS ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hsds() -> Draft202012Validator:
    formats = FormatChecker()

    @formats.checks("uri")
    def absolute(text: object) -> bool:
        return not isinstance(text, str) or bool(urlsplit(text).scheme and urlsplit(text).netloc)

    @formats.checks("uuid", raises=ValueError)
    def identifier(text: object) -> bool:
        return not isinstance(text, str) or str(UUID(text)) == text

    asked = json.loads((ASKED / "hsds.json").read_text("utf-8"))
    Draft202012Validator.check_schema(asked)
    return Draft202012Validator(asked, format_checker=formats)


@pytest.fixture(scope="module")
def page(site: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((site / "data/hsds/services.json").read_bytes())
    return found


def test_the_page_of_services_conforms_to_hsds(page: dict[str, Any], hsds: Draft202012Validator) -> None:
    assert [f"{list(error.path)}: {error.message}" for error in hsds.iter_errors(page)] == []
    assert page["total_items"] == page["size"] == len(page["contents"]) > 0


def test_identifiers_of_hsds_name_one_thing_each(page: dict[str, Any]) -> None:
    ids: list[str] = []
    for service in page["contents"]:
        ids += [service["id"], *(attribute["id"] for attribute in service.get("attributes", []))]
        for part in (*service.get("required_documents", []), *service.get("cost_options", [])):
            ids += [part["id"], *(attribute["id"] for attribute in part["attributes"])]
            assert all(attribute["link_id"] == part["id"] for attribute in part["attributes"])
        assert all(attribute["link_id"] == service["id"] for attribute in service.get("attributes", []))
        assert service["organization_id"] == service["organization"]["id"]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("key", "value"),
    [("id", "1"), ("status", "open"), ("url", "../matters/x/"), ("evidence", "law"), ("name", None)],
)
def test_the_schema_finds_what_is_wrong(
    page: dict[str, Any], hsds: Draft202012Validator, key: str, value: object
) -> None:
    broken = page | {"contents": [copy.deepcopy(page["contents"][0]) | {key: value}]}
    assert next(hsds.iter_errors(broken), None) is not None


def test_a_known_address_is_told(tmp_path: Path, page: dict[str, Any], hsds: Draft202012Validator) -> None:
    assert "url" not in page["contents"][0]
    project, out = Project(tmp_path / "project", matters=1), tmp_path / "site"
    assert main(project.arguments("build", out, "--exports", "--address", SITE)) == 0
    told = json.loads((out / "data/hsds/services.json").read_bytes())
    assert list(hsds.iter_errors(told)) == []
    (service,) = told["contents"]
    assert (service["url"], service["organization"]["website"]) == (f"{SITE}matters/m0/", SITE)
