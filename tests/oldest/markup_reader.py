"""Reads pages and names the elements and attributes that the oldest browsers do not know."""

from __future__ import annotations

from functools import lru_cache
from html.parser import HTMLParser

from . import style_reader
from .newer import NEWER, Use

ELEMENTS, ATTRIBUTES = NEWER["markup"]["elements"], NEWER["markup"]["attributes"]


def read(source: str) -> list[Use]:
    """Every use of something newer, in markup and in the styles that stand in it."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    return sorted(set(reader.found))


@lru_cache(maxsize=8)  # most pages hold the same
def _sheet(text: str) -> list[Use]:
    return style_reader.read(text)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Use] = []
        self._style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        self._style = tag == "style"
        if since := ELEMENTS.get(tag):
            self.found.append(Use(line, f"<{tag}>", since))
        for name, value in attrs:
            if since := ATTRIBUTES.get(tag, {}).get(name) or ATTRIBUTES["*"].get(name):
                self.found.append(Use(line, f"<{tag} {name}>", since))
            if name == "style":
                self.found += [Use(line, use.feature, use.since) for use in style_reader.read_declarations(value or "")]

    def handle_data(self, data: str) -> None:
        if self._style:
            self.found += [Use(self.getpos()[0], use.feature, use.since) for use in _sheet(data)]
            self._style = False
