"""Which pages and data files there are beside those of the matters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from .catalog.hours import Timetable
from .catalog.parts import Parts
from .render.api import calendar_json, centre_json, matters_json, sections_json
from .render.page import Page
from .shell import Shell
from .stamp import fill, page_path, root_of
from .summary import Summary


def list_pages(parts: Parts, summaries: Sequence[Summary]) -> list[Page]:
    """The pages that depend on which matters there are."""
    return []


def list_files(parts: Parts, summaries: Sequence[Summary]) -> dict[str, bytes]:
    """The data files that depend on which matters there are, by path."""
    return {
        "api/v1/matters.json": matters_json(summaries),
        "api/v1/sections.json": sections_json(parts.sections, summaries),
    }


def fixed_files(parts: Parts, shell: Shell) -> dict[str, bytes]:
    """The pages and data files that depend on no matter, by path."""
    files = {
        "api/v1/centre.json": centre_json(parts.centre),
        "api/v1/calendar.json": calendar_json(Timetable(parts.centre, parts.years).days(), parts.centre.timezone),
    }
    for url, page in shell.pages.items():
        files[page_path(url)] = page.replace("@@ROOT@@", root_of(url)).encode()
    return files
