"""``guide confirm``: the answer stands in the file with who gave it, and the question leaves the list."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.catalog.load import load
from generator.cli import main
from generator.confirm.resolve import everything
from tests.generator.catalog.snippets import SHARED, write_tree

MATTER = "matters/construction/x-permit.yml"


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """A case of ``cases.yml`` tells that x-permit was handled over noon."""
    return write_tree(tmp_path, {MATTER: SHARED[MATTER].replace("accepted: null", "accepted: true")})


def confirm(
    catalog: Path, question: str, value: str | None = None, by: str = "受理窗口张三", on: str = "2026-11-28"
) -> int:
    given = [] if value is None else ["--value", value]
    return main(["confirm", "--catalog", str(catalog), question, "--by", by, "--on", on, *given])


def bytes_of(catalog: Path) -> dict[str, bytes]:
    return {path.relative_to(catalog).as_posix(): path.read_bytes() for path in catalog.rglob("*") if path.is_file()}


def ids(catalog: Path) -> set[str]:
    catalogue = load(catalog).catalogue
    assert catalogue is not None
    return {question.id for question in everything(catalogue)}


ANSWERS = [
    ("x-permit.authority", "区建设局", MATTER, "authority: 区建设局"),
    ("x-permit.result.validity", "5年", MATTER, "  validity: 5年"),
    (
        "x-permit.on_site_check",
        "有的",
        MATTER,
        "on_site_check: {value: conditional, basis: 中心答复（受理窗口张三，2026年11月28日）}",
    ),
    ("x-permit.level", "市级", MATTER, "level: {value: city}"),
    ("x-permit.joint_bodies", "没有", MATTER, "joint_bodies: []"),
    (
        "x-permit.joint_bodies",
        "某局（看图）",
        MATTER,
        "joint_bodies: [{name: 某局, role: 看图, basis: null, evidence: practice}]",
    ),
    ("x-permit.afterwards", "没有", MATTER, "afterwards: []"),
    ("x-permit.codes.national", "000120", MATTER, 'codes: {national: "000120", local: null}'),
    ("x-permit.noon_service.completed", "能受理不能办完", MATTER, "  completed: false"),
    ("x-permit.materials.1.copies", "两份", MATTER, "    copies: 2"),
    ("x-permit.materials.1", "复印件", MATTER, "    form: copy"),
    ("x-permit.materials.2.deferral.within_working_days", "5", MATTER, "      within_working_days: 5"),
    ("x-permit.faq.1", "对", MATTER, "    confirmed: {on: 2026-11-28, by: 受理窗口张三}"),
    ("x-permit.confirmed", None, MATTER, "confirmed: {on: 2026-11-28, by: 受理窗口张三}"),
    ("centre.address", "某路1号", "centre.yml", "address: 某路1号"),
    ("centre.phone", "0431-12345678", "centre.yml", 'phone: "0431-12345678"'),
    (
        "centre.hours.morning.opens",
        "8：45",
        "centre.yml",
        "    opens: {at: 08:45, source: answer-2026-11-28, note: null}",
    ),
    ("centre.counter_kinds.advice.numbers", "1、2号", "centre.yml", "    numbers: 1、2号"),
    ("hall.zones.vip.place", "二楼", "hall.yml", "    place: 二楼"),
]


@pytest.mark.parametrize(("question", "value", "file", "line"), ANSWERS, ids=[f"{one[0]} {one[1]}" for one in ANSWERS])
def test_an_answer_is_written_with_who_and_when_and_leaves_the_list(catalog, question, value, file, line, capsys):
    before = bytes_of(catalog)
    assert question in ids(catalog)
    assert confirm(catalog, question, value) == 0, capsys.readouterr().err
    text = (catalog / file).read_text("utf-8")
    assert line in text.splitlines()
    assert "by: 受理窗口张三" in text and "2026-11-28" in text
    assert load(catalog).problems == ()
    assert question not in ids(catalog)
    after = bytes_of(catalog)
    kept = set(before[file].decode().splitlines()) & set(text.splitlines())
    assert len(kept) >= len(set(before[file].decode().splitlines())) - 3, "nothing but the answer"
    assert {name for name in before if before[name] != after[name]} == {file}


def test_one_answer_settles_all_matters_that_share_the_question(catalog):
    assert "construction.appointment" in ids(catalog)
    assert confirm(catalog, "construction.appointment", "能") == 0
    for id in ("x-permit", "y-permit"):
        text = (catalog / f"matters/construction/{id}.yml").read_text("utf-8")
        assert "appointment: {value: yes, source: 中心答复（受理窗口张三，2026年11月28日）}" in text
        assert "  - {field: appointment, by: 受理窗口张三, on: 2026-11-28}" in text
    assert not {one for one in ids(catalog) if "appointment" in one}


def test_one_matter_may_differ_from_the_others(catalog):
    assert confirm(catalog, "x-permit.appointment", "不能") == 0
    assert {one for one in ids(catalog) if "appointment" in one} == {"y-permit.appointment"}


def test_where_a_counter_stands_its_zone_of_the_hall_is(catalog):
    assert confirm(catalog, "centre.counter_kinds.acceptance.place", "一楼东侧") == 0
    assert "    place: 一楼东侧" in (catalog / "centre.yml").read_text("utf-8")
    hall = (catalog / "hall.yml").read_text("utf-8")
    assert "    place: 一楼东侧" in hall and "field: zones.acceptance.place" in hall


def test_the_question_itself_will_do(catalog):
    assert confirm(catalog, "中心的地址是什么？", "某路1号") == 0


def test_a_second_answer_joins_the_first(catalog):
    assert confirm(catalog, "x-permit.authority", "某局") == confirm(catalog, "x-permit.level", "区") == 0
    text = (catalog / MATTER).read_text("utf-8")
    assert text.count("answers:") == 1 and text.count("by: 受理窗口张三") == 2


REFUSED = [
    ("x-permit.visits", "2", "已经有答复"),
    ("x-permit.vistis", "2", "是不是"),
    ("x-permit.materials.1.copies", "几份", "半角数字"),
    ("x-permit.materials.1", "不收", "整段删去"),
    ("x-permit.authority", "不知道", "留在清单上"),
    ("x-permit.authority", None, "--value"),
    ("x-permit.authority", "某局,某科", "punctuation-ascii"),
    ("x-permit.time_limit.not_counted", "听证", "写明依据"),
    ("x-permit.codes.national", "编码一", "code-shape"),
    ("centre.phone", "打12345", "电话号码"),
    ("centre.hours.morning.opens", "八点半", "08:30"),
    ("centre.hours.morning.opens", "11:45", "hours-order"),
    ("centre.commitments.home-visit.status", "没有", "实行了"),
    ("x-permit.confirmed", "不对", "先改文件"),
]


@pytest.mark.parametrize(("question", "value", "said"), REFUSED, ids=[f"{one[0]} {one[1]}" for one in REFUSED])
def test_a_wrong_answer_is_refused_with_what_to_write_and_no_file_changes(catalog, question, value, said, capsys):
    before = bytes_of(catalog)
    assert confirm(catalog, question, value) == 1
    assert said in capsys.readouterr().err
    assert bytes_of(catalog) == before


@pytest.mark.parametrize(("by", "on", "said"), [(" ", "2026-11-28", "--by"), ("张三", "2999-01-01", "还没有到")])
def test_who_and_when_are_asked(catalog, by, on, said, capsys):
    before = bytes_of(catalog)
    assert confirm(catalog, "centre.address", "某路1号", by, on) == 1
    assert said in capsys.readouterr().err
    assert bytes_of(catalog) == before


def test_when_one_of_several_files_cannot_be_written_none_is(catalog, monkeypatch, capsys):
    before = bytes_of(catalog)
    moved, replace = [], os.replace

    def second_fails(source: Path, target: Path) -> None:
        moved.append(target)
        if len(moved) == 2:
            raise OSError(28, "No space left on device", str(target))
        replace(source, target)

    monkeypatch.setattr(os, "replace", second_fails)
    assert confirm(catalog, "construction.appointment", "能") == 1
    assert len(moved) == 2 and "文件没有动" in capsys.readouterr().err
    assert bytes_of(catalog) == before


def test_a_catalogue_with_faults_is_mended_first(catalog, capsys):
    (catalog / "words.yml").write_text("words: 1\n", "utf-8")
    assert confirm(catalog, "centre.address", "某路1号") == 1
    assert "type-list" in capsys.readouterr().err


def test_without_a_question_the_first_ones_are_listed(catalog, capsys):
    assert main(["confirm", "--catalog", str(catalog)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("centre.address\n  中心的地址是什么？") and "--value" in said
