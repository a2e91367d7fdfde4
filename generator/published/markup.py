"""HTML: of the hand-written pages and templates as they are written, and of what becomes of them.

A browser mends broken markup in silence, each in its own way: a box that is never closed swallows
the rest of the page, an id that stands twice leads a link to the wrong place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser

import html5lib

from ..catalog.problems import Problem
from .files import below

CODES = {
    "markup-open": "标签没有结束",
    "markup-stray": "结束标签前面没有对应的开始标签",
    "markup-twice": "同一个标签里属性写了两次，或者一页里 id 写了两次",
    "markup-inline": "页面里有脚本，网站的安全策略不让它运行",
    "markup-broken": "生成的页面不是正确的 HTML",
    "page-build": "这一页生成不了",
}

_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_IMPLIED = frozenset(
    (
        "p",
        "li",
        "dt",
        "dd",
        "option",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "colgroup",
        "rp",
        "rt",
        "html",
        "head",
        "body",
    )
)
"""Whose end may be left out."""
_BLANKED = re.compile(
    r"```.*?```|~~~.*?~~~|(`+)(?!`).+?(?<!`)\1(?!`)|<!--.*?-->|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<(?:https?|mailto|tel):[^<>\s]*>"
    r"|<(style|script)>@@[A-Z]+@@</\2>",
    re.DOTALL,
)
"""Code, comments, what a template or the build fills in, and addresses in angle brackets."""


def check_markup(texts: Mapping[str, str]) -> Iterator[Problem]:
    """The tags of every page and template as it is written."""
    for folder, suffix in (("site_src/docs/", ".md"), ("site_src/overrides/", ".html")):
        for path, text in below(texts, folder, suffix):
            reader = _Tags(path, suffix == ".md")
            blanked = _BLANKED.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
            reader.feed(blanked)
            reader.close()
            yield from reader.finish()


class _Tags(HTMLParser):
    """Keeps account of which tags are open."""

    def __init__(self, path: str, page: bool) -> None:
        super().__init__(convert_charrefs=False)
        self.path = path
        self.page = page
        self.open: list[tuple[str, int]] = []
        self.ids: dict[str, int] = {}
        self.problems: list[Problem] = []

    def say(self, code: str, sentence: str, hint: str, line: int | None = None) -> None:
        self.problems.append(Problem(self.path, line or self.getpos()[0], code, sentence, hint))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._attributes(tag, attrs)
        if tag not in _VOID:
            self.open.append((tag, self.getpos()[0]))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._attributes(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            self.say("markup-stray", f"`</{tag}>` 不能有", f"`<{tag}>` 不用结束，删去这个标签")
            return
        at = next((at for at in range(len(self.open) - 1, -1, -1) if self.open[at][0] == tag), None)
        between = [] if at is None else [one for one in self.open[at + 1 :] if one[0] not in _IMPLIED]
        if at is None:
            if tag not in _IMPLIED:
                self.say("markup-stray", f"`</{tag}>` 前面没有 `<{tag}>`", "删去它，或者补上开始的标签")
            return
        for name, line in between:
            self.say("markup-open", f"`<{name}>` 到第 {self.getpos()[0]} 行还没有结束", f"补上 `</{name}>`", line)
        del self.open[at:]

    def _attributes(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        for name in sorted({name for name in names if names.count(name) > 1}):
            self.say("markup-twice", f"`<{tag}>` 里 {name} 写了两次", "只留一处")
        for name, value in attrs:
            if name == "id" and value and not value.isspace():
                if value in self.ids and self.page:
                    self.say("markup-twice", f"id“{value}”写了两次，第一次在第 {self.ids[value]} 行", "换一个 id")
                self.ids.setdefault(value, self.getpos()[0])
            if name.startswith("on") or (
                name in ("href", "src", "action") and (value or "").strip().lower().startswith("javascript:")
            ):
                self.say("markup-inline", f"`<{tag}>` 里有脚本（{name}）", "脚本放进 pwa/app/")
        if (tag == "script" and "src" not in names) or tag == "style":
            self.say("markup-inline", f"页面里写了 `<{tag}>`", "脚本放进 pwa/app/，样式放进 site_src/css/")

    def finish(self) -> list[Problem]:
        for name, line in self.open:
            if name not in _IMPLIED:
                self.say("markup-open", f"`<{name}>` 一直没有结束", f"补上 `</{name}>`", line)
        if self.rawdata.strip():
            self.say("markup-open", "标签少了 `>`", "补上 `>`")
        return self.problems


def check_rendered(pages: Mapping[str, str], texts: Mapping[str, str]) -> list[Problem]:
    """What becomes of the sources, by the path of the page or template that each comes of, read as a
    browser does."""
    problems = []
    for source, page in sorted(pages.items()):
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        tree = parser.parse(page)
        lines = page.split("\n")
        for (number, _), code, details in parser.errors:
            near = lines[min(number, len(lines)) - 1].strip()
            line = _line(texts.get(source, ""), str(details.get("name", "")), near)
            sentence = f"生成的页面在“{near[:40]}”这里不对（{code}）"
            problems.append(Problem(source, line, "markup-broken", sentence, "检查标签有没有结束、嵌套得对不对"))
        seen: set[str] = set()
        for element in tree.iter():
            name = element.get("id")
            if name is not None and name in seen:
                line = _line(texts.get(source, ""), "", name)
                problems.append(Problem(source, line, "markup-twice", f"一页里 id“{name}”有两处", "换一个 id"))
            seen.add(name or "")
    return problems


def _line(text: str, tag: str, near: str) -> int:
    """Where in its source a fault of the page most likely stands."""
    for part in filter(None, (near, f"</{tag}" if tag else "", f"<{tag}" if tag else "", f"#{near}")):
        if (at := text.find(part)) >= 0:
            return text.count("\n", 0, at) + 1
    return 1


_DOC = re.compile(r"([\w./-]+\.(?:md|html))(?::(\d+))?")
_TARGET = re.compile(r"'([^']+)'")


def told_by_engine(message: str, texts: Mapping[str, str]) -> Problem:
    """A complaint of the engine of the skin as a problem, at the page and the link that it names."""
    path, line = "mkdocs.yml", 0
    for name, number in _DOC.findall(message):
        named = f"site_src/{'docs' if name.endswith('.md') else 'overrides'}/{name}"
        if named in texts:
            path, line = named, int(number or 0)
            break
    text = texts.get(path, "")
    for target in [] if line else _TARGET.findall(message):
        if not target.endswith(".md") or len(_TARGET.findall(message)) == 1 or target not in path:
            at = text.find(target)
            line = text.count("\n", 0, at) + 1 if at >= 0 else line
    said = " ".join(message.split())
    return Problem(path, line or 1, "page-build", f"页面生成不了（{said}）", "检查这一页的链接和写法，或者 mkdocs.yml")
