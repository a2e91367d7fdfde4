"""The types of laws.yml, sections.yml, places.yml, materials.yml and words.yml."""

from __future__ import annotations

from datetime import date
from typing import Literal

from ..icons import Icon
from .elements import Answered
from .record import ListStatus, Record, See


class Article(Record, frozen=True, kw_only=True):
    article: str
    summary: str
    verified: bool


class LawDuty(Record, frozen=True, kw_only=True):
    """An article that binds those who come for ``matters``: each of these has to cite it."""

    article: str
    matters: tuple[str, ...]


class Replacement(Record, frozen=True, kw_only=True):
    """What took the place of a law or of an edition of it, from the day ``on``. ``law`` is its id
    where it is among the laws; ``None`` where its text has not been found."""

    title: str
    on: date | None
    law: str | None = None


class Law(Record, frozen=True, kw_only=True):
    """A law that the catalogue cites. ``articles`` are those that were checked, ``duties`` what it obliges the
    applicants of which matters to.

    ``version_date`` is the day of the edition that was read, ``edition`` its name (令第78号) where it has
    one. It holds from ``valid_from`` to ``valid_to``, both included; ``None`` is not known, or still
    holding.
    """

    id: str
    title: str
    issuer: str | None
    version_date: date | None
    edition: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    replaced_by: Replacement | None = None
    text_status: str
    note: str | None
    articles: tuple[Article, ...]
    duties: tuple[LawDuty, ...] = ()


class Section(Record, frozen=True, kw_only=True):
    """A section of the matters. ``icon`` is its symbol on the home page, ``see`` the pages
    that concern many of its matters. ``on_site_papers`` is the promise of centre.yml that
    some of its papers may wait for the on-site check; the section then has a page on that,
    ``<id>-papers/``. ``list_status`` tells where its list of matters comes from."""

    id: str
    name: str
    name_en: str | None = None
    summary: str
    groups: tuple[str, ...]
    icon: Icon | None = None
    on_site_papers: str | None = None
    list_status: ListStatus | None = None
    see: tuple[See, ...] = ()


class Place(Record, frozen=True, kw_only=True):
    """A service place: the centre itself, or a public service centre of a street or town."""

    id: str
    name: str
    kind: Literal["centre", "street", "town"]
    address: str | None
    phone: str | None
    noon_service: bool | None
    source: str | None
    note: str | None = None


class Paper(Record, frozen=True, kw_only=True):
    """A recurrent paper (materials.yml): what it is and where one gets it. ``once``: whoever applies needs
    one of it at most."""

    id: str
    name: str
    what: str
    where: str
    once: bool = False


class Word(Record, frozen=True, kw_only=True):
    """What citizens say → the matters they mean, best first. A ``common`` word leads from
    the home page to the first of them."""

    word: str
    matters: tuple[str, ...]
    common: bool = False


class Laws(Record, frozen=True, kw_only=True):
    laws: tuple[Law, ...]


class Sections(Record, frozen=True, kw_only=True):
    sections: tuple[Section, ...]


class Places(Record, frozen=True, kw_only=True):
    places: tuple[Place, ...]
    answers: tuple[Answered, ...] = ()


class Papers(Record, frozen=True, kw_only=True):
    papers: tuple[Paper, ...]


class Words(Record, frozen=True, kw_only=True):
    words: tuple[Word, ...]
