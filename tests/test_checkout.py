"""The same commit gives the same bytes, however it was checked out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli import main
from tests.kit import Project, files


def git(*words: str, cwd: Path) -> str:
    return subprocess.run(["git", *words], cwd=cwd, capture_output=True, text=True, check=True).stdout


def test_every_text_keeps_the_ends_of_its_lines(root: Path) -> None:
    listed = git("ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=root).split("\0")[:-1]
    told = git("check-attr", "-z", "eol", "text", "--", *listed, cwd=root).split("\0")
    found = {(path, name): value for path, name, value in zip(told[::3], told[1::3], told[2::3], strict=False)}
    loose = [
        path
        for path in listed
        if found[path, "eol"] != "lf" and found[path, "text"] != "unset"  # a picture
    ]
    assert loose == []


def test_a_checkout_for_windows_holds_the_same_bytes(root: Path, tmp_path: Path) -> None:
    """A repository with our attributes and a few of our files, cloned with autocrlf."""
    source = tmp_path / "source"
    source.mkdir()
    names = [".gitattributes", "mkdocs.yml", "pwa/sw.js", "pwa/icons/icon-192.png", "site_src/docs/offline.md"]
    for name in names:
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_bytes((root / name).read_bytes())
    who = ["-c", "user.name=t", "-c", "user.email=t@localhost"]
    git("init", "-q", cwd=source)
    git("add", "-A", cwd=source)
    git(*who, "commit", "-qm", "t", cwd=source)
    git("-c", "core.autocrlf=true", "clone", "-q", str(source), str(tmp_path / "clone"), cwd=tmp_path)
    assert [name for name in names if (tmp_path / "clone" / name).read_bytes() != (root / name).read_bytes()] == []


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, dict[str, bytes]]:
    folder = tmp_path_factory.mktemp("plain")
    project = Project(folder / "project", matters=2)
    assert main(project.arguments("build", folder / "site", "--exports")) == 0
    return project, files(folder / "site")


@pytest.mark.parametrize(
    "around",
    [
        {"TZ": "America/Los_Angeles", "LC_ALL": "C", "LANG": "C"},
        {
            "TZ": "Pacific/Kiritimati",
            "PYTHONUTF8": "0",
            "LC_ALL": "POSIX",
            "PYTHONHASHSEED": "7",
            "SOURCE_DATE_EPOCH": "1",
        },
    ],
)
def test_time_zone_locale_modes_and_order_of_files_do_not_matter(
    around: dict[str, str], plain: tuple[Project, dict[str, bytes]], tmp_path: Path
) -> None:
    project, expected = plain
    other = Project.__new__(Project)
    other._lie_in(tmp_path / "other")
    for path, data in sorted(files(project.folder).items(), reverse=True):  # another order in the folders
        file = other.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        file.chmod(0o755 if len(path) % 2 else 0o600)
    command = [sys.executable, "-m", "generator", *other.arguments("build", tmp_path / "site", "--exports")]
    done = subprocess.run(
        command, cwd=Path(__file__).parent.parent, env=os.environ | around, capture_output=True, umask=0o077
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    assert files(tmp_path / "site") == expected
