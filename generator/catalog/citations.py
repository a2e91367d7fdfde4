"""Which laws and articles a record cites: as a basis, and in its sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from .articles import article_of, named
from .lines import Field
from .model.matter import LegalBasis
from .model.record import Basis
from .parts import Catalogue
from .paths import FILES, journey_path, matter_path

Cited = tuple[str, str | None]
"""The id of a law and the article as it is written; ``None`` where only the law is named."""

VERBATIM = ("quote",)
"""Fields that somebody else wrote; what they name is no citation of ours."""


def citations(record: Any, titles: Mapping[str, str], field: Field = ()) -> Iterator[tuple[Field, Cited, bool]]:
    """Every citation of ``record`` with its field, and whether it is a basis, or stands in words.
    ``titles`` as ``articles.titles`` gives them."""
    if isinstance(record, (Basis, LegalBasis)):
        yield field, (record.law, record.article), True
        if isinstance(record, LegalBasis) and record.note:
            yield from citations(record.note, titles, (*field, "note"))
    elif isinstance(record, str):
        for cited in named(record, titles):
            yield field, cited, False
    elif isinstance(record, tuple):
        for position, item in enumerate(record):
            yield from citations(item, titles, (*field, position))
    elif isinstance(record, Struct):
        for name in record.__struct_fields__:
            if name not in VERBATIM:
                yield from citations(getattr(record, name), titles, (*field, name))


def sources(catalogue: Catalogue) -> Iterator[tuple[str, Struct]]:
    """The records that may cite laws, with their paths (``catalog/…``)."""
    for name in ("centre", "deferral", "hall", "supervision", "zero_visit"):
        yield FILES[name], getattr(catalogue, name)
    for id, journey in catalogue.journeys.items():
        yield journey_path(id), journey
    for id, matter in catalogue.matters.items():
        yield matter_path(matter.section, id), matter


def whole(cited: Cited) -> Cited:
    """The citation of the article as a whole: 第四条 of 第四条第一款第二项."""
    law, article = cited
    return law, None if article is None else article_of(article)
