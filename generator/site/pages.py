"""Which pages and data files there are beside those of the matters."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..catalog.change_types import ChangeEntry, in_order
from ..catalog.hours import Timetable
from ..catalog.parts import Parts
from ..render.about import about_page
from ..render.api import calendar_json, centre_json, journeys_json, matters_json, sections_json
from ..render.certainty import certainty_page
from ..render.changes import ATOM, JSON, changes_atom, changes_json, changes_page
from ..render.commitments import commitments_page
from ..render.deferrable import deferrable_page
from ..render.english import english_page
from ..render.hall import hall_page
from ..render.home import home_page
from ..render.journeys import journey_page, journeys_page
from ..render.letters import letters_page
from ..render.noon import noon_page
from ..render.open_data import open_data_page
from ..render.page import Page
from ..render.promise import promise_page
from ..render.sections import section_page
from ..render.supervision import supervision_page
from ..render.visit import visit_page, waiting_papers_page
from ..render.zero_visit import zero_visit_page
from ..views.addresses import CLOSURES_ICS, NOON_ICS
from ..views.certainty import certainty_view
from ..views.context import context_of
from ..views.deferrable import deferrable_view, promise_view
from ..views.hall import hall_view
from ..views.journeys import journey_lines, journey_view
from ..views.letters import letters_view
from ..views.lists import about_view, commitments_view, home_view, section_view
from ..views.noon import noon_view
from ..views.summary import Summary
from ..views.supervision import supervision_view
from ..views.visit import visit_view, waiting_papers_view
from ..views.zero_visit import zero_visit_view


def list_pages(parts: Parts, summaries: Sequence[Summary], exports: bool) -> list[Page]:
    """The pages that depend on which matters there are; ``exports`` as in ``fixed_pages``."""
    context = context_of(parts, {item.id: item.name for item in summaries})
    offers = context.offers
    waiting = [section for section in parts.sections if section.on_site_papers is not None]
    sections = [section_view(section, context, summaries) for section in parts.sections]
    journeys = journey_lines(parts.journeys.values(), context)
    return [
        home_page(home_view(context, summaries, parts.words, journeys)),
        *([hall_page(hall_view(context, parts.hall, summaries))] if offers.hall else []),
        visit_page(visit_view(context, parts.hall, parts.zero_visit, parts.cases)),
        *(
            [zero_visit_page(zero_visit_view(context, parts.zero_visit, parts.places, summaries))]
            if offers.zero_visit
            else []
        ),
        *(
            [deferrable_page(deferrable_view(context, parts.deferral, parts.cases, summaries))]
            if offers.deferral
            else []
        ),
        *([supervision_page(supervision_view(context, parts.supervision, summaries))] if offers.supervision else []),
        certainty_page(certainty_view(context, summaries), exports),
        changes_page(_entries(parts), context.names, parts.centre.guide_name),
        *(waiting_papers_page(waiting_papers_view(section, context, summaries)) for section in waiting),
        *([journeys_page(journeys, parts.centre.guide_name)] if journeys else []),
        *(journey_page(journey_view(journey, context)) for journey in parts.journeys.values()),
        about_page(about_view(context, summaries, parts.places)),
        *(section_page(view) for view in sections),
        english_page(parts.centre, sections, parts.journeys.values()),
    ]


def letters(parts: Parts, summaries: Sequence[Summary], read: Callable[[str], list[str]]) -> Page:
    """The A–Z page; ``read`` gives the syllables of a Chinese text."""
    return letters_page(letters_view(context_of(parts, {}), summaries, read))


def _entries(parts: Parts) -> list[tuple[str, ChangeEntry]]:
    """The record of changes, newest first."""
    return [(id, parts.changes[id]) for id in sorted(parts.changes, key=in_order, reverse=True)]


def list_files(parts: Parts, summaries: Sequence[Summary]) -> dict[str, bytes]:
    """The data files that depend on which matters there are, by path."""
    return {
        "api/v1/matters.json": matters_json(summaries),
        "api/v1/sections.json": sections_json(parts.sections, summaries),
    }


def fixed_pages(parts: Parts, exports: bool) -> list[Page]:
    """The pages that depend on no matter; ``exports`` tells whether the site holds the
    tables of the whole catalogue, which pages then offer."""
    context = context_of(parts, {})
    return [
        commitments_page(commitments_view(context)),
        open_data_page(parts.centre, context.offers, exports),
        *([promise_page(promise_view(context, parts.deferral))] if context.offers.deferral else []),
        noon_page(noon_view(context, Timetable(parts.centre, parts.years).days())),
    ]


def fixed_files(parts: Parts) -> dict[str, bytes]:
    """The data files that depend on no matter, by path."""
    # Here, since icalendar takes 95 ms to load, and few changes touch the hours.
    from ..render.calendars import closures_ics, noon_ics

    centre, entries = parts.centre, _entries(parts)
    published = max(source.published_on for source in centre.sources)
    days = tuple(Timetable(parts.centre, parts.years).days())
    return {
        **({NOON_ICS: noon_ics(centre, days)} if centre.noon_service is not None else {}),
        CLOSURES_ICS: closures_ics(parts.centre, days),
        ATOM: changes_atom(entries, centre.guide_name, centre.short_name, published),
        JSON: changes_json(entries),
        "api/v1/centre.json": centre_json(parts.centre),
        "api/v1/calendar.json": calendar_json(days, parts.centre.timezone),
        "api/v1/journeys.json": journeys_json(parts.journeys.values()),
    }
