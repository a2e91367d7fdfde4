"""zero-visit.yml: every help and place once, and a promise that exists."""

from __future__ import annotations

from collections.abc import Iterator

from ..index import Index
from ..lines import Lines
from ..model.services import ZeroVisit
from ..problems import Problem
from .centre import unique_ids, unknown_commitment
from .home_service import unknown_places


def check_zero_visit_file(zero_visit: ZeroVisit, lines: Lines) -> Iterator[Problem]:
    """Every kind of help and every place once."""
    yield from unique_ids([item.id for item in zero_visit.help], "help", lines)
    yield from unique_ids(list(zero_visit.places), "places", lines)


def check_zero_visit_references(zero_visit: ZeroVisit, lines: Lines, index: Index) -> Iterator[Problem]:
    """The places are those of places.yml, the promise one of centre.yml."""
    yield from unknown_places(zero_visit.places, ("places",), lines, index)
    yield from unknown_commitment(zero_visit.commitment, lines, index)
