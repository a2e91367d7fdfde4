"""A file with a fault is looked at to its end: all that can be told is told in one run, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.catalog.checks.rest import check_rest
from generator.catalog.index import make_index
from generator.catalog.lines import Lines
from generator.catalog.load import load
from generator.catalog.model.matter import Matter
from generator.catalog.parts import Catalogue
from generator.catalog.record import load_record
from generator.cli import main
from tests.generator.catalog.snippets import MATTER, PATH, SHARED, edit, found, marked, write_tree
from tests.kit import Project

X = "matters/construction/x-permit.yml"

LAW = "  - law: JZF\n    article: 第七条\n", "  - law: JZX # !law-unknown\n    article: 第七条\n"
DATE = "checked_on: 2026-11-23", "checked_on: 昨天 # !value-date"
COUNTER = "counter: acceptance", "counter: nobody # !counter-unknown"
RELATED = "related: [y-permit]", "related: [z-permit] # !related-unknown"
PAPER = "paper: power-of-attorney", "paper: power # !paper-unknown"
SECTION = "group: 施工", "group: 没有 # !group-unknown"
SOURCE = "  completed: null\n  source: news-2018", "  completed: null\n  source: news-2019 # !source-unknown"
COPIES = "    copies: null", "    copies: 两 # !value-int"
QUOTE = "name: 施工许可\n", "name: '施工许可 # !yaml-quote\n"
COLON = "  - name: 申请表\n", "  - name:申请表 # !yaml-colon\n"
SLIP = "  - text: 有图纸", "  - text: 有,图纸 # !punctuation-ascii"
KEY = "visits: 1", "vists: 1 # !key-unknown"
FORM = "    form: original\n    copies: 1", "    form: orignal # !value-choice\n    copies: 1"

SEVERAL = [
    (DATE, LAW, COUNTER, RELATED, PAPER, SECTION, SOURCE),
    (COPIES, PAPER, SLIP),
    (FORM, PAPER),  # of one and the same paper
    (KEY, RELATED, LAW),
    (QUOTE, DATE, RELATED),
    (COLON, PAPER, FORM, COUNTER),
    (QUOTE, COLON, COPIES, DATE),
    (COLON, ("  - name: 授权委托书\n", "  - name: '授权委托书 # !yaml-quote\n"), SECTION),
]


@pytest.mark.parametrize("slips", SEVERAL)
def test_several_faults_of_one_matter(tmp_path: Path, slips: tuple[tuple[str, str], ...]) -> None:
    text = MATTER
    for old, new in slips:
        text = edit(text, old, new)
    if COLON in slips:
        text = text.replace("    copies: 两 # !value-int", "    copies: 两")  # it went with the entry
    assert found(load(write_tree(tmp_path, {X: text})).problems) == marked(text)


def test_behind_a_fault_of_a_list_the_other_entries_are_read(tmp_path: Path) -> None:
    text = edit(SHARED["laws.yml"], "    title: 建筑法", "    title:建筑法 # !yaml-colon")
    text += "  - id: A\n    title: 甲法\n    issuer: null\n    version_date: 前年 # !value-date\n"
    text += "    text_status: 看过\n    note: null\n    articles: []\n"
    text += "  - id: B\n    title: '乙法 # !yaml-quote\n"
    assert found(load(write_tree(tmp_path, {"laws.yml": text})).problems) == marked(text)


def test_what_is_left_out_is_not_missing(tmp_path: Path) -> None:
    """The last entry of a list, or a whole key, is told of once: as what it is."""
    slips = (
        COLON,
        QUOTE,
        ("place: {kind: window}", "place: {kind: window # !yaml-syntax"),
        ("group: 施工\n", "group:施工 # !yaml-colon\n"),
        ("steps:\n", " steps: # !yaml-indent\n"),
        ("related: [y-permit]\n", "  related: [y-permit] # !yaml-indent\n"),
        ("    unit: days\n    basis", "\tunit: days # !yaml-character\n    basis"),
    )
    for number, (old, new) in enumerate(slips):
        text = edit(MATTER, old, new)
        assert found(load(write_tree(tmp_path / str(number), {X: text})).problems) == marked(text)


def test_a_build_tells_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = Project(tmp_path / "project")
    path = project.path("m0")
    text = (
        path.read_text("utf-8").replace("counter: ", "counter: un", 1).replace("checked_on:", "checked_on: 昨天 #", 1)
    )
    path.write_text(text, "utf-8")
    assert main(project.arguments("build", tmp_path / "site")) == 1
    built = capsys.readouterr().err
    assert main(["check", "--catalog", str(project.catalog)]) == 1
    assert capsys.readouterr().err == built
    assert ("counter-unknown" in built, "value-date" in built) == (True, True)


CONFLICT = """\
<<<<<<< HEAD
window_number: "3"
=======
window_number: "4"
>>>>>>> other
"""


def test_what_nobody_meant_to_write_hides_nothing(tmp_path: Path) -> None:
    """An editor's BOM, a tab, a blank from the web, a merge that was left half done."""
    for number, (old, new, codes) in enumerate(
        (
            ("id: x-permit\n", "\ufeffid: x-permit\n", ["yaml-encoding"]),
            ("name: 施工许可\n", "name: 施工许可\t\n", ["yaml-character"]),
            ("name: 施工许可\n", "name: 施工\u00a0许可\n", ["yaml-character"]),
            ("window_number: null\n", CONFLICT, ["yaml-conflict"]),
        )
    ):
        text = edit(edit(edit(MATTER, *DATE), *COUNTER), old, new)
        problems = load(write_tree(tmp_path / str(number), {X: text})).problems
        assert sorted(problem.code for problem in problems) == sorted([*codes, "counter-unknown", "value-date"])


def test_a_file_in_the_encoding_of_windows_is_read_on(tmp_path: Path) -> None:
    for number, (text, codes) in enumerate(
        (
            (edit(edit(MATTER, *DATE), *COUNTER).encode("gbk"), ["counter-unknown", "value-date", "yaml-encoding"]),
            (edit(MATTER, *DATE).encode().replace("施工".encode(), b"\xe6\x96", 1), ["yaml-encoding"]),  # half a character
        )
    ):
        catalog = write_tree(tmp_path / str(number))
        (catalog / X).write_bytes(text)
        assert sorted(problem.code for problem in load(catalog).problems) == codes


@given(st.data())
@settings(max_examples=150)
def test_whatever_is_wrong_the_rest_can_be_judged(small: Catalogue, data: st.DataObject) -> None:
    """One line, or two, says something else: no rule trips over what is missing."""
    lines = MATTER.splitlines()
    for _ in range(data.draw(st.integers(1, 2))):
        number = data.draw(st.integers(0, len(lines) - 1))
        key, colon, _ = lines[number].partition(": ")
        value = data.draw(st.sampled_from(["", "null", "[]", "[甲]", "{甲: 乙}", "甲", "'", "[", "{", '"甲']))
        lines[number] = f"{key}{colon}{value}" if colon else value
    text = "\n".join(lines) + "\n"
    matter, read, problems = load_record(text, PATH, Matter)
    assert matter is not None or problems
    if matter is None:
        index = make_index(small, [("x-permit", None, PATH)])
        assert isinstance(read, Lines)
        assert {problem.line for problem in check_rest(read, problems, index)} <= set(range(1, len(lines) + 2))
