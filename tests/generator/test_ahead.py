"""``guide build`` as a process of its own, which looks over the catalogue while it loads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.kit import Project, files


def guide_build(project: Project, before: str = "") -> subprocess.CompletedProcess[str]:
    """Plain ``guide build`` in the project's folder; ``before`` is run in the process first."""
    program = (
        f"import os, sys\nsys.argv = ['guide', 'build']\n{before}\nfrom generator.cli import main\nsys.exit(main())"
    )
    return subprocess.run(
        [sys.executable, "-c", program], cwd=project.folder, capture_output=True, text=True, timeout=60
    )


@pytest.fixture
def project(project: Project, out: Path) -> Project:
    """Built where plain ``guide build`` looks for it."""
    (project.folder / "build").mkdir()
    for folder in (out, out.with_name(f"{out.name}.state")):
        folder.rename(project.folder / "build" / folder.name)
    return project


SITUATIONS = {
    "as-ever": "",
    "one-processor": "os.cpu_count = lambda: 1",
    "child-dies": "fork = os.fork\nos.fork = lambda: fork() or os._exit(1)",
}


@pytest.mark.parametrize("case", SITUATIONS)
def test_changes_are_seen_whoever_looks(project: Project, case: str) -> None:
    site = project.folder / "build/site"
    assert "没有变化" in guide_build(project, SITUATIONS[case]).stdout
    project.write("m1", days=7)
    project.path("m2").unlink()
    told = guide_build(project, SITUATIONS[case])
    assert (told.returncode, told.stderr) == (0, "")
    assert "7 个工作日" in (site / "matters/m1/index.html").read_text("utf-8")
    assert not (site / "matters/m2").exists()


def test_folder_that_cannot_be_looked_over_is_named(project: Project) -> None:
    """The child fails without a word, and the build says why."""
    before = files(project.folder / "build/site")
    project.catalog.rename(project.folder / "away")
    project.catalog.symlink_to("catalog")
    told = guide_build(project)
    assert told.returncode == 1
    assert told.stderr.startswith("catalog/ 读不了")
    assert files(project.folder / "build/site") == before
