"""The types of laws.yml, sections.yml, places.yml, materials.yml and words.yml."""

from __future__ import annotations

from datetime import date
from typing import Literal

from ..icons import Icon
from .elements import Answered
from .record import Record, See


class Article(Record, frozen=True, kw_only=True):
    article: str
    summary: str
    verified: bool


class Law(Record, frozen=True, kw_only=True):
    """A law that the catalogue cites. ``articles`` are those that were checked."""

    id: str
    title: str
    issuer: str
    version_date: date | None
    text_status: str
    note: str | None
    articles: tuple[Article, ...]


class Section(Record, frozen=True, kw_only=True):
    """A section of the matters. ``icon`` is its symbol on the home page, ``see`` the pages
    that concern many of its matters. ``on_site_papers`` is the promise of centre.yml that
    some of its papers may wait for the on-site check; the section then has a page on that,
    ``<id>-papers/``."""

    id: str
    name: str
    name_en: str | None = None
    summary: str
    groups: tuple[str, ...]
    icon: Icon | None = None
    on_site_papers: str | None = None
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
    """A recurrent paper (materials.yml): what it is and where one gets it."""

    id: str
    name: str
    what: str
    where: str


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
