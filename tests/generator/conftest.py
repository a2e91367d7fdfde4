"""A small project that is built already: to render the skin takes longer than most tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.cli import main
from tests.kit import Project


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Read only; ``project`` is a copy of it."""
    folder = tmp_path_factory.mktemp("built")
    project = Project(folder / "project")
    assert main(project.arguments("build", folder / "site")) == 0
    return project


@pytest.fixture
def project(built: Project, tmp_path: Path) -> Project:
    """A project of its own for each test, built in ``out``."""
    return built.copied(tmp_path)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "site"
