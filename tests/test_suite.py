"""`make quick` leaves out what starts a browser or is named as slow, and nothing else; no test reaches other machines."""

from __future__ import annotations

import ast
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.suite import ENGINE_FIXTURES, LONG, SLOW, NotAllowed

ROOT = Path(__file__).parent.parent
STARTERS = {"sync_playwright", "async_playwright", "webdriver"}
"""What the libraries that drive browsers call the way to start one."""

UNUSED = ("cacheprovider", "hypothesispytest", "anyio")

SMALL = {
    "conftest.py": """
        import pytest
        from tests import suite
        from tests.suite import *

        @pytest.fixture
        def browser(): suite.ENGINES["Netscape"] = "4.8"
        @pytest.fixture
        def page(browser): ...
        """,
    "test_small.py": """
        import socket, subprocess
        import pytest

        def test_plain(): ...
        def test_asks(browser): ...
        def test_asks_through_another(page): ...
        @pytest.mark.usefixtures("page")
        def test_asks_in_a_mark(): ...
        def test_asks_late(request): request.getfixturevalue("page")
        def test_starts_one_unasked(): subprocess.run(["/usr/bin/chromium", "--version"])
        def test_calls_elsewhere(): socket.socket().connect(("192.0.2.1", 80))
        def test_looks_up_a_name(): socket.getaddrinfo("centre.example", 443)
        def test_calls_itself(): socket.create_server(("127.0.0.1", 0)).close()
        """,
}
"""A suite with each kind of test."""


def run(folder: Path, *arguments: str) -> tuple[dict[str, str], list[str]]:
    """Outcome by test, and the lines after them."""
    for name, text in SMALL.items():
        lines = text.splitlines()
        (folder / name).write_text("\n".join(line.removeprefix("        ") for line in lines))
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = browser\n  slow\n")
    command = [sys.executable, "-m", "pytest", *(f"-pno:{name}" for name in UNUSED), "-v", "-rN", "--tb=line", *arguments]
    answer = subprocess.run(
        [*command, "--rootdir", str(folder), str(folder)],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": "/nowhere"},
        capture_output=True,
        text=True,
    )
    outcomes = re.findall(r"::test_(\w+) (?:\[gw\d\] )?(PASSED|FAILED)|(PASSED|FAILED) \S+::test_(\w+)", answer.stdout)
    found = {(one or other): (word or there) for one, word, there, other in outcomes}
    return found, answer.stdout.splitlines()


def test_a_small_suite(tmp_path: Path) -> None:
    whole, said = run(tmp_path, "-n", "1")
    refused = {"starts_one_unasked", "calls_elsewhere", "looks_up_a_name"}
    assert {name for name, word in whole.items() if word == "FAILED"} == refused
    for reason in ("is a browser", "is another machine", "would be looked up"):
        assert any("NotAllowed" in line and reason in line for line in said), reason
    # The counts stay the last line: others read them.
    assert re.fullmatch(r"=+ 3 failed, 6 passed in [\d.]+s =+", said[-1])
    assert re.fullmatch(r"Suite: 0 min \d\d s\. Browsers: Netscape 4\.8\.", said[-2])

    quick, said = run(tmp_path, "-n", "0", "-m", "not browser", "--deselect", "test_small.py::test_asks_late")
    assert whole.keys() - quick.keys() == {"asks", "asks_through_another", "asks_in_a_mark", "asks_late"}
    assert re.fullmatch(r"Suite: 0 min \d\d s\. Browsers: none\.", said[-2])


def test_quick_leaves_out_nothing_but_what_is_marked() -> None:
    # Not with what the make that runs these tests was given.
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "ARGS"))}
    command = ["make", "-n", "quick"]
    told = subprocess.run(command, cwd=ROOT, env=plain, capture_output=True, text=True, check=True).stdout
    words = shlex.split(told.replace("&&", " "))
    assert words[words.index("pytest") :] == ["pytest", "--numprocesses=3", "-m", "not browser and not slow"]


def test_what_asks_for_a_browser_is_marked_and_nothing_else(request: pytest.FixtureRequest) -> None:
    items = request.session.items
    asking = {item.nodeid for item in items if ENGINE_FIXTURES & set(item.fixturenames)}  # type: ignore[attr-defined]
    assert {item.nodeid for item in items if item.get_closest_marker("browser")} == asking


def test_what_starts_a_browser_is_a_fixture_that_the_suite_knows() -> None:
    unknown = []
    for file in sorted((ROOT / "tests").rglob("*.py")):
        for function in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef) and function.name not in ENGINE_FIXTURES:
                called = {ast.unparse(call.func).split(".")[0] for call in ast.walk(function) if isinstance(call, ast.Call)}
                unknown += [f"{file.relative_to(ROOT)}: {function.name}"] if called & STARTERS else []
    assert unknown == []


def test_a_browser_that_nobody_asked_for_does_not_start() -> None:
    with pytest.raises(NotAllowed, match="ask for it by a fixture"):
        subprocess.run([sys.executable.replace("python", "chromium"), "--version"])


def test_the_long_files_are_there() -> None:
    assert [name for name in LONG + SLOW if not (ROOT / "tests" / name).is_file()] == []
