"""A calendar that was subscribed to takes over what has changed: what is published under the same name
with other content is marked as newer."""

from __future__ import annotations

import subprocess
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
import vobject

from generator.cli import main
from tests.kit import Project, files


def build(project: Project, out: Path) -> dict[str, bytes]:
    assert main(project.arguments("build", out)) == 0
    return files(out)


def state(published: dict[str, bytes], name: str) -> dict[str, tuple[int, datetime, datetime, str]]:
    """By name of the appointment: its marks, and the rest of what it says."""
    found = {}
    for event in vobject.readOne(published[f"calendar/{name}.ics"].decode()).vevent_list:
        marks = int(event.sequence.value), event.dtstamp.value, event.last_modified.value
        for mark in ("sequence", "dtstamp", "last-modified"):
            del event.contents[mark]
        found[event.uid.value] = (*marks, event.serialize())
    return found


def changed(project: Project, old: str, new: str, name: str = "centre.yml") -> None:
    path = project.catalog / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


NOON = ("closes: 13:00", "closes: 13:15")
CHANGES = {
    "hours of the noon service": ("noon", "centre.yml", "13:00", "13:15"),
    "another number to ask": ("closures", "centre.yml", 'hotline: "12345"', 'hotline: "12346"'),
    "name of a holiday": ("closures", "calendar/2026.yml", "国庆节", "国庆假期"),
}


@pytest.mark.parametrize("case", CHANGES)
def test_what_changed_is_newer(case: str, project: Project, out: Path, tmp_path: Path) -> None:
    calendar, name, old, new = CHANGES[case]
    before = state(build(project, out), calendar)
    text = (project.catalog / name).read_text("utf-8")
    (project.catalog / name).write_text(text.replace(old, new).replace("hotline: 12345", "hotline: 12346"), "utf-8")
    published = build(project, out)
    after = state(published, calendar)
    altered = [uid for uid in before.keys() & after.keys() if before[uid][3] != after[uid][3]]
    assert altered
    for uid in altered:
        assert all(now > then for now, then in zip(after[uid][:3], before[uid][:3], strict=True))
    clean = build(project, tmp_path / "clean")
    assert clean == published, "the same catalogue gives the same bytes"


def test_what_did_not_change_is_not_marked(project: Project, out: Path) -> None:
    before = build(project, out)
    project.write("m1", days=15)
    after = build(project, out)
    for name in ("noon", "closures"):
        assert after[f"calendar/{name}.ics"] == before[f"calendar/{name}.ics"]


def test_changed_and_changed_back_is_newer_each_time(project: Project, out: Path) -> None:
    """With a record of each publication, as CONTRIBUTING.md has it."""

    def git(*words: str) -> None:
        command = ["git", "-c", "user.name=t", "-c", "user.email=t@localhost", *words]
        subprocess.run(command, cwd=project.folder, check=True, capture_output=True)

    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "start")
    start = ["--from", "HEAD"]
    seen = [state(build(project, out), "noon")]
    centre = project.catalog / "centre.yml"
    first = centre.read_text("utf-8")
    for day, text in ((1, first.replace("13:00", "13:15")), (1, first), (2, first.replace("13:00", "13:30"))):
        centre.write_text(text, "utf-8")
        git("add", "-A")
        pending = state(build(project, out), "noon")
        git("commit", "-qm", "hours")
        previous = ["--from", "HEAD~1"]
        command = ["record", "--catalog", str(project.catalog), "--date", f"2026-12-0{day}", *previous]
        assert main(command) == 0
        git("add", "-A")
        git("commit", "-qm", "record")
        seen += [pending, state(build(project, out), "noon")]
    assert start
    common = set.intersection(*(set(one) for one in seen))
    for uid in common:
        marks = [one[uid][:2] for one in seen]
        assert [sequence for sequence, _ in marks] == [0, 1, 1, 2, 2, 3, 3]
        assert [moment for _, moment in marks] == sorted(moment for _, moment in marks)
        assert len({moment for _, moment in marks[::2]}) == 4


def test_a_second_entry_of_a_day_makes_the_feed_newer(project: Project, out: Path) -> None:
    def updated(published: dict[str, bytes]) -> list[str]:
        feed = ElementTree.fromstring(published["api/v1/changes.atom"])
        return [found.text or "" for found in feed.iter("{http://www.w3.org/2005/Atom}updated")]

    before = updated(build(project, out))
    day = max(path.stem[:10] for path in (project.catalog / "changes").glob("*.yml"))
    entry = f"date: {day}\ncommit: null\nchanges:\n  - {{matter: null, name: null, text: 又改了一处}}\n"
    (project.catalog / f"changes/{day}-2.yml").write_text(entry, "utf-8")
    after = updated(build(project, out))
    assert after[0] > before[0]
    assert after[2:] == before[1:]
