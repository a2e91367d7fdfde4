"""What changed lately: a page, a feed (Atom, RFC 4287), and the same as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from uuid import UUID, uuid5
from xml.etree import ElementTree

from ..catalog.change_types import Change, ChangeEntry
from ..views.words import day
from .api import encode
from .escape import e
from .page import Page, described, matter_link

ATOM = "api/v1/changes.atom"
JSON = "api/v1/changes.json"
SHOWN = 30
"""How many entries the page and the feed hold; the JSON file holds all."""

_OPEN = 3
"""Entries of the page that are not folded."""

_NAMES = UUID("c5f2a3e0-7d0e-5a54-9b0c-6a3f0d1f4e21")
"""Where the names of the feed's entries are made. Never to be changed: readers would be
told everything once more."""

_XML = "http://www.w3.org/2005/Atom"

Entries = Iterable[tuple[str, ChangeEntry]]
"""By id, newest first."""


def changes_page(entries: Entries, names: Mapping[str, str], guide: str) -> Page:
    """The page at ``changes/``; ``names`` are the matters that there are, by id."""
    shown = [_entry(id, entry, names, at < _OPEN) for at, (id, entry) in enumerate(entries) if at < SHOWN]
    text = "\n".join(shown) or "<p>还没有记录。</p>"
    return Page(
        url="changes/",
        layout="page",
        title=f"最近改了什么 · {e(guide)}",
        head=f"{described('这份指南最近改了什么：时限、材料、收费，一次一次列明。')}\n"
        f'<link rel="alternate" type="application/atom+xml" title="最近改了什么" href="@@ROOT@@{ATOM}">',
        content=f"""<h1>最近改了什么</h1>
<p>每次发布改了哪些事项、改了什么，都记在这里。手里的清单是以前存的，看看有没有变。</p>
{text}
<p>用阅读器跟着看：<a href="@@ROOT@@{ATOM}">订阅地址（Atom）</a>；给程序读的：<a href="@@ROOT@@{JSON}">JSON</a>。</p>""",
    )


def _entry(id: str, entry: ChangeEntry, names: Mapping[str, str], unfolded: bool) -> str:
    matters = len({change.matter for change in entry.changes if change.matter})
    count = f"{matters} 个事项" if matters else f"{len(entry.changes)} 处"
    return (
        f'<details class="month" id="{e(id)}"{" open" if unfolded else ""}><summary>{day(entry.date)}'
        f" <small>{count}</small></summary>\n{''.join(_groups(entry.changes, names))}</details>"
    )


def _groups(changes: Iterable[Change], names: Mapping[str, str]) -> Iterator[str]:
    for (matter, name), group in groupby(changes, lambda change: (change.matter, change.name)):
        title = str(e(name or "整个指南"))
        if matter is not None and matter in names:
            title = matter_link(matter, names[matter])
        yield f"<h2>{title}</h2><ul>{''.join(f'<li>{e(change.text)}</li>' for change in group)}</ul>\n"


def changes_json(entries: Entries) -> bytes:
    """``changes.json``: every entry, newest first."""
    return encode(
        [{"id": id, "date": entry.date, "commit": entry.commit, "changes": entry.changes} for id, entry in entries]
    )


def changes_atom(entries: Entries, guide: str, author: str, since: date) -> bytes:
    """``changes.atom``. Addresses are relative to the feed, because a guide does not know
    where it is published. ``since`` is the date of a feed without entries."""
    listed = list(entries)[:SHOWN]
    feed = ElementTree.Element("feed", {"xmlns": _XML, "xml:lang": "zh-CN"})
    _text(feed, "id", uuid5(_NAMES, "changes").urn)
    _text(feed, "title", f"{guide}：最近改了什么")
    _text(feed, "updated", _moment(listed[0][1].date if listed else since))
    _text(ElementTree.SubElement(feed, "author"), "name", author)
    ElementTree.SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": "changes.atom"})
    ElementTree.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": "../../changes/"})
    for id, entry in listed:
        item = ElementTree.SubElement(feed, "entry")
        _text(item, "id", uuid5(_NAMES, id).urn)
        _text(item, "title", _title(entry))
        _text(item, "updated", _moment(entry.date))
        ElementTree.SubElement(item, "link", {"rel": "alternate", "type": "text/html", "href": f"../../changes/#{id}"})
        _text(item, "content", "".join(_groups(entry.changes, {}))).set("type", "html")
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


def _moment(on: date) -> str:
    """RFC 3339: the day begins in China."""
    return f"{on.isoformat()}T00:00:00+08:00"
