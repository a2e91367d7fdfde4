"""The rules of the catalogue beyond its types.

Every rule is a generator of problems in the module of its family. A rule either needs
its record alone, or the index of what other files offer; ``check_matter`` runs both.
``lines`` is asked only when something is wrong.

Here are the rules on matters; those on the other files are in ``shared.py``, what is advice in ``advice.py``, all codes in
``codes.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..index import Index
from ..lines import Lines
from ..model.matter import Matter
from ..problems import Problem
from . import (
    answers,
    applicants,
    corpus,
    dates,
    deadlines,
    documents,
    duties,
    editions,
    elements,
    evidence,
    expiry,
    forms,
    grounds,
    home_service,
    identity,
    limits,
    papers,
    places,
    promises,
    situations,
    steps,
    wording,
)

ALONE = (
    identity.check_id,
    identity.check_folder,
    identity.check_repeats,
    identity.check_aliases,
    identity.check_language,
    evidence.check_graded,
    grounds.check_grounds,
    grounds.check_validity,
    evidence.check_editions,
    evidence.check_articles,
    applicants.check_applicants,
    papers.check_materials,
    documents.check_documents,
    situations.check_situations,
    situations.check_when,
    steps.check_steps,
    answers.check_limits,
    limits.check_limit_there,
    limits.check_limit_cases,
    deadlines.check_deadline_words,
    deadlines.check_deadline_move,
    answers.check_noon,
    answers.check_fee,
    expiry.check_expiry,
    places.check_place,
    forms.check_form_names,
    elements.check_sourced,
    elements.check_answers,
    elements.check_terms,
    elements.check_shapes,
    elements.check_intermediary,
    home_service.check_home_service,
    wording.check_text,
)
REFERRING = (
    identity.check_section,
    identity.check_unique,
    evidence.check_laws,
    evidence.check_sources,
    duties.check_duties_cited,
    editions.check_replaced,
    editions.check_amended,
    corpus.check_marks,
    papers.check_papers,
    documents.check_once,
    papers.check_deferral_rules,
    places.check_place_there,
    answers.check_counter,
    answers.check_noon_offered,
    promises.check_noon_proven,
    promises.check_promise_names,
    answers.check_related,
    home_service.check_home_service_places,
    answers.check_journey_limits,
    elements.check_addresses,
    elements.check_hours_table,
    forms.check_forms,
)


def check_matter(matter: Matter, lines: Lines, index: Index, today: date | None = None) -> Iterator[Problem]:
    """Every rule on one matter."""
    yield from check_alone(matter, lines, today)
    yield from check_references(matter, lines, index)


def check_alone(matter: Matter, lines: Lines, today: date | None = None) -> Iterator[Problem]:
    """The rules on one matter that depend on its file only, and on the day: what passes on one day
    passes on all that follow."""
    yield from dates.check_dates(matter, lines, today)
    for check in ALONE:
        yield from check(matter, lines)


def check_references(matter: Matter, lines: Lines, index: Index) -> Iterator[Problem]:
    """The rules on one matter that depend on other files."""
    for check in REFERRING:
        yield from check(matter, lines, index)
