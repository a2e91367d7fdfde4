"""What is out of date on a day, what a missing calendar breaks, and how the corpus covers the citations."""

from __future__ import annotations

from datetime import date

import pytest

from generator.catalog.coverage import coverage, share
from generator.catalog.load import load
from generator.catalog.record import lines_from
from generator.catalog.stale import stale
from generator.catalog.year_end import check_year_end
from generator.cli import main
from tests.generator.catalog.snippets import MATTER, SHARED, edit, write_tree

X = "matters/construction/x-permit.yml"
LAWS = SHARED["laws.yml"]
OLD = """
  - id: JZJ
    title: 旧建筑法
    issuer: null
    version_date: null
    replaced_by: {title: 建筑法, on: 2019-04-23, law: JZF}
    text_status: 旧文本
    note: null
    articles: []
"""
RESTING = edit(MATTER, "    source: 某地办事指南\n", "    basis: {law: JZJ, article: 第五条}\n    source: 转载\n")


def listed(tmp_path, on, **files):
    """(file, code) of everything that is out of date ``on`` that day."""
    catalog = write_tree(tmp_path, files)
    loaded = load(catalog)
    assert loaded.problems == ()
    return [
        (problem.path.removeprefix("catalog/"), problem.code)
        for problem in sorted(stale(loaded.catalogue, date.fromisoformat(on), lines_from(catalog)))
    ]


def test_nothing_is_out_of_date_in_a_sound_catalogue(tmp_path):
    assert listed(tmp_path, "2026-06-01") == []


def test_a_paper_that_rests_on_a_replaced_edition(tmp_path):
    assert listed(tmp_path, "2026-06-01", **{X: RESTING, "laws.yml": LAWS + OLD}) == [(X, "stale-edition")]


@pytest.mark.parametrize(
    ("on", "codes"),
    [
        ("2026-12-01", ["stale-early"]),  # it is cited, and in force from 2027 on only
        ("2027-01-01", ["stale-matter", "stale-matter"]),
    ],
)
def test_a_matter_that_was_checked_before_a_law_changed(tmp_path, on, codes):
    laws = edit(LAWS, "    version_date: 2019-04-23\n", "    version_date: 2019-04-23\n    valid_from: 2027-01-01\n")
    found = listed(tmp_path, on, **{"laws.yml": laws})
    assert [code for _, code in found if code != "year-missing"] == codes


def test_a_law_that_is_over_without_a_successor(tmp_path):
    laws = edit(LAWS, "    version_date: 2019-04-23\n", "    version_date: 2019-04-23\n    valid_to: 2026-05-31\n")
    assert listed(tmp_path / "1", "2026-05-31", **{"laws.yml": laws}) == []
    assert listed(tmp_path / "2", "2026-06-01", **{"laws.yml": laws}) == [("laws.yml", "stale-law")]


def test_the_verb_takes_the_day_and_tells_by_its_exit(tmp_path, capsys):
    catalog = write_tree(tmp_path, {X: RESTING, "laws.yml": LAWS + OLD})
    assert main(["stale", "--catalog", str(catalog), "--on", "2026-06-01"]) == 1
    said = capsys.readouterr().out
    assert "[stale-edition]" in said and "2026-06-01 过时的：1 处" in said
    assert main(["stale", "--catalog", str(write_tree(tmp_path / "2", {})), "--on", "2026-06-01"]) == 0


# --- the year's end ---------------------------------------------------------------------


@pytest.mark.parametrize(("on", "told"), [("2026-10-31", False), ("2026-11-01", True), ("2027-02-01", True)])
def test_from_november_on_the_missing_year_is_told(real, on, told):
    assert [problem.path for problem in check_year_end(real, date.fromisoformat(on))] == (
        ["catalog/calendar/2027.yml"] if told else []
    )


def test_it_says_what_breaks_already(real):
    (november,) = check_year_end(real, date(2026, 11, 29))
    assert "20 个工作日的时限" in november.sentence and "2026-12-04 以后受理的算不出" in november.sentence
    assert "拿地到开工" in november.sentence and ".ics" in november.sentence and "延续期限" in november.sentence
    (december,) = check_year_end(real, date(2026, 12, 30))
    assert "今天受理的" in december.sentence and "今天受理的" not in november.sentence
    (january,) = check_year_end(real, date(2027, 1, 4))
    assert "今天开不开门" in january.sentence


def test_the_verb_check_warns_and_does_not_refuse(tmp_path, capsys):
    catalog = write_tree(tmp_path, {})
    assert main(["check", "--catalog", str(catalog), "--on", "2026-11-20"]) == 0
    assert "[year-missing]" in capsys.readouterr().err
    assert main(["check", "--catalog", str(catalog), "--on", "2026-10-20"]) == 0
    assert "[year-missing]" not in capsys.readouterr().err


# --- the corpus ---------------------------------------------------------------------------


def test_what_is_cited_without_a_text_and_what_nobody_cites(tmp_path, capsys):
    texts = SHARED["texts/JZF.yml"] + "  - article: 第九条\n    text: 三个月内开工。\n"
    text = edit(MATTER, "    source: 某地办事指南\n", "    source: 《建筑法》第十条和《别的》第一条\n")
    catalog = write_tree(tmp_path, {X: text, "texts/JZF.yml": texts})
    found = coverage(load(catalog).catalogue)
    assert found.lacking == (("JZF", "第十条"),) and found.cited["JZF", "第十条"] == ("x-permit",)
    assert found.idle == (("JZF", "第九条"),)
    assert main(["texts", "--catalog", str(catalog)]) == 0
    said = capsys.readouterr().out
    assert "JZF 第十条" in said and "x-permit" in said and "没有谁引用：\n  JZF 第九条" in said


def test_the_corpus_of_the_catalogue(real):
    """Most citations have their words; every text is cited, or listed in laws.yml."""
    found = coverage(real)
    assert len(found.lacking) * 10 < len(found.cited) > 250
    listed_ = {(law.id, item.article) for law in real.laws.values() for item in law.articles}
    assert set(found.idle) <= listed_
    assert share(found.papers, "law") > 26.5
