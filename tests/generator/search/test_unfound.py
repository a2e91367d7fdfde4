"""``guide words``: what citizens did not find, for the editors of words.yml."""

from __future__ import annotations

import signal
from datetime import date
from pathlib import Path

import pytest

from generator.cli import main
from push_server.store import Store
from tests.push_server.process import Process

CATALOG = str(Path(__file__).parents[3] / "catalog")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    store = Store(tmp_path)
    for query, times in (("想开个早餐车卖包子", 2), ("开饭店", 3), ("哼哼哈嘿", 1)):
        for _ in range(times):
            store.unfound.add(query, date(2026, 11, 23))
    store.close()
    return tmp_path


def test_nearest_matters_and_the_lines_to_add(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["words", "--catalog", CATALOG, "--data", str(data)]) == 0
    told = capsys.readouterr().out
    first, second = told.strip().split("\n\n")
    assert first.startswith("想开个早餐车卖包子（2 次，最近 2026-11-23）\n  可能是：")
    assert "（food-stall）" in first
    assert "  是的话，加到 catalog/words.yml：\n  - word: 想开个早餐车卖包子\n    matters: [" in first
    # What has become a word is left out.
    assert "开饭店" not in told.replace("  可能是", "")
    assert second == "哼哼哈嘿（1 次，最近 2026-11-23）\n  没有相近的事项"


def test_nothing_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["words", "--catalog", CATALOG, "--data", str(tmp_path)]) == 1
    assert "不存在 — 用 --data" in capsys.readouterr().err
    (tmp_path / "push.sqlite3").write_bytes(b"no database at all, " * 100)
    assert main(["words", "--catalog", CATALOG, "--data", str(tmp_path)]) == 1
    assert "读不出来" in capsys.readouterr().err
    (tmp_path / "push.sqlite3").unlink()
    Store(tmp_path).close()
    assert main(["words", "--catalog", CATALOG, "--data", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "没有没找到的词\n"


def test_from_the_server(
    site: Path, data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store = Store(data)
    token = store.tokens.add("editor", 0.0)
    store.close()
    process = Process(site, data)
    command = ["words", "--catalog", CATALOG, "--from", process.root.rstrip("/")]
    monkeypatch.delenv("GUIDE_TOKEN", raising=False)
    assert main(command) == 1
    assert "没有令牌" in capsys.readouterr().err
    monkeypatch.setenv("GUIDE_TOKEN", "wrong")
    assert main(command) == 1
    assert "令牌不对或已作废" in capsys.readouterr().err
    monkeypatch.setenv("GUIDE_TOKEN", token or "")
    assert main(command) == 0
    assert "想开个早餐车卖包子（2 次" in capsys.readouterr().out
    process.end(signal.SIGTERM)
    assert main(command) == 1
    assert "检查地址和网络" in capsys.readouterr().err
