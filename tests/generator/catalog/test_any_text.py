"""Whatever stands in a file, the loader gives a record or says what is wrong, and where."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.catalog.model.centre import Centre
from generator.catalog.model.lists import Words
from generator.catalog.model.matter import Matter
from generator.catalog.record import load_record
from generator.catalog.source import parse
from tests.generator.catalog.snippets import MATTER, SHARED

ODD = [
    *[
        "",
        "甲",
        "null",
        "~",
        "13:30",
        "a: b",
        "a:",
        "a #b",
        "# c",
        "-",
        "- a",
        "--- a",
        "[]",
        "[甲, 乙]",
        "[[甲]]",
        "[",
        "]",
    ],
    *[
        "{a: 甲}",
        "{a: 甲, a: 乙}",
        "{",
        "}",
        "'",
        '"',
        '"\\q"',
        '"\\uD800"',
        "&a",
        "*a",
        "!x",
        "|",
        ">",
        "%",
        "@",
        "`",
        "?",
    ],
    *["\r", "\r\n", "\t", "\u3000", "\u202e", "\ufeff", "\x00", "\x85", "\u2028", "<<<<<<< HEAD\n", "k" * 1100 + ": 1"],
]


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A sound file with something put in, left out, or moved."""
    text = draw(st.sampled_from([MATTER, *SHARED.values()]))
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from([0, 0, 1, 2, 3, 10, 40])))
        put = draw(st.sampled_from([" ", "  ", "\n", "\n  ", "- ", ": ", ":", "：", " #", *ODD]))
        text = text[:start] + put + text[end:]
    return text


@st.composite
def written(draw: st.DrawFn, column: int = 0, depth: int = 0) -> str:
    """A mapping in block style as people write it, with an odd value now and then."""
    pad, text = " " * column, ""
    for key in draw(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=4)):
        text += f"{pad}{key}: {draw(st.sampled_from(ODD))}\n"
        if depth < 3 and draw(st.booleans()):
            text += draw(written(column + draw(st.sampled_from([0, 1, 2, 2])), depth + 1))
    return text


@pytest.mark.parametrize("type_", [Matter, Centre, Words])
@settings(max_examples=150)
@given(text=st.one_of(st.text(max_size=60), written(), damaged(), st.binary(max_size=40)))
@example(text="a: \ud800")
@example(text="k" * 1100 + ": 1")
def test_a_record_or_what_is_wrong(type_, text: str | bytes) -> None:
    record, lines, problems = load_record(text, "f.yml", type_)
    assert (record is None) == bool(problems)
    count = text.count(b"\n") if isinstance(text, bytes) else text.count("\n") + text.count("\r")
    assert all(1 <= problem.line <= count + 2 for problem in problems)
    assert lines(("name",)) >= 1


@settings(max_examples=100)
@given(damaged())
def test_what_is_read_twice_is_the_same(text: str) -> None:
    assert parse(text, "f.yml") == parse(text, "f.yml")


def test_too_deep() -> None:
    _, problems = parse("".join("  " * depth + "a:\n" for depth in range(60)), "f.yml")
    assert [problem.code for problem in problems] == ["yaml-depth"]
