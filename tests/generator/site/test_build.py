"""``guide build`` through its command line: increments, refusals, interrupted runs."""

from __future__ import annotations

import fcntl
import json
import os
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.catalog.digest import digest
from generator.cli import main
from generator.site.inventory import Inventory, read_inventory
from generator.site.packs import parts, records_of
from generator.site.worker import named_in
from tests.generator.conftest import Skins
from tests.kit import Project, files


def build(project: Project, out: Path) -> int:
    return main(project.arguments("build", out))


def clean(project: Project, folder: Path) -> dict[str, bytes]:
    """What a build from nothing gives."""
    assert build(project, folder) == 0
    return files(folder)


def test_site_has_every_page(project: Project, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build(project, out) == 0
    assert "4 个事项" in capsys.readouterr().out
    site = files(out)
    for path in (
        "index.html",
        "404.html",
        "noon/index.html",
        "commitments/index.html",
        "about/index.html",
        "hall/index.html",
        "visit/index.html",
        "zero-visit/index.html",
        "deferrable/index.html",
        "deferrable/promise/index.html",
        "supervision/index.html",
        "certainty/index.html",
        "food-drug-papers/index.html",
        "open-data/index.html",
        "changes/index.html",
        "en/index.html",
        "api/v1/changes.json",
        "api/v1/changes.atom",
        "calendar/noon.ics",
        "calendar/closures.ics",
        "reminders/index.html",
        "offline/index.html",
        "sections/construction/index.html",
        "matters/m0/index.html",
        "api/v1/matters/m0.json",
        "api/v1/matters/m0.jsonld",
        "cards/m0.html",
        "sw.js",
        "sw-kill.js",
        "manifest.webmanifest",
    ):
        assert path in site, path
    for path, data in site.items():
        if path.endswith(".html"):
            assert {*re.findall(rb"@@[A-Z-]+@@", data)} <= {b"@@ROOT@@"} and b"<!--slot:" not in data, path
            if not path.startswith("offline/skeleton/"):
                assert b"@@ROOT@@" not in data and b"<!--stamp:" not in data, path


def test_release_names_every_file(project: Project, out: Path) -> None:
    build(project, out)
    release = json.loads((out / "api/v1/release.json").read_bytes())
    assert set(release["files"]) == set(files(out)) - {"sw.js", "api/v1/release.json"}
    assert listed(out)[0]["id"] == release["id"]


def listed(out: Path) -> tuple[dict, Inventory]:
    """What ``sw.js`` names, and the inventory of the release."""
    named = dict(named_in((out / "sw.js").read_bytes()))
    return named, read_inventory((out / f"offline/inventory/{named['inventory']}.json").read_bytes())


def test_phone_is_told_to_store_each_thing_once(project: Project, out: Path) -> None:
    """Pages are records of packs; pages, cards and data of matters are not stored a second time."""
    build(project, out)
    named, inventory = listed(out)
    assert named["total"] == len(list(inventory.needed())) and named["bundle"] == 0
    assert {"reminders/index.html", "offline/skeleton/matter.html", "api/v1/matters.json"} <= inventory.files.keys()
    own = ("matters/", "cards/", "api/v1/matters/", "data/", "index.html", "offline/packs/", "404.html")
    assert not [path for path in inventory.files if path.startswith(own)]
    # What takes a network anyway.
    assert not [path for path in inventory.files if path.endswith("/urgent.json")]
    packs = inventory.packs | inventory.later
    pages = [url for records in packs.values() for url in records]
    assert len(pages) == len(set(pages))
    assert {url for records in inventory.later.values() for url in records} == {url for url in pages if url.startswith(("laws/", "certainty/", "changes/", "open-data/", "en/"))}
    assert {"", "hall/", "noon/", *(f"matters/m{number}/" for number in range(4))} <= set(pages)
    for path, records in packs.items():
        stored = records_of((out / path).read_bytes())
        assert {url: digest(text.encode()) for url, text in stored.items()} == records
    # Every page of the site, but the one for lost addresses, cards and skeletons.
    written = {path.removesuffix("index.html") for path in inventory.files if path.endswith("/index.html")}
    folders = {path.removesuffix("index.html") for path in files(out) if f"/{path}".endswith("/index.html")}
    assert folders == set(pages) | written


def test_nothing_changed_writes_nothing(project: Project, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(project, out)
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    assert build(project, out) == 0
    assert "没有变化" in capsys.readouterr().out
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before


def test_one_matter_changed_writes_its_files_only(project: Project, out: Path) -> None:
    build(project, out)
    before = files(out)
    project.write("m1", days=15)
    assert build(project, out) == 0
    after = files(out)
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    named = {path for path in changed if path.startswith(("offline/packs/", "offline/inventory/"))}
    # The pack of the matter, that of the lists, and the inventory: the old one went, the new one came.
    assert len(named) == 6
    assert changed - named == {
        "matters/m1/index.html",
        "api/v1/matters/m1.json",
        "api/v1/matters/m1.jsonld",
        "cards/m1.html",
        "supervision/index.html",  # lists the limit that was changed
        "api/v1/release.json",
        "sw.js",
    }


def test_new_name_reaches_the_pages_that_show_it(project: Project, out: Path) -> None:
    project.write("m2", related="m1")
    build(project, out)
    project.write("m1", name="改过名的事项")
    assert build(project, out) == 0
    for path in ("matters/m1/", "matters/m2/", "sections/construction/"):
        assert "改过名的事项" in (out / path / "index.html").read_text(), path


@pytest.mark.parametrize("seed", range(3))
def test_increments_equal_a_clean_build(project: Project, tmp_path: Path, out: Path, seed: int) -> None:
    """Random edits, renames, moves, deletions and style changes, one after the other."""
    chance = random.Random(seed)
    build(project, out)
    ids = {f"m{number}": "construction" for number in range(4)}
    skin = tmp_path / "none"
    for step in range(8):
        act = chance.choice(
            ["edit", "paper", "alias", "name", "add", "remove", "move", "link", "style", "centre", "touch"]
        )
        id = chance.choice(sorted(ids))
        if act == "edit":
            project.write(id, ids[id], days=chance.randint(1, 60))
        elif act == "paper":  # the full text of the search names papers, no list does
            project.write(id, ids[id], paper=f"申请表{step}")
        elif act == "alias":
            project.write(id, ids[id], alias=f"俗名{step}")
        elif act == "name":
            project.write(id, ids[id], name=f"新名字{step}")
        elif act == "add":
            ids[f"n{step}"] = chance.choice(["construction", "business", "health"])
            project.write(f"n{step}", ids[f"n{step}"])
        elif act == "remove" and len(ids) > 1:
            for other, section in ids.items():  # nobody may go on naming it
                project.write(other, section)
            project.path(id, ids.pop(id)).unlink()
        elif act == "move":
            project.path(id, ids[id]).unlink()
            ids[id] = "health"
            project.write(id, "health")
        elif act == "link":
            other = chance.choice(sorted(ids))
            project.write(id, ids[id], related="" if other == id else other)
        elif act == "style":
            (project.site_src / "css" / "99-more.css").write_text(f"main {{ order: {step}; }}\n")
        elif act == "centre":
            centre = project.catalog / "centre.yml"
            centre.write_text(centre.read_text().replace("先预审，", f"先预审{step}，", 1))
        elif act == "touch":
            os.utime(project.path(id, ids[id]))
        assert build(project, out) == 0, act
        fresh = tmp_path / f"clean-{step}"
        if skin.exists() and act != "style":  # MkDocs takes longer than all the rest
            fresh.with_name(f"{fresh.name}.state").mkdir()
            shutil.copy(skin, fresh.with_name(f"{fresh.name}.state") / "skin")
        assert files(out) == clean(project, fresh), act
        skin = fresh.with_name(f"{fresh.name}.state") / "skin"


def test_many_matters_share_packs(project: Project, tmp_path: Path, out: Path) -> None:
    """A section that outgrows its pack moves all of its matters."""
    for number in range(60):
        project.write(f"more{number}")
    build(project, out)
    assert len(list((out / "offline/packs").glob("construction-*"))) == 1
    project.write("last")
    build(project, out)
    assert len(list((out / "offline/packs").glob("construction-*"))) == 2
    assert files(out) == clean(project, tmp_path / "clean")


BROKEN = {
    "yaml": ("matters/construction/m1.yml", "name: 事项m1的核发", "name: [事项"),
    "unknown-key": ("matters/construction/m1.yml", "counter: acceptance", "countre: acceptance"),
    "duplicate-id": ("matters/construction/m1.yml", "id: m1", "id: m2"),
    "unknown-law": ("matters/construction/m1.yml", "law: XKF, article: 第五十八条", "law: ABC, article: 第五十八条"),
    "wrong-time": ("centre.yml", "at: 08:30", "at: 8点半"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_bad_input_is_refused_and_the_site_stays(
    project: Project, out: Path, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    build(project, out)
    before = files(out)
    name, right, wrong = BROKEN[case]
    path = project.catalog / name
    text = path.read_text()
    assert right in text
    path.write_text(text.replace(right, wrong, 1))
    project.write("m3", days="二十")
    capsys.readouterr()
    assert build(project, out) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert f"catalog/{name}:" in said.err  # this fault …
    assert "catalog/matters/construction/m3.yml:" in said.err  # … and the other one
    assert " — " in said.err
    assert files(out) == before
    path.write_text(text)
    project.write("m3")
    assert build(project, out) == 0
    assert files(out) == before


def test_year_without_calendar_is_refused(project: Project, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(project, out)
    before = files(out)
    for year in (project.catalog / "calendar").glob("*.yml"):
        year.unlink()
    assert build(project, out) == 1
    assert "catalog/calendar" in capsys.readouterr().err
    assert files(out) == before


def test_removed_matter_that_others_name_is_refused(
    project: Project, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write("m2", related="m1")
    build(project, out)
    project.path("m1").unlink()
    assert build(project, out) == 1
    assert "catalog/matters/construction/m2.yml:" in capsys.readouterr().err
    assert (out / "matters/m1/index.html").exists()


def test_killed_while_moving_is_healed(project: Project, tmp_path: Path, out: Path) -> None:
    """Killed in the middle of moving files into place, the next build makes the site whole."""
    build(project, out)
    project.write("m1", days=15)
    script = (
        "import os, sys\n"
        "from generator.cli import main\n"
        "moved, real = 0, os.replace\n"
        "def replace(source, target):\n"
        "    global moved\n"
        "    moved += 1\n"
        "    if moved == 3: os.kill(os.getpid(), 9)\n"
        "    real(source, target)\n"
        "os.replace = replace\n"
        "main(sys.argv[1:])\n"
    )
    killed = subprocess.run([sys.executable, "-c", script, *project.arguments("build", out)], check=False)
    assert killed.returncode == -9
    (out / "matters/m0/index.html").write_text("half")
    (out / "stray.html").write_text("left over")
    assert build(project, out) == 0
    assert files(out) == clean(project, tmp_path / "clean")


def test_killed_while_staging_changes_nothing(project: Project, out: Path) -> None:
    build(project, out)
    before = files(out)
    project.write("m1", days=15)
    script = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from generator.cli import main\n"
        "Path.touch = lambda *_: os.kill(os.getpid(), 9)\n"
        "main(sys.argv[1:])\n"
    )
    killed = subprocess.run([sys.executable, "-c", script, *project.arguments("build", out)], check=False)
    assert killed.returncode == -9
    assert files(out) == before
    assert build(project, out) == 0
    assert "15 个工作日" in (out / "matters/m1/index.html").read_text()


def test_what_is_named_after_its_content_is_put_aside_for_a_day(project: Project, out: Path, tmp_path: Path) -> None:
    past = out.with_name("site.state") / "past"
    (old,) = (out / "offline/packs").glob("construction-*")
    style = next((out / "assets/css").rglob("*.css"))
    was = {path.relative_to(out): path.read_bytes() for path in (old, style)}
    project.write("m1", days=7)
    (project.site_src / "css" / "99-more.css").write_text("@media print { main { order: 1; } }\n")
    assert build(project, out) == 0
    assert {path: (past / path).read_bytes() for path in was} == was
    assert files(out) == clean(project, tmp_path / "clean")

    (first, *_) = was
    os.utime(past / first, (0, 0))
    project.write("m1", days=8)
    assert build(project, out) == 0
    assert first not in {path.relative_to(past) for path in past.rglob("*")}
    assert len(list((past / "offline/packs").glob("construction-*"))) == 1
    assert files(out) == clean(project, tmp_path / "clean-again")


def test_second_build_at_a_time_is_refused(project: Project, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(project, out)
    with (out.with_name("site.state") / "lock").open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        project.write("m1", days=15)
        assert build(project, out) == 1
    assert "另一个生成" in capsys.readouterr().err


def test_the_kill_switch_stays_until_it_is_taken_away(
    project: Project, tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    switch = (out / "sw-kill.js").read_bytes()
    (out / "sw.js").write_bytes(switch)
    for change in ("matter", "switch", "style"):
        if change == "matter":
            project.write("m1", days=7)
        elif change == "switch":  # a newer one is the one that stands there
            switch = (project.pwa / "kill.js").read_bytes() + b"// newer\n"
            (project.pwa / "kill.js").write_bytes(switch)
        else:
            (project.site_src / "css" / "99-more.css").write_text("main { order: 1; }\n")
        capsys.readouterr()
        assert build(project, out) == 0
        assert "离线功能是关着的" in capsys.readouterr().err
        assert (out / "sw.js").read_bytes() == switch
    (out / "sw.js").unlink()
    assert build(project, out) == 0
    assert capsys.readouterr().err == ""
    assert files(out) == clean(project, tmp_path / "clean")


def test_release_is_named_after_its_content(project: Project, tmp_path: Path, skins: Skins) -> None:
    """Another folder, another time: the same name; the commit is told, but is no part of it."""
    skins.known.clear()
    first = clean(project, tmp_path / "one")
    skins.known.clear()
    os.environ["GUIDE_SOURCE_COMMIT"] = "f" * 40
    try:
        second = clean(project, tmp_path / "two")
    finally:
        del os.environ["GUIDE_SOURCE_COMMIT"]
    assert first["sw.js"] == second["sw.js"]
    assert json.loads(second["api/v1/release.json"])["source_commit"] == "f" * 40


def test_the_record_of_a_page_makes_the_page_that_is_served(project: Project, out: Path) -> None:
    build(project, out)
    _, inventory = listed(out)
    for path in inventory.packs | inventory.later:
        for url, text in records_of((out / path).read_bytes()).items():
            page = parts(text)
            composed = (out / f"offline/skeleton/{page.layout}.html").read_text()
            for mark in ("title", "head", "content"):
                composed = composed.replace(f"<!--stamp:{mark}-->", getattr(page, mark))
            composed = composed.replace("@@ROOT@@", "../" * url.count("/") or "./")
            assert composed.encode() == (out / url / "index.html").read_bytes(), url
