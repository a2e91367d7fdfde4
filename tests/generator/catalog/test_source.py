"""YAML as text: what is read, what is refused, and on which line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.catalog.nodes import Node
from generator.catalog.source import parse, read
from tests.generator.catalog.snippets import found, marked


def plain(node: Node | None) -> object:
    """The tree without lines."""
    value = None if node is None else node.value
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a: 13:30", {"a": "13:30"}),
        ("a: 0431", {"a": "0431"}),
        ("a: off", {"a": "off"}),
        ("a: 2026-01-01", {"a": "2026-01-01"}),
        ("a: null\nb: ~\nc:\nd: ''\n", {"a": None, "b": None, "c": None, "d": ""}),
        ("a: 'null'\nb: \"~\"\n", {"a": "null", "b": "~"}),
        ("a: [甲, 乙]\nb: {c: 1}\n", {"a": ["甲", "乙"], "b": {"c": "1"}}),
        ("a: |\n  甲\n  乙\nb: 1\n", {"a": "甲\n乙\n", "b": "1"}),
        ("# 说明\n---\na: 1 # 注\n", {"a": "1"}),
        ("a: 1\r\nb: 2\r\n", {"a": "1", "b": "2"}),
        ("null: 1", {"null": "1"}),
    ],
)
def test_reads_text(text, tree):
    node, problems = parse(text, "f.yml")
    assert problems == []
    assert plain(node) == tree


def test_lines_are_those_of_the_keys():
    node, _ = parse("# 注\na: 1\nb:\n  - x\n  - c: |\n      长\n      文\n    d: 2\n", "f.yml")
    b = node.value["b"]
    assert (node.value["a"].line, b.line) == (2, 3)
    assert [item.line for item in b.value] == [4, 5]
    assert b.value[1].value["d"].line == 8


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\na: 2 # !yaml-duplicate-key",
        "a: 1\nb: {c: 1, c: 2} # !yaml-duplicate-key",
        "a: 1\na: 2 # !yaml-duplicate-key\na: 3 # !yaml-duplicate-key",
        "a: &x 1 # !yaml-anchor\nb: 2",
        "a: 1\nb: *x # !yaml-anchor",
        "a: &x [1] # !yaml-anchor\nb: *x # !yaml-anchor",
        "a: & b # !yaml-anchor",
        "a: !int 1 # !yaml-tag",
        "a: !!str 1 # !yaml-tag",
        "a: !!python/object:os.system [x] # !yaml-tag",
        "a: !h!x 1 # !yaml-tag",
        "a: 1\n--- # !yaml-documents\nb: 2",
        "a: 1\n...\nb: 2 # !yaml-documents",
        "? [a] # !yaml-key\n: 1",
        "[a]: 1 # !yaml-key",
        "a: 1\nb:2 # !yaml-colon\nc: 3",
        "a: 1\nb：2 # !yaml-colon\nc: 3",
        "a:\n  - b:1 # !yaml-colon\n    c: 2",
        "a:\n  - b ：1 # !yaml-colon\n    c: 2",
        "a:\n  b: 1\n c: 2 # !yaml-indent",
        "a:\n  - b\n - c # !yaml-indent",
        "a: 1\nb: 说：好: 吗 # !yaml-syntax",
        "a: @x # !yaml-syntax",
        "a: 1\nb: [1, 2 # !yaml-syntax\nc: 3",
        "a: 1\n只有文字 # !yaml-syntax\nb: 2",
        "a: 'x # !yaml-quote\nb: 2",
        'a: 1\nb: "说"好"的" # !yaml-quote',
        "a: 1\nb: 'it's' # !yaml-quote",
        'a: "C:\\q" # !yaml-quote',
        "<<<<<<< HEAD # !yaml-conflict\na: 1\n=======\na: 2\n>>>>>>> x\nb: 1\n<<<<<<< HEAD # !yaml-conflict\nc: 1\n"
        "=======\nc: 2\n>>>>>>> x\n",
        "a:\n  - b\n<<<<<<< HEAD # !yaml-conflict\n  - c\n=======\n  - d\n>>>>>>> x\n",
        "%FOO x # !yaml-syntax\na: 1",
        "a: x #1 # !yaml-comment\nb: [y] #2 是注\nc: 'z' # 注\nd: 'x #1'\ne: |\n  x #1",
    ],
)
def test_refuses(text):
    _, problems = parse(text, "f.yml")
    assert found(problems) == marked(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(1, "yaml-empty")]),
        ("# 只有注释\n", [(1, "yaml-empty")]),
        ("\ufeffa: 1", [(1, "yaml-encoding")]),
        ("a: 1\n\tb: 2\nc:\t3", [(2, "yaml-character"), (3, "yaml-character")]),
        ("a: 1\nb: 你\u200b好", [(2, "yaml-character")]),
        ("a: 1\nb: 你\u2028好\nc: \x00", [(2, "yaml-character"), (3, "yaml-character")]),
        ("a: \x85\nb: \ufeff", [(1, "yaml-character"), (2, "yaml-character")]),
        ("a: \ufffe", [(1, "yaml-character")]),
        ("[" * 40, [(1, "yaml-depth")]),
        ("- " * 40, [(1, "yaml-depth")]),
    ],
)
def test_refuses_files(text, expected):
    _, problems = parse(text, "f.yml")
    assert found(problems) == expected


def test_alias_bomb_is_not_expanded():
    text = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    node, problems = parse(text, "f.yml")
    assert node is None
    assert {problem.code for problem in problems} == {"yaml-anchor"}


@pytest.mark.parametrize(("data", "line"), [("你: 好".encode("gbk"), 1), (b"a: 1\nb: \xff\n", 2)])
def test_needs_utf8(data, line):
    text, problems = read(data, "f.yml")
    assert text is None
    assert found(problems) == [(line, "yaml-encoding")]


def test_full_width_colon_hint_writes_the_key():
    _, (problem,) = parse("id: x\nname：施工许可\ngroup: 施工\n", "f.yml")
    assert str(problem) == ("f.yml:2: [yaml-colon] “name” 后面用了全角冒号“：” — 改为半角冒号加空格：`name: …`")


YAMLISH = st.text(st.sampled_from("ab:- \n'\"[]{}#&*!|>%@`,?~：\t\\"), max_size=60)


@given(st.one_of(st.text(max_size=60), YAMLISH))
def test_never_raises(text):
    node, problems = parse(text, "f.yml")
    assert node is not None or problems
    assert all(1 <= problem.line <= text.count("\n") + text.count("\r") + 1 for problem in problems)


@pytest.mark.parametrize("length", [65, 300, 1023, 1024, 1025, 1100, 5000])
@pytest.mark.parametrize("written", ["{key}: x", "{key}:", '"{key}": x', "b: {{{key}: x}}", "{key}: [x]", "- {key}: x"])
def test_a_key_of_any_length_is_refused_where_it_stands(length, written):
    before = "" if written.startswith("-") else "a: 1\n"
    _, problems = parse(f"{before}{written.format(key='k' * length)}\n", "f.yml")
    assert found(problems) == [(1 + bool(before), "yaml-key")]
