"""docs/running.md and the program say the same: every setting, every problem, every address."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from push_server.settings import Settings, from_environment

from .conftest import Server

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "running.md").read_text("utf-8")
ROWS = {
    name: default for name, default, _ in re.findall(r"^\| `(PUSH_\w+|DATABASE_URL)` \| (?:`([^`]*)`)? ?\| (\S.*) \|$", PAGE, re.M)
}


class Asked(dict[str, str]):
    """Variables that are all unset, and remembered when somebody asks for them."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def get(self, name: str, default: object = None) -> object:  # type: ignore[override]
        self.names.add(name)
        return super().get(name, default)  # type: ignore[arg-type]


def texts(*places: str) -> Iterator[str]:
    for place in places:
        for file in (ROOT / place).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value


def test_every_setting_stands_in_the_table_and_is_read() -> None:
    asked = Asked()
    from_environment(asked)
    assert set(ROWS) == asked.names
    named = {name for text in texts("push_server", "generator") for name in re.findall(r"PUSH_[A-Z_]+", text)} - {
        "PUSH_"
    }
    assert named <= set(ROWS)


def test_the_defaults_are_those_of_the_program() -> None:
    assert from_environment({name: default for name, default in ROWS.items() if default}) == from_environment({})
    assert from_environment({}) == Settings()


@pytest.mark.parametrize("name", sorted(set(ROWS) - {"PUSH_SITE", "PUSH_DATA"}))
def test_a_setting_is_looked_at(name: str) -> None:
    """What can be no value of any kind is refused by name, so a setting is not just carried along."""
    from push_server.errors import StartupError

    with pytest.raises(StartupError, match="请"):
        from_environment({name: "\x01 ,/../"})


def test_every_problem_stands_in_the_table(server: Server) -> None:
    listed = set(re.findall(r"`([a-z]+-[a-z]+)`", PAGE.split("## Is everything in order?")[1].split("##")[0]))
    sources = ("vitals.py", "examination.py", "proxies.py")
    code = "".join((ROOT / "push_server" / name).read_text("utf-8") for name in sources)
    made = set(re.findall(r'Problem\(\s*"([a-z-]+)"', code)) | set(re.findall(r'^    "(proxy-[a-z]+)":', code, re.M))
    assert made == listed


def test_the_addresses_exist(server: Server) -> None:
    for path in re.findall(r"`GET (/push/v1/\w+)`", PAGE):
        assert server.http.get(path).status_code in (200, 503)
