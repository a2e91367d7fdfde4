"""Advice on aliases: what the search would do with them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.cli import main
from tests.kit import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path, matters=3)


def advice(project: Project, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The lines of advice of a catalogue that has no problem."""
    assert main(["check", "--catalog", str(project.catalog), "--on", "2026-06-01"]) == 0
    told = capsys.readouterr()
    assert "目录没有问题" in told.out
    *lines, more = told.err.splitlines() or [""]
    assert ("docs/checks.md" in more) == bool(lines)
    # Most of the laws are there for matters that are not.
    return [line for line in lines if "[law-idle]" not in line]


def placed(line: str) -> tuple[str, str]:
    """(file, code) of a line of advice, which names the line of the aliases."""
    file, code = re.fullmatch(r"提示：catalog/matters/construction/(\w+\.yml):4: \[([a-z-]+)\] .* — .*", line).groups()
    return file, code


def test_an_alias_of_one_matter_needs_no_advice(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert advice(project, capsys) == []


def test_a_shared_alias_wants_an_order(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write("m1", alias="开工证, 动工")
    project.write("m2", alias="开工证, 复工")
    told = advice(project, capsys)
    assert [placed(line) for line in told] == [("m1.yml", "alias-shared"), ("m2.yml", "alias-shared")]
    words = "words:\n  - {word: 开工证, matters: [m2, m1]}\n"
    (project.catalog / "words.yml").write_text(words, "utf-8")
    assert advice(project, capsys) == []


def test_a_matter_that_its_aliases_do_not_find_first(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write("m1", alias="开工证")
    project.write("m2", alias="开工证, 动工")
    words = "words:\n  - {word: 开工证, matters: [m2, m1]}\n"
    (project.catalog / "words.yml").write_text(words, "utf-8")
    (line,) = advice(project, capsys)
    assert placed(line) == ("m1.yml", "alias-never-first")
