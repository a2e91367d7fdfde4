"""What makes one centre differ from another: its look, its links, what it does without."""

from __future__ import annotations

import re

import pytest

from generator.catalog.checks.look import contrast
from generator.catalog.load import load
from tests.generator.catalog.snippets import MATTER, SHARED, edit, found, marked, write_tree

CENTRE = SHARED["centre.yml"]
NO_NOON = re.sub(r"noon_service:\n(?:  .*\n)+", "noon_service: null\n", CENTRE)
SHUT = re.sub(r"open_noon: \d", "open_noon: 0", NO_NOON)
NOON_FREE = {
    "centre.yml": SHUT,
    "cases.yml": "cases: []\n",
    "matters/construction/x-permit.yml": MATTER,
    "matters/construction/y-permit.yml": edit(
        SHARED["matters/construction/y-permit.yml"], "  accepted: null\n", "  accepted: false\n"
    ),
}


def problems(tmp_path, changes):
    return load(write_tree(tmp_path, changes)).problems


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("calendar_id: small-guide", "calendar_id: 小指南 # !calendar-id-form"),
        ("calendar_id: small-guide", "calendar_id: a@b # !calendar-id-form"),
        ("light: '#14477f'", "light: '#14477F' # !colour-form\n  "),
        ("light: '#14477f'", "light: '#777777' # !colour-contrast\n  "),
        ("dark: '#9cc2f2'", "dark: '#14477f' # !colour-contrast\n  "),
    ],
)
def test_look(tmp_path, old, new):
    block = edit(
        CENTRE, "colours: {light: '#14477f', dark: '#9cc2f2'}", "colours:\n  light: '#14477f'\n  dark: '#9cc2f2'"
    )
    key = old.partition(":")[0]
    text = edit(block, re.search(rf"^ *{key}: .*$", block, re.M)[0].strip(), new.rstrip())
    assert found(problems(tmp_path, {"centre.yml": text})) == marked(text)


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == 21
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_a_centre_without_noon_service(tmp_path):
    assert problems(tmp_path, NOON_FREE) == ()


@pytest.mark.parametrize("name", sorted(NOON_FREE))
def test_what_says_noon_where_there_is_none(tmp_path, name):
    text = NO_NOON if name == "centre.yml" else SHARED[name].replace("  accepted: null\n", "  accepted: true\n")
    wrong = problems(tmp_path, {**NOON_FREE, name: text})
    assert {problem.code for problem in wrong} == {"noon-none"}
    assert {problem.path for problem in wrong} == {f"catalog/{name}"}


def test_an_exception_with_noon_service_where_there_is_none(tmp_path):
    text = edit(
        SHUT,
        "exceptions: []",
        "exceptions:\n  - date: 2026-03-02\n    reason: 停电\n    source: news-2018\n    spans:\n"
        "      - opens: 11:00\n        closes: 12:00\n        noon_service: true # !noon-none",
    )
    assert found(problems(tmp_path, {**NOON_FREE, "centre.yml": text})) == marked(text)


@pytest.mark.parametrize(
    ("page", "there"),
    [
        ("noon/", True),
        ("days/", False),
        ("hall/", True),
        ("hall/#vip", True),
        ("hall/#nowhere", False),
        ("sections/construction/", True),
        ("sections/gone/", False),
        ("journeys/", False),
        ("supervision/#limits", True),
        ("about", False),
        ("../x/", False),
    ],
)
def test_links_lead_to_pages(tmp_path, page, there):
    text = edit(CENTRE, "    quote: 将上门\n", f'    quote: 将上门\n    see: [{{page: "{page}", name: 看}}]\n')
    assert {problem.code for problem in problems(tmp_path, {"centre.yml": text})} == (
        set() if there else {"page-unknown"}
    )


def test_pages_go_with_what_they_stand_on(tmp_path):
    for file, page in (
        ("hall.yml", "hall/"),
        ("zero-visit.yml", "zero-visit/"),
        ("supervision.yml", "supervision/"),
    ):
        text = edit(CENTRE, "    quote: 将上门\n", f"    quote: 将上门\n    see: [{{page: {page}, name: 看}}]\n")
        folder = tmp_path / file
        assert problems(folder / "a", {"centre.yml": text}) == ()
        assert {item.code for item in problems(folder / "b", {"centre.yml": text, file: None})} == {"page-unknown"}
        assert problems(folder / "c", {file: None}) == ()


def test_a_paper_that_may_follow_needs_the_rules(tmp_path):
    wrong = problems(tmp_path, {"deferral.yml": None})
    assert [problem.code for problem in wrong] == ["deferral-rules", "deferral-rules"]


def test_waiting_papers_are_a_promise(tmp_path):
    text = edit(SHARED["sections.yml"], "    groups:", "    on_site_papers: gone # !commitment-unknown\n    groups:")
    assert found(problems(tmp_path, {"sections.yml": text})) == marked(text)
