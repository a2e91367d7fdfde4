"""A day from a file, by the command line: all of it or nothing, and every mistake by its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result

from push_server.hall.importing import COLUMNS, WORDS

from ..conftest import Clock, Server, on_file
from .day import at

HEADER = "事件,时间,号码,窗口种类,事项,预审,窗口"
DAY = """\
取号,2026-11-23 09:00,A001,acceptance,company-setup,是,
取号,2026-11-23 09:01:30,A002,acceptance,,否,
叫号,2026/11/23 9:05,A001,,,,1
办完,2026-11-23 09:20,A001,,,,1
叫号,2026-11-23 09:21,A002,,,,1
"""


@pytest.fixture
def hall(server: Server, clock: Clock) -> Server:
    clock.at("18:00")
    run(server, "window", "add", "1", "acceptance")
    return server


def run(server: Server, *arguments: str) -> Result:
    return server.app.test_cli_runner().invoke(args=["hall", *arguments])


def bring(server: Server, folder: Path, text: str, encoding: str = "utf-8") -> Result:
    file = folder / "day.csv"
    file.write_bytes(text.encode(encoding))
    return run(server, "import", str(file))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_day_is_brought_in_once(hall: Server, tmp_path: Path, encoding: str) -> None:
    done = bring(hall, tmp_path, f"{HEADER}\n{DAY}", encoding)
    assert (done.exit_code, done.output) == (0, "导入了 5 个事件\n")
    again = bring(hall, tmp_path, f"{HEADER}\n{DAY}", encoding)
    assert again.output == "导入了 0 个事件，另有 5 个以前导入过\n"
    tickets = hall.services.hall.state(at("12:00")).tickets
    assert (tickets["A001"].matter, tickets["A001"].ended_at) == ("company-setup", at("09:20"))
    assert (tickets["A002"].prechecked, tickets["A002"].state) == (False, "called")


def test_a_day_of_long_ago_becomes_visits_at_once(hall: Server, tmp_path: Path, clock: Clock) -> None:
    clock.at("2026-11-24 10:00")
    assert bring(hall, tmp_path, f"{HEADER}\n{DAY}").exit_code == 0
    out = run(hall, "export", "2026-11").output
    assert out.startswith("\ufeff日期,窗口种类,事项,取号,叫号,结束,等了（分钟）,办了（分钟）,结果,午间\n")
    assert "2026-11-23,acceptance,company-setup,09:00:00,09:05:00,09:20:00,5.0,15.0,办完,\n" in out
    assert "A001" not in out


def test_the_english_names_will_do(hall: Server, tmp_path: Path) -> None:
    text = "id,type,at,ticket,kind\nmy-event-1,taken,2026-11-23T01:00:00Z,A001,acceptance\n"
    assert bring(hall, tmp_path, text).exit_code == 0
    assert hall.services.hall.state(at("12:00")).tickets["A001"].taken_at == at("09:00")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "没有事件"),
        (HEADER, 1, "没有事件"),
        ("事件,号码\n取号,A001\n", 1, "“事件”和“时间”"),
        ("事件,时间,颜色\n取号,2026-11-23 09:00,红\n", 1, "列名“颜色”不认识"),
        (f"{HEADER}\n取号,昨天,A001,acceptance,,,\n", 2, "时间"),
        (f"{HEADER}\n{DAY}吃饭,2026-11-23 09:30,A001,,,,\n", 7, "type 不认识"),
        (f"{HEADER}\n{DAY}\n\n取号,2026-11-24 09:30,A003,acceptance,,,\n", 9, "at"),
        (f"{HEADER}\n{DAY}叫号,2026-11-23 09:30,A003,,,,1\n", 7, "没有取号记录"),
        (f"{HEADER}\n{DAY}取号,2026-11-23 09:30,A001,acceptance,,,\n", 7, "已经有人取过"),
        (f"{HEADER}\n{DAY}叫号,2026-11-23 09:30,A001,,,,7\n", 7, "没有这个窗口"),
        (f"{HEADER}\n{DAY}取号,2026-11-23 09:30,A003,acceptance,,,,多\n", 7, "格子比第一行的列名多"),
        (f'{HEADER}\n{DAY}取号,2026-11-23 09:30,"A003,acceptance\n', 7, "不是 CSV"),
        (f"{HEADER}\n{DAY}取号,2026-11-23 19:30,A003,acceptance,,,\n", 7, "at"),
    ],
)
def test_a_mistake_is_named_by_its_line_and_nothing_is_kept(
    hall: Server, tmp_path: Path, text: str, line: int, words: str
) -> None:
    done = bring(hall, tmp_path, text)
    assert done.exit_code == 1
    assert f"day.csv 第 {line} 行" in done.output and words in done.output
    assert done.output.endswith("没有导入任何一条 — 改好以后再导入一次\n")
    assert hall.services.hall.state(at("18:00")).tickets == {}


def test_windows_are_declared_listed_and_withdrawn(server: Server) -> None:
    assert run(server, "window", "add", "3", "acceptance").exit_code == 0
    assert run(server, "window", "list").output == "3\tacceptance\n"
    assert "没有取号的窗口种类" in run(server, "window", "add", "4", "advice").output
    assert "不能用" in run(server, "window", "add", "窗口三", "acceptance").output
    assert run(server, "window", "remove", "3").exit_code == 0
    assert run(server, "window", "remove", "3").exit_code == 1


def test_every_kind_of_event_has_a_word_and_every_column_one() -> None:
    assert len(WORDS) == len(set(WORDS.values())) == 13
    assert len(set(COLUMNS.values())) == len(COLUMNS)


@on_file
def test_days_that_are_over_are_closed_by_themselves(hall: Server, tmp_path: Path, clock: Clock) -> None:
    bring(hall, tmp_path, f"{HEADER}\n{DAY}")
    clock.at("2026-11-24 00:01")
    hall.services.worker.run_due()
    assert "A001" not in run(hall, "export", "2026-11").output
    assert run(hall, "export", "2026-11").output.count("2026-11-23") == 2
