"""``guide check`` and ``guide build`` when files, links, disk or output are not as they should be."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import main
from tests.kit import Project, files


def build(project: Project, out: Path) -> int:
    return main(project.arguments("build", out))


def _link(path: Path, target: str) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to(target)


NO_FILES: dict[str, tuple[str, Callable[[Path], None]]] = {
    "link-to-nothing": ("matters/construction/m1.yml", lambda path: _link(path, "nowhere.yml")),
    "link-to-itself": ("matters/construction/m1.yml", lambda path: _link(path, path.name)),
    "folder": ("matters/construction/m9.yml", lambda path: path.mkdir()),
    "pipe": ("matters/construction/m9.yml", lambda path: os.mkfifo(path)),
    "link-to-folder": ("matters/more", lambda path: _link(path, "construction")),
    "link-in-a-circle": ("matters/construction/again", lambda path: _link(path, "..")),
    "capitals": ("matters/construction/m9.YML", lambda path: path.touch()),
    "two-suffixes": ("matters/construction/m9.yml.txt", lambda path: path.touch()),
}


@pytest.mark.parametrize("case", NO_FILES)
def test_what_is_no_file_of_the_catalogue_is_named(
    project: Project, out: Path, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    """``check``, a build from nothing and the next build see the same."""
    assert build(project, out) == 0
    before = files(out)
    name, make = NO_FILES[case]
    make(project.catalog / name)
    capsys.readouterr()
    said = []
    for verb in (["check", "--catalog", str(project.catalog)], project.arguments("build", out)):
        assert main(verb) == 1
        said.append(capsys.readouterr().err)
    assert f"catalog/{name}:1: [file-" in said[0]
    assert said[1] == said[0]
    assert files(out) == before


UNREADABLE: dict[str, tuple[str | bytes, Callable[[Path], None]]] = {
    "mkdocs.yml": ("mkdocs.yml", lambda path: path.unlink()),
    "app": ("pwa/sw.js", lambda path: path.unlink()),
    "link": ("site_src/docs/photo.png", lambda path: _link(path, "nowhere.png")),
    "style": ("site_src/css/99-more.css", lambda path: path.write_bytes("main { /* 宽 */ }".encode("gbk"))),
    "name": ("site_src/docs/照片.png".encode("gbk"), lambda path: path.touch()),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_a_source_that_cannot_be_read_is_named(
    project: Project, out: Path, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    build(project, out)
    before = files(out)
    name, spoil = UNREADABLE[case]
    spoil(project.folder / os.fsdecode(name))
    capsys.readouterr()
    assert build(project, out) == 1
    line, *_ = capsys.readouterr().err.splitlines()
    assert os.fsencode(name).decode(errors="replace") in line
    assert "— " in line
    assert files(out) == before


@pytest.mark.parametrize("what", ["a new style", "a touched file"])
def test_a_full_disk_is_told(project: Project, out: Path, what: str) -> None:
    build(project, out)
    before = files(out)
    if what == "a new style":
        (project.site_src / "css" / "99-more.css").write_text("main { order: 1; }")
    else:
        os.utime(project.path("m1"))
    script = (
        "import resource, signal, sys\n"
        "from generator.cli import main\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    command = [sys.executable, "-B", "-c", script, *project.arguments("build", out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "磁盘空间" in done.stderr
    assert files(out) == before
    assert build(project, out) == 0


@pytest.mark.parametrize("place", ["file", "."])
def test_no_folder_to_write_to(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.chdir(tmp_path)
    assert build(project, Path(place)) == 1
    assert "--out" in capsys.readouterr().err
    assert not (tmp_path / "file.state").exists()


def test_a_publication_that_fails_half_way_says_so(
    project: Project, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build(project, out)
    project.write("m1", days=15)
    page = out / "matters/m1/index.html"
    page.unlink()
    page.mkdir()
    assert build(project, out) == 1
    said = capsys.readouterr().err
    assert "只换了一半" in said
    assert "没有动" not in said
    page.rmdir()
    assert build(project, out) == 0
    assert "15 个工作日" in page.read_text()


def test_foreign_folder_is_not_touched(project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "writing"
    out.mkdir()
    (out / "thesis.txt").write_text("years of work")
    assert build(project, out) == 1
    assert "--out" in capsys.readouterr().err
    assert files(out) == {"thesis.txt": b"years of work"}
