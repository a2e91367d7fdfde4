"""Which pages and data files there are beside those of the matters."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..catalog.hours import Timetable
from ..catalog.model.change import ChangeEntry, in_order
from ..catalog.parts import Parts
from ..render.api import calendar_json, centre_json, journeys_json, matters_json, sections_json
from ..render.changes import ATOM, CHANGED, JSON, URGENT, changed_json, changes_atom, changes_json, urgent_json
from ..render.not_found import PATH as NOT_FOUND
from ..render.not_found import not_found_page
from ..render.page import Page
from ..render.pages import (
    about_page,
    certainty_page,
    changes_page,
    commitments_page,
    deferrable_page,
    english_page,
    hall_page,
    home_page,
    journey_page,
    journeys_page,
    letters_page,
    noon_page,
    open_data_page,
    promise_page,
    queue_page,
    screen_page,
    section_page,
    supervision_page,
    ticket_page,
    visit_page,
    waiting_papers_page,
    zero_visit_page,
)
from ..views.certainty import SHOWN, certainty_view
from ..views.changes import changes_view
from ..views.commitments import commitments_view
from ..views.context import context_of
from ..views.deferrable import deferrable_view, promise_view
from ..views.hall import hall_view
from ..views.journeys import journey_lines, journey_view
from ..views.letters import letters_view
from ..views.lists import about_view, home_view, section_view
from ..views.noon import noon_view
from ..views.queue import queue_view
from ..views.summary import Summary, plans
from ..views.supervision import supervision_view
from ..views.visit import visit_view, waiting_papers_view
from ..views.worklist import pressing
from ..views.zero_visit import zero_visit_view


def list_pages(parts: Parts, summaries: Sequence[Summary]) -> list[Page]:
    """The pages that depend on which matters there are, but for ``record_pages``."""
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
        *(waiting_papers_page(waiting_papers_view(section, context, summaries)) for section in waiting),
        *([journeys_page(journeys, parts.centre.guide_name)] if journeys else []),
        *(journey_page(journey_view(journey, context)) for journey in parts.journeys.values()),
        about_page(about_view(context, summaries, parts.places)),
        *(section_page(view) for view in sections),
    ]


def record_pages(parts: Parts, summaries: Sequence[Summary], exports: bool) -> list[Page]:
    """How sure the guide is, what has changed in it, its data: for who keeps or checks it rather than for who
    comes with papers. And the page in English, which few open. ``exports`` tells whether the site holds the
    tables of the whole catalogue, which pages then offer."""
    context = context_of(parts, {item.id: item.name for item in summaries})
    sections = [section_view(section, context, summaries) for section in parts.sections]
    return [
        english_page(parts.centre, sections, parts.journeys.values()),
        open_data_page(parts.centre, context.offers, exports),
        certainty_page(certainty_view(context, summaries, pressing(parts, summaries, SHOWN)), exports),
        changes_page(changes_view(_entries(parts), context.names, parts.centre.guide_name)),
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
        "api/v1/matters.json": matters_json(summaries, plans(parts.centre)),
        "api/v1/sections.json": sections_json(parts.sections, summaries),
    }


def fixed_pages(parts: Parts) -> list[Page]:
    """The pages that depend on no matter."""
    context = context_of(parts, {})
    queue = queue_view(context)
    return [
        commitments_page(commitments_view(context)),
        *([promise_page(promise_view(context, parts.deferral))] if context.offers.deferral else []),
        noon_page(noon_view(context, Timetable(parts.centre, parts.years, parts.duty).days())),
        *([queue_page(queue), ticket_page(queue), screen_page(queue)] if context.offers.queue else []),
    ]


def fixed_files(parts: Parts, address: str | None) -> dict[str, bytes]:
    """The data files that depend on no matter, by path; ``address`` is that of the site,
    if it is known."""
    # Here, since icalendar takes 95 ms to load, and few changes touch the hours.
    from ..render.calendars import CLOSURES, NOON, closures_ics, marks, noon_ics, revisions

    centre, entries = parts.centre, _entries(parts)
    published = max(source.published_on for source in centre.sources)
    days = tuple(Timetable(parts.centre, parts.years, parts.duty).days())
    noon, closures = revisions([entry for _, entry in reversed(entries)], marks(centre, days))
    return {
        NOT_FOUND: not_found_page(centre).encode(),
        **({NOON: noon_ics(centre, days, noon, address)} if centre.noon_service is not None else {}),
        CLOSURES: closures_ics(centre, days, closures, address),
        ATOM: changes_atom(entries, centre.guide_name, centre.short_name, published, address),
        JSON: changes_json(entries),
        URGENT: urgent_json(entries),
        CHANGED: changed_json(entries),
        "api/v1/centre.json": centre_json(parts.centre),
        "api/v1/calendar.json": calendar_json(days, parts.centre.timezone),
        "api/v1/journeys.json": journeys_json(parts.journeys.values()),
    }
