"""Nodes into records: every fault of a file, each on its line."""

from __future__ import annotations

from datetime import date, time
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.catalog.decode import decode, reader
from generator.catalog.lines import Lines
from generator.catalog.model.centre import Centre
from generator.catalog.model.matter import Matter
from generator.catalog.model.record import Record
from generator.catalog.record import load_record
from generator.catalog.source import parse
from tests.generator.catalog.snippets import found, marked


class Child(Record, frozen=True, kw_only=True):
    id: str
    kind: Literal["left", "right"] = "left"


class Sample(Record, frozen=True, kw_only=True):
    name: str
    note: str | None
    count: int = 0
    open: bool = False
    on: date | None = None
    at: time | None = None
    child: Child | None = None
    children: tuple[Child, ...] = ()
    words: tuple[str, ...] = ()


def sample(text: str) -> tuple[Sample | None, list[tuple[int, str]]]:
    record, _, problems = load_record("name: 甲\nnote: null\n" + text, "f.yml", Sample)
    return record, found(problems)


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("count: 12", "count", 12),
        ("count: 0", "count", 0),
        ("open: true", "open", True),
        ("open: false", "open", False),
        ("on: 2026-02-28", "on", date(2026, 2, 28)),
        ("at: 08:05", "at", time(8, 5)),
        ("at: '13:30'", "at", time(13, 30)),
        ("at: null", "at", None),
        ("child: {id: a, kind: right}", "child", Child(id="a", kind="right")),
        ("children: [{id: a}]", "children", (Child(id="a"),)),
        ("words: [yes, 0431, '~']", "words", ("yes", "0431", "~")),
        ("words:\n  - |\n    甲\n    乙\n", "words", ("甲\n乙",)),
    ],
)
def test_values(text, field, value):
    record, problems = sample(text)
    assert problems == []
    assert getattr(record, field) == value


@pytest.mark.parametrize(
    "text",
    [
        "nmae: 乙 # !key-unknown",
        "child: {kind: left} # !key-missing",
        "children:\n  - id: a\n  - kind: left # !key-missing",
        "child: # !type-mapping\n  - id",
        "child: 文字 # !type-mapping",
        "child: id：a # !yaml-colon",
        "child: # !yaml-colon\n  id:a",
        "child:\n  id：: a # !yaml-colon",
        "children: # !type-list",
        "children: a # !type-list",
        "children: # !type-list\n  id: a",
        "words: [[a], b] # !type-text",
        "words: ['', ~] # !value-missing # !value-missing",
        "child:\n  id: # !value-missing",
        "children: [~] # !value-missing",
        "on: None # !value-missing",
        "child:\n  id: a\n  kind: up # !value-choice",
        "child:\n  id: a\n  kind: null # !value-missing",
        "open: yes # !value-bool",
        "open: 是 # !value-bool",
        "open: null # !value-missing",
        "count: 1.5 # !value-int",
        "count: -1 # !value-int",
        "count: 007 # !value-int",
        "count: １２ # !value-int",
        "count: 12天 # !value-int",
        "on: 2026-02-29 # !value-date",
        "on: 2026-2-8 # !value-date",
        "on: 2026/02/08 # !value-date",
        "on: 2026年2月8日 # !value-date",
        "on: ２０２６-02-08 # !value-date",
        "on: 明天 # !value-date",
        "at: 9:5 # !value-time",
        "at: 24:30 # !value-time",
        "at: 08：30 # !value-time",
        "at: ０8:30 # !value-time",
        "at: 08:30:00 # !value-time",
        "at: 8点30分 # !value-time",
        "at: [1] # !type-text",
        "count: x # !value-int\nopen: x # !value-bool\nat: x # !value-time",
    ],
)
def test_faults(text):
    record, problems = sample(text)
    assert record is None
    assert problems == marked("\n\n" + text)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("at: 9:5", "改为 09:05"),
        ("at: ９：３０", "改为 09:30"),
        ("at: 08:30:00", "改为 08:30"),
        ("on: 2026年2月8日", "改为 2026-02-08"),
        ("on: 2026/2/8", "改为 2026-02-08"),
        ("count: ００２０", "改为 20"),
        ("at: 9点", "改为 09:00"),
        ("at: 0830", "改为 08:30"),
        ("at: 8点半", "改为 08:30"),
        ("at: 上午8:30", "改为 08:30"),
        ("at: 下午1:30", "改为 13:30"),
        ("at: 24:00", "写成 时:分（24 小时制），例如 08:30"),
        ("on: 20260208", "改为 2026-02-08"),
        ("on: 2026/13/1", "核对月份和日子"),
        ("on: 2026-02-08 10:00", "改为 2026-02-08"),
        ("count: 二十", "改为 20"),
        ("count: 二十个工作日", "只写数字：20"),
        ("count: 两次", "只写数字：2"),
        ("count: 二〇", "写不带单位的半角整数，例如 20"),
        ("count: 九九", "写不带单位的半角整数，例如 20"),
        ("count: 1,000", "改为 1000"),
        ("count: 免费", "没有写 0；不知道的，能写 null 的地方写 null"),
        ("open: ture", "改为 true"),
        ("child: {id: a, kind: Left}", "改为 left"),
        ("open: 是", "改为 true"),
        ("open: No", "改为 false"),
        ("nmae: 乙", "是不是“name”？"),
        ("coutn: 1", "是不是“count”？"),
        ("child: {id: a, kind: up}", "可用的有：left、right"),
        ("words: null", "没有内容请写 []"),
        ("on: N/A", "未知请写 null"),
    ],
)
def test_hints(text, hint):
    _, _, problems = load_record("name: 甲\nnote: null\n" + text, "f.yml", Sample)
    assert [problem.hint for problem in problems] == [hint]


@pytest.mark.parametrize(
    ("text", "line", "sentence", "hint"),
    [
        ("name: 甲\nnoet: null\n", 2, "没有“noet”这一项", "是不是“note”？"),
        ("name: 甲\nNOTE: null\n", 2, "没有“NOTE”这一项", "是不是“note”？"),
        ("name: 甲\n'note：': null\n", 2, "“note” 后面用了全角冒号“：”", "改为半角冒号加空格：`note: …`"),
        (
            "name: 甲\nchild:\n  id: a\n  note: null\n",
            4,
            "“note”写进了上面那一项里面",
            "减少缩进，和最外层的键左边对齐",
        ),
        (
            "name: 甲\nnote: null\nchild: {kind: left}\nid: a\n",
            4,
            "“id”应当写在“child”里面",
            "多缩进两格，写在“child”下面",
        ),
        (
            "name: |\n  甲\n  note: null\n",
            1,
            "缺少“note”",
            "“note:”成了“name”的文字：减少它的缩进，和“name”左边对齐",
        ),
    ],
)
def test_a_key_that_slipped_is_told_once(text, line, sentence, hint):
    """That it is missing where it belongs is but a consequence."""
    _, _, problems = load_record(text, "f.yml", Sample)
    assert [(p.line, p.sentence, p.hint) for p in problems] == [(line, sentence, hint)]


def test_keys_below_an_empty_record_slipped_to_the_left():
    class Holder(Record, frozen=True, kw_only=True):
        child: Child

    _, _, problems = load_record("child:\nid: a\nkind: left\n", "f.yml", Holder)
    assert [(p.line, p.sentence) for p in problems] == [
        (2, "“id”应当写在“child”里面"),
        (3, "“kind”应当写在“child”里面"),
    ]


def test_missing_says_how_to_write_the_unknown():
    _, _, problems = load_record("count: 1", "f.yml", Sample)
    assert [(p.line, p.sentence, p.hint) for p in problems] == [
        (1, "缺少“name”", "补上 `name: …`"),
        (1, "缺少“note”", "补上；没有来源说明就写 `note: null`"),
    ]


def test_a_file_that_is_no_mapping():
    for text in ("- a\n", "文字\n", "null\n"):
        record, _, problems = load_record(text, "f.yml", Sample)
        assert record is None
        assert len(problems) == 1


def test_duplicate_keys_and_faults_come_together():
    text = "name: 甲\nname: 乙\nnote: null\ncount: x\n"
    record, _, problems = load_record(text, "f.yml", Sample)
    assert record is None
    assert found(problems) == [(2, "yaml-duplicate-key"), (4, "value-int")]


def test_bytes_that_are_no_text():
    record, lines, problems = load_record(b"\xff", "f.yml", Sample)
    assert record is None
    assert found(problems) == [(1, "yaml-encoding")]
    assert lines(("name",)) == 1


def test_a_type_that_yaml_cannot_give_is_a_fault_of_the_model():
    with pytest.raises(TypeError, match="bytes"):
        reader(bytes)


def test_lines_find_the_nearest_thing_written():
    text = "name: 甲\nchildren:\n  - id: a\n  - id: b\n    kind: left\n"
    root, _ = parse(text, "f.yml")
    lines = Lines("f.yml", root)
    assert lines() == 1
    assert lines(("children",)) == 2
    assert lines(("children", 1, "kind")) == 5
    assert lines(("children", 0, "kind")) == 3
    assert lines(("children", 7)) == 2
    assert lines(("note", "deep")) == 1


def test_lines_of_a_cached_record_read_the_file_only_when_asked():
    reads = []

    def text() -> str:
        reads.append(1)
        return "name: 甲\ncount: 1\n"

    lines = Lines("f.yml", text)
    assert reads == []
    assert lines.problem(("count",), "c", "句", "示").line == 2
    assert lines(("name",)) == 1
    assert reads == [1]


VALUES = st.sampled_from(
    ["", "null", "是", "[]", "{}", "[a, {b: c}]", "9:5", "'x", "2026-13-01", "１", "true", "-", "a: b"]
)
KEYS = st.sampled_from(["name", "id", "materials", "  - name", "  when", "time_limit", "hours", "a"])


@given(st.lists(st.tuples(KEYS, VALUES), max_size=12), st.text(max_size=30))
def test_never_raises(pairs, tail):
    text = "".join(f"{key}: {value}\n" for key, value in pairs) + tail
    for type_ in (Matter, Centre):
        record, lines, problems = load_record(text, "f.yml", type_)
        assert record is None and problems
        assert lines(("materials", 0, "name")) >= 1


def test_decode_keeps_tuples_immutable():
    root, _ = parse("name: 甲\nnote: null\nwords: [a]\n", "f.yml")
    record, _ = decode(root, Sample, "f.yml")
    with pytest.raises(AttributeError):
        record.name = "乙"
    assert record.words == ("a",)
