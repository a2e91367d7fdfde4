"""A small project that is built already: to render the skin takes longer than most tests."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from generator.catalog import record
from generator.catalog.lines import Lines
from generator.catalog.problems import Problem
from generator.cli import main
from generator.published import beside
from generator.site import skin
from tests.kit import Project, files, once


class Skins:
    """What an engine made of each content: it takes longer than the rest of a small build."""

    def __init__(self) -> None:
        self.render = skin.build_skin
        self.known: dict[tuple[object, ...], skin.Skin] = {}

    def build_skin(self, look: skin.Look, site_src: Path, mkdocs_yml: Path, engine: str = "mkdocs") -> skin.Skin:
        pairs = sorted(files(site_src).items())
        key = (
            repr(look),
            engine,
            mkdocs_yml.read_bytes(),
            *(part for path, data in pairs for part in (path.encode(), data)),
        )
        if key not in self.known:
            self.known[key] = self.render(look, site_src, mkdocs_yml, engine)
        return deepcopy(self.known[key])


@pytest.fixture(scope="session", autouse=True)
def skins() -> Iterator[Skins]:
    """In this process the same ``site_src`` is rendered once; ``skins.known.clear()`` renders
    it again, and ``test_skin.py`` calls what renders."""
    skins = Skins()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(skin, "build_skin", skins.build_skin)
        yield skins


@pytest.fixture(scope="session", autouse=True)
def parsed() -> Iterator[None]:
    """In this process the same record is parsed once, and so is the same script: not in a child, which
    remembers none. ``test_beside.py`` asks the child."""

    @lru_cache(maxsize=128)  # the trees of a hundred files, not of the whole catalogue
    def load_record(text: record.Text, path: str, type_: type[Any]) -> tuple[Any, Lines, list[Problem]]:
        return load(text, path, type_)

    def copied(text: record.Text, path: str, type_: type[Any]) -> tuple[Any, Lines, list[Problem]]:
        found, lines, problems = load_record(text, path, type_)
        return found, lines, [*problems]  # who asks adds to them

    load = record.load_record
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(beside, "os", SimpleNamespace(cpu_count=lambda: 1))
        patch.setattr(record, "load_record", copied)
        yield


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, skins: Skins) -> Project:
    """Read only; ``project`` is a copy of it. The first worker that needs it builds it."""

    def build(folder: Path) -> None:
        project = Project(folder / "project")
        assert main(project.arguments("build", folder / "site")) == 0

    return Project.at(once(tmp_path_factory, "built", build) / "project")


@pytest.fixture
def project(built: Project, tmp_path: Path) -> Project:
    """A project of its own for each test, built in ``out``."""
    return built.copied(tmp_path)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "site"
