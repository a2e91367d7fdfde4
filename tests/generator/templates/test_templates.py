"""The rules of the templates: what is escaped, what is refused, which white space is left;
and, for every page there is, that no text of the catalogue becomes markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest
from jinja2 import Environment, UndefinedError

from generator.catalog.load import load
from generator.catalog.model.matter import Matter
from generator.catalog.parts import Parts
from generator.render.card import card
from generator.render.page import Page
from generator.render.pages import matter_page, slots
from generator.site.pages import fixed_pages, letters, list_pages, record_pages
from generator.templates import html
from generator.templates.engine import FOLDER, environment
from generator.views.context import context_of
from generator.views.matter import matter_view
from generator.views.summary import Summary, summarize
from tests.kit import REPO


@pytest.fixture
def made(tmp_path: Path) -> Environment:
    """An environment with an empty folder of templates."""
    (tmp_path / "templates").mkdir()
    return environment(tmp_path / "templates", tmp_path / "compiled")


# --- the rules --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("template", "page"),
    [
        ("<p>一\n  二</p>\n", "<p>一二</p>"),
        ("<ul>\n  <li>一</li>\n\n  <li>二</li>\n</ul>", "<ul><li>一</li><li>二</li></ul>"),
        ("<b>一</b> <b>二</b>", "<b>一</b> <b>二</b>"),
        ("{{ x }}\n  <small>二</small>", "x<small>二</small>"),
        ("{% if x %}\n  一\n{% endif %}\n二", "一二"),
        ("<p>two\n  words, and\n  more</p>", "<p>two words, and more</p>"),
        ('<a href="#"\n   class="x">一\n</a>', '<a href="#" class="x">一</a>'),
        ('<a href="{{ x }}"\n   class="x">一</a>', '<a href="x" class="x">一</a>'),
        ('<a href="#"{% if x %}\n   class="x"{% endif %}>\n一</a>', '<a href="#" class="x">一</a>'),
        ("<pre>{{ 'a\\n  b' }}</pre>", "<pre>a\n  b</pre>"),
    ],
)
def test_breaks_are_for_whoever_reads_the_template(made: Environment, template: str, page: str) -> None:
    assert made.from_string(template).render(x="x") == page


def test_an_error_names_the_line(made: Environment, tmp_path: Path) -> None:
    (tmp_path / "templates/x.html").write_text("<p>\n一\n</p>\n{{ gone }}\n", "utf-8")
    with pytest.raises(UndefinedError, match="gone") as raised:
        made.get_template("x.html").render()
    assert [entry.lineno + 1 for entry in raised.traceback if Path(entry.path).name == "x.html"] == [4]


@pytest.mark.parametrize(
    ("template", "error"),
    [
        ("{{ gone }}", UndefinedError),
        ("{{ view.gone }}", UndefinedError),
        ("{% if view.gone %}x{% endif %}", UndefinedError),
        ("{{ view.nothing }}", TypeError),
    ],
)
def test_what_is_not_there_is_refused(made: Environment, template: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        made.from_string(template).render(view={"nothing": None})


def test_values_are_escaped(made: Environment) -> None:
    assert made.from_string('<a title="{{ x }}">').render(x="<b>&\"'") == '<a title="&lt;b&gt;&amp;&#34;&#39;">'


def test_a_changed_template_is_seen_and_a_damaged_store_forgotten(
    made: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    source = tmp_path / "templates/x.html"
    for text in ("一", "二三"):
        source.write_text(text, "utf-8")
        assert environment(source.parent, tmp_path / "compiled").get_template("x.html").render() == text
    (kept,) = (tmp_path / "compiled").iterdir()
    whole = kept.read_bytes()
    for damage in (b"", whole[:20], whole[:-5], whole[:-40] + bytes(40), b"\0" * 100):
        kept.write_bytes(damage)
        assert environment(source.parent, tmp_path / "compiled").get_template("x.html").render() == "二三"


def test_compiled_templates_need_no_place(made: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an installation that others own there is none to write to."""
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    (tmp_path / "templates/x.html").write_text("一", "utf-8")
    (tmp_path / "compiled").write_text("no folder", "utf-8")
    assert made.get_template("x.html").render() == "一"


def test_every_template_compiles_and_is_of_use() -> None:
    names = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.suffix in (".html", ".css")}
    places = [*FOLDER.rglob("*.html"), *FOLDER.parent.rglob("*.py")]
    told = "\n".join(path.read_text("utf-8") for path in places)
    assert [name for name in sorted(names) if f'"{name}"' not in told] == []
    engine = environment(FOLDER, FOLDER / "__pycache__")
    for name in names:
        engine.get_template(name)


# --- every page -------------------------------------------------------------------------


HOSTILE = "</script></style><b onclick=x>&\"'{{ 7 * 7 }}"
KEPT = {
    "id", "section", "group", "groups", "counter", "law", "when", "paper", "timezone", "unit", "kind", "form", "issued_by",
    "shareable", "needed", "evidence", "value", "status", "type", "applicants", "related", "matters", "matter", "source",
    "commitment", "places", "default", "step", "after", "from_step", "to_step", "holds_for", "counts_from", "where",
    "on_site_papers", "topic", "by", "sought_as", "commit", "service", "zone", "national", "local", "section_ids", "list_status", "choose", "who", "covers",
}  # fmt: skip
"""Fields that hold ids, grades, expressions: the catalogue's checks let no other text in."""


def poisoned(value: object, name: str = "") -> object:
    """A record whose free texts end in markup."""
    if isinstance(value, msgspec.Struct):
        return type(value)(**{field: poisoned(getattr(value, field), field) for field in value.__struct_fields__})
    if isinstance(value, dict):
        return {key: poisoned(item, name) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(poisoned(item, name) for item in value)
    return value + HOSTILE if isinstance(value, str) and name not in KEPT else value


class Shape(HTMLParser):
    """The elements of a page with the names of their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[str]]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, sorted(name for name, _ in attrs)))


@cache
def catalogue() -> tuple[Parts, tuple[Matter, ...]]:
    loaded = load(REPO / "catalog").catalogue
    parts = Parts(**{field: getattr(loaded, field) for field in Parts.__struct_fields__})
    return parts, tuple(loaded.matters.values())


def pages(parts: Parts, summaries: list[Summary], exports: bool) -> Iterator[Page]:
    yield from list_pages(parts, summaries)
    yield from record_pages(parts, summaries, exports)
    yield from fixed_pages(parts)
    yield letters(parts, summaries, lambda text: [text[:1]])


@cache
def shapes(hostile: bool) -> dict[tuple[str, str], tuple[str, list[tuple[str, list[str]]]]]:
    """Text and elements of every part of every page, by URL and the part's name."""
    parts, matters = catalogue()
    if hostile:
        parts, matters = poisoned(parts), poisoned(matters)
    summaries = [summarize(matter) for matter in matters]
    context = context_of(parts, {item.id: item.name for item in summaries})
    views = [matter_view(matter, context) for matter in matters[::8]]
    made = [*pages(parts, summaries, exports=True), *map(matter_page, views)]
    told = {(page.url, part): getattr(page, part) for page in made for part in ("title", "head", "content")}
    told |= {(f"card {view.id}", ""): card(view) for view in views}
    told |= {("slots", name): text for name, text in slots(parts.centre).items()}
    return {key: (text, Shape(unled(text)).tags) for key, text in told.items()}


def unled(text: str) -> str:
    """Without the ways to articles: a title or an article that was changed is not known, and leads nowhere."""
    text = MARKED.sub(r'<details class="mark law"><summary>\1</summary></details>', text)
    return LED.sub(r"\1", text)


MARKED = re.compile(r'<a class="mark law" href=@@ROOT@@laws/[^>]*>(.*?)</a>', re.S)
LED = re.compile(r"<a href=@@ROOT@@laws/[^>]*>(.*?)</a>", re.S)


def test_markup_in_any_text_of_the_catalogue_stays_text_on_every_page() -> None:
    clean, hostile = shapes(False), shapes(True)
    assert clean.keys() == hostile.keys() and len({url for url, _ in clean}) > 50
    assert {key for key in clean if clean[key][1] != hostile[key][1]} == set()
    for (url, part), (text, _) in hostile.items():
        assert "<b onclick" not in text, (url, part)
        if part == "content":
            assert "&lt;b onclick=x&gt;&amp;&#34;&#39;{{ 7 * 7 }}" in text, url


def test_problems_in_the_preview_stay_text() -> None:
    banner = html("preview/banner.html", problems=["一.yml:1 <b>", "二"], shown=True, script="/x.js", style="/x.css")
    assert "一.yml:1 &lt;b&gt;\n二</div>" in banner and [tag[0] for tag in Shape(banner).tags][:2] == ["link", "div"]
