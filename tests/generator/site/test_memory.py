"""What a build remembers only leaves out work: lost, foreign or older, the site is the same."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from generator.site import memory as memories
from generator.site.memory import Step
from tests.generator.site.test_build import build, clean
from tests.kit import Project, files


@pytest.mark.parametrize("part", ["memory", "skin", "readings"])
@pytest.mark.parametrize("left", [None, b"", b"\x81\xa2m1\x93"])
def test_lost_memory_costs_time_only(
    project: Project, tmp_path: Path, out: Path, left: bytes | None, part: str
) -> None:
    """Somebody tidied up beside the site, or the disk lost a part."""
    project.write("m2", related="m1")
    build(project, out)
    remembered = out.with_name("site.state") / part
    remembered.unlink() if left is None else remembered.write_bytes(left)
    project.write("m1", name="改过名的事项")
    assert build(project, out) == 0
    assert files(out) == clean(project, tmp_path / "clean")


def test_another_generator_takes_nothing_from_memory_that_it_would_make_itself(
    project: Project, tmp_path: Path, out: Path
) -> None:
    """Records, keys and skeletons of another version may be of other things."""
    remembered = out.with_name("site.state") / "memory"
    old = memories.decode(remembered.read_bytes())
    steps = {name: Step(step.key, step.files, "0" * 16) for name, step in old.steps.items()}
    facts = {path: msgspec.structs.replace(known, text=b"[[],[],[],[],[]]") for path, known in old.facts.items()}
    skeletons = dict.fromkeys(old.skeletons, "<!--stamp:content-->")
    remembered.write_bytes(
        memories.encode(
            msgspec.structs.replace(old, made_by="another", steps=steps, facts=facts, skeletons=skeletons, shared={})
        )
    )
    for days in (7, 8):
        project.write("m1", days=days)
        assert build(project, out) == 0
        assert files(out) == clean(project, tmp_path / f"clean-{days}")


def test_a_changed_law_renews_the_pages_that_cite_it(project: Project, tmp_path: Path, out: Path) -> None:
    path = project.path("m2")
    cites = "law: JZF, article: 第七条"
    path.write_text(path.read_text().replace("law: XKF, article: 第五十八条", cites))
    build(project, out)
    before = files(out)
    laws = project.catalog / "laws.yml"
    laws.write_text(laws.read_text().replace("title: 中华人民共和国建筑法", "title: 中华人民共和国建筑法（新）"))
    assert build(project, out) == 0
    after = files(out)
    changed = {path for path in before if path.startswith("matters/") and before[path] != after[path]}
    assert changed == {"matters/m2/index.html"}
    assert after == clean(project, tmp_path / "clean")


def test_a_changed_style_needs_no_matter_read_again(
    project: Project, tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(project, out)
    (project.site_src / "css" / "99-more.css").write_text("main { order: 1; }\n")
    read: list[str] = []
    monkeypatch.setattr("generator.site.reading.load_file", lambda _, path, type_: read.append(path))
    assert build(project, out) == 0
    monkeypatch.undo()
    assert read == []
    assert files(out) == clean(project, tmp_path / "clean")
