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
        # A question with several answers: each of them holds.
        ("a=1", {"a": ["1", "3"]}, True),
        ("a=2", {"a": ["1", "3"]}, False),
        ("a=1 & a=3", {"a": ["1", "3"]}, True),
        ("a=1 & b=2", {"a": ["1", "3"]}, None),
        # An id is no part of another.
        ("a=1", {"a": "12"}, False),
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


SETS = st.lists(st.sampled_from("123"), min_size=1, unique=True)


@given(WHENS, st.fixed_dictionaries(dict.fromkeys("abc", SETS)))
def test_an_expression_that_an_answer_meets_is_met_by_more_answers(when, answers):
    """What is needed for one change is needed when another is made at once: papers are the union."""
    parsed = tuple(tuple(group) for group in when)
    one = {name: chosen[:1] for name, chosen in answers.items()}
    assert holds(parsed, answers) or not holds(parsed, one)


@given(WHENS, st.dictionaries(st.sampled_from("abc"), SETS), st.sampled_from("abc"))
def test_a_decision_stands_whatever_is_answered_next(when, answers, name):
    parsed = tuple(tuple(group) for group in when)
    before = holds(parsed, answers)
    if before is not None and name not in answers:
        assert all(holds(parsed, {**answers, name: value}) is before for value in "123")
