"""Limits, deadlines and places: what is told as wrong, and what is near it and right."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.catalog.checks.limits import check_unlike
from generator.catalog.load import load
from generator.catalog.record import lines_from
from tests.generator.catalog.snippets import MATTER, SHARED, edit, found, marked, write_tree

QUESTION = """\
  - id: what
    question: 变更什么？{choose}
    options:
      - {{id: owner, label: 建设单位}}
      - {{id: place, label: {place}}}
      - {{id: name, label: 名称}}
materials:
  - {{name: 执照, kind: 证照, form: copy, copies: 1, issued_by: 政府部门核发, shareable: yes, when: what=owner, needed: window,
     evidence: practice}}
"""


def asked(text: str, choose: str = "\n    choose: many", place: str = "地址", mark: str = "") -> str:
    """The matter with a question about what changes."""
    question = QUESTION.format(choose=choose, place=place).replace("变更什么？", f"变更什么？{mark}")
    return edit(text, "materials:\n", question)


def limited(cases: str = "", note: str = "自受理之日起", mark: str = "", text: str = MATTER) -> str:
    old = "    value: 7\n    unit: days\n    basis: {law: JZF, article: 第八条}\n    evidence: law\n"
    return edit(text, old, f"{old}    note: {note}{mark}\n{cases}")


def case(when: str, mark: str = "", value: int = 7) -> str:
    basis = "basis: {law: JZF, article: 第八条}, evidence: law"
    return f"      - {{when: {when}, value: {value}, unit: days, {basis}}}{mark}\n"


@pytest.mark.parametrize(
    ("note", "mark"),
    [
        ("适用于建设单位变更", " # !limit-cases"),
        ("其他事项10日", " # !limit-cases"),
        ("其余的当场办", " # !limit-cases"),
        ("名称当场变更", " # !limit-cases"),
        # Said to everybody: no case.
        ("材料齐全、符合法定形式的当场登记；情形复杂的，经批准可以再延长3个工作日", ""),
        ("自受理之日起，按工作日计", ""),
        ("没有查到单独规定的期限，按行政许可的一般期限算", ""),
    ],
)
def test_a_note_that_tells_of_cases_needs_cases(judge, note, mark):
    text = limited(note=note, mark=mark)
    assert judge(text) == marked(text)


@pytest.mark.parametrize(
    ("choose", "first", "second", "mark"),
    [
        ("", "what=owner", "what=name", ""),
        ("", "what=owner", "what=owner | what=name", " # !limit-overlap"),
        ("", "what=owner & agent=self", "what=owner & agent=other", ""),
        ("\n    choose: many", "what=owner", "what=name", " # !limit-overlap"),
        ("\n    choose: many", "what=owner & agent=self", "what=name & agent=other", ""),
    ],
)
def test_no_two_cases_hold_at_once(judge, choose, first, second, mark):
    text = limited("    cases:\n" + case(first) + case(second, mark, 9))
    text = edit(asked(text, choose), "变更什么？", "变更哪样？")
    assert judge(text) == marked(text)


def test_a_licence_is_decided_within_a_limit(judge):
    old = "  statutory:\n    value: 7\n    unit: days\n    basis: {law: JZF, article: 第八条}\n    evidence: law\n"
    text = edit(MATTER, old, "  statutory: null # !limit-missing\n")
    assert judge(text) == marked(text)
    filing = edit(edit(text, " # !limit-missing", ""), "type: 行政许可", "type: 备案")
    assert judge(filing) == []


def deadline(text: str, kind: str, who: str = "applicant", when: str = "", marks: tuple[str, str] = ("", "")) -> str:
    return (
        f"deadlines:\n  - kind: {kind}{marks[0]}\n    who: {who}{marks[1]}\n{when}    text: {text}\n"
        "    basis: {law: JZF, article: 第八条}\n    evidence: law\n"
    )


WRONG, RIGHT = " # !deadline-kind", ""


@pytest.mark.parametrize(
    ("text", "kind", "mark"),
    [
        ("公告期45日届满后申请", "by", WRONG),
        ("公告期45日届满后申请", "within", WRONG),
        ("公告期45日届满后申请", "from", RIGHT),
        ("吊销期满后", "not_before", RIGHT),
        ("公示期届满之日起20日内", "within", RIGHT),
        ("公示期届满后20日内", "within", RIGHT),
        ("有效期届满前30日", "within", WRONG),
        ("有效期届满前30日", "by", RIGHT),
        ("有效期届满前90个工作日至30个工作日期间", "within", RIGHT),
        ("有效期届满前90个工作日至30个工作日期间", "by", WRONG),
        ("有效期届满30个工作日前", "by", RIGHT),
        ("每年1月1日至6月30日", "within", RIGHT),
        ("变更之日起三十日内", "by", WRONG),
        ("拆除工程施工15日前", "within", WRONG),
        ("领证之日起三个月内不能开工的，期满前申请", "by", RIGHT),
        ("迁入新住所以前，向迁入地登记机关申请", "by", RIGHT),
        ("申请领取施工许可证时一并提供", "by", RIGHT),
    ],
)
def test_a_deadline_is_of_the_kind_that_it_says(judge, text, kind, mark):
    text = edit(MATTER, "deadlines: null\n", deadline(text, kind, marks=(mark, "")))
    assert judge(text) == marked(text)


@pytest.mark.parametrize(
    ("text", "who", "mark"),
    [
        ("刻章后1日内，由公章刻制经营者报公安机关备案", "applicant", " # !deadline-who"),
        ("刻章后1日内，由公章刻制经营者报公安机关备案", "公章刻制经营者", ""),
        ("自由贸易区设立后1日内", "applicant", ""),
    ],
)
def test_what_others_do_is_not_the_applicants(judge, text, who, mark):
    text = edit(MATTER, "deadlines: null\n", deadline(text, "within", who, marks=("", mark)))
    assert judge(text) == marked(text)


@pytest.mark.parametrize(
    ("name", "place", "when", "moved"),
    [
        ("许可变更", "地址", "", True),
        ("许可变更", "搬到新的经营场所", "", True),
        ("许可变更", "地址", "    when: what=owner | what=name\n", False),
        ("许可变更", "法定代表人", "", False),
        ("许可核发", "地址", "", False),
    ],
)
def test_who_moves_has_a_deadline_of_his_own(judge, name, place, when, moved):
    text = edit(asked(MATTER, place=place), "name: 施工许可\n", f"name: {name}\n")
    told = deadline("30日内", "within", when=when)
    text = edit(
        text,
        "deadlines: null\n",
        told.replace("  - kind: within\n", "  - kind: within # !deadline-move\n") if moved else told,
    )
    assert judge(text) == marked(text)


def test_one_expiry_is_counted_by(judge):
    expiry = "    expiry:{mark} {{opens: null, closes: {{value: 30, unit: days}}}}\n"
    one = deadline("有效期届满前30日", "by")
    other = one.removeprefix("deadlines:\n")
    for who, mark in (("applicant", " # !expiry-several"), ("authority", " # !expiry-several")):
        told = other.replace("who: applicant", f"who: {who}")
        block = "    expiry:" + mark + "\n      opens: null\n      closes: {value: 30, unit: days}\n"
        text = edit(MATTER, "deadlines: null\n", one + expiry.format(mark="") + told + block)
        assert judge(text) == marked(text)


@pytest.mark.parametrize(
    ("question", "mark"),
    [("变更什么？", " # !situation-one"), ("备案什么？", " # !situation-one"), ("变更的是什么？", " # !situation-one"),
     ("股东是什么主体？", " # !situation-one"), ("什么时候变更？", ""), ("办理哪种？", "")],
)  # fmt: skip
def test_what_may_be_several_takes_several(judge, question, mark):
    text = asked(MATTER, choose="").replace("变更什么？", f"{question}{mark}")
    assert judge(text) == marked(text)
    several = edit(text.replace(mark, ""), f"{question}\n", f"{question}\n    choose: many\n")
    assert judge(several) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("steps:\n  - 到咨询区预审材料\n  - 取号后到窗口提交\n", "steps: # !place-step\n  - 网上填报\n"),
        ("steps:\n  - 到咨询区预审材料\n  - 取号后到窗口提交\n", "steps:\n  - 到综合窗口提交\n"),
        ("place: {kind: window}", "place: {kind: window, at: nowhere} # !place-unknown"),
        ("place: {kind: window}", "place: {kind: window, at: centre}"),
        ("place: {kind: window}", "place: null"),
    ],
)
def test_a_window_is_gone_to(judge, old, new):
    text = edit(MATTER, old, new)
    assert judge(text) == marked(text)


def test_elsewhere_there_is_nothing_of_the_centre(judge):
    text = edit(MATTER, "place: {kind: window}", "place: {kind: bank} # !place-name")
    text = edit(text, "  accepted: null\n", "  accepted: true # !place-counter\n")
    for old, mark in (
        ("counter: acceptance\n", "place-counter"),
        ("    needed: deferrable\n", "place-counter"),
        ("  - 到咨询区预审材料\n", "place-words"),
        ("  - 取号后到窗口提交\n", "place-words"),
    ):
        text = edit(text, old, old.replace("\n", f" # !{mark}\n"))
    assert judge(text) == marked(text)


def test_a_change_that_is_applied_for_afresh_has_the_limit_of_the_licence(tmp_path: Path, small) -> None:
    laws = "laws.yml"

    general = (
        "  - id: XKF\n    title: 行政许可法\n    issuer: 全国人大常委会\n    version_date: 2019-04-23\n    text_status: 现行文本\n"
        "    note: null\n    articles:\n      - {article: 第四十二条, summary: 一般期限, verified: true}\n"
    )
    y = SHARED["matters/construction/y-permit.yml"]
    own = "    basis: {law: JZF, article: 第八条}\n    evidence: law\n  promised"

    def told(name: str, basis: str) -> list[tuple[int, str]]:
        text = edit(
            edit(y, "name: 竣工备案\n", f"name: {name}\n"), own, own.replace("{law: JZF, article: 第八条}", basis)
        )
        root = tmp_path / str(len(list(tmp_path.iterdir())))
        catalog = write_tree(root, {laws: SHARED[laws] + general, "matters/construction/y-permit.yml": text})
        loaded = load(catalog)
        assert loaded.catalogue is not None, loaded.problems
        return found(check_unlike(loaded.catalogue.matters.values(), lines_from(catalog)))

    fallback = "{law: XKF, article: 第四十二条}"
    assert [code for _, code in told("许可变更（重新申领）", fallback)] == ["limit-unlike"]
    assert told("许可变更（重新申领）", "{law: JZF, article: 第八条}") == []
    # Not applied for afresh: no law has to say another limit.
    assert told("许可延期", fallback) == []
