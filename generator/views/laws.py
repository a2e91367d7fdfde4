"""The laws of a matter: title, article, version, and whether the article was read."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from ..catalog.articles import article_of
from ..catalog.model.lists import Law
from ..catalog.model.matter import LegalBasis
from .citations import place_of
from .words import day, superseded, titled


class LawLine(Struct, frozen=True, kw_only=True):
    """A law of the matter: title, article, version, and whether the article was read.
    ``verified`` is ``None`` where no article is named. ``place`` is where its words stand, ``old`` says that
    the edition holds no longer."""

    title: str
    place: str
    article: str | None
    version: str | None
    verified: bool | None
    note: str | None
    old: str | None

    @property
    def name(self) -> str:
        return titled(self.title)

    @property
    def cited(self) -> str:
        """Title and article."""
        return f"{self.name}{self.article or ''}"

    @property
    def details(self) -> str:
        """Version, what is not known of the article, and the note. That it was read is not said: the name
        leads to its words."""
        read = "条款待确认" if self.article is None else None if self.verified else "条文待核"
        return "，".join(filter(None, (self.version, self.old, read, self.note)))

    @property
    def details_in_full(self) -> str:
        """The same where no name leads to the words of the article."""
        read = {True: "条文已核", False: "条文待核", None: "条款待确认" if self.article is None else None}[
            self.verified
        ]
        return "，".join(filter(None, (self.version, self.old, read, self.note)))

    @property
    def details_of_article(self) -> str:
        """The same for whoever has said already that no article is named."""
        read = {True: "条文已核", False: "条文待核", None: None}[self.verified]
        return "，".join(filter(None, (self.version, self.old, read, self.note)))


def law_line(basis: LegalBasis, laws: Mapping[str, Law]) -> LawLine:
    law = laws.get(basis.law)
    read = None
    if law is not None and basis.article is not None:
        article = article_of(basis.article)
        read = any(item.article == article and item.verified for item in law.articles)
    return LawLine(
        title=law.title if law else basis.law,
        place=place_of(basis.law, basis.article),
        article=basis.article,
        version=f"{day(law.version_date)} 版" if law and law.version_date else None,
        verified=read if basis.evidence == "law" or read is None else False,
        note=basis.note,
        old=superseded(law) if law else None,
    )
