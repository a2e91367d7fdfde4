"""Advice over the whole catalogue: near names and vague words; what is near and what is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.catalog.checks.advice import check_advice
from generator.catalog.checks.numbers import check_journey_numbers
from generator.catalog.load import load
from generator.catalog.model.journey import Journey
from generator.catalog.record import lines_from, load_record
from generator.catalog.similar import near_pairs, one_apart, skeleton
from tests.generator.catalog.snippets import SHARED, edit, found, marked, write_tree
from tests.generator.catalog.test_journeys import BUILD

X, Y = "matters/construction/x-permit.yml", "matters/construction/y-permit.yml"

PAPER = """\
  - {name: %s, kind: 证明, form: copy, copies: 1, issued_by: 申请人自备, shareable: no, needed: window, \
evidence: practice%s}%s
  - name: 授权委托书
"""


def material(name: str, more: str = "", mark: str = "") -> tuple[str, str]:
    return "  - name: 授权委托书\n", PAPER % (name, more, mark)


EDITS = [
    (Y, "name: 竣工备案\n", "name: 施工的许可 # !matter-near\n"),
    (Y, "name: 竣工备案\n", "name: 施工许可证 # !matter-near\n"),
    (Y, "name: 竣工备案\n", "name: 开工许可 # !matter-near\n"),
    (Y, "name: 竣工备案\n", "name: 停工报告\n"),
    (X, *material("申请书", mark=" # !material-near")),
    (X, *material("申请表（原件）")),
    (X, *material("申请书", ", when: agent=self", " # !material-near")),
    (X, *material("授权的委托书", ", when: agent=self", " # !paper-unlinked")),
    (Y, "  - name: 申请表\n", "  - name: 申请表（一）\n"),
    (Y, "    paper: power-of-attorney\n", ""),
    (Y, "  - name: 授权委托书\n", "  - name: 授权的委托书 # !material-varies\n"),
    ("materials.yml", "papers:\n", "papers:\n  - {id: letter, name: 授权委托信, what: 信, where: 自备}\n"),
    ("materials.yml", "papers:\n", "papers:\n  - {id: letter, name: 委托函, what: 信, where: 自备}\n"),
    (Y, "  - text: 有图纸\n", "  - text: 尽快交图纸 # !wording-vague\n"),
    (Y, "  - text: 有图纸\n", "  - text: 办法写“及时”交图纸\n"),
    (Y, "  - 取号后到窗口提交\n", "  - 到有关部门提交 # !wording-vague\n"),
    (Y, "  - 取号后到窗口提交\n", "  - 7个工作日内发证 # !limit-told\n"),
    (Y, "  - 取号后到窗口提交\n", "  - 自受理之日起七个工作日内发证 # !limit-told\n"),
    (Y, "  - 取号后到窗口提交\n", "  - 七日内发证，5 个工作日内送达\n"),
    (Y, "  - 取号后到窗口提交\n", "  - 十七个工作日内发证\n"),
    (X, "    value: 7\n    unit: days\n", "    value: 7 # !number-unread\n    unit: working_days\n"),
    (X, "    value: 7\n", "    value: 8 # !number-unread\n"),
    (
        X,
        "    value: 7\n    unit: days\n",
        "    value: 7\n    unit: working_days\n    note: 条文写“七日”，照行政许可法第八十二条按工作日计\n",
    ),
    (X, "  - text: 有图纸\n", "  - text: 有三份图纸 # !number-unread\n"),
    (X, "  - text: 有图纸\n", "  - text: 有<b>图纸</b> # !markup-inside\n"),
    (X, "  - text: 有图纸\n", "  - text: 有**图纸** # !markup-inside\n"),
    (X, "  - text: 有图纸\n", "  - text: 面积<300平方米的图纸\n"),
    ("supervision.yml", "text: 一次告知", "text: 酌情告知 # !wording-vague"),
]

ELSEWHERE = {
    "": {"paper-unlinked"},
    "papers:\n  - {id: letter, name: 授权委托信, what: 信, where: 自备}\n": {"paper-near"},
}


def advice(catalog: Path, name: str) -> list[tuple[int, str]]:
    loaded = load(catalog)
    assert loaded.catalogue is not None
    assert loaded.problems == ()
    given = check_advice(loaded.catalogue, lines_from(catalog))
    # The two matters of the snippets share their aliases; what is found first is not asked here.
    return found(one for one in given if one.path == f"catalog/{name}" and not one.code.startswith("alias-"))


@pytest.mark.parametrize(("name", "old", "new"), EDITS)
def test_edit(tmp_path, name, old, new):
    files = {X: edit(SHARED[X], "related: [y-permit]", "related: []")}
    text = edit((SHARED | files)[name], old, new)
    mine = advice(write_tree(tmp_path, files | {name: text}), name)
    assert set(marked(text)) <= set(mine)
    assert {code for _, code in mine} == {code for _, code in marked(text)} | ELSEWHERE.get(new, set())


def test_who_names_the_other_has_looked_at_both(tmp_path):
    text = edit(SHARED[Y], "name: 竣工备案\n", "name: 开工许可\n")
    text = edit(text, "related: []", "related: [x-permit]")
    x = edit(SHARED[X], "related: [y-permit]", "related: []")
    assert advice(write_tree(tmp_path, {Y: text, X: x}), Y) == []


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("施工许可证核发", "施工许可证的核发", True),
        ("施工许可证（新办）", "施工许可证新办", True),
        ("施工许可证（新办）", "施工许可证（变更）", False),
        ("公司变更登记", "分公司变更登记", True),
        ("公司变更登记", "公司设立登记", False),
        ("第1类备案", "第2类备案", False),
        ("甲", "乙", True),
    ],
)
def test_near(one, other, near):
    assert one_apart(skeleton(one), skeleton(other)) is near
    assert list(near_pairs([one, other])) == ([(0, 1)] if near else [])


@given(st.lists(st.text(st.sampled_from("甲乙丙丁1（）的"), min_size=1, max_size=5), max_size=8))
def test_filing_finds_what_comparing_all_finds(names):
    compared = [
        (at, other)
        for at in range(len(names))
        for other in range(at + 1, len(names))
        if names[at] != names[other] and one_apart(skeleton(names[at]), skeleton(names[other]))
    ]
    assert list(near_pairs(names)) == compared


def test_a_journey_has_its_numbers_from_the_articles_too(small):
    step = "    days: {value: %s, kind: statutory_max, evidence: law, basis: {law: JZF, article: 第八条}%s}"
    plain = next(line for line in BUILD.splitlines() if line.startswith("    days: {") and "JZF" in line)
    for days, note, codes in (
        ("7, unit: days", "", set()),
        ("9, unit: days", "", {"number-unread"}),
        ("7, unit: working_days", "", {"number-unread"}),
        ("7, unit: working_days", ", note: 条文写“七日”", set()),
    ):
        journey, lines, problems = load_record(BUILD.replace(plain, step % (days, note)), "x.yml", Journey)
        assert problems == []
        assert {one.code for one in check_journey_numbers(journey, small.texts, lines)} == codes
