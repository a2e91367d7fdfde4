"""What the generator makes for the search: words, readings, other forms, full text, A–Z."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli import main
from generator.search.readings import Readings, folded, listed, traditional_of
from tests.kit import REPO, Project

PARTS = ("search", "search-more", "search-text")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "project")


def build(project: Project, out: Path) -> dict[str, dict]:
    assert main(project.arguments("build", out)) == 0
    return {name: json.loads((out / f"api/v1/{name}.json").read_text("utf-8")) for name in PARTS}


def test_words_are_read_in_context() -> None:
    readings = Readings({})
    assert readings.read("重新注册") == ["chong", "xin", "zhu", "ce"]
    assert readings.read("重点") == ["zhong", "dian"]
    assert readings.read("银行 SC 证") == ["yin", "hang", "zheng"]
    assert readings.of(["银行", "重新"])["新"] == {"xin"}
    assert readings.of(["调档"])["调"] == {"diao", "tiao"}
    assert listed({"安": {"an"}, "案": {"an"}, "吧": {"ba"}}) == "an:安案|ba:吧"


def test_a_known_reading_is_not_asked_for_again() -> None:
    assert Readings({"护士": "hu shi"}).read("护士") == ["hu", "shi"]


def test_the_accent_is_folded_as_the_phone_folds_it() -> None:
    assert [folded(one) for one in ("zhang", "chen", "shi", "ying", "lv")] == ["zan", "cen", "si", "yin", "lu"]


def test_traditional_forms_lead_to_the_characters_in_use() -> None:
    pairs = traditional_of("营业执照")
    found = dict(zip(pairs[::2], pairs[1::2], strict=True))
    assert {"營": "营", "業": "业", "執": "执"}.items() <= found.items()
    assert "飯" not in found


def test_the_first_file_has_chinese_and_the_second_the_rest(project: Project, tmp_path: Path) -> None:
    words = (
        "words:\n  - {word: 开工, matters: [m0, m1]}\n  - {word: 盖楼, matters: [m0, m1]}\n"
        "  - {word: start construction, matters: [m0]}\n  - {word: 在马路边上盖一栋楼, matters: [m1]}\n"
    )
    (project.catalog / "words.yml").write_text(words, "utf-8")
    made = build(project, tmp_path / "site")
    first, more = made["search"], made["search-more"]
    assert [matter[:2] for matter in first["matters"]] == [[f"m{n}", f"事项m{n}的核发"] for n in range(4)]
    assert first["words"] == [[[0], [0, 1], [1], [2], [3]], [1] * 5, "俗称m0|开工|俗称m1|俗称m2|俗称m3"]
    assert more["words"] == [[[0], [0, 1], [1]], [1, 1, 1], "start construction|盖楼|在马路边上盖一栋楼"]
    assert more["names"] == ["Permit"] * 4
    assert more["elsewhere"] == [["婚姻登记", "结婚", ""]]
    read = dict(group.split(":") for group in first["sounds"].split("|"))
    assert "工" in read["gon,gong"] and "婚" not in read.get("hun", "")
    assert "婚" in dict(group.split(":") for group in more["sounds"].split("|"))["hun"]
    assert "蓋盖" in more["traditional"]


def test_the_text_follows_a_changed_paper(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "site"
    assert build(project, out)["search-text"]["matters"]["m1"][1] == ["申请表", "授权委托书"]
    path = project.path("m1")
    path.write_text(path.read_text("utf-8").replace("name: 申请表", "name: 租赁合同"), "utf-8")
    project.path("m2").unlink()
    changed = build(project, out)["search-text"]
    assert changed["matters"]["m1"][1] == ["租赁合同", "授权委托书"]
    assert sorted(changed["matters"]) == ["m0", "m1", "m3"]
    assert changed == build(project, tmp_path / "again")["search-text"]


def test_a_small_change_imports_no_heavy_library(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "site"
    build(project, out)
    path = project.path("m1")
    path.write_text(path.read_text("utf-8").replace("领取结果", "领取决定书"), "utf-8")
    code = (
        "import sys; from generator.cli import main; assert main(sys.argv[1:]) == 0; "
        "assert not {'pypinyin', 'opencc', 'icalendar', 'openpyxl', 'mkdocs', 'watchfiles'} & sys.modules.keys()"
    )
    command = [sys.executable, "-c", code, *project.arguments("build", out)]
    answer = subprocess.run(command, cwd=REPO, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stderr
    assert "已生成" in answer.stdout


def test_a_lost_memory_of_readings_changes_nothing(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "site"
    before = build(project, out)
    (tmp_path / "site.state/readings").write_bytes(b"damaged")
    project.write("m1", alias="新叫法")
    after = build(project, out)
    assert after["search-more"] == before["search-more"] or after["search-more"]["sounds"] != ""
    assert after == build(project, tmp_path / "again")


def test_the_a_to_z_page_has_every_name_and_alias(site: Path) -> None:
    page = (site / "a-z/index.html").read_text("utf-8")
    links = re.findall(r'<li><a href="\.\./matters/([^/]+)/"><span>([^<]+)', page)
    matters = json.loads((site / "api/v1/matters.json").read_text("utf-8"))
    assert {matter["id"] for matter in matters} == {id for id, _ in links}
    assert {(matter["id"], matter["name"]) for matter in matters} <= set(links)
    for letter, group in re.findall(r'<h2 id="[A-Z]">([A-Z])</h2>(.*?)</section>', page, re.DOTALL):
        for text in re.findall(r"<span>([^<]+)", group):
            first = text[0] if text[0].isascii() else Readings({}).read(text)[0][0]
            assert first.upper() == letter, text
