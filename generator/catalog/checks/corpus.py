"""texts/<LAW>.yml: the words of articles, and what may be said of an article whose words are there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from ..articles import article_of, named
from ..index import Index
from ..lines import Field, Lines
from ..model.lists import Law
from ..model.matter import Matter
from ..model.texts import LawTexts
from ..paths import FILES, stem, text_path
from ..problems import Problem
from .texts import strings

CODES = {
    "corpus-file": "条文文件的名字和里面的法律编号不一致",
    "corpus-law": "laws.yml 里没有这部法律，却有它的条文",
    "corpus-edition": "条文的版本和 laws.yml 写的不是一个",
    "article-unread": "写了 verified: true，却没有条文，或者条文是旧的，或者不知道是哪个版本",
    "mark-liftable": "写着没有见到条文，而条文就在 texts/ 里",
}

LinesOf = Callable[[str], Lines]

_MARK = r"未见条文|未见正文|只见转述|只见转载|只见摘录|条文待核"
"""What is written where the words of an article have not been seen."""


def check_texts_file(texts: LawTexts, lines: Lines) -> Iterator[Problem]:
    """The file is named after its law, and holds each article once."""
    if texts.law != stem(lines.path):
        hint = f"改为 `law: {stem(lines.path)}`，或者改文件名"
        yield lines.problem(("law",), "corpus-file", f"法律编号 {texts.law} 和文件名不一致", hint)
    articles = [item.article for item in texts.articles]
    for position, article in enumerate(articles):
        if article in articles[:position]:
            sentence = f"{texts.law} {article}写了两次"
            yield lines.problem(("articles", position), "entry-duplicate", sentence, "合并成一处")


def check_texts(laws: Mapping[str, Law], texts: Mapping[str, LawTexts], lines_of: LinesOf) -> Iterator[Problem]:
    """Texts are of laws that are listed, in the edition that is listed; what is said to be
    verified can be read."""
    for id, words in texts.items():
        lines = lines_of(text_path(id))
        law = laws.get(id)
        if law is None:
            hint = "先把这部法律写进 laws.yml，或者删去这个文件"
            yield lines.problem(("law",), "corpus-law", f"laws.yml 里没有法律“{id}”", hint)
        elif words.version_date is not None and words.version_date != law.version_date:
            sentence = f"条文是 {words.version_date} 的版本，laws.yml 写的是 {law.version_date or 'null'}"
            hint = "核对是哪个版本，两处写成一样；条文换了版本的，引用它的事项要重新读一遍"
            yield lines.problem(("version_date",), "corpus-edition", sentence, hint)
    lines = lines_of(FILES["laws"])
    for position, law in enumerate(laws.values()):
        own = {item.article: item for item in texts[law.id].articles} if law.id in texts else {}
        for number, article in enumerate(law.articles):
            if not article.verified:
                continue
            text, where = own.get(article.article), ("laws", position, "articles", number, "verified")
            if text is None:
                sentence = f"{law.id} {article.article}写着核对过，texts/{law.id}.yml 里没有条文"
                hint = "用 python -m scripts.law_texts 补上条文，或者改为 verified: false"
                yield lines.problem(where, "article-unread", sentence, hint)
            elif text.doubt is not None:
                sentence = f"{law.id} {article.article}写着核对过，见到的是：{text.doubt}"
                hint = "改为 verified: false，引用它的写 evidence: guide，并写明版本"
                yield lines.problem(where, "article-unread", sentence, hint)
            elif law.version_date is None and law.edition is None:
                sentence = f"{law.id} {article.article}写着核对过，没有写是哪个版本"
                hint = "写上 version_date，没有载明日期的写上 edition（第几号令），或者改为 verified: false"
                yield lines.problem(where, "article-unread", sentence, hint)


def check_summaries(laws: Mapping[str, Law], lines: Lines, index: Index) -> Iterator[Problem]:
    """A summary says that the words have not been seen only as long as this is so."""
    for position, law in enumerate(laws.values()):
        for number, article in enumerate(law.articles):
            if article.article in index.texts.get(law.id, ()) and (mark := re.search(_MARK, article.summary)):
                yield _liftable(lines, ("laws", position, "articles", number, "summary"), law.id, article.article, mark)


def check_marks(matter: Matter, lines: Lines, index: Index) -> Iterator[Problem]:
    """The same of what a matter says."""
    for position, basis in enumerate(matter.legal_basis):
        if basis.article and article_of(basis.article) in index.texts.get(basis.law, ()):
            for mark in re.finditer(_MARK, basis.note or ""):
                yield _liftable(lines, ("legal_basis", position, "note"), basis.law, basis.article, mark)
                break
    for field, text in strings(matter):
        for clause in re.split("[。；]", text):
            if not (mark := re.search(_MARK, clause)):
                continue
            for law, article in named(clause, index.titles):
                if article and article_of(article) in index.texts.get(law, ()):
                    yield _liftable(lines, field, law, article, mark)
                    break


def _liftable(lines: Lines, field: Field, law: str, article: str, mark: re.Match[str]) -> Problem:
    sentence = f"写着“{mark[0]}”，texts/{law}.yml 里有{article_of(article)}"
    hint = "读条文，和这里的说法对照：一致的去掉这几个字，写 basis 和 evidence: law；是旧文本的写明版本"
    return lines.problem(field, "mark-liftable", sentence, hint)
