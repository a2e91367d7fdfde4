"""The types of texts/<LAW>.yml: articles of a law in its own words."""

from __future__ import annotations

from datetime import date

from .record import Record


class Amendment(Record, frozen=True, kw_only=True):
    """What a later decision made of the article whose older words stand in ``text``.

    ``law`` is the decision among the laws, if it is there. ``text`` says what it does; ``struck`` and
    ``changed`` are the items of the article that it takes away or rewrites, as a basis names
    them: 第四条第一款第七项.
    """

    law: str | None
    by: str
    text: str
    struck: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


class ArticleText(Record, frozen=True, kw_only=True):
    """An article, word for word.

    ``edition`` names the edition of these words where it is not that of the file. ``doubt`` says why
    they are no proof of what holds: an older edition, a number of the article that its
    source does not give, a report instead of the words. ``remark`` is on how they were found.
    """

    article: str
    text: str
    edition: str | None = None
    doubt: str | None = None
    remark: str | None = None
    amended_by: Amendment | None = None


class LawTexts(Record, frozen=True, kw_only=True):
    """The articles of one law that the catalogue cites, in their order; file name = ``law``.

    ``edition`` names the edition in words, ``version_date`` is its date; ``None`` where no
    source gives it.
    """

    law: str
    edition: str | None
    version_date: date | None
    articles: tuple[ArticleText, ...]
