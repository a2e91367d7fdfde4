"""What is typed wrong behind ``guide`` is told in Chinese, with what to type instead, and never as a traceback."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli import main


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("check --on 2026/1/5", "--on：“2026/1/5”不是日期 — 改为 2026-01-05"),
        ("record --date 2026-13-01", "--date：“2026-13-01”，没有这一天 — 核对月份和日子"),
        ("confirm x.fee --by 张三 --on 20261130", "--on：“20261130”不是日期 — 改为 2026-11-30"),
        ("serve --port 八千", "--port：“八千”不是端口 — 写 1 到 65535 的整数，例如 8002"),
        ("serve --port 99999", "--port：“99999”不是端口 — 写 1 到 65535 的整数，例如 8002"),
        ("new", "缺少 section、id"),
        ("new construction", "缺少 id"),
        ("check --cataloge x", "不认识“--cataloge x” — 有空格的整个加引号；有哪些写法，见 guide --help"),
        ("confirm x.fee 不收费", "不认识“不收费” — 有空格的整个加引号；有哪些写法，见 guide --help"),
        ("stale --catalog", "--catalog 后面没有内容"),
        ("build --skin hugo", "没有“hugo” — 可用的有：mkdocs、zensical"),
        ("words --from x --data y", "--data 和 --from 只能写一个"),
    ],
)
def test_wrong_arguments_are_told_in_chinese(typed, told, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(typed.split())
    first, usage = capsys.readouterr().err.split("\n", 1)
    assert stopped.value.code == 2
    assert first == told
    assert re.match(r"写法：guide\b", usage)


def test_an_unknown_verb_gets_those_that_there_are(capsys):
    with pytest.raises(SystemExit):
        main(["chekc"])
    assert capsys.readouterr().err.startswith("没有“chekc” — 可用的有：check、build、publish、")


@pytest.mark.parametrize("verb", ["check", "build", "serve", "stale", "texts", "tables", "confirm", "diff", "record"])
def test_a_folder_that_is_not_there_is_named(verb, tmp_path: Path, capsys):
    """Not as eight files that are missing in it."""
    assert main([verb, "--catalog", str(tmp_path / "nowhere")]) == 1
    (line, *_) = capsys.readouterr().err.splitlines()
    assert line.endswith("nowhere — 用 --catalog 写明目录在哪里")


def test_whoever_reads_only_the_beginning_is_no_fault(project):
    """As in ``guide tables | head -1``."""
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "generator", "tables", "--catalog", str(project.catalog)]
    with os.fdopen(write, "wb") as closed:
        done = subprocess.run(command, stdout=closed, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
