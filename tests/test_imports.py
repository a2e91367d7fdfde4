"""Imports go one way, and stand at the top of a file (docs/architecture.md)."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.test_project import ROOT, imports, sources, where

PROGRAMS = ("generator", "push_server")


def module_of(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def modules_imported(program: str) -> dict[str, set[str]]:
    """By module of ours the modules of ours that it imports, wherever in the file."""
    files = {module_of(file): file for file in sources(program)}
    return {
        module: {
            # ``from .a import b``: the module a.b, or b of the module a
            name if name in files else name.rpartition(".")[0]
            for _, name in imports(file)
            if name in files or name.rpartition(".")[0] in files
        }
        - {module}
        for module, file in files.items()
    }


def rooms_imported(program: str) -> dict[str, set[str]]:
    """By folder or file in ``program`` the others that it imports."""
    rooms: dict[str, set[str]] = {}
    for module, names in modules_imported(program).items():
        if module == program:  # the face of the package
            continue
        room = module.split(".")[1]
        rooms.setdefault(room, set()).update(name.split(".")[1] for name in names - {program})
    return {room: names - {room} for room, names in rooms.items()}


def circle(graph: Mapping[str, set[str]]) -> list[str]:
    """The names along one circle, the first again at its end; empty when there is none."""
    done: set[str] = set()

    def walk(name: str, way: list[str]) -> list[str]:
        if name in way:
            return [*way[way.index(name) :], name]
        if name in done:
            return []
        for next_ in sorted(graph.get(name, ())):
            if found := walk(next_, [*way, name]):
                return found
        done.add(name)
        return []

    return next(filter(None, (walk(name, []) for name in sorted(graph))), [])


@pytest.mark.parametrize(
    ("graph", "found"),
    [
        ({"a": {"b"}, "b": {"c"}, "c": set()}, []),
        ({"a": {"b", "c"}, "b": {"c"}, "c": set()}, []),
        ({"a": {"b"}, "b": {"c"}, "c": {"b"}}, ["b", "c", "b"]),
        ({"a": {"b"}, "b": {"c"}, "c": {"a"}}, ["a", "b", "c", "a"]),
    ],
)
def test_a_circle_is_seen(graph: dict[str, set[str]], found: list[str]) -> None:
    assert circle(graph) == found


@pytest.mark.parametrize("program", PROGRAMS)
def test_no_module_imports_what_imports_it(program: str) -> None:
    assert circle(modules_imported(program)) == []


@pytest.mark.parametrize("program", PROGRAMS)
def test_no_room_imports_what_imports_it(program: str) -> None:
    assert circle(rooms_imported(program)) == []


REASON = re.compile(r"#.*(?:\d ms\b|not installed)")
"""What a late import saves, as measured; or that it may fail."""


def late_imports(text: str) -> dict[int, bool]:
    """The lines of imports inside functions, and whether a comment there or just above gives the reason."""
    lines = text.split("\n")
    found: dict[int, bool] = {}
    for function in ast.walk(ast.parse(text)):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                beside = [lines[node.lineno - 1]]
                above = node.lineno - 2
                while lines[above].strip().startswith(("#", "import ", "from ", "try:")):
                    beside.append(lines[above])
                    above -= 1
                found[node.lineno] = any(map(REASON.search, beside))
    return found


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("    import yaml", [False]),
        ("    import yaml  # only here", [False]),
        ("    import yaml  # takes 11 ms, which a build of nothing must not pay", [True]),
        ("    # Here, since it takes 11 ms.\n    import yaml\n    from yaml import x", [True, True]),
        ("    # Takes 11 ms.\n    y = 1\n    import yaml", [False]),
    ],
)
def test_a_late_import_is_seen(body: str, told: list[bool]) -> None:
    assert list(late_imports(f"import re\n\n\ndef f():\n{body}\n").values()) == told


@pytest.mark.parametrize("program", PROGRAMS)
def test_an_import_inside_a_function_tells_the_time_that_it_saves(program: str) -> None:
    silent = [
        where(file, line)
        for file in sources(program)
        for line, told in late_imports(file.read_text(encoding="utf-8")).items()
        if not told
    ]
    assert silent == []
