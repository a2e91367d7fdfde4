"""The rules on the files that are not matters: each alone, and between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from msgspec import Struct

from ..index import Index
from ..lines import Lines
from ..model.calendar import CalendarYear
from ..model.centre import Centre
from ..model.change import ChangeEntry
from ..model.duty import Roster
from ..model.journey import Journey
from ..model.lists import Laws, Papers, Places, Sections, Words
from ..model.search import SearchRules
from ..model.services import NOTHING, Cases, DeferralRules, Hall, Supervision, ZeroVisit
from ..model.texts import LawTexts
from ..parts import PartsLike
from ..paths import FILES, journey_path
from ..problems import Problem
from . import (
    calendar,
    centre,
    changes,
    corpus,
    dates,
    deferral,
    duties,
    duty,
    editions,
    elements,
    hall,
    journeys,
    links,
    lists,
    look,
    promises,
    search,
    supervision,
    wording,
    zero_visit,
)

LinesOf = Callable[[str], Lines]
"""The lines of a file by its path (``catalog/…``)."""

FILE_CHECKS: dict[type[Struct], tuple[Callable[..., Iterator[Problem]], ...]] = {
    Centre: (
        centre.check_hours,
        centre.check_no_noon,
        centre.check_exceptions,
        centre.check_ids,
        look.check_look,
        elements.check_complaint,
        elements.check_centre_phones,
    ),
    CalendarYear: (calendar.check_year, calendar.check_make_up),
    Laws: (lists.check_laws_file,),
    Papers: (lists.check_papers_file,),
    Places: (centre.check_places_file, elements.check_place_phones),
    Sections: (lists.check_sections_file,),
    Words: (lists.check_words_file,),
    SearchRules: (search.check_search_file,),
    Hall: (hall.check_zones,),
    ZeroVisit: (zero_visit.check_zero_visit_file,),
    Supervision: (supervision.check_supervision_file, elements.check_remedy),
    DeferralRules: (),
    Roster: (duty.check_shifts,),
    Cases: (deferral.check_cases_file,),
    Journey: (journeys.check_journey,),
    LawTexts: (corpus.check_texts_file,),
    ChangeEntry: (changes.check_date,),
}


def check_file(record: Struct, lines: Lines, today: date | None = None) -> Iterator[Problem]:
    """Every rule on one file that is not a matter, as far as it stands alone; ``today`` as in ``check_alone``."""
    yield from dates.check_dates(record, lines, today)
    for check in FILE_CHECKS[type(record)]:
        yield from check(record, lines)
    if hasattr(record, "answers"):
        yield from elements.check_answers_file(record, lines)
    if not isinstance(record, (ChangeEntry, LawTexts)):  # they quote what others wrote
        yield from wording.check_text(record, lines)


def check_shared(shared: PartsLike, index: Index, lines_of: LinesOf) -> Iterator[Problem]:
    """The rules between the files that are not matters, and from them to matters.
    Parts that are ``None`` are passed over."""
    if shared.centre is not None:
        lines = lines_of(FILES["centre"])
        yield from centre.check_centre_sources(shared.centre, lines, index)
        yield from promises.check_covers(shared.centre.commitments, lines, index)
        if shared.years is not None:
            yield from centre.check_exception_years(shared.centre, shared.years, lines)
    if shared.laws is not None:
        yield from duties.check_duties(shared.laws, lines_of(FILES["laws"]), index)
    if shared.sections is not None:
        yield from lists.check_section_promises(shared.sections, lines_of(FILES["sections"]), index)
    yield from links.check_links(shared, lines_of)
    if shared.laws is not None:
        lines = lines_of(FILES["laws"])
        yield from editions.check_laws(shared.laws, lines)
        if shared.texts is not None:
            yield from corpus.check_texts(shared.laws, shared.texts, lines_of)
        yield from corpus.check_summaries(shared.laws, lines, index)
    if shared.years is not None:
        yield from calendar.check_years(shared.years, (shared.changes or {}).values())
    if shared.places is not None:
        lines = lines_of(FILES["places"])
        yield from centre.check_place_sources(shared.places, lines, index)
    if shared.words is not None:
        yield from lists.check_word_targets(shared.words, lines_of(FILES["words"]), index)
    if shared.search is not None:
        yield from search.check_family_targets(shared.search, lines_of(FILES["search"]), index)
    if shared.hall is not None:
        yield from hall.check_zone_references(shared.hall, lines_of(FILES["hall"]), index)
    if shared.zero_visit is not None and shared.zero_visit != NOTHING["zero_visit"]:
        lines = lines_of(FILES["zero_visit"])
        yield from zero_visit.check_zero_visit_references(shared.zero_visit, lines, index)
    if shared.supervision is not None:
        lines = lines_of(FILES["supervision"])
        yield from supervision.check_supervision_references(shared.supervision, lines, index)
    if shared.deferral is not None and shared.deferral != NOTHING["deferral"]:
        yield from deferral.check_deferral_references(shared.deferral, lines_of(FILES["deferral"]), index)
    if shared.duty is not None and shared.centre is not None and shared.years is not None:
        lines = lines_of(FILES["duty"])
        yield from duty.check_shift_references(shared.duty, shared.centre, shared.years, lines, index)
    if shared.cases is not None:
        yield from deferral.check_case_references(shared.cases, lines_of(FILES["cases"]), index)
    if shared.journeys is not None:
        paths = {id: lines_of(journey_path(id)) for id in shared.journeys}
        yield from journeys.check_journey_references(shared.journeys, paths, index)
