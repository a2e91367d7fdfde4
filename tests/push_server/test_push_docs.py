"""docs/push.md and the program say the same."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from push_server.voice.kinds import KINDS
from push_server.wish import TOPICS

from .conftest import Server

PAGE = (Path(__file__).parents[2] / "docs/push.md").read_text("utf-8")
UNITS = {"s": "seconds", "min": "minutes", "d": "days"}


def rows(head: str) -> list[list[str]]:
    """The cells of the table whose first column is ``head``; a cell that is code alone is what it says."""
    found = re.search(rf"^\| {head} \|.*\n\|[-|]+\|\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    assert found
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in found[1].splitlines()]
    return [[re.sub(r"^`([^`]+)`$", r"\1", cell) for cell in cells] for cells in lines]


def life(text: str) -> timedelta | None:
    number, _, unit = text.partition(" ")
    return timedelta(**{UNITS[unit]: int(number)}) if text else None


def test_the_table_of_kinds() -> None:
    told = {
        name: (topic or None, urgency, quiet, tag, life(lasts), title, body)
        for name, topic, urgency, quiet, tag, lasts, title, body in rows("kind")
    }
    assert told == {
        name: (kind.topic, kind.urgency, kind.quiet, kind.tag, kind.life, kind.title, kind.body)
        for name, kind in KINDS.items()
    }


def test_the_table_of_topics() -> None:
    told = {
        name: frozenset(re.findall(r"\b(lead|weekdays|subject|threshold|on_date)\b", may))
        for name, _, may in rows("topic")
    }
    assert told == dict(TOPICS)


def test_the_addresses_are_there(server: Server) -> None:
    document = server.http.get("/push/v1/openapi.json").get_json()
    told = re.findall(r"`(GET|POST) (/push/v1/[\w./]+)`", PAGE)
    assert len(told) >= 4
    assert [one for one in told if one[0].lower() not in document["paths"].get(one[1], {})] == []
