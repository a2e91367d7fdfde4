"""The questions of a matter, and what the papers say about the answers."""

import re

import pytest

from tests.generator.render.test_matter import PAPER, QUESTIONS, UNKNOWN, render


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("premises=rent", "当「场所是？」选「租用」时"),
        ("premises=rent | premises=own", "当「场所是？」选「租用」或「自有」时"),
        ("premises=rent & agent=other", "当「场所是？」选「租用」，并且「谁来办？」选「代办」时"),
        ("premises=rent | agent=other", "当「场所是？」选「租用」，或者「谁来办？」选「代办」时"),
        (
            "premises=own & agent=other | premises=rent",
            "当「场所是？」选「自有」，并且「谁来办？」选「代办」；或者「场所是？」选「租用」时",
        ),
        (
            "agent=other & premises=own | agent=other & premises=rent",
            "当「谁来办？」选「代办」，并且「场所是？」选「自有」或「租用」时",
        ),
        (
            "premises=own | premises=rent | agent=other & premises=own",
            "当「场所是？」选「自有」或「租用」；或者「谁来办？」选「代办」，并且「场所是？」选「自有」时",
        ),
    ],
)
def test_a_condition_is_told_in_words(when, words):
    page = render(UNKNOWN | {"materials": [PAPER | {"when": when}]})
    assert f"<em>{words}</em>" in page.content


def test_what_decides_the_most_papers_is_asked_first_and_who_goes_last():
    kind = {"id": "kind", "question": "办哪种？", "options": [{"id": "new", "label": "新办"}]}
    whens = ["agent=other"] * 3 + ["premises=rent & kind=new", "kind=new | premises=own & kind=new"]
    papers = [PAPER | {"name": f"{n}", "when": when} for n, when in enumerate(whens)]
    asked = [*QUESTIONS, {**kind, "id": "idle"}, kind]
    page = render(UNKNOWN | {"situations": asked, "materials": [*papers, PAPER | {"when": "kind=new"}]})
    assert re.findall(r'data-situation="(\w+)"', page.content) == ["kind", "premises", "idle", "agent"]


def test_a_paper_without_condition_tells_none():
    assert "<em>" not in render(UNKNOWN | {"materials": [PAPER]}).content
