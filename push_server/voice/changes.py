"""Matters that have changed, for those who keep them: from the record that the guide publishes. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from msgspec import Struct

from ..announcement import Announcement, Payload
from ..published import LOCAL
from .kinds import KINDS

BODY = 120
"""Characters: two lines on a phone."""


class Change(Struct, frozen=True):
    """One sentence about one ``matter``; about something else where it is ``None``."""

    matter: str | None
    name: str | None
    text: str


class Entry(Struct, frozen=True):
    """What one release changed; the record ``api/v1/changes.json`` is a list of these."""

    id: str
    date: date
    changes: tuple[Change, ...]


def key(matter: str, entry: Entry) -> str:
    return f"matter:{matter}:{entry.id}"


def due(entries: Iterable[Entry], kept: Collection[str], moment: datetime) -> list[Announcement]:
    """What is to be told at ``moment`` about the matters that somebody has ``kept``: of releases of
    the last days only, since who comes later reads the page as it is."""
    rules = KINDS["matter"]
    assert rules.life is not None and rules.topic is not None
    today = moment.astimezone(LOCAL).date()
    found = []
    for entry in entries:
        ends = datetime.combine(entry.date, time.min, LOCAL) + rules.life + timedelta(days=1)
        if ends <= moment or entry.date > today:
            continue
        by_matter: dict[str, list[Change]] = {}
        for change in entry.changes:
            if change.matter in kept:
                by_matter.setdefault(str(change.matter), []).append(change)
        for matter, changes in by_matter.items():
            payload = Payload(
                kind="matter",
                title=f"“{changes[0].name or matter}”有改动",
                body=_body(changes),
                tag=rules.tag_about(matter),
                url=f"matters/{matter}/",
                date=today.isoformat(),
            )
            made: dict[str, Any] = {"facts": entry.id, "subject": matter, "quiet": rules.quiet}
            found.append(
                Announcement(
                    key=key(matter, entry),
                    audience=rules.topic,
                    payload=payload,
                    urgency=rules.urgency,
                    expires_at=ends,
                    **made,
                )
            )
    return found


def _body(changes: list[Change]) -> str:
    first = changes[0].text
    more = f" 共 {len(changes)} 处。" if len(changes) > 1 else ""
    room = BODY - len(more)
    return (first if len(first) <= room else f"{first[: room - 1]}…") + more
