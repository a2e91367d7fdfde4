"""centre.yml and sections.yml: links to pages that the guide really has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ..lines import Field, Lines
from ..model.record import See
from ..offers import offers_of
from ..parts import PartsLike
from ..paths import FILES
from ..problems import Problem

CODES = {"page-unknown": "链接指向指南里没有的页面"}

ALWAYS = ("a-z/", "about/", "certainty/", "changes/", "commitments/", "en/", "offline/", "open-data/", "visit/")
"""Pages of every guide. Those of ``Offers``, of sections and of journeys come on top."""


def check_links(shared: PartsLike, lines_of: Callable[[str], Lines]) -> Iterator[Problem]:
    """Every ``see`` leads to a page that is there. Passed over while a file that decides on
    pages cannot be read."""
    parts = (shared.centre, shared.sections, shared.hall, shared.zero_visit, shared.supervision, shared.deferral)
    if shared.journeys is None or any(part is None for part in parts):
        return
    pages = frozenset(pages_of(shared))
    for name in ("centre", "sections"):
        entries = "commitments" if name == "centre" else "sections"
        owners = shared.centre.commitments if name == "centre" else shared.sections  # type: ignore[union-attr]
        for position, owner in enumerate(owners or ()):
            yield from _links(owner.see, (entries, position, "see"), pages, lines_of(FILES[name]))


def pages_of(shared: PartsLike) -> Iterator[str]:
    """The pages and anchors that a link may name. Anchors are those of the hall's zones and
    of the table of limits."""
    yield from ALWAYS
    yield from offers_of(shared).pages()
    assert shared.sections is not None and shared.journeys is not None and shared.hall is not None
    for section in shared.sections:
        yield f"sections/{section.id}/"
        if section.on_site_papers is not None:
            yield f"{section.id}-papers/"
    yield from ("journeys/",) * bool(shared.journeys)
    yield from (f"journeys/{id}/" for id in shared.journeys)
    yield from (f"hall/#{zone.id}" for zone in shared.hall.zones)
    offers = offers_of(shared)
    yield from ("hall/#index",) * offers.hall
    yield from ("supervision/#limits",) * offers.supervision
    yield from ("supervision/#remedy",) * (offers.supervision and shared.supervision.remedy is not None)  # type: ignore[union-attr]


def _links(links: Sequence[See], field: Field, pages: frozenset[str], lines: Lines) -> Iterator[Problem]:
    for position, link in enumerate(links):
        if link.page not in pages:
            hint = f"可用的有：{'、'.join(sorted(page for page in pages if '#' not in page))}"
            yield lines.problem((*field, position, "page"), "page-unknown", f"没有页面“{link.page}”", hint)
