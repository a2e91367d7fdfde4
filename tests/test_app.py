"""The rooms of the browser's modules (``pwa/README.md``), kept by reading what they import."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

import esprima
import pytest

APP = Path(__file__).parent.parent / "pwa" / "app"
ENTRIES = {"early.js", "main.js"}
"""What pages name: these two lie at the top, all other modules in a room."""

SHARED = {"catalog", "page"}
ROOMS: dict[str, set[str]] = {
    "catalog": set(),
    "page": {"catalog"},
    "dates": SHARED,
    "device": SHARED | {"papers"},  # lists are carried to the home screen, and count as having used the guide
    "hall": SHARED,
    "journeys": SHARED,
    "laws": SHARED,
    "limits": SHARED | {"hall"},  # from when on it is counted depends on when the doors open
    "offline": SHARED | {"reminders"},  # who looks after the worker looks after its subscription
    "papers": SHARED,
    "reminders": SHARED | {"hall", "papers"},  # one's own ticket, the matters of which one keeps a list
    "search": SHARED,
}
"""The rooms, and which others each may import. A feature that needs a second one is named here, and why."""

OUTSIDE = re.compile(
    r"\b(?:document|window|location|navigator|localStorage|sessionStorage|fetch|Date\.now|setTimeout)\b"
)


@dataclass(frozen=True)
class Named:
    """A file that a module names: ``kind`` is import, asked (``import()``), file or type."""

    path: str
    kind: str


def named(path: str, text: str) -> Iterator[Named]:
    """What the module at ``path``, below ``APP``, names in any way."""

    def found(name: str, kind: str) -> Named:
        assert name.startswith(("./", "../")), f"{path} names {name}"
        return Named(normpath(join(dirname(path), name)), kind)

    program = esprima.parseModule(text, {"comment": True})
    for comment in program.comments:
        for name in re.findall(r"import\(\"([^\"]+)\"\)", comment.value):
            yield found(name, "type")
    pending: list[Any] = list(program.body)
    while pending:
        node = pending.pop()
        if node.type.startswith(("Import", "Export")) and getattr(node, "source", None):
            yield found(node.source.value, "import")
        elif node.type == "CallExpression" and node.callee.type == "Import":
            assert isinstance(getattr(node.arguments[0], "value", None), str), f"{path} imports what is not written out"
            yield found(node.arguments[0].value, "asked")
        elif node.type == "NewExpression" and "MetaProperty" in str(node.arguments):
            yield found(node.arguments[0].value, "file")
        for child in vars(node).values():
            pending += [
                one for one in (child if isinstance(child, list) else [child]) if isinstance(one, esprima.nodes.Node)
            ]


MODULES = {file.relative_to(APP).as_posix(): file.read_text("utf-8") for file in sorted(APP.rglob("*.js"))}


@cache
def names(path: str) -> frozenset[Named]:
    """Read when first asked for: to parse all modules takes longer than to collect all other tests."""
    return frozenset(named(path, MODULES[path]))


def imported(path: str) -> list[str]:
    return sorted(one.path for one in names(path) if one.kind in ("import", "asked"))


def room(path: str) -> str:
    return path.partition("/")[0]


def circle(graph: dict[str, list[str]]) -> list[str]:
    """Nodes that lead back to the first of them; none where nothing does."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))
    return []


def test_every_file_lies_in_a_room() -> None:
    files = {file.relative_to(APP).as_posix() for file in APP.rglob("*") if file.is_file()}
    assert {path for path in files if "/" not in path} == ENTRIES
    assert {room(path) for path in files - ENTRIES} == ROOMS.keys()
    assert [path for path in files if path.count("/") > 1] == [], "a room has no rooms"


def test_modules_import_in_no_circle() -> None:
    assert circle({path: imported(path) for path in MODULES}) == []


def test_rooms_import_in_no_circle() -> None:
    assert circle({name: sorted(others) for name, others in ROOMS.items()}) == []


def test_walls_stand() -> None:
    """Types count as well: what one must know of another room to read a module."""
    crossing = {
        (path, one.path)
        for path in MODULES.keys() - ENTRIES
        for one in names(path)
        if room(one.path) != room(path) and room(one.path) not in ROOMS[room(path)]
    }
    assert crossing == set()


def test_every_way_through_a_wall_is_used() -> None:
    used = {(room(path), room(one.path)) for path in MODULES for one in names(path)}
    ways = {(name, other) for name, others in ROOMS.items() for other in others - SHARED}
    assert ways - used == set()


def test_what_is_named_is_there() -> None:
    missing = {(path, one.path) for path in MODULES for one in names(path) if not (APP / one.path).is_file()}
    assert missing == set()


def test_every_module_is_reached() -> None:
    """From the entries: one that nothing imports would still be stored on every phone."""
    reached: set[str] = set()
    pending = sorted(ENTRIES)
    while pending:
        path = pending.pop()
        if path not in reached:
            reached.add(path)
            pending += imported(path)
    assert MODULES.keys() - reached == set()


def test_a_module_of_a_page_is_found_by_its_name() -> None:
    """``data-module="x"`` is at work in a file ``x.js``."""
    listed = re.findall(r'^  "?([a-z-]+)"?: \(\) => import\("\./[a-z]+/([a-z-]+)\.js"\),$', MODULES["main.js"], re.M)
    assert len(listed) == len(imported("main.js")) > 10
    assert [(name, file) for name, file in listed if name != file] == []


def test_the_catalogue_is_counted_without_page_and_clock() -> None:
    code = {path: re.sub(r"/\*.*?\*/", "", text, flags=re.S) for path, text in MODULES.items()}
    assert [path for path in code if room(path) == "catalog" and OUTSIDE.search(code[path])] == []
    assert OUTSIDE.search(code["page/page.js"])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('import { a } from "../hall/x.js";', "import"),
        ('import "../hall/x.js";', "import"),
        ('export { a } from "../hall/x.js";', "import"),
        ('export * from "../hall/x.js";', "import"),
        ('function f() { return import("../hall/x.js"); }', "asked"),
        ('const a = { b: () => import("../hall/x.js") };', "asked"),
        ('new URL("../hall/x.js", import.meta.url);', "file"),
        ('/** @type {import("../hall/x.js").X} */', "type"),
    ],
)
def test_what_a_module_names_is_seen(text: str, kind: str) -> None:
    assert list(named("papers/y.js", text)) == [Named("hall/x.js", kind)]


@pytest.mark.parametrize("text", ["import(name);", "import(`./${name}.js`);", 'import "//example.com/x.js";'])
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(AssertionError):
        list(named("papers/y.js", text))


@pytest.mark.parametrize(
    ("graph", "found"),
    [
        ({"a": ["b"], "b": ["c"], "c": []}, []),
        ({"a": ["b", "c"], "b": ["c"]}, []),
        ({"a": ["b"], "b": ["a"]}, ["a", "b"]),
        ({"a": ["b"], "b": ["c"], "c": ["b"]}, ["b", "c"]),
        ({"a": ["a"]}, ["a"]),
    ],
)
def test_a_circle_is_seen(graph: dict[str, list[str]], found: list[str]) -> None:
    assert sorted(set(circle(graph))) == found
