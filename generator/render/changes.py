"""What changed lately, for programs: a feed (Atom, RFC 4287), and JSON."""

from __future__ import annotations

from datetime import date
from itertools import islice
from uuid import UUID, uuid5
from xml.etree import ElementTree

from msgspec import Struct

from ..catalog.model.change import ChangeEntry, in_order
from ..templates import html
from ..views.changes import SHOWN, Entries, groups
from ..views.words import day
from .api import encode

ATOM = "api/v1/changes.atom"
JSON = "api/v1/changes.json"
URGENT = "api/v1/urgent.json"
CHANGED = "api/v1/changed.json"

_NAMES = UUID("c5f2a3e0-7d0e-5a54-9b0c-6a3f0d1f4e21")
"""Where the names of the feed's entries are made. Never to be changed: readers would be
told everything once more."""

_XML = "http://www.w3.org/2005/Atom"


class Urgent(Struct, frozen=True, kw_only=True):
    """An urgent change, with the id and the day of the entry that tells it."""

    entry: str
    date: date
    matter: str | None
    name: str | None
    text: str


def changes_json(entries: Entries) -> bytes:
    """``changes.json``: every entry, newest first."""
    return encode(
        [
            {
                "id": id,
                "date": entry.date,
                "commit": entry.commit,
                "calendars": entry.calendars,
                "changes": entry.changes,
            }
            for id, entry in entries
        ]
    )


def urgent_json(entries: Entries) -> bytes:
    """``urgent.json``: the urgent changes of the newest entries, newest first, for pages that are open
    and learn of another release. The phone asks for it then and keeps none."""
    return encode(
        [
            Urgent(entry=id, date=entry.date, matter=change.matter, name=change.name, text=change.text)
            for id, entry in islice(entries, SHOWN)
            for change in entry.changes
            if change.urgent
        ]
    )


def changed_json(entries: Entries) -> bytes:
    """``changed.json``: which of the newest entries tell something of a matter, newest first, so that a phone
    learns whether one's own have changed without the whole record."""
    told: dict[str, list[str]] = {}
    for id, entry in islice(entries, SHOWN):
        for matter in sorted({change.matter for change in entry.changes if change.matter}):
            told.setdefault(matter, []).append(id)
    return encode({"newest": entries[0][0] if entries else None, "matters": dict(sorted(told.items()))})


def changes_atom(entries: Entries, guide: str, author: str, since: date, address: str | None = None) -> bytes:
    """``changes.atom``. Its addresses begin with that of the site; where that is not known, they are
    relative to the feed (RFC 4287 §2). ``since`` is the date of a feed without entries."""
    root = address or "../../"
    own = f"{address}{ATOM}" if address else "changes.atom"
    listed = list(islice(entries, SHOWN))
    feed = ElementTree.Element("feed", {"xmlns": _XML, "xml:lang": "zh-CN"})
    _text(feed, "id", uuid5(_NAMES, "changes").urn)
    _text(feed, "title", f"{guide}：最近改了什么")
    _text(feed, "updated", _moment(listed[0][1].date, listed[0][0]) if listed else _moment(since))
    _text(ElementTree.SubElement(feed, "author"), "name", author)
    ElementTree.SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": own})
    ElementTree.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": f"{root}changes/"})
    for id, entry in listed:
        item = ElementTree.SubElement(feed, "entry")
        _text(item, "id", uuid5(_NAMES, id).urn)
        _text(item, "title", _title(entry))
        _text(item, "updated", _moment(entry.date, id))
        ElementTree.SubElement(item, "link", {"rel": "alternate", "type": "text/html", "href": f"{root}changes/#{id}"})
        _text(item, "content", html("_changes.html", groups=groups(entry.changes, {}))).set("type", "html")
    ElementTree.indent(feed)
    return ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True) + b"\n"


def _title(entry: ChangeEntry) -> str:
    """The first changes in a line."""
    first = entry.changes[0] if entry.changes else None
    if first is None:
        return day(entry.date)
    text = f"{first.name}：{first.text}" if first.name else first.text
    return text if len(entry.changes) == 1 else f"{text}，共 {len(entry.changes)} 处"


def _text(parent: ElementTree.Element, name: str, text: str) -> ElementTree.Element:
    made = ElementTree.SubElement(parent, name)
    made.text = text
    return made


def _moment(on: date, id: str = "") -> str:
    """RFC 3339: the day begins in China, and each further entry of a day is a second later than the
    one before, so that the feed of the later one is newer."""
    second = min(in_order(id)[1] - 1, 24 * 3600 - 1) if id else 0
    return f"{on.isoformat()}T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}+08:00"
