"""The pages of laws, and how a citation leads to them."""

from __future__ import annotations

import gzip
from datetime import date

import pytest

from generator.catalog.articles import titles
from generator.catalog.model.lists import Article, Law, Replacement
from generator.catalog.model.record import Basis
from generator.catalog.model.texts import Amendment, ArticleText, LawTexts
from generator.render.pages import law_page, laws_page
from generator.views.citations import pieces, sole_place
from generator.views.law_page import Citing, law_view, laws_view
from generator.views.words import backed, cite

JZF = Law(
    id="JZF",
    title="中华人民共和国建筑法",
    issuer="全国人大常委会",
    version_date=date(2019, 4, 23),
    valid_from=date(1998, 3, 1),
    text_status="现行文本",
    note=None,
    articles=(Article(article="第十条", summary="中止施工报告", verified=False),),
)
OLD = Law(
    id="JZJ",
    title="建筑办法",
    issuer=None,
    version_date=None,
    valid_to=date(2019, 4, 22),
    replaced_by=Replacement(title="建筑法", on=date(2019, 4, 23), law="JZF"),
    text_status="旧文本",
    note=None,
    articles=(),
)
LAWS = {"JZF": JZF, "JZJ": OLD}
TEXTS = LawTexts(
    law="JZF",
    edition=None,
    version_date=date(2019, 4, 23),
    articles=(
        ArticleText(article="第八条", text="应当具备下列条件：\n（一）用地；\n| 101 | 表格 |"),
        ArticleText(
            article="第九条",
            text="旧的话",
            edition="1997年文本",
            doubt="旧文本",
            amended_by=Amendment(law=None, by="令第42号", text="删去第七项"),
        ),
    ),
)
CITING = [
    Citing("第八条", "matters/a/", "许可"),
    Citing("第八条第一款", "matters/b/", "备案"),
    Citing("第九条", "matters/a/", "许可"),
    Citing(None, "journeys/c/", "一件事"),
]


def shown(law, texts=None, citing=()):
    return law_page(law_view(law, texts, citing, LAWS, "指南")).content


def test_the_words_stand_letter_by_letter_under_an_anchor_of_their_own():
    page = shown(JZF, TEXTS, CITING)
    assert (
        '<section class="article" id="8"><h2>第八条</h2><blockquote><p>应当具备下列条件：</p><p>（一）用地；</p>'
        in page
    )
    assert "<p>101　表格</p>" in page
    assert "1998年3月1日起施行" in page and "2019年4月23日 版" in page


def test_an_old_text_says_so_and_a_missing_one_too():
    page = shown(JZF, TEXTS, [*CITING, Citing("第十条", "matters/a/", "许可")])
    assert (
        "旧文本，不能当作现行的条文" in page
        and "版本：1997年文本" in page
        and "后来有修改（令第42号）：删去第七项" in page
    )
    assert 'id="10"><h2>第十条</h2><p>条文没有见到。中止施工报告</p>' in page
    assert page.index('id="8"') < page.index('id="9"') < page.index('id="10"')


def test_who_cites_a_law_is_told_once_with_the_articles():
    page = shown(JZF, TEXTS, CITING)
    assert '哪些事项引用 <span class="count">3 处</span>' in page
    assert '<a href="@@ROOT@@matters/a/">许可</a><small>第八条、第九条</small>' in page
    assert '<a href="@@ROOT@@matters/b/">备案</a><small>第八条</small>' in page
    assert '<a href="@@ROOT@@journeys/c/">一件事</a></li>' in page


def test_a_replaced_law_names_what_took_its_place_and_the_other_way_round():
    assert '不是现行版本：已经被<a href="@@ROOT@@laws/JZF/">《中华人民共和国建筑法》</a>取代' in shown(OLD)
    assert "条文没有见到。" in shown(OLD) and "到2019年4月22日为止" in shown(OLD)
    assert '取代了</dt><dd><a href="@@ROOT@@laws/JZJ/">《建筑办法》</a>' in shown(JZF, TEXTS)


def test_the_list_of_laws_counts_cited_articles():
    views = [
        law_view(JZF, TEXTS, [*CITING, Citing("第十条", "matters/a/", "许可")], LAWS, "指南"),
        law_view(OLD, None, [], LAWS, "指南"),
    ]
    page = laws_page(laws_view(views, "指南")).content
    assert "2 部法律、法规、规章的 3 条，其中 2 条有原文" in page
    assert "2 条原文，1 条没有见到" in page and "没有见到条文，不是现行版本" in page


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("《建筑法》第八条", [("《建筑法》第八条", "laws/JZF/#8")]),
        ("见《中华人民共和国建筑法》第八条第一款：条件", [("见", None), ("《中华人民共和国建筑法》第八条第一款", "laws/JZF/#8"), ("：条件", None)]),
        ("《建筑办法》（1997年，转载）", [("《建筑办法》（1997年，转载）", "laws/JZJ/")]),
        ("《别的法》第八条", [("《别的法》第八条", None)]),
        ("没有引用", [("没有引用", None)]),
    ],
)  # fmt: skip
def test_where_a_sentence_leads(text, places):
    assert list(pieces(text, titles(LAWS.values()))) == places
    assert sole_place(text, titles(LAWS.values())) == (places[0][1] if len(places) == 1 else None)


def test_an_edition_that_holds_no_longer_is_told_in_a_word():
    assert cite(Basis(law="JZF", article="第八条"), LAWS) == "《中华人民共和国建筑法》第八条"
    assert cite(Basis(law="JZJ", article="第五条"), LAWS) == "《建筑办法》第五条（已被2019年版取代）"
    assert backed(Basis(law="JZJ", article=None), "第三页", LAWS) == "《建筑办法》（已被2019年版取代）；第三页"
    assert backed(Basis(law="JZF", article="第八条"), "报道", LAWS) == "《中华人民共和国建筑法》第八条"
    assert backed(None, "报道", LAWS) == "报道" and backed(None, None, LAWS) is None


def test_papers_of_an_old_specification_say_so_on_the_page(site):
    page = (site / "matters/limited-company-registration/index.html").read_text("utf-8")
    assert page.count("<summary>旧版</summary>") == 6
    assert "《内资企业登记提交材料规范》（已被2026年版取代）</a>" in page


def test_the_words_of_laws_travel_in_one_light_pack(site):
    """At most 60 kB compressed: they are stored by every phone that keeps the guide."""
    (pack,) = (site / "offline/packs").glob("laws.*.json")
    assert len(gzip.compress(pack.read_bytes(), 9)) <= 60_000
    assert b'"laws/JZF/":' in pack.read_bytes()
