"""One value set, one key or item added: every other byte stays as it was."""

import pytest

from generator.confirm.edit import CannotEdit, append, put

TEXT = """\
# 开头的注释
id: x   # 编号
visits: null  # 要跑几次
codes: {national: null, local: null}
empty:
online:
  value: unknown
  # 中间的注释
  basis: null

materials:
  - name: 甲
    copies: null
    note: |
      两行
      的话

  - {name: 乙, copies: 2}
flow: [一, 二]
block:
  - 一
  - 二   # 最后一个
last: 1
"""


def lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """What went and what came."""
    old, new = before.splitlines(), after.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


@pytest.mark.parametrize(
    ("way", "value", "gone", "come"),
    [
        (("visits",), "2", ["visits: null  # 要跑几次"], ["visits: 2  # 要跑几次"]),
        (("codes", "local"), "A1", ["codes: {national: null, local: null}"], ["codes: {national: null, local: A1}"]),
        (
            ("codes", "item"),
            "A1",
            ["codes: {national: null, local: null}"],
            ["codes: {national: null, local: null, item: A1}"],
        ),
        (("empty",), "文字", ["empty:"], ["empty: 文字"]),
        (("online", "value"), "yes", ["  value: unknown"], ["  value: yes"]),
        (("online", "address"), "u", [], ["  address: u"]),
        (("materials", 0, "copies"), "3", ["    copies: null"], ["    copies: 3"]),
        (("materials", 0, "exempt"), "{a: 1}", [], ["    exempt: {a: 1}"]),
        (("materials", 1, "copies"), "3", ["  - {name: 乙, copies: 2}"], ["  - {name: 乙, copies: 3}"]),
        (("flow",), "null", ["flow: [一, 二]"], ["flow: null"]),
        (("new",), "1", [], ["new: 1"]),
    ],
)
def test_put(way, value, gone, come):
    after = put(TEXT, way, value)
    assert lines(TEXT, after) == (gone, come)
    assert len(after.splitlines()) == len(TEXT.splitlines()) + len(come) - len(gone)


@pytest.mark.parametrize(
    ("way", "gone", "come"),
    [
        (("flow",), ["flow: [一, 二]"], ["flow: [一, 二, 三]"]),
        (("block",), [], ["  - 三"]),
        (("answers",), [], ["answers:", "  - 三"]),
        (("empty",), ["empty:"], ["empty: [三]"]),
        (("materials", 0, "answers"), [], ["    answers:", "      - 三"]),
        (
            ("codes", "answers"),
            ["codes: {national: null, local: null}"],
            ["codes: {national: null, local: null, answers: [三]}"],
        ),
    ],
)
def test_append(way, gone, come):
    assert lines(TEXT, append(TEXT, way, "三")) == (gone, come)


def test_what_is_added_stands_where_its_record_ends():
    after = put(TEXT, ("online", "address"), "u")
    assert "  basis: null\n  address: u\n\nmaterials:" in after
    after = append(TEXT, ("materials", 0, "answers"), "三")
    assert "      的话\n\n    answers:\n      - 三\n  - {name: 乙" in after


def test_ends_of_lines_of_other_systems_stay():
    text = TEXT.replace("\n", "\r\n")
    after = append(put(text, ("visits",), "2"), ("answers",), "三")
    assert after.count("\n") == after.count("\r\n") == text.count("\n") + 2


def test_a_file_without_a_last_line_end():
    assert append("a: 1", ("answers",), "三") == "a: 1\nanswers:\n  - 三\n"


@pytest.mark.parametrize("way", [("online",), ("nothing", "a"), ("materials", 7, "copies"), ("last", "a")])
def test_what_cannot_be_set_is_refused(way):
    with pytest.raises(CannotEdit, match=r"[\u4e00-\u9fff]"):
        put(TEXT, way, "1")
