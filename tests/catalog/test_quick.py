"""The shortcut reads exactly what the full reader reads, or gives up."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.catalog.paths import FOLDER
from generator.catalog.quick import read_quickly
from generator.catalog.source import parse, parse_fully
from tests.catalog.snippets import MATTER, ROOT, SHARED

VALUES = [
    *["", "甲", "甲 乙", "null", "~", "13:30", "a:b", "a: b", "a:", "a #b", "a#b", "# c", "-", "- a", "-a", "--- a"],
    *[
        "[]",
        "[甲, 乙]",
        "[甲,乙]",
        "[甲]",
        "[甲,]",
        "[[甲]]",
        "[a: b]",
        "[甲 乙, ~]",
        "[",
        "]",
        "[,]",
        "[甲] x",
        "[甲 # ]",
    ],
    *[
        "{a: 甲}",
        "{a: 甲, b: null}",
        "{a: 甲, a: 乙}",
        "{a}",
        "{a:甲}",
        "{a: }",
        "{}",
        "{a: b: c}",
        "{a: 甲} x",
        "{a: -}",
    ],
    *["'甲'", '"甲"', "''", '"~"', "'it''s'", '"a\\n"', "'a", "'a' b", "'a'b'", '"说"好"', "' a '", "'a: b # c'"],
    *["|", ">-", "&a", "*a", "!a", "@a", "%a", "`a`", "?a", "? a", ":a", ": a", ",a", "a ", " a", "\u3000a\u3000"],
    *["...", "---", "<<", "=", "a\u00a0", "“甲”：乙", "a,b", "a]", "a}", "0431", "yes", "🏛", "a\\b"],
]
KEYS = ["a", "b", "c", "_d1", "甲", "a b", "'a'", "1a", "?", "<<"]
LINES = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "", "", "  ", "  ", "    ", "    ", " ", "   ", "      "]),
    st.sampled_from(["", "", "", "- ", "- ", "-   ", "-", "- - "]),
    st.sampled_from(
        ["", *(f"{key}: " for key in KEYS), "a: ", "b: ", "c: ", "a:", "b:", "c:", "a:  ", "a :", "a：", "# "]
    ),
    st.sampled_from(["", "", "", "甲", "甲", *VALUES]),
)
TEXTS = st.builds("\n".join, st.lists(LINES, max_size=8))


@st.composite
def written(draw: st.DrawFn, column: int = 0, depth: int = 0) -> str:
    """A mapping in block style as people write it, with an odd value now and then."""
    pad, text = " " * column, ""
    for key in draw(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=4, unique=True)):
        step = draw(st.sampled_from([2, 2, 2, 1, 4]))
        kind = draw(st.sampled_from(["value", "value", "map", "list", "maps", "none"])) if depth < 3 else "value"
        text += draw(st.sampled_from(["", "", "", "", "\n", "# 注\n", f"{pad}  # 注: x\n"]))
        if kind == "value":
            text += f"{pad}{key}: {draw(ODD)}\n"
            continue
        text += f"{pad}{key}:{draw(st.sampled_from(['', '', '', ' ', '  # 注']))}\n"
        at = column + draw(st.sampled_from([0, step]))
        if kind == "map":
            text += draw(written(column + step, depth + 1))
        elif kind == "list":
            text += "".join(f"{' ' * at}- {draw(ODD)}\n" for _ in range(draw(st.integers(1, 3))))
        elif kind == "maps":
            gap = draw(st.sampled_from([1, 1, 1, 3]))
            for _ in range(draw(st.integers(1, 3))):
                item = draw(written(at + 1 + gap, depth + 1))
                first = item.lstrip(" \n") if not item.lstrip().startswith("#") else item
                text += f"{' ' * at}-{' ' * gap}{first}"
    return text


ODD = st.one_of(st.sampled_from(["甲", "1", "a b", "[]", "[甲, 乙]", "{a: 甲}", "'甲'"]), st.sampled_from(VALUES))


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A sound file with something put in, left out, or moved."""
    text = draw(st.sampled_from([MATTER, *SHARED.values()]))
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from([0, 0, 1, 2, 3, 10, 40])))
        put = draw(st.sampled_from(["", " ", "  ", "\n", "\n  ", "- ", ": ", ":", "：", "'", '"', "#", " #", *VALUES]))
        text = text[:start] + put + text[end:]
    return text


def agree(text: str) -> None:
    root = read_quickly(text)
    if root is not None:
        full, problems = parse_fully(text, "f.yml")
        assert problems == []
        assert root == full


@settings(max_examples=400)
@given(TEXTS)
@example("a:\n- 甲\n- 乙\nb: 1")
@example("a:\n  - b:\n    - 甲\n    c: 1\n  - b: 2\nd:")
@example("a:\n    b: 1\n    c:\nd: 1")
@example("- a: 1")
@example("a: 1\n  b: 2")
@example("a: 甲\n  乙\nb: 2")
@example("a:\n  甲")
@example("  a: 1\n  b: 2")
@example("a:\n- b: 1\n  c: 2\n -  d: 1")
@example("a:\n-   b: 1\n    c: 2\n- d: 1")
@example("a: 1\n\n# 注\n  # 注\nb: 2\n")
def test_random_text(text):
    agree(text)


@settings(max_examples=300)
@given(written())
def test_files_as_people_write_them(text):
    agree(text)


@settings(max_examples=200)
@given(damaged())
def test_damaged_files(text):
    agree(text)


@given(st.text(max_size=40))
def test_any_text(text):
    root, problems = parse(text, "f.yml")
    assert (root is None) <= bool(problems)


def test_depth_is_left_to_the_full_reader():
    text = "".join("  " * depth + "a:\n" for depth in range(60))
    assert read_quickly(text) is None
    _, problems = parse(text, "f.yml")
    assert [problem.code for problem in problems] == ["yaml-depth"]


@pytest.mark.parametrize(
    "text", ["", "# 注\n", "甲", "a: \ufffe", "a: \ud800", "a: 1\r\nb: 2", "a: 1 # 注", "a: |\n  甲"]
)
def test_gives_up(text):
    assert read_quickly(text) is None


def test_the_catalogue_is_in_the_plain_style():
    """Nothing wrong with other styles, but they are slower: 1 ms a file."""
    files = sorted((ROOT / FOLDER).rglob("*.yml"))
    plain = sum(read_quickly(file.read_text(encoding="utf-8")) is not None for file in files)
    assert plain > 0.9 * len(files)
    for file in files[:: len(files) // 10]:
        agree(file.read_text(encoding="utf-8"))
