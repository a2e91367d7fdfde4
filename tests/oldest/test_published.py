"""Everything that is published, and the console, works in the oldest browsers, or says beside it what happens there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from generator.catalog.model.centre import Colours
from generator.templates import html

from . import markup_reader, script_reader, style_reader
from .newer import NEWER, Use
from .script_reader import GRAMMAR, Own

REPO = Path(__file__).parent.parent.parent
CARDS = "generator/templates/cards/card.css"
LOST = "generator/templates/not-found.css"
FALLBACK = "site_src/css/80-oldest.css"
NO_GAP = "@supports not (inset: 0)"
CONSOLE = "push_server/console/static"
SCRIPTS = sorted(
    path for folder in ("pwa", "pwa/worker", "pwa/app/**", CONSOLE) for path in REPO.glob(f"{folder}/*.js")
)
SHEETS = sorted([*REPO.glob("pwa/app/**/*.css"), *REPO.glob("site_src/css/*.css"), *REPO.glob(f"{CONSOLE}/*.css")])


@dataclass(frozen=True)
class Exemption:
    feature: str
    files: list[str]
    way: str
    guard: str = ""


EXEMPTIONS = [
    Exemption(**given)
    for given in yaml.safe_load((Path(__file__).parent / "exemptions.yml").read_text(encoding="utf-8"))
]


def named(path: Path) -> str:
    return path.relative_to(REPO).as_posix()


def exempt(file: str, use: Use) -> bool:
    return any(use.feature == one.feature and file in one.files for one in EXEMPTIONS)


def keys(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from keys(inner)


@pytest.fixture(scope="module")
def own(site: Path) -> Own:
    """The names that our own objects have: those of the scripts, and those of the published data."""
    own = Own()
    for path in SCRIPTS:
        own.learn(path.read_text(encoding="utf-8"))
    for path in [*site.glob("api/v1/*.json"), *site.glob("api/v1/search/**/*.json")]:
        own.fields.update(keys(json.loads(path.read_text(encoding="utf-8"))))
    own.fields.update(("counters", "queue", "entry"))
    return own


@pytest.fixture(scope="module")
def uses(own: Own) -> list[tuple[str, Use]]:
    """Everything newer in what is written here, with the file it stands in."""
    found = [
        (named(path), use) for path in SCRIPTS for use in script_reader.read(path.read_text(encoding="utf-8"), own)
    ]
    sheets = [(named(path), path.read_text(encoding="utf-8")) for path in SHEETS]
    colours = Colours(light="#000000", dark="#ffffff")
    sheets += [(CARDS, html("cards/card.css", colours=colours)), (LOST, html("not-found.css", colours=colours))]
    found += [(file, use) for file, text in sheets for use in style_reader.read(text)]
    return [(file, use) for file, use in found if use.feature != "gap (flex)"]


def test_nothing_newer_is_used_without_a_way_round(uses: list[tuple[str, Use]]) -> None:
    """Mend it, ask for it first (`@supports`, `in`), or say in exemptions.yml what happens instead."""
    left = [f"{file}:{use.line}: {use.feature} ({use.since})" for file, use in uses if not exempt(file, use)]
    assert left == [], "\n".join(left)


def known(uses: list[tuple[str, Use]]) -> set[str]:
    return {use.feature for _, use in uses} | {"gap (flex)"}


def test_every_exemption_is_used(uses: list[tuple[str, Use]]) -> None:
    used = {(file, use.feature) for file, use in uses}
    listed = [(file, one.feature) for one in EXEMPTIONS for file in one.files]
    assert sorted(set(listed) - used) == []
    assert len(listed) == len(set(listed))
    assert all(one.way for one in EXEMPTIONS)


def test_every_guard_stands_where_it_is_said_to() -> None:
    missing = [
        (file, one.guard)
        for one in EXEMPTIONS
        for file in one.files
        if one.guard not in (REPO / file).read_text(encoding="utf-8")
    ]
    assert missing == []


def test_every_gap_in_a_row_has_its_margin() -> None:
    """Where a row of things knows no gap, its parts would touch."""
    gaps = {selector for path in SHEETS for selector in style_reader.flexible(path.read_text(encoding="utf-8"))}
    fallback = style_reader.conditional((REPO / FALLBACK).read_text(encoding="utf-8"), NO_GAP)
    covered = {selector.rpartition(" > ")[0] for selector in fallback}
    assert gaps - covered == set(), "no margin for them"
    assert covered - gaps == set(), "no gap there any more"


def test_the_theme_brings_nothing_newer(site: Path, uses: list[tuple[str, Use]]) -> None:
    """The style in a page holds the theme's colours beside our own rules."""
    (sheet,) = re.findall(r"<style>(.*?)</style>", (site / "index.html").read_text(encoding="utf-8"), re.S)
    assert [use for use in style_reader.read(sheet) if use.feature not in known(uses)] == []


def test_no_page_holds_anything_newer(site: Path, uses: list[tuple[str, Use]]) -> None:
    """Neither in its elements nor in the style that stands in it."""
    found = {
        (use.feature, use.since)
        for path in site.rglob("*.html")
        for use in markup_reader.read(path.read_text(encoding="utf-8"))
        if use.feature not in known(uses)
    }
    assert found == set()


def test_shortened_scripts_hold_nothing_newer(site: Path, own: Own, uses: list[tuple[str, Use]]) -> None:
    scripts = [*site.glob("assets/app/*/*.js"), *site.glob("offline/worker/*.js"), site / "sw.js"]
    assert len(scripts) == 4
    texts = [path.read_text(encoding="utf-8") for path in scripts]
    texts += re.findall(r"<script>(.*?)</script>", (site / "index.html").read_text(encoding="utf-8"), re.S)
    names = deepcopy(own)
    for text in texts:
        names.learn(text)
    found = [use for text in texts for use in script_reader.read(text, names)]
    assert [use for use in found if use.feature not in known(uses)] == []


SCRIPT_SIBLINGS = [
    ("list.findLast(Boolean)", ".findLast"),
    ("Object.hasOwn(a, b)", ".hasOwn"),
    ("list.toSorted()", ".toSorted"),
    ("text.replaceAll('a', 'b')", ".replaceAll"),
    ("list.at(-1)", ".at"),
    ("[1, 2].at(-1)", ".at"),
    ("element.replaceChildren()", ".replaceChildren"),
    ("const { replaceChildren } = element", ".replaceChildren"),
    ("element['replaceChildren']()", ".replaceChildren"),
    ("requestIdleCallback(act)", "requestIdleCallback"),
    ("window.requestIdleCallback(act)", ".requestIdleCallback"),
    ("new BroadcastChannel('a')", "BroadcastChannel"),
    ("structuredClone(a)", "structuredClone"),
    ("new WeakRef(a)", "WeakRef"),
    ("new Intl.Segmenter('zh')", "Segmenter"),
    ("Promise.any(all)", ".any"),
    ("Promise.withResolvers()", ".withResolvers"),
    ("AbortSignal.timeout(5)", "AbortSignal.timeout"),
    ("AbortSignal.any(all)", ".any"),
    ("map.entries().map(Boolean)", "Iterator.map"),
    ("one.union(other)", ".union"),
    ("addEventListener('scrollend', act)", "event scrollend"),
    ("addEventListener('click', act, { signal })", "addEventListener({signal})"),
    ("fetch(url, { priority: 'high' })", "fetch({priority})"),
    ("date.toLocaleString('zh', { dateStyle: 'long' })", "toLocaleString({dateStyle})"),
    ("navigator.share({ title })", ".share"),
    ("element.inert = true", ".inert"),
    ("element.setAttribute('inert', '')", "[inert]"),
    ("document.startViewTransition(act)", ".startViewTransition"),
    ("a?.b", "optional_chaining"),
    ("a ?? b", "nullish_coalescing"),
    ("a ??= b", "nullish_coalescing_assignment"),
    ("a ||= b", "logical_or_assignment"),
    ("class A { has(b) { return #c in b } #c }", "private_class_fields"),
    ("await 1", "await.top_level"),
    ("class A { b = 1 }", "public_class_fields"),
    ("class A { static b = 1 }", "static class_fields"),
    ("class A { #b = 1 }", "private_class_fields"),
    ("class A { #b() {} }", "private_class_methods"),
    ("class A { static { act() } }", "initialization_blocks"),
    ("export * as a from './a.js'", "namespace"),
    ("import a from './a.json' with { type: 'json' }", "import_attributes"),
    ("/(?<=a)b/", "lookbehind_assertion"),
    ("new RegExp('(?<!a)b')", "lookbehind_assertion"),
    ("/[a--b]/v", "/v"),
    ("/a/d", "/d"),
    ("if (", "(does not parse)"),
]
STYLE_SIBLINGS = [
    ("a:focus-visible { top: 0 }", ":focus-visible"),
    ("a:is(b, c) { top: 0 }", ":is()"),
    ("a:where(b) { top: 0 }", ":where()"),
    ("a:has(b) { top: 0 }", ":has()"),
    ("a:not(b, c) { top: 0 }", ":not(list)"),
    ("a, b:has(c) { top: 0 }", ":has() in a list"),
    ("a { b { top: 0 } }", "&"),
    ("a { accent-color: red }", "accent-color"),
    ("a { aspect-ratio: 1 }", "aspect-ratio"),
    ("a { inset: 0 }", "inset"),
    ("a { display: flex; gap: 1px }", "gap (flex)"),
    ("a { text-wrap: balance }", "text-wrap"),
    ("a { padding-inline: 0 1px }", "padding-inline"),
    ("a { height: 100dvh }", "dvh"),
    ("a { width: clamp(1px, 2px, 3px) }", "clamp()"),
    ("a { color: color-mix(in srgb, red, blue) }", "color-mix()"),
    ("a { color: red; color: color-mix(in srgb, var(--a), blue) }", "color-mix()"),
    ("a { overflow-wrap: anywhere }", "overflow-wrap: anywhere"),
    ("@container (width > 1px) { a { top: 0 } }", "@container"),
    ("@layer a { a { top: 0 } }", "@layer"),
    ("@media (width >= 1px) { a { top: 0 } }", "@media range_syntax"),
    ("@media (prefers-contrast: more) { a { top: 0 } }", "@media (prefers-contrast)"),
    ("@media print { a { inset: 0 } }", "inset"),
]
OLD_ENOUGH = [
    "try { a() } catch { b() }",
    "const { a, ...rest } = b; [...a].flat().includes(1)",
    "for await (const a of b) c(a)",
    "import('./a.js').then(({ enhance }) => enhance(root)); import.meta.url",
    "'structuredClone' in window && typeof structuredClone",
    "text.padStart(2).trimEnd().matchAll(/a/g); Promise.allSettled(all); Object.fromEntries(all)",
    "element.append(a); element.toggleAttribute('hidden'); element.closest('a')",
]
OLD_STYLES = [
    "a { display: grid; gap: 1px }",
    "a { width: 50%; width: min(50%, 10px) }",
    "a { -webkit-appearance: none; appearance: none }",
    "@supports (inset: 0) { a { inset: 0 } }",
    "a:not([hidden]) > b::before { margin-inline-start: 1px }",
]


@pytest.mark.parametrize(("source", "feature"), SCRIPT_SIBLINGS)
def test_a_newer_script_is_found(source: str, feature: str) -> None:
    assert feature in [use.feature for use in script_reader.read(source)]


@pytest.mark.parametrize(("source", "feature"), STYLE_SIBLINGS)
def test_a_newer_style_is_found(source: str, feature: str) -> None:
    assert feature in [use.feature for use in style_reader.read(source)]


@pytest.mark.parametrize("source", OLD_ENOUGH)
def test_an_older_script_passes(source: str) -> None:
    assert script_reader.read(source) == []


@pytest.mark.parametrize("source", OLD_STYLES)
def test_an_older_style_passes(source: str) -> None:
    assert style_reader.read(source) == []


@pytest.mark.parametrize(
    ("source", "feature"),
    [
        ("<search></search>", "<search>"),
        ("<div inert></div>", "<div inert>"),
        ("<div popover></div>", "<div popover>"),
        ('<p style="inset: 0"></p>', "inset"),
        ("<style>a { inset: 0 }</style>", "inset"),
    ],
)
def test_newer_markup_is_found(source: str, feature: str) -> None:
    assert feature in [use.feature for use in markup_reader.read(source)]


def test_our_own_names_do_not_hide_the_browsers() -> None:
    own = Own(fields={"at", "share"}, methods={"share"})
    assert script_reader.read("const note = {}; note.at; note.share()", own) == []
    assert [use.feature for use in script_reader.read("const list = []; list.at(0)", own)] == [".at"]
    assert [use.feature for use in script_reader.read("navigator.share({})", own)] == [".share"]


KNOWN_SYNTAX = Path(__file__).parent / "syntax.txt"


def test_every_form_of_the_grammar_has_been_looked_at() -> None:
    """A newer grammar that reads newer syntax brings names that nobody here has judged yet.

    Judge each (old enough, or a line in ``script_reader.SYNTAX_OF``), then add it to the list.
    """
    kinds = {
        GRAMMAR.node_kind_for_id(number)
        for number in range(GRAMMAR.node_kind_count)
        if GRAMMAR.node_kind_is_visible(number)
    }
    assert sorted(filter(None, kinds)) == KNOWN_SYNTAX.read_text(encoding="utf-8").splitlines()


def test_every_path_to_syntax_is_in_the_data_or_old() -> None:
    """A path that is spelt wrong would find nothing for ever."""
    newer = set(NEWER["syntax"])
    assert {path for path in script_reader.SYNTAX_OF.values() if path not in newer} == set()
    assert {path for path in script_reader.REGULAR.values() if path not in newer} == set()
