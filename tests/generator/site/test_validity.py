"""A matter past its last day leaves the lists and the search; its page stays for who has kept the link."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import msgspec
import pytest

from generator.site.build import Builder, build
from generator.site.order import Paths
from tests.kit import Project, files


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    project = Project(tmp_path / "project", matters=3)
    path = project.path("m1")
    text = path.read_text("utf-8").replace("valid_until: null\n", "valid_until: 2026-12-31\n")
    path.write_text(f"{text}answers:\n  - {{field: valid_until, by: 窗口, on: 2026-12-01}}\n", "utf-8")
    (project.catalog / "words.yml").write_text("words:\n  - {word: 办这个, matters: [m1], common: true}\n", "utf-8")
    return Paths(
        catalog=project.catalog,
        site_src=project.site_src,
        mkdocs_yml=project.mkdocs,
        pwa=project.pwa,
        out=tmp_path / "site",
    )


def on(paths: Paths, day: date | None) -> Path:
    outcome = build(msgspec.structs.replace(paths, today=day))
    assert outcome.problems == ()
    return paths.out


def lists(out: Path) -> dict[str, bool]:
    """Which of the lists name the matter."""
    named = {
        "home": "matters/m1/" in (out / "index.html").read_text("utf-8"),
        "section": "matters/m1/" in (out / "sections/construction/index.html").read_text("utf-8"),
        "a-z": "matters/m1/" in (out / "a-z/index.html").read_text("utf-8"),
        "search": '"m1"' in (out / "api/v1/search.json").read_text("utf-8"),
    }
    return named | {"data": "m1" in {item["id"] for item in json.loads((out / "api/v1/matters.json").read_bytes())}}


def test_on_its_last_day_it_is_in_all_lists_and_the_day_after_in_none(paths: Paths, tmp_path: Path) -> None:
    assert set(lists(on(paths, date(2026, 12, 31))).values()) == {True}
    page = (paths.out / "matters/m1/index.html").read_text("utf-8")
    assert "到2026年12月31日为止" in page
    after = on(paths, date(2027, 1, 1))
    assert set(lists(after).values()) == {False}
    assert (after / "matters/m1/index.html").read_text("utf-8") == page
    clean = msgspec.structs.replace(paths, out=tmp_path / "clean")
    assert files(on(clean, date(2027, 1, 1))) == files(after)
    assert "m0" in (after / "api/v1/matters.json").read_text("utf-8")


def test_without_a_day_nothing_is_over(paths: Paths) -> None:
    assert set(lists(on(paths, None)).values()) == {True}


def test_a_preview_that_is_left_open_overnight_knows_the_day(paths: Paths) -> None:
    builder = Builder(msgspec.structs.replace(paths, today=date(2026, 12, 31)))
    assert builder.build().problems == ()
    assert set(lists(paths.out).values()) == {True}
    assert builder.build(date(2027, 1, 1)).problems == ()
    assert set(lists(paths.out).values()) == {False}


def test_a_build_refuses_what_is_still_to_come(paths: Paths) -> None:
    path = paths.catalog / "matters/construction/m2.yml"
    path.write_text(re.sub("checked_on: .*", "checked_on: 2027-03-01", path.read_text("utf-8")), "utf-8")
    (problem,) = build(msgspec.structs.replace(paths, today=date(2026, 12, 31))).problems
    assert (problem.path, problem.code) == ("catalog/matters/construction/m2.yml", "date-ahead")
    assert build(msgspec.structs.replace(paths, today=date(2027, 3, 1))).problems == ()
