"""The laws of a matter: title, article, version, and whether the article was read."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from ..catalog.model.lists import Law
from ..catalog.model.matter import LegalBasis
from .words import day, titled


class LawLine(Struct, frozen=True, kw_only=True):
    """A law of the matter: title, article, version, and whether the article was read.
    ``verified`` is ``None`` where no article is named."""

    title: str
    article: str | None
    version: str | None
    verified: bool | None
    note: str | None

    @property
    def name(self) -> str:
        return titled(self.title)

    @property
    def cited(self) -> str:
        """Title and article."""
        return f"{self.name}{self.article or ''}"

    @property
    def details(self) -> str:
        """Version, whether the article was read, and the note."""
        read = "条款待确认" if self.article is None else "条文已核" if self.verified else "条文待核"
        return "，".join(filter(None, (self.version, read, self.note)))

    @property
    def details_of_article(self) -> str:
        """The same for whoever has said already that no article is named."""
        read = {True: "条文已核", False: "条文待核", None: None}[self.verified]
        return "，".join(filter(None, (self.version, read, self.note)))


def law_line(basis: LegalBasis, laws: Mapping[str, Law]) -> LawLine:
    law = laws.get(basis.law)
    read = None
    if law is not None and basis.article is not None:
        read = any(item.article == basis.article and item.verified for item in law.articles)
    return LawLine(
        title=law.title if law else basis.law,
        article=basis.article,
        version=f"{day(law.version_date)} 版" if law and law.version_date else None,
        verified=read if basis.evidence == "law" or read is None else False,
        note=basis.note,
    )
