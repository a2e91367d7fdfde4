"""The walls between the rooms (docs/architecture.md), kept by reading the imports."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts import lines

ROOT = Path(__file__).parent.parent
PURE = ("generator/catalog", "generator/render", "generator/views", "generator/site/stamp.py")
CLOCKS = {"now", "today", "utcnow", "time_ns", "monotonic", "perf_counter"}
WRITERS = {
    "write_text", "write_bytes", "mkdir", "makedirs", "touch", "unlink", "rmdir", "rename", "replace_file",
    "rmtree", "copytree", "copyfile", "symlink_to", "truncate",
}  # fmt: skip
OUTSIDE = {
    "time",
    "socket",
    "ssl",
    "http",
    "urllib.request",
    "subprocess",
    "shutil",
    "tempfile",
    "asyncio",
    "threading",
}


def sources(*places: str) -> list[Path]:
    found = [
        file
        for place in places
        for file in ([ROOT / place] if place.endswith(".py") else sorted((ROOT / place).rglob("*.py")))
    ]
    assert found, places
    return found


def imports(file: Path) -> Iterator[tuple[int, str]]:
    """(line, absolute name of what is imported) of every import of a file, wherever it stands.

    ``from a import b`` gives ``a.b``: b may be a module.
    """
    package = file.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield node.lineno, name.name
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            for name in node.names:
                yield node.lineno, ".".join([*base, *filter(None, [node.module]), name.name])


def within(name: str, *packages: str) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def where(file: Path, line: int) -> str:
    return f"{file.relative_to(ROOT)}:{line}"


def test_the_catalogue_imports_only_the_standard_library_yaml_and_msgspec() -> None:
    strangers = [
        f"{where(file, line)}: {name}"
        for file in sources("generator/catalog")
        for line, name in imports(file)
        if name.split(".")[0] not in sys.stdlib_module_names
        and not within(name, "yaml", "msgspec", "generator.catalog")
    ]
    assert strangers == []


def test_the_pure_rooms_import_nothing_that_reaches_outside() -> None:
    reaching = [
        f"{where(file, line)}: {name}"
        for file in sources(*PURE)
        for line, name in imports(file)
        if within(name, *OUTSIDE)
    ]
    assert reaching == []


def test_the_pure_rooms_read_no_clock_and_write_no_file() -> None:
    effects = [
        f"{where(file, line)}: {name}" for file in sources(*PURE) for line, name in effects_of(file.read_text("utf-8"))
    ]
    assert effects == []


def effects_of(text: str) -> Iterator[tuple[int, str]]:
    """(line, name) of the calls that read a clock or write a file."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        name = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
        if name in CLOCKS | WRITERS or (name == "open" and mode_of(node) & set("wax+")):
            yield node.lineno, name


def mode_of(call: ast.Call) -> set[str]:
    """The letters of the mode of an ``open`` call; every letter when it cannot be read."""
    modes = [keyword.value for keyword in call.keywords if keyword.arg == "mode"]
    # open(path, mode), but path.open(mode)
    modes += call.args[0 if isinstance(call.func, ast.Attribute) else 1 :][:1]
    if not modes:
        return {"r"}
    return set(modes[0].value) if isinstance(modes[0], ast.Constant) else set("rwax+")


@pytest.mark.parametrize(
    ("text", "effects"),
    [
        ("datetime.now(tz)", ["now"]),
        ("date.today()", ["today"]),
        ("path.open()", []),
        ("path.open('rb')", []),
        ("path.open('w')", ["open"]),
        ("open(path, mode='r+')", ["open"]),
        ("open(path, mode)", ["open"]),
        ("open('was.yml')", []),
        ("path.write_text(text)", ["write_text"]),
        ("text.replace('a', 'b')", []),
    ],
)
def test_effects_are_seen(text: str, effects: list[str]) -> None:
    assert [name for _, name in effects_of(text)] == effects


@pytest.mark.parametrize(
    ("room", "forbidden"),
    [
        ("push_server", "generator"),
        ("generator", "push_server"),
        ("push_server", "yaml"),
        ("push_server", "mkdocs"),
        ("generator/views", "generator.render"),
        ("generator", "tests"),
        ("push_server", "tests"),
        ("generator", "pydantic"),
    ],
)
def test_a_room_does_not_import(room: str, forbidden: str) -> None:
    found = [where(file, line) for file in sources(room) for line, name in imports(file) if within(name, forbidden)]
    assert found == []


def test_only_the_skin_knows_mkdocs_and_material() -> None:
    knowing = {
        file.relative_to(ROOT).as_posix()
        for file in sources("generator", "push_server", "scripts")
        for _, name in imports(file)
        if within(name, "mkdocs", "material", "materialx", "zensical")
    }
    assert knowing == {"generator/site/skin/mkdocs.py", "generator/site/skin/zensical.py"}


TAG = re.compile(r"<(?:/?[a-zA-Z]|!)")
NO_MARKUP_OF_OURS = {
    "generator/published/markup.py": "looks for tags in sources",
    "generator/render/address.py": "finds the end of the head of a page",
    "generator/site/skin/trim.py": "cuts the theme's own base template",
    "generator/site/skin/project.py": "leaves the marks of stamp.py in skeletons",
    "generator/site/stamp.py": "the marks that are filled",
    "generator/site/packs.py": "the mark that names the skeleton of a record",
    "push_server/endpoints.py": "names the groups of a pattern",
    "generator/site/preview.py": "finds the place in a page for what the preview puts there",
}
"""Modules whose texts name tags, and why."""


def texts(file: Path) -> Iterator[tuple[int, str]]:
    """(line, text) of every string of a module but for its docstrings."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    told = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


def test_html_lives_in_templates() -> None:
    """Not in strings of Python: see generator/templates/, push_server/console/templates/."""
    found = [
        (file, line)
        for file in sources("generator", "push_server")
        for line, text in texts(file)
        if TAG.search(text) and not text.startswith("/")  # a path with a place to fill: /queue/<kind>
    ]
    assert {file.relative_to(ROOT).as_posix() for file, _ in found} >= NO_MARKUP_OF_OURS.keys()
    strangers = [where(*at) for at in found if at[0].relative_to(ROOT).as_posix() not in NO_MARKUP_OF_OURS]
    assert strangers == []


@pytest.mark.parametrize("text", ["<b>", "</p>", "<br/>", "<!doctype html>", 'f"<a href={x}>"', "'<li' + rest"])
def test_markup_is_seen(text: str, tmp_path: Path) -> None:
    (tmp_path / "x.py").write_text(text if text.endswith(('"', "rest")) else repr(text) + ".strip()", "utf-8")
    assert [text for _, text in texts(tmp_path / "x.py") if TAG.search(text)]


def test_nothing_is_taken_for_html_but_what_templates_make() -> None:
    """Two ways around escaping: ``Markup`` in Python, ``safe`` or ``autoescape`` in a template."""
    marking = {
        file.relative_to(ROOT).as_posix()
        for file in sources("generator", "push_server")
        for _, name in imports(file)
        if within(name, "markupsafe")
    }
    assert marking == {"generator/render/jsonld.py"}
    rooms = ("generator/templates", "push_server/console/templates")
    files = [path for room in rooms for path in sorted((ROOT / room).rglob("*"))]
    templates = [path for path in files if path.suffix in (".html", ".css")]
    assert len(templates) > 40
    loose = [path.name for path in templates if re.search(r"\|\s*safe\b|autoescape", path.read_text("utf-8"))]
    assert loose == []


def test_few_modules_know_the_template_engine() -> None:
    knowing = {
        file.relative_to(ROOT).as_posix()
        for file in sources("generator", "push_server", "scripts")
        for _, name in imports(file)
        if within(name, "jinja2")
    }
    assert knowing == {
        "generator/templates/engine.py",
        "generator/published/templates.py",  # checks the templates of the theme before MkDocs reads them
        "push_server/console/__init__.py",  # Flask renders; a name that is missing is an error there too
    }


ROOMS_TOLD = re.compile(r"^\| `([\w/]+/)` \|", re.MULTILINE)


def test_the_page_on_architecture_names_every_room() -> None:
    text = (ROOT / "docs/architecture.md").read_text("utf-8")
    told = set(ROOMS_TOLD.findall(text.partition("python -m scripts.lines")[0]))
    rooms = {
        f"{folder.relative_to(ROOT).as_posix()}/"
        for program in ("generator", "push_server")
        for folder in (ROOT / program).iterdir()
        if (folder / "__init__.py").is_file()
    }
    assert rooms - told == set()
    assert [room for room in told if not (ROOT / room).is_dir()] == []
    counted = re.findall(r"^\| `([\w/*.]+)` \| \d+ \| \d+ \|", text, re.MULTILINE)
    assert counted == [room for program in lines.PROGRAMS for room in lines.rooms(program)], "python -m scripts.lines"


PATH_TOLD = re.compile(r"`((?:catalog|docs|generator|push_server|pwa|scripts|site_src|tests)/[\w./-]+)`")


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_what_a_newcomer_is_sent_to_is_there(page: str) -> None:
    told = PATH_TOLD.findall((ROOT / page).read_text("utf-8"))
    assert len(told) > 10
    assert [path for path in told if not (ROOT / path).exists()] == []


def test_the_tests_of_the_generator_lie_in_rooms_of_it() -> None:
    mirrored = {folder.name for folder in (ROOT / "tests/generator").iterdir() if (folder / "__init__.py").is_file()}
    assert mirrored - {folder.name for folder in (ROOT / "generator").iterdir() if folder.is_dir()} == set()
    assert list((ROOT / "tests/generator").glob("test_*.py")) == []
