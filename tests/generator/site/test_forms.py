"""Forms in the built site: published where a matter names them, linked, stored if small."""

from __future__ import annotations

import json
from pathlib import Path

from generator.cli import main
from tests.kit import Project, files


def kept(out: Path) -> set[str]:
    """The files that every phone stores."""
    (path,) = (out / "offline/inventory").iterdir()
    return set(json.loads(path.read_bytes())["files"])


def test_forms_are_published_linked_and_stored(tmp_path: Path) -> None:
    project, out = Project(tmp_path / "project", matters=2), tmp_path / "site"
    folder = project.catalog / "forms"
    folder.mkdir()
    (folder / "blank.pdf").write_bytes(b"%PDF-1.4\n".ljust(12_345))
    (folder / "filled.pdf").write_bytes(b"%PDF-1.4\n".ljust(50_000))
    (folder / "nobody.pdf").write_bytes(b"%PDF-1.4\n")
    path = project.path("m0")
    given = "    blank_form: {file: blank.pdf, edition: 2024年版, source: 窗口给的}\n"
    given += "    sample: {file: filled.pdf, edition: 2024年版, source: 窗口给的}\n"
    path.write_text(path.read_text("utf-8").replace("    needed: window\n", f"    needed: window\n{given}", 1), "utf-8")
    assert main(project.arguments("build", out)) == 0
    assert {one.name for one in (out / "forms").iterdir()} == {"blank.pdf", "filled.pdf"}
    page = (out / "matters/m0/index.html").read_text("utf-8")
    assert '<a href="../../forms/blank.pdf" download>空白表（2024年版，PDF，13 kB）</a>' in page
    assert '<a href="../../forms/filled.pdf" download>看填好的样子（2024年版，PDF，50 kB）</a>' in page
    assert "空白表（2024年版，PDF，13 kB）" in (out / "cards/m0.html").read_text("utf-8")
    assert {path for path in kept(out) if path.startswith("forms/")} == {"forms/blank.pdf"}

    # Another file under the same name renews the page that tells its size, as a build from nothing would.
    (folder / "blank.pdf").write_bytes(b"%PDF-1.4\n".ljust(20_000))
    assert main(project.arguments("build", out)) == 0
    assert main(project.arguments("build", tmp_path / "clean")) == 0
    assert files(out) == files(tmp_path / "clean")
    assert "20 kB" in (out / "matters/m0/index.html").read_text("utf-8")

    # A form that is gone is told, and the site stays as it was.
    (folder / "blank.pdf").unlink()
    before = files(out)
    assert main(project.arguments("build", out)) == 1
    assert files(out) == before
