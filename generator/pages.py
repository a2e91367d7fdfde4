"""Which pages and data files there are beside those of the matters."""

from __future__ import annotations

from collections.abc import Sequence

from .catalog.hours import Timetable
from .catalog.parts import Parts
from .render.api import calendar_json, centre_json, matters_json, sections_json
from .render.page import Page
from .summary import Summary
from .views.words import Context


def context_of(parts: Parts, names: dict[str, str]) -> Context:
    """What views need to know around one page; ``names`` of the matters by id."""
    return Context(
        centre=parts.centre, laws=parts.laws, papers=parts.papers, sections=parts.sections, names=names
    )


def list_pages(parts: Parts, summaries: Sequence[Summary]) -> list[Page]:
    """The pages that depend on which matters there are."""
    from .render.about import about_page
    from .render.home import home_page
    from .render.sections import section_page
    from .views.lists import about_view, home_view, section_view

    context = context_of(parts, {item.id: item.name for item in summaries})
    return [
        home_page(home_view(context, summaries, parts.words)),
        about_page(about_view(context, summaries, parts.places)),
        *(section_page(section_view(section, context, summaries)) for section in parts.sections),
    ]


def list_files(parts: Parts, summaries: Sequence[Summary]) -> dict[str, bytes]:
    """The data files that depend on which matters there are, by path."""
    return {
        "api/v1/matters.json": matters_json(summaries),
        "api/v1/sections.json": sections_json(parts.sections, summaries),
    }


def fixed_pages(parts: Parts) -> list[Page]:
    """The pages that depend on no matter."""
    from .render.commitments import commitments_page
    from .render.noon import noon_page
    from .views.lists import commitments_view
    from .views.noon import noon_view

    context = context_of(parts, {})
    return [
        commitments_page(commitments_view(context)),
        noon_page(noon_view(context, Timetable(parts.centre, parts.years).days())),
    ]


def fixed_files(parts: Parts) -> dict[str, bytes]:
    """The data files that depend on no matter, by path."""
    days = Timetable(parts.centre, parts.years).days()
    return {
        "api/v1/centre.json": centre_json(parts.centre),
        "api/v1/calendar.json": calendar_json(days, parts.centre.timezone),
    }
