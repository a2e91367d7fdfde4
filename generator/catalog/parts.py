"""The records of all files of a catalogue that are no matters, and the whole of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from .model.calendar import CalendarYear
from .model.centre import Centre
from .model.change import ChangeEntry
from .model.duty import Roster
from .model.journey import Journey
from .model.lists import Law, Paper, Place, Section, Word
from .model.matter import Matter
from .model.record import Record
from .model.search import SearchRules
from .model.services import Case, DeferralRules, Hall, Supervision, ZeroVisit
from .model.texts import LawTexts


class Parts(Struct, frozen=True, kw_only=True):
    """The catalogue but for its matters. ``changes`` are by the names of their files. A part is ``None`` when a file of it could not
    be read."""

    centre: Centre | None
    years: dict[int, CalendarYear] | None
    laws: dict[str, Law] | None
    texts: dict[str, LawTexts] | None
    sections: tuple[Section, ...] | None
    places: tuple[Place, ...] | None
    papers: dict[str, Paper] | None
    words: tuple[Word, ...] | None
    search: SearchRules | None
    hall: Hall | None
    zero_visit: ZeroVisit | None
    supervision: Supervision | None
    deferral: DeferralRules | None
    duty: Roster | None
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
    def texts(self) -> Mapping[str, LawTexts] | None: ...
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
    def duty(self) -> Roster | None: ...
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
    texts: dict[str, LawTexts]
    sections: tuple[Section, ...]
    places: tuple[Place, ...]
    papers: dict[str, Paper]
    words: tuple[Word, ...]
    search: SearchRules
    hall: Hall
    zero_visit: ZeroVisit
    supervision: Supervision
    deferral: DeferralRules
    duty: Roster
    cases: tuple[Case, ...]
    journeys: dict[str, Journey]
    changes: dict[str, ChangeEntry]
    matters: dict[str, Matter]
