"""The files of a catalogue: which there are, and the records of all that are no matters."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from .change_types import ChangeEntry
from .journey_types import Journey
from .model import CalendarYear, Centre, Law, Matter, Paper, Place, Record, Section, Word
from .search_types import SearchRules
from .services import Case, DeferralRules, Hall, Supervision, ZeroVisit

FOLDER = "catalog"
"""How messages call the catalogue's folder, wherever it lies."""

FILES = {
    "cases": f"{FOLDER}/cases.yml",
    "centre": f"{FOLDER}/centre.yml",
    "deferral": f"{FOLDER}/deferral.yml",
    "hall": f"{FOLDER}/hall.yml",
    "laws": f"{FOLDER}/laws.yml",
    "papers": f"{FOLDER}/materials.yml",
    "places": f"{FOLDER}/places.yml",
    "search": f"{FOLDER}/search.yml",
    "sections": f"{FOLDER}/sections.yml",
    "supervision": f"{FOLDER}/supervision.yml",
    "words": f"{FOLDER}/words.yml",
    "zero_visit": f"{FOLDER}/zero-visit.yml",
}
"""Part → its file."""

CODES = {
    "file-missing": "缺少必需的文件",
    "file-unexpected": "这个位置不应有这个文件",
    "file-unreadable": "文件打不开",
}

_YEAR = re.compile(rf"{FOLDER}/calendar/[0-9]{{4}}\.yml")
_MATTER = re.compile(rf"{FOLDER}/matters/[^/]+/[^/]+\.yml")
_CHANGE = re.compile(rf"{FOLDER}/changes/[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}(?:-[1-9][0-9]*)?\.yml")
_JOURNEY = re.compile(rf"{FOLDER}/journeys/[^/]+\.yml")


class Parts(Struct, frozen=True, kw_only=True):
    """The catalogue but for its matters. ``changes`` are by the names of their files. A part is ``None`` when a file of it could not
    be read."""

    centre: Centre | None
    years: dict[int, CalendarYear] | None
    laws: dict[str, Law] | None
    sections: tuple[Section, ...] | None
    places: tuple[Place, ...] | None
    papers: dict[str, Paper] | None
    words: tuple[Word, ...] | None
    search: SearchRules | None
    hall: Hall | None
    zero_visit: ZeroVisit | None
    supervision: Supervision | None
    deferral: DeferralRules | None
    cases: tuple[Case, ...] | None
    journeys: dict[str, Journey] | None
    changes: dict[str, ChangeEntry] | None

    @property
    def complete(self) -> bool:
        return all(getattr(self, name) is not None for name in self.__struct_fields__)


class PartsLike(Protocol):
    """What checks ask of the parts; ``Parts``, and any record with the same fields."""

    @property
    def centre(self) -> Centre | None: ...
    @property
    def years(self) -> Mapping[int, CalendarYear] | None: ...
    @property
    def laws(self) -> Mapping[str, Law] | None: ...
    @property
    def sections(self) -> Sequence[Section] | None: ...
    @property
    def places(self) -> Sequence[Place] | None: ...
    @property
    def papers(self) -> Mapping[str, Paper] | None: ...
    @property
    def words(self) -> Sequence[Word] | None: ...
    @property
    def search(self) -> SearchRules | None: ...
    @property
    def hall(self) -> Hall | None: ...
    @property
    def zero_visit(self) -> ZeroVisit | None: ...
    @property
    def supervision(self) -> Supervision | None: ...
    @property
    def deferral(self) -> DeferralRules | None: ...
    @property
    def cases(self) -> Sequence[Case] | None: ...
    @property
    def journeys(self) -> Mapping[str, Journey] | None: ...
    @property
    def changes(self) -> Mapping[str, ChangeEntry] | None: ...


class Catalogue(Record, frozen=True, kw_only=True):
    """Everything, loaded and typed. Mappings are in a fixed order."""

    centre: Centre
    years: dict[int, CalendarYear]
    laws: dict[str, Law]
    sections: tuple[Section, ...]
    places: tuple[Place, ...]
    papers: dict[str, Paper]
    words: tuple[Word, ...]
    search: SearchRules
    hall: Hall
    zero_visit: ZeroVisit
    supervision: Supervision
    deferral: DeferralRules
    cases: tuple[Case, ...]
    journeys: dict[str, Journey]
    changes: dict[str, ChangeEntry]
    matters: dict[str, Matter]


def is_matter(path: str) -> bool:
    """Whether ``path`` (``catalog/…``) is the file of a matter."""
    return _MATTER.fullmatch(path) is not None


def matter_path(section: str, id: str) -> str:
    return f"{FOLDER}/matters/{section}/{id}.yml"


def is_year(path: str) -> bool:
    """Whether ``path`` (``catalog/…``) is the calendar of a year."""
    return _YEAR.fullmatch(path) is not None


def year_path(year: int) -> str:
    return f"{FOLDER}/calendar/{year}.yml"


def is_journey(path: str) -> bool:
    """Whether ``path`` (``catalog/…``) is the file of a journey."""
    return _JOURNEY.fullmatch(path) is not None


def journey_path(id: str) -> str:
    return f"{FOLDER}/journeys/{id}.yml"


def is_change(path: str) -> bool:
    """Whether ``path`` (``catalog/…``) is the record of a publication's changes."""
    return _CHANGE.fullmatch(path) is not None


def stem(path: str) -> str:
    """The name of a file without folder and suffix."""
    return path.rsplit("/", 1)[-1].removesuffix(".yml")


def matter_id(path: str) -> str:
    """The id that the name of a matter's file promises."""
    return stem(path)
