"""The page of one law: its edition, what became of it, the words of its articles, and who cites them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from msgspec import Struct

from ..catalog.articles import anchor, article_of, in_order
from ..catalog.model.lists import Law, Replacement
from ..catalog.model.texts import ArticleText, LawTexts
from .citations import page_of
from .words import day, titled


class Citing(NamedTuple):
    """A page that cites an article, ``None`` the law as a whole: its address and its name."""

    article: str | None
    page: str
    name: str


class ArticleLine(Struct, frozen=True, kw_only=True):
    """An article that is cited. ``paragraphs`` are its words, empty where they have not been found; then
    ``summary`` says what is known of them. ``doubt`` and ``remarks`` are on the words."""

    anchor: str
    name: str
    paragraphs: tuple[str, ...]
    summary: str | None
    doubt: str | None
    remarks: tuple[str, ...]


class LawView(Struct, frozen=True, kw_only=True):
    """``edition`` and ``validity`` are in words. ``replaced`` is what took its place: (title, page or
    ``None``). ``cited_by`` are the pages that cite it: (page, name, which articles)."""

    id: str
    url: str
    name: str
    issuer: str | None
    edition: str
    status: str
    validity: str | None
    replaced: tuple[str, str | None] | None
    replaces: tuple[tuple[str, str], ...]
    note: str | None
    articles: tuple[ArticleLine, ...]
    cited_by: tuple[tuple[str, str, str], ...]
    guide: str


class LawsView(Struct, frozen=True, kw_only=True):
    """All laws: (page, name, articles in words). Counts are of cited articles."""

    laws: tuple[tuple[str, str, str], ...]
    cited: int
    found: int
    guide: str


def law_view(
    law: Law, texts: LawTexts | None, citing: Iterable[Citing], laws: Mapping[str, Law], guide: str
) -> LawView:
    """The view of ``law``. Every article that is cited has its line, with or without words; no other has one."""
    listed = list(dict.fromkeys(citing))
    words = {item.article: item for item in texts.articles} if texts is not None else {}
    summaries = {item.article: item.summary for item in law.articles}
    cited = {article_of(item.article) for item in listed if item.article}
    after = law.replaced_by
    return LawView(
        id=law.id,
        url=page_of(law.id),
        name=titled(law.title),
        issuer=law.issuer,
        edition=_edition(law, texts),
        status=law.text_status,
        validity=_validity(law),
        replaced=None if after is None else _replacement(after, laws),
        replaces=tuple(
            (titled(other.title), page_of(other.id))
            for other in laws.values()
            if other.replaced_by is not None and other.replaced_by.law == law.id
        ),
        note=law.note,
        articles=tuple(
            _line(name, words.get(name), summaries.get(name))
            for name in sorted(cited, key=in_order)
        ),
        cited_by=_cited_by(listed),
        guide=guide,
    )


def _replacement(after: Replacement, laws: Mapping[str, Law]) -> tuple[str, str | None]:
    newer = laws.get(after.law or "")
    return (after.title, None) if newer is None else (titled(newer.title), page_of(newer.id))


def _line(name: str, words: ArticleText | None, summary: str | None) -> ArticleLine:
    return ArticleLine(
        anchor=anchor(name),
        name=name,
        paragraphs=() if words is None else tuple(map(_row, words.text.split("\n"))),
        summary=summary if words is None else None,
        doubt=None if words is None else _doubt(words),
        remarks=() if words is None else _remarks(words),
    )


def _cited_by(citing: Iterable[Citing]) -> tuple[tuple[str, str, str], ...]:
    found: dict[tuple[str, str], dict[str, None]] = {}
    for item in citing:
        own = found.setdefault((item.page, item.name), {})
        if item.article:
            own[article_of(item.article)] = None
    return tuple((page, name, "、".join(sorted(own, key=in_order))) for (page, name), own in found.items())


def _row(paragraph: str) -> str:
    """A row of a table (| 101 | 城市建筑垃圾处置核准 | …) without its rules; anything else letter by letter."""
    if paragraph.startswith("|") and paragraph.endswith("|"):
        return "　".join(cell.strip() for cell in paragraph.strip("|").split("|"))
    return paragraph


def _doubt(words: ArticleText) -> str | None:
    return None if words.doubt is None else f"{words.doubt}，不能当作现行的条文"


def _remarks(words: ArticleText) -> tuple[str, ...]:
    told = []
    if words.edition:
        told.append(f"版本：{words.edition}")
    if (amended := words.amended_by) is not None:
        told.append(f"后来有修改（{amended.by}）：{amended.text}")
    if words.remark:
        told.append(words.remark)
    return tuple(told)


def _edition(law: Law, texts: LawTexts | None) -> str:
    version = f"{day(law.version_date)} 版" if law.version_date else None
    name = law.edition or (texts.edition if texts is not None else None)
    return "，".join(filter(None, (version, name))) or "不知道是哪个版本"


def _validity(law: Law) -> str | None:
    if law.valid_from and law.valid_to:
        return f"{day(law.valid_from)}至{day(law.valid_to)}"
    if law.valid_from:
        return f"{day(law.valid_from)}起施行"
    return f"到{day(law.valid_to)}为止" if law.valid_to else None


def laws_view(views: Iterable[LawView], guide: str) -> LawsView:
    listed = tuple(views)
    lines = [line for view in listed for line in view.articles]
    return LawsView(
        laws=tuple((view.url, view.name, _articles(view)) for view in listed),
        cited=len(lines),
        found=sum(bool(line.paragraphs) for line in lines),
        guide=guide,
    )


def _articles(view: LawView) -> str:
    found = sum(bool(line.paragraphs) for line in view.articles)
    lacking = len(view.articles) - found
    told = [f"{found} 条原文"] if found else []
    if lacking:
        told.append(f"{lacking} 条没有见到")
    if not told:
        told.append("没有见到条文")
    if view.replaced is not None:
        told.append("不是现行版本")
    return "，".join(told)
