"""docs/checks.md: a heading for every code, and examples that do what the page says."""

from __future__ import annotations

import re

import pytest

from generator.catalog.checks.codes import CODES
from generator.published.codes import CODES as PUBLISHED_CODES
from tests.generator.catalog.checks_page import PAGE, Example, corrected, examples, said

EXAMPLES = examples(PAGE.read_text(encoding="utf-8"))


def test_every_code_has_its_heading_and_no_other_has_one():
    assert sorted(example.code for example in EXAMPLES) == sorted({**CODES, **PUBLISHED_CODES})


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.code)
def test_an_example(example: Example, tmp_path):
    """It raises its own code only, in the words and at the lines that the page shows, and
    once mended nothing."""
    assert re.search("[\u4e00-\u9fff]", example.meaning)
    assert example.wrong
    assert example.right
    now = said(example.wrong, tmp_path / "wrong", example.code)
    assert now == example.said
    assert set(re.findall(r": \[([a-z-]+)\] ", now)) == {example.code}
    assert said(corrected(example), tmp_path / "right", example.code) == ""


def test_a_wrong_example_is_noticed(tmp_path):
    page = "### word-empty\n\n空。\n\n```yaml\n# 错：words.yml\nwords: []\n```\n\n```text\n没有\n```\n"
    (example,) = examples(page)
    assert (example.code, example.said, example.right) == ("word-empty", "没有", [])
    assert said(example.wrong, tmp_path) == ""
