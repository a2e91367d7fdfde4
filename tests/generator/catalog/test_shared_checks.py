"""The rules on the files that are not matters, and the loading of a whole folder."""

from __future__ import annotations

import pytest

from generator.catalog.checks.shared import check_shared
from generator.catalog.index import make_index
from generator.catalog.load import load, load_shared
from generator.catalog.record import lines_from
from tests.generator.catalog.snippets import MATTER, SHARED, edit, found, marked, write_tree

YEAR = SHARED["calendar/2026.yml"]
YEAR_2028 = "year: 2028\nnotice: 通知\nsource: 国务院\ndays_off: []\nmake_up_workdays: []\n"
EXCEPTION = "exceptions:\n  - date: 2026-03-02\n    reason: 停电\n    source: news-2018\n    spans:"

EDITS = [
    ("centre.yml", "{at: 16:30, source: null}", "{at: 12:30, source: null} # !hours-order"),
    ("centre.yml", "opens: {at: 13:00, source: news-2018}", "opens: {at: 13:10, source: news-2018}"),
    ("centre.yml", "opens: {at: 08:30, source: null}", "opens: {at: 08:30, source: x} # !source-unknown"),
    ("centre.yml", "{at_least: 3, at_most: 5}", "{at_least: 6, at_most: 5} # !staff-order"),
    ("centre.yml", "  - id: advice\n", "  - id: acceptance\n"),
    ("centre.yml", "publisher: 日报", "publisher: 日报(网) # !punctuation-ascii"),
    (
        "centre.yml",
        "commitments:\n",
        "commitments:\n"
        "  - id: a\n    name: 快\n    text: 快,好 # !punctuation-ascii\n    status: running\n"
        "    quote: 快,好\n    source: news-2019 # !source-unknown\n",
    ),
    ("centre.yml", "exceptions: []", EXCEPTION + " []"),
    ("centre.yml", "exceptions: []", EXCEPTION + "\n      - {opens: 09:00, closes: 11:00}"),
    ("centre.yml", "exceptions: []", EXCEPTION + "\n      - {opens: 11:00, closes: 09:00} # !hours-order"),
    (
        "centre.yml",
        "exceptions: []",
        EXCEPTION + "\n      - {opens: 09:00, closes: 11:00}\n      - {opens: 10:30, closes: 12:00} # !hours-overlap",
    ),
    (
        "centre.yml",
        "exceptions: []",
        "exceptions:\n"
        "  - {date: 2027-03-02, reason: 停电, source: news-2018, spans: []} # !exception-uncovered\n"
        "  - {date: 2026-03-02, reason: 停电, source: news-2018, spans: []}\n"
        "  - {date: 2026-03-02, reason: 停电, source: news-2018, spans: []} # !exception-duplicate",
    ),
    ("calendar/2026.yml", "year: 2026", "year: 2025 # !year-file"),
    ("calendar/2026.yml", "    last: 2026-01-03", "    last: 2025-12-31 # !day-off-year"),
    ("calendar/2026.yml", "    first: 2026-01-01", "    first: 2025-12-31 # !day-off-year"),
    (
        "calendar/2026.yml",
        "    last: 2026-02-23",
        "    last: 2026-02-23\n  - name: 假 # !day-off-overlap\n    first: 2026-02-20\n    last: 2026-02-25",
    ),
    ("calendar/2026.yml", "  - 2026-01-04", "  - 2026-01-05 # !make-up-weekday"),
    ("calendar/2026.yml", "  - 2026-01-04", "  - 2026-01-03 # !make-up-off"),
    ("calendar/2026.yml", "  - 2026-01-04", "  - 2025-12-28 # !day-off-year"),
    ("calendar/2026.yml", "  - 2026-02-14", "  - 2026-02-14\n  - 2026-02-14 # !make-up-duplicate"),
    ("hall.yml", "id: vip", "id: acceptance"),
    ("hall.yml", "row: 2, columns: 2", "row: 2, columns: 5"),
    ("hall.yml", "row: 2, columns: 2", "row: 2, columns: 0"),
    ("hall.yml", "row: 2, columns: 2", "row: 0, columns: 2"),
    ("hall.yml", "row: 2, columns: 2", "row: 1, columns: 2"),
    ("hall.yml", "counter: acceptance", "counter: cashier # !counter-unknown"),
    ("hall.yml", "增设专区\n    source: news-2018", "增设专区\n    source: news-2019 # !source-unknown"),
    ("zero-visit.yml", "places: [centre]", "places: [town] # !place-unknown"),
    ("zero-visit.yml", "places: [centre]", "places: [centre, centre] # !entry-duplicate"),
    ("zero-visit.yml", "commitment: home-visit", "commitment: house # !commitment-unknown"),
    ("search.yml", "matters: {new: [x-permit]}", "matters: {new: [z-permit]} # !search-matter"),
    ("search.yml", "noise: [怎么办, 请问]", "noise: [怎么办, 怎么办] # !search-twice"),
    ("search.yml", "words: [结婚, 离婚]", "words: [结婚, 结婚] # !search-twice"),
    ("cases.yml", "matter: x-permit", "matter: z-permit # !case-matter"),
    ("cases.yml", "source: news-2018", "source: news-2019 # !source-unknown"),
    ("cases.yml", "topic: noon", "topic: night # !value-choice"),
    ("deferral.yml", "commitment: home-visit", "commitment: wait # !commitment-unknown"),
    ("deferral.yml", "source: news-2018", "source: 报道 # !source-unknown"),
    ("supervision.yml", "{law: JZF, article: 第七条}", "{law: JZF, article: null} # !article-missing"),
    ("supervision.yml", "{law: JZF, article: 第七条}", "{law: JZF, article: 第九条} # !article-unchecked"),
    ("supervision.yml", "{law: JZF, article: 第八条}", "{law: JZL, article: 第八条} # !law-unknown"),
    ("supervision.yml", "source: news-2018", "source: news # !source-unknown"),
    ("laws.yml", "article: 第九条", "article: 第八条 # !entry-duplicate"),
    ("places.yml", "source: news-2018", "source: 报道 # !source-unknown"),
    ("places.yml", "source: news-2018", "source: null"),
    ("sections.yml", "groups: [施工, 竣工]", "groups: [施工, 竣工, 施工] # !entry-duplicate"),
    ("words.yml", "matters: [x-permit]", "matters: [z-permit] # !word-unknown"),
    ("words.yml", "matters: [x-permit]", "matters: [] # !word-empty"),
    (
        "words.yml",
        "matters: [x-permit]",
        "matters: [x-permit]\n    common: true\n  - word: 动工\n    matters: [x-permit]\n    common: true # !word-common",
    ),
    ("words.yml", "matters: [x-permit]", "matters: [x-permit]\n    common: true"),
    (
        "words.yml",
        "matters: [x-permit]",
        "matters: [x-permit]\n  - word: 开工 # !entry-duplicate\n    matters: [x-permit]",
    ),
]

# What an edit breaks elsewhere in the same file, where no mark can stand.
ELSEWHERE = {
    "    last: 2025-12-31 # !day-off-year": {"day-off-order"},
    "opens: {at: 13:10, source: news-2018}": {"noon-outside"},
    "  - id: acceptance\n": {"entry-duplicate"},
    "id: acceptance": {"entry-duplicate"},
    "row: 2, columns: 5": {"zone-outside"},
    "row: 2, columns: 0": {"zone-outside"},
    "row: 0, columns: 2": {"zone-outside"},
    "row: 1, columns: 2": {"zone-overlap"},
}


@pytest.mark.parametrize(("name", "old", "new"), EDITS)
def test_edit(tmp_path, name, old, new):
    text = edit(SHARED[name], old, new)
    problems = load(write_tree(tmp_path, {name: text})).problems
    mine = found(problem for problem in problems if problem.path == f"catalog/{name}")
    assert set(marked(text)) <= set(mine)
    assert {code for _, code in mine} == {code for _, code in marked(text)} | ELSEWHERE.get(new, set())


def test_overlap_with_noon_and_missing_hours(tmp_path):
    text = edit(SHARED["centre.yml"], "closes: {at: 11:30, source: news-2018}", "closes: {at: 12:00, source: null}")
    problems = load(write_tree(tmp_path, {"centre.yml": text})).problems
    assert {problem.code for problem in problems} == {"hours-overlap", "noon-outside"}
    start, end = SHARED["centre.yml"].index("hours:"), SHARED["centre.yml"].index("noon_service:")
    text = SHARED["centre.yml"][:start] + "hours: []\n" + SHARED["centre.yml"][end:]
    problems = load(write_tree(tmp_path, {"centre.yml": text})).problems
    assert {problem.code for problem in problems} == {"hours-empty"}


CHANGE = (
    "date: 2026-01-02\ncommit: null\nchanges:\n  - {matter: gone, name: 没有了的, text: 去掉一件材料「其他材料」}\n"
)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"calendar/2026.yml": None}, [("catalog/calendar", "year-none")]),
        ({"calendar/2028.yml": YEAR_2028}, [("catalog/calendar/2027.yml", "year-gap")]),
        ({"changes/2025-12-30.yml": CHANGE.replace("2026-01-02", "2025-12-30")}, []),
        (
            {"changes/2027-01-04.yml": CHANGE.replace("2026-01-02", "2027-01-04")},
            [("catalog/calendar/2027.yml", "year-gap")],
        ),
        ({"laws.yml": None}, [("catalog/laws.yml", "file-missing")]),
        ({"words.yml": ""}, [("catalog/words.yml", "yaml-empty")]),
        ({"journeys.yml": "a: 1"}, [("catalog/journeys.yml", "file-unexpected")]),
        ({"matters/x.yml": MATTER}, [("catalog/matters/x.yml", "file-unexpected")]),
        (
            {"matters/construction/z.yaml": MATTER},
            [("catalog/matters/construction/z.yaml", "file-unexpected")],
        ),
        ({"calendar/next.yml": YEAR}, [("catalog/calendar/next.yml", "file-unexpected")]),
        ({"changes/2026-01-02.yml": CHANGE, "changes/2026-01-02-2.yml": CHANGE}, []),
        ({"changes/2026-01-03.yml": CHANGE}, [("catalog/changes/2026-01-03.yml", "change-date")]),
        ({"changes/next.yml": CHANGE}, [("catalog/changes/next.yml", "file-unexpected")]),
        ({".hidden.yml": "x", "matters/.draft/x.yml": "x"}, []),
    ],
)
def test_files(tmp_path, changes, expected):
    problems = load(write_tree(tmp_path, changes)).problems
    assert [(problem.path, problem.code) for problem in problems] == expected


def test_all_files_are_told_of_in_one_run_in_order(tmp_path):
    loaded = load(
        write_tree(
            tmp_path,
            {
                "laws.yml": "laws: 1",
                "centre.yml": "name: 中心",
                "matters/construction/x-permit.yml": edit(MATTER, "visits: 1", "visits: 一"),
                "matters/construction/y-permit.yml": "a: 'x",
            },
        )
    )
    assert loaded.catalogue is None
    assert list(loaded.problems) == sorted(loaded.problems)
    # Neither the laws nor the papers of matters are judged by files that cannot be read,
    # and a broken matter still owns its id.
    assert {(problem.path, problem.code) for problem in loaded.problems} == {
        ("catalog/laws.yml", "type-list"),
        ("catalog/centre.yml", "key-missing"),
        ("catalog/matters/construction/x-permit.yml", "value-int"),
        ("catalog/matters/construction/y-permit.yml", "yaml-quote"),
    }


def test_a_file_that_cannot_be_opened(tmp_path):
    catalog = write_tree(tmp_path, {"words.yml": None})
    (catalog / "words.yml").symlink_to("nowhere.yml")
    (problem,) = load(catalog).problems
    assert (problem.path, problem.code) == ("catalog/words.yml", "file-unreadable")


def test_a_link_out_of_the_catalogue_is_not_read(tmp_path):
    (tmp_path / "elsewhere.yml").write_text("secret\n", "utf-8")
    catalog = write_tree(tmp_path / "small", {"words.yml": None})
    (catalog / "words.yml").symlink_to(tmp_path / "elsewhere.yml")
    (problem,) = load(catalog).problems
    assert (problem.path, problem.code) == ("catalog/words.yml", "file-link")
    assert "secret" not in str(problem)


def test_the_catalogue_is_in_order(small):
    assert list(small.matters) == ["x-permit", "y-permit"]
    assert small.laws["JZF"].title == "建筑法"
    assert list(small.years) == [2026]


def test_a_removed_matter_is_missed_by_words_and_cases(tmp_path):
    """What a caller with cached parts does: new index, lines read when needed."""
    catalog = write_tree(tmp_path)
    parts, problems = load_shared(catalog)
    assert problems == []
    index = make_index(parts, [("y-permit", "竣工备案", "catalog/matters/construction/y-permit.yml")])
    problems = list(check_shared(parts, index, lines_from(catalog)))
    assert [(problem.path, problem.line, problem.code) for problem in problems] == [
        ("catalog/words.yml", 3, "word-unknown"),
        ("catalog/search.yml", 6, "search-matter"),
        ("catalog/cases.yml", 4, "case-matter"),
    ]
