"""docs/api.md and what a build publishes name the same files, keys and columns."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from generator.catalog.model.centre import Centre
from generator.catalog.model.change import ChangeEntry
from generator.catalog.model.journey import Journey
from generator.catalog.model.matter import Matter
from generator.render.changes import Urgent

ROOT = Path(__file__).parent.parent
_, *_SECTIONS = re.split(r"^### `([^`]+)`$", (ROOT / "docs/api.md").read_text("utf-8"), flags=re.MULTILINE)
DOCUMENTED = dict(zip(_SECTIONS[::2], _SECTIONS[1::2], strict=True))
PLACEHOLDERS = {
    "id": r"[\w-]+",
    "hash": "[0-9a-f]{16}",
    "name": r"[\w-]+",
    "room": "[a-z]+",
    "kind": "png|svg|js|css|br|gz",
}
RECORDS = {
    "api/v1/matters/<id>.json": ("", Matter),
    "api/v1/centre.json": ("", Centre),
    "api/v1/journeys.json": ("[].", Journey),
    "api/v1/changes.json": ("[].", ChangeEntry),
    "api/v1/urgent.json": ("[].", Urgent),
}
"""Files whose records may hold more than this catalogue happens to say."""


def pattern(path: str) -> re.Pattern[str]:
    parts = re.split(r"<(\w+)>", path)
    return re.compile(
        "".join(
            PLACEHOLDERS[part] and f"(?:{PLACEHOLDERS[part]})" if at % 2 else re.escape(part)
            for at, part in enumerate(parts)
        )
    )


def published(site: Path) -> list[str]:
    """Every file that is no page."""
    paths = (path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    return [path for path in paths if not path.endswith("index.html") and path != "404.html"]


def rows(path: str, heading: str) -> list[list[str]]:
    """What stands in backticks in the first column of the table of a file."""
    section = re.split(r"^## ", DOCUMENTED[path], flags=re.MULTILINE)[0]
    found = re.search(rf"^\| {heading} \| \|\n\|---\|---\|\n((?:\|.*\n)+)", section, re.MULTILINE)
    return [re.findall(r"`([^`]+)`", line.split(" | ")[0]) for line in found[1].splitlines()] if found else []


def keys(value: Any, prefix: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, below in value.items():
            yield f"{prefix}{key}"
            yield from keys(below, f"{prefix}{key}.")
    elif isinstance(value, list):
        for below in value:
            yield from keys(below, f"{prefix.removesuffix('.')}[].")


def possible(type_: type, prefix: str) -> Iterator[str]:
    """The keys that the JSON Schema of a record allows."""
    (schema,), definitions = msgspec.json.schema_components([type_])

    def walk(part: dict[str, Any], prefix: str) -> Iterator[str]:
        if "$ref" in part:
            yield from walk(definitions[part["$ref"].rsplit("/", 1)[-1]], prefix)
        for choice in part.get("anyOf", ()):
            yield from walk(choice, prefix)
        if part.get("items"):
            yield from walk(part["items"], f"{prefix.removesuffix('.')}[].")
        for key, below in part.get("properties", {}).items():
            yield f"{prefix}{key}"
            yield from walk(below, f"{prefix}{key}.")

    definitions = {name.rsplit("/", 1)[-1]: one for name, one in definitions.items()}
    yield from walk(schema, prefix)


def test_every_published_file_is_described_and_every_described_file_is_published(site: Path) -> None:
    paths = published(site)
    patterns = {name: pattern(name) for name in DOCUMENTED}
    assert [path for path in paths if not any(one.fullmatch(path) for one in patterns.values())] == []
    assert [name for name, one in patterns.items() if not any(one.fullmatch(path) for path in paths)] == []


@pytest.mark.parametrize("path", [name for name in DOCUMENTED if rows(name, "key")])
def test_keys(site: Path, path: str) -> None:
    files = [site / name for name in published(site) if pattern(path).fullmatch(name)]
    actual = {key for file in files for key in keys(json.loads(file.read_bytes()))}
    if path in RECORDS:
        # Steps are texts there, whatever the file holds; ``step_details`` tells the rest.
        actual |= {key for key in possible(RECORDS[path][1], RECORDS[path][0]) if not key.startswith("steps[]")}
    described = {key for (key,) in rows(path, "key")}
    expressions = {key: key_pattern(key) for key in described}
    if path == "api/v1/calendar.json":
        # described below the table, since most calendars have none
        actual -= {key for key in actual if key == "days[].civil" or key.startswith("days[].duty")}
    assert {key for key in actual if not any(one.fullmatch(key) for one in expressions.values())} == set()
    assert {key for key, one in expressions.items() if not any(one.fullmatch(own) for own in actual)} == set()


def key_pattern(key: str) -> re.Pattern[str]:
    """``<name>`` is any key, ``.*`` at the end all that is below."""
    text = re.escape(key.removesuffix(".*"))
    text = re.sub(r"<\w+>", r".+?" if key == "files.<path>" else r"[^.\\[\\]]+", text)
    return re.compile(text.removesuffix(r"\[\]") + r"(?:\[\]|\..*|\[\]\..*)?" if key.endswith(".*") else text)


def test_the_files_with_keys_are_all_that_promise_some() -> None:
    promised = [
        name for name in DOCUMENTED if name.startswith(("api/", "data/")) and name.endswith((".json", ".jsonld"))
    ]
    without = {name for name in promised if not rows(name, "key")}
    assert without == {"api/v1/search.json", "api/v1/search-more.json", "api/v1/search-text.json"}


@pytest.mark.parametrize("name", ["matters", "papers", "to-confirm"])
def test_columns(site: Path, name: str) -> None:
    with (site / f"data/{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        head = next(csv.reader(file))
    described = [column for row in rows(f"data/{name}.csv", "column") for column in row]
    assert len(described) == len(set(described))
    assert set(described) == set(head)


def test_examples_are_real(site: Path) -> None:
    """Each is a part of what is published; a list or a record may be cut short."""
    examples = [
        (path, json.loads(text))
        for path, section in DOCUMENTED.items()
        for text in re.findall(r"```json\n(.*?)```", section, re.DOTALL)
    ]
    assert len(examples) > 6
    for path, example in examples:
        files = [site / name for name in published(site) if pattern(path).fullmatch(name)]
        assert any(holds(json.loads(file.read_bytes()), example) for file in files), (path, example)


def holds(value: Any, part: Any) -> bool:
    """Whether ``part`` is ``value``, some of it, or some of what lies below."""
    if same(value, part):
        return True
    below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(holds(one, part) for one in below)


def same(value: Any, part: Any) -> bool:
    if isinstance(part, dict):
        return isinstance(value, dict) and all(key in value and same(value[key], own) for key, own in part.items())
    return value == part
