"""Of a matter in which something cannot be read: what can be said of the rest in the same run.

Only rules that look at one value, or at one value and other files: what is missing cannot make them wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from ..decode import decode
from ..index import Index
from ..lines import Lines
from ..model.matter import Matter
from ..problems import Problem
from ..salvage import sound
from . import answers, dates, evidence, forms, home_service, identity, papers, places, wording

ALONE = (evidence.check_articles, evidence.check_editions, wording.check_text)
REFERRING = (
    identity.check_section,
    evidence.check_laws,
    evidence.check_sources,
    papers.check_papers,
    places.check_place_there,
    answers.check_counter,
    answers.check_related,
    home_service.check_home_service_places,
    forms.check_forms,
)


def check_rest(lines: Lines, told: Collection[Problem], index: Index, today: date | None = None) -> Iterator[Problem]:
    """The faults of the file behind ``lines``, beside those that are ``told`` already."""
    root = lines.root
    kept = None if root is None else sound(root, Matter)
    matter = None if kept is None else decode(kept, Matter, lines.path)[0]
    if matter is None:
        return
    there = Lines(lines.path, kept)
    known = {problem.line for problem in told}
    found = [*dates.check_dates(matter, there, today)]
    for alone in ALONE:
        found += alone(matter, there)
    for referring in REFERRING:
        found += referring(matter, there, index)
    yield from (problem for problem in found if problem.line not in known)
