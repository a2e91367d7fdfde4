"""What a matter may promise: what a commitment or a case says of it."""

from __future__ import annotations

import pytest

from generator.catalog.load import load
from tests.generator.catalog.snippets import MATTER, SHARED, edit, found, marked, write_tree

CENTRE = SHARED["centre.yml"]
UNPROVEN = {"cases.yml": "cases: []\n"}


def problems(tmp_path, changes):
    return load(write_tree(tmp_path, changes)).problems


@pytest.mark.parametrize(
    ("noon", "case"),
    [
        ("  accepted: true # !noon-unproven\n  completed: null\n  source: news-2018\n", None),
        ("  accepted: true # !noon-unproven\n  completed: true # !noon-unproven\n  source: news-2018\n", None),
        ("  accepted: false\n  completed: null\n  source: news-2018\n", None),
        ("  accepted: true\n  completed: null\n  source: news-2018\n", "null"),
        ("  accepted: true\n  completed: true # !noon-unproven\n  source: news-2018\n", "null"),
        ("  accepted: true\n  completed: true\n  source: news-2018\n", "true"),
        # A commitment that names the section says it of its matters.
        ("  accepted: true\n  completed: true\n  source: home-visit\n", None),
        ("  accepted: true # !noon-unproven\n  completed: null\n  source: same-day\n", None),
    ],
)
def test_noon_needs_a_case_or_a_commitment_that_names_the_matter(tmp_path, noon, case):
    text = edit(MATTER, "  accepted: null\n  completed: null\n  source: news-2018\n", noon)
    cases = "cases: []\n" if case is None else edit(SHARED["cases.yml"], "completed: true", f"completed: {case}")
    wrong = problems(tmp_path, {"matters/construction/x-permit.yml": text, "cases.yml": cases})
    assert found(wrong) == marked(text)


@pytest.mark.parametrize("covers", ["construction", "施工", "x-permit", "nobody # !covers-unknown"])
def test_a_commitment_covers_sections_groups_and_matters(tmp_path, covers):
    text = edit(CENTRE, "    covers: [construction]\n", f"    covers:\n      - {covers}\n")
    assert found(problems(tmp_path, {"centre.yml": text})) == marked(text)
