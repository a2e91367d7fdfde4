"""Expressions over situations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.catalog.when import ALWAYS, WhenError, holds, parse, terms


@pytest.mark.parametrize(
    ("text", "answers", "expected"),
    [
        (None, {}, True),
        ("a=1", {"a": "1"}, True),
        ("a=1", {"a": "2"}, False),
        ("a=1", {}, None),
        ("a=1 & b=2", {"a": "1", "b": "2"}, True),
        ("a=1 & b=2", {"a": "1"}, None),
        ("a=1 & b=2", {"b": "3"}, False),
        ("a=1 | b=2", {"b": "2"}, True),
        ("a=1 | b=2", {"a": "2"}, None),
        ("a=1 | b=2", {"a": "2", "b": "1"}, False),
        # & binds tighter: a=1 alone is enough.
        ("a=1 | b=2 & c=3", {"a": "1", "b": "x", "c": "x"}, True),
        ("b=2 & c=3 | a=1", {"a": "x", "b": "2", "c": "x"}, False),
        ("a=1 | a=2", {"a": "2"}, True),
    ],
)
def test_holds(text, answers, expected):
    assert holds(parse(text), answers) is expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "a",
        "a=",
        "=1",
        "a==1",
        "a = 1",
        "a=1&b=2",
        "a=1 && b=2",
        "a=1 & ",
        "a=1 | | b=2",
        "a=1 或 b=2",
        "a=1\n",
    ],
)
def test_refuses(text):
    with pytest.raises(WhenError):
        parse(text)


def test_the_error_names_the_part():
    with pytest.raises(WhenError) as error:
        parse("a=1 & b")
    assert error.value.part == "b"


def test_terms_in_order():
    assert list(terms(parse("a=1 & b=2 | c=3"))) == [("a", "1"), ("b", "2"), ("c", "3")]
    assert list(terms(ALWAYS)) == []


TERMS = st.tuples(st.sampled_from("abc"), st.sampled_from("123"))
WHENS = st.lists(st.lists(TERMS, min_size=1, max_size=3), min_size=1, max_size=3)


@given(WHENS, st.fixed_dictionaries({name: st.sampled_from("123") for name in "abc"}))
def test_full_answers_decide_as_python_does(when, answers):
    text = " | ".join(" & ".join(f"{name}={value}" for name, value in group) for group in when)
    expected = any(all(answers[name] == value for name, value in group) for group in when)
    assert holds(parse(text), answers) is expected


@given(WHENS, st.dictionaries(st.sampled_from("abc"), st.sampled_from("123")), st.sampled_from("abc"))
def test_a_decision_stands_whatever_is_answered_next(when, answers, name):
    parsed = tuple(tuple(group) for group in when)
    before = holds(parsed, answers)
    if before is not None and name not in answers:
        assert all(holds(parsed, {**answers, name: value}) is before for value in "123")
