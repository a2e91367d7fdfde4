"""Words of articles, editions of laws, and what may be said of them."""

from __future__ import annotations

import pytest

from generator.catalog.articles import anchor, article_of, in_order, is_article, named, number
from generator.catalog.checks.advice import check_advice
from generator.catalog.load import load
from generator.catalog.record import lines_from
from tests.generator.catalog.snippets import MATTER, SHARED, edit, found, marked, write_tree

LAWS, TEXTS = SHARED["laws.yml"], SHARED["texts/JZF.yml"]
X = "matters/construction/x-permit.yml"
REPLACED = """
  - id: JZJ
    title: 旧建筑法
    issuer: null
    version_date: 1997-11-01
    replaced_by: {title: 建筑法, on: 2019-04-23, law: JZF}
    text_status: 旧文本
    note: null
    articles: []
"""


def problems(tmp_path, **files):
    """(line, code) of what is wrong with the small catalogue that holds ``files``, by file."""
    changes = {name: text for name, text in files.items() if text is not None}
    catalog = write_tree(tmp_path, changes)
    said = {}
    for problem in load(catalog).problems:
        said.setdefault(problem.path.removeprefix("catalog/"), []).append(problem)
    return {path: found(own) for path, own in said.items()}


FILES = [
    ("texts/JZF.yml", edit(TEXTS, "law: JZF", "law: JZL # !corpus-file")),
    ("texts/JZF.yml", edit(TEXTS, "date: 2019-04-23", "date: 2011-04-22 # !corpus-edition")),
    ("texts/JZF.yml", edit(TEXTS, "date: 2019-04-23", "date: null")),
    ("texts/JZF.yml", TEXTS + "  - article: 第七条 # !entry-duplicate\n    text: 再来一遍\n"),
    ("texts/ZLT.yml", TEXTS.replace("law: JZF", "law: ZLT # !corpus-law")),
    ("laws.yml", edit(LAWS, "        summary: 延期\n        verified: false", "        summary: 延期\n        verified: true # !article-unread")),
    ("laws.yml", edit(LAWS, "summary: 施工许可\n", "summary: 未见条文，只见转述：施工许可 # !mark-liftable\n")),
    ("laws.yml", edit(LAWS, "summary: 延期\n", "summary: 未见条文，只见转述：延期\n")),
    ("laws.yml", LAWS + REPLACED),
    ("laws.yml", LAWS + REPLACED.replace("    text_", "    valid_to: 2019-04-22\n    text_")),
    ("laws.yml", LAWS + REPLACED.replace("    text_", "    valid_to: 2019-04-23 # !law-validity\n    text_")),
    ("laws.yml", LAWS + REPLACED.replace("    text_", "    valid_from: 1998-03-01\n    valid_to: 1998-01-01 # !law-validity\n    text_")),
    ("laws.yml", LAWS + REPLACED.replace("law: JZF}", "law: JZX} # !law-unknown")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text"), FILES)
def test_a_file(tmp_path, name, text):
    said = problems(tmp_path, **{name: text})
    assert said.get(name, []) == marked(text)
    assert said.keys() <= {name}


def test_a_text_that_proves_nothing_makes_no_article_verified(tmp_path):
    doubtful = edit(TEXTS, "  - article: 第八条\n", "  - article: 第八条\n    doubt: 旧文本\n")
    said = problems(tmp_path, **{"texts/JZF.yml": doubtful})
    assert said == {"laws.yml": [(14, "article-unread")]}


def test_an_edition_that_nobody_can_name_makes_none_either(tmp_path):
    laws = edit(LAWS, "    version_date: 2019-04-23\n", "    version_date: null\n")
    texts = edit(TEXTS, "version_date: 2019-04-23", "version_date: null")
    said = problems(tmp_path, **{"laws.yml": laws, "texts/JZF.yml": texts})
    assert said == {"laws.yml": [(11, "article-unread"), (14, "article-unread")]}
    named_ = edit(laws, "    version_date: null\n", "    version_date: null\n    edition: 主席令第29号\n")
    assert problems(tmp_path / "2", **{"laws.yml": named_, "texts/JZF.yml": texts}) == {}


SOURCE = "    source: 某地办事指南\n"
MARKS = [
    edit(MATTER, SOURCE, "    source: 《建筑法》第七条（未见条文） # !mark-liftable\n"),
    edit(MATTER, SOURCE, "    source: 《中华人民共和国建筑法》第八条第一款只见转述 # !mark-liftable\n"),
    edit(MATTER, SOURCE, "    source: 《建筑法》第九条（未见条文）\n"),
    edit(MATTER, SOURCE, "    source: 《某某法》第七条（未见条文）\n"),
    edit(MATTER, SOURCE, "    source: 《建筑法》第七条；另一条未见条文\n"),
    edit(MATTER, SOURCE, "    source: 《建筑法》第七条，未见现行条文的只是旧办法第三条\n"),
]


@pytest.mark.parametrize("text", MARKS)
def test_a_mark_whose_article_can_be_read(tmp_path, text):
    laws = LAWS.replace("title: 建筑法", "title: 中华人民共和国建筑法")
    said = problems(tmp_path, **{X: text, "laws.yml": laws})
    assert [item for item in said.get(X, []) if item[1] == "mark-liftable"] == marked(text)


def test_what_was_replaced_is_no_law(tmp_path):
    wrong = edit(
        MATTER,
        "    basis: {law: JZF, article: 第八条}\n    evidence: law\nsituations",
        "    basis: {law: JZJ, article: 第八条} # !law-replaced\n    evidence: law\nsituations",
    )
    laws = LAWS + REPLACED.replace("[]", "[{article: 第八条, summary: 条件, verified: true}]")
    texts = TEXTS.replace("law: JZF", "law: JZJ").replace("2019-04-23", "1997-11-01")
    said = problems(tmp_path, **{X: wrong, "laws.yml": laws, "texts/JZJ.yml": texts})
    assert said == {X: marked(wrong)}
    hint = wrong.replace("law\nsituations", "guide\nsituations")
    assert problems(tmp_path / "2", **{X: hint, "laws.yml": laws, "texts/JZJ.yml": texts}) == {}


def test_a_replaced_rule_stands_as_a_basis(tmp_path):
    laws = LAWS + REPLACED
    wrong = edit(MATTER, SOURCE, "    source: 某规范（旧规范，转载） # !source-replaced\n")
    assert problems(tmp_path, **{X: wrong, "laws.yml": laws}) == {X: marked(wrong)}
    right = edit(MATTER, SOURCE, "    basis: {law: JZJ, article: null}\n    source: 旧规范的第三页\n")
    assert problems(tmp_path / "2", **{X: right, "laws.yml": laws}) == {}


AMENDED = edit(
    TEXTS,
    "  - article: 第七条\n",
    "  - article: 第七条\n"
    "    amended_by: {law: null, by: 令第42号, text: 删去第七项, struck: [第七条第七项], changed: [第七条第八项]}\n",
)


@pytest.mark.parametrize(
    ("article", "wrong"),
    [("第七条", True), ("第七条第一项", False), ("第七条第七项", True), ("第七条第八项", True)],
)
def test_an_item_that_was_struck_backs_nothing(tmp_path, article, wrong):
    text = edit(MATTER, SOURCE, f"    basis: {{law: JZF, article: {article}}}\n")
    said = problems(tmp_path, **{X: text, "texts/JZF.yml": AMENDED}).get(X, [])
    assert ("article-amended" in [code for _, code in said]) is wrong


def test_how_articles_are_named():
    assert [number(text) for text in ("七", "十", "二十一", "一百零二", "二百二十")] == [7, 10, 21, 102, 220]
    names = ["第七条", "第七条之一", "第一百零二条第二款", "附件第104项", "第二项", "二（一）"]
    assert [anchor(name) for name in names] == ["7", "7-1", "102", "f104", "i2", "p2-1"]
    assert all(map(is_article, names)) and not is_article("7") and not is_article("四")
    assert article_of("第四条第一款第七项") == "第四条" and article_of("附件第104项") == "附件第104项"
    assert sorted(["附件第1项", "第十条", "第九条", "第九条之一"], key=in_order) == [
        "第九条",
        "第九条之一",
        "第十条",
        "附件第1项",
    ]


def test_the_laws_that_a_sentence_names():
    known = {"建筑法": "JZF", "施工许可办法": "SGB", "生产办法": "SCB", "生产办法（2015年版）": "SCJ"}
    text = "《建筑法》第八条和《施工许可办法》（2014年文本）第四条第一款；《别的》第一条；《建筑法》"
    assert list(named(text, known)) == [("JZF", "第八条"), ("SGB", "第四条第一款"), ("JZF", None)]
    editions = "《生产办法》（2015年版，已被取代）第十三条，《生产办法》第三十二条，《建筑法》（1997年版）第八条"
    assert list(named(editions, known)) == [("SCJ", "第十三条"), ("SCB", "第三十二条")]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("    evidence: guide\n    source: null\n", True),
        ("    evidence: practice\n    source: null\n", True),
        ("    evidence: law\n    source: null\n", False),
        ("    evidence: guide\n    source: 条文只写条件，没有列这一件\n", False),
    ],
)
def test_who_rests_on_an_article_that_was_read_says_so_or_tells_why(tmp_path, lines, told):
    claim = f"  - question: 要什么条件？\n    answer: 先领证。\n    basis: {{law: JZF, article: 第八条}}\n{lines}"
    catalog = write_tree(tmp_path, {X: edit(MATTER, "faq:\n", f"faq:\n{claim}")})
    loaded = load(catalog)
    advice = check_advice(loaded.catalogue, lines_from(catalog))
    assert ("evidence-low" in [one.code for one in advice]) is told
