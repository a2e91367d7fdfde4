"""``guide tables``, and the page that shows what it prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.cli import main
from generator.cli.tables import BEGIN, END
from tests.generator.catalog.snippets import ROOT, write_tree

PAGE = ROOT / "docs/certainty.md"


def printed(catalog: Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["tables", "--catalog", str(catalog)]) == 0
    return capsys.readouterr().out


def test_the_page_shows_the_tables_of_today(capsys):
    shown = PAGE.read_text("utf-8").partition(f"{BEGIN}\n")[2].partition(END)[0]
    assert shown.strip() == printed(ROOT / "catalog", capsys).strip(), "guide tables --into docs/certainty.md"


def test_they_count_claims_papers_answers_and_citations(tmp_path, capsys):
    """Two matters alike: 1 law, 1 condition, 2 papers, 1 limit, 1 fee, 1 question each."""
    told = printed(write_tree(tmp_path), capsys)
    assert told.count("### ") == 4
    for row in (
        "| 合计 | 2 | 14 | 6 | 4 | 4 | 43 % | 0 |",
        "| 合计 | 4 | 0 | 2 | 2 | 0 % |",
        "| 谁审批 | 再问 | 2 | 2 |",
        "| 材料的份数 | 再问 | 2 | 2 |",
        "| 合计 | 8 | 1 | 2 | 6 | 0 | 2 |",
    ):
        assert row in told, told
    assert "跑几次" not in told, "both say it"


def test_they_are_written_between_their_marks_only(tmp_path, capsys):
    catalog, page = write_tree(tmp_path), tmp_path / "page.md"
    page.write_text(f"前\n{BEGIN}\n旧\n{END}\n后\n", "utf-8")
    assert main(["tables", "--catalog", str(catalog), "--into", str(page)]) == 0
    text = page.read_text("utf-8")
    assert text.startswith(f"前\n{BEGIN}\n\n### ") and text.endswith(f"{END}\n后\n") and "旧" not in text
    page.write_text("没有\n", "utf-8")
    assert main(["tables", "--catalog", str(catalog), "--into", str(page)]) == 1
    assert BEGIN in capsys.readouterr().err and page.read_text("utf-8") == "没有\n"
