"""What a law obliges the applicants of a matter to is cited there; a law that was read is cited by something."""

from __future__ import annotations

import pytest

from generator.catalog.checks.advice import check_advice
from generator.catalog.load import load
from generator.catalog.record import lines_from
from scripts.duties import main, uncited
from tests.generator.catalog.snippets import MATTER, PATH, SHARED, edit, found, marked, write_tree
from tests.kit import REPO

LAWS = SHARED["laws.yml"]


def duty(article: str, matter: str, mark: str = "") -> str:
    """laws.yml with a duty of its law; ``mark`` stands behind what it binds."""
    return f"{LAWS}    duties:\n      - article: {article}\n        matters:\n          - {matter}{mark}\n"


@pytest.mark.parametrize(
    ("article", "codes"),
    [("第七条", []), ("第八条", []), ("第九条", ["duty-uncited"])],
)
def test_who_is_bound_by_an_article_cites_it(tmp_path, article, codes):
    laws = edit(duty(article, "x-permit"), "        verified: false\n", "        verified: true\n")
    problems = load(write_tree(tmp_path, {"laws.yml": laws})).problems
    bound = [problem for problem in problems if problem.path == PATH]
    assert [problem.code for problem in bound] == codes
    assert all(MATTER.splitlines()[problem.line - 1] == "legal_basis:" for problem in bound)


def test_duties_bind_matters_that_exist_by_articles_that_were_read(tmp_path):
    laws = duty("第七条", "z-permit", " # !duty-matter")
    assert found(load(write_tree(tmp_path / "a", {"laws.yml": laws})).problems) == marked(laws)
    laws = duty("第九条 # !duty-article", "nobody", " # !duty-matter")
    assert found(load(write_tree(tmp_path / "b", {"laws.yml": laws})).problems) == marked(laws)


@pytest.mark.parametrize(("note", "idle"), [("null", True), ("见招标法第一条", False)])
def test_a_law_that_nobody_cites_is_told(tmp_path, note, idle):
    law = "  - id: ZTF\n    title: 中华人民共和国招标法\n    issuer: x\n    version_date: null\n    text_status: x\n"
    law += "    note: null\n    articles:\n      - {article: 第一条, summary: x, verified: true}\n"
    changes = {"laws.yml": LAWS + law, "matters/construction/x-permit.yml": f"{MATTER}note: {note}\n"}
    catalog = write_tree(tmp_path, changes)
    advice = [one.code for one in check_advice(load(catalog).catalogue, lines_from(catalog))]
    assert ("law-idle" in advice) == idle


def test_the_list_names_the_neighbours_that_cite_nothing_of_a_law(capsys):
    catalogue = load(REPO / "catalog").catalogue
    ((law, group, citing, others),) = uncited(catalogue, ["GSD"])
    assert (law, group, citing) == ("GSD", "企业登记", ["company-change-registration"])
    assert {catalogue.matters[id].group for id in others} == {group} and "company-filing" in others
    assert main(["GSD"]) == 0
    assert "  company-filing 公司备案" in capsys.readouterr().out
    assert main(["nothing"]) == 1
