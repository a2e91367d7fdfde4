"""The index in English: every matter, by section, marked as English for screen readers."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

from generator.cli import main
from tests.kit import Project


def test_every_matter_is_listed_with_both_names(site: Path) -> None:
    page = (site / "en/index.html").read_text("utf-8")
    rows = dict(re.findall(r'<li><a href="\.\./matters/([\w-]+)/">(.*?)</a></li>', page, re.S))
    matters = {path.stem: json.loads(path.read_bytes()) for path in (site / "api/v1/matters").glob("*.json")}
    assert rows.keys() == matters.keys()
    for id, matter in matters.items():
        told = html.unescape(rows[id])
        assert matter["name_en"] in told and matter["summary_en"] in told
        assert f'<small lang="zh-CN">{matter["name"]}</small>' in told
    for section in json.loads((site / "api/v1/sections.json").read_bytes()):
        assert f"<h2>{html.escape(section['name_en'])} <" in page


def test_journeys_come_first(site: Path) -> None:
    page = (site / "en/index.html").read_text("utf-8")
    rows = re.findall(r'<li><a href="\.\./journeys/([\w-]+)/"><span>([^<]+)<small lang="zh-CN">([^<]+)<', page)
    told = json.loads((site / "api/v1/journeys.json").read_bytes())
    assert sorted(rows) == sorted((item["id"], item["name_en"], item["name"]) for item in told)
    assert page.index("journeys/company/") < page.index("../matters/")


def test_languages_are_marked(site: Path) -> None:
    """Nothing Chinese is read out as English."""
    page = (site / "en/index.html").read_text("utf-8")
    _, start, english = page.partition('<div lang="en">')
    assert start
    english = english.split("</article>")[0]
    chinese = re.compile("[\u4e00-\u9fff]")
    assert not chinese.search(re.sub(r'<(span|small) lang="zh-CN">.*?</\1>', "", english))


def test_the_way_there(site: Path) -> None:
    for page, link in (("index.html", "./en/"), ("about/index.html", "../en/"), ("noon/index.html", "../en/")):
        assert f'href="{link}"' in (site / page).read_text("utf-8"), page


def test_matter_without_english_keeps_its_name(tmp_path: Path) -> None:
    project = Project(tmp_path / "project", matters=1)
    path = project.path("m0")
    path.write_text(path.read_text("utf-8").replace("name_en: Permit", "name_en: null"), "utf-8")
    assert main(project.arguments("build", tmp_path / "site")) == 0
    assert "事项m0的核发" in (tmp_path / "site/en/index.html").read_text("utf-8")


def test_a_new_english_summary_reaches_the_index(tmp_path: Path) -> None:
    project = Project(tmp_path / "project")
    out = tmp_path / "site"
    assert main(project.arguments("build", out)) == 0
    path = project.path("m1")
    path.write_text(
        path.read_text("utf-8").replace("name_en: Permit", "name_en: Permit\nsummary_en: A new word."), "utf-8"
    )
    assert main(project.arguments("build", out)) == 0
    assert "A new word." in (out / "en/index.html").read_text("utf-8")
