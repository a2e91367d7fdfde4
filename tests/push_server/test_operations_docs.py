"""docs/operations.md is followed line by line: its lines are sound, and name what is there."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from push_server.__main__ import main
from push_server.store.postgres import POOL

from .process import REPO, environment
from .test_running_docs import ROWS

PAGE = (REPO / "docs/operations.md").read_text("utf-8")
BLOCKS = [re.sub(r"^ {3}", "", block, flags=re.M) for block in re.findall(r"^ *```sh\n(.*?)^ *```", PAGE, re.M | re.S)]
LINES = [line for block in BLOCKS for line in block.splitlines()]


def test_every_block_is_shell(tmp_path: Path) -> None:
    assert len(BLOCKS) > 12
    for block in BLOCKS:
        done = subprocess.run(["bash", "-n"], input=block, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, ""), block


def test_what_is_copied_is_there() -> None:
    copied = [word for line in LINES for word in line.split() if re.match(r"(?:/opt/guide/)?docs/deploy/", word)]
    assert len(copied) >= 5
    for word in copied:
        assert list(REPO.glob(word.removeprefix("/opt/guide/"))), word


def test_what_guidectl_is_asked_for_exists() -> None:
    asked = re.findall(r"guidectl ([a-z-]+)", PAGE)
    assert len(asked) > 5
    assert set(asked) <= main.commands.keys() | {"staff", "hall"}  # type: ignore[attr-defined]


def test_settings_that_are_named_are_settings() -> None:
    assert set(re.findall(r"PUSH_[A-Z_]+", PAGE)) <= ROWS.keys()


def test_units_that_are_named_are_given() -> None:
    named = {name for line in LINES for name in re.findall(r"systemctl (?:enable --now|start|stop) ([\w.-]+)", line)}
    given = {path.name for path in (REPO / "docs/deploy/systemd").iterdir()}
    assert named
    assert {name if "." in name else f"{name}.service" for name in named} <= given


def test_guidectl_takes_the_settings_of_the_units(site: Path, tmp_path: Path) -> None:
    text = (REPO / "docs/deploy/guidectl").read_text("utf-8")
    env = (REPO / "docs/deploy/systemd/guide.env").read_text("utf-8")
    (tmp_path / "guide.env").write_text(f"{env}PUSH_LEAD_MINUTES=500\n", "utf-8")
    for given, here in (
        ("/opt/guide/build/site", str(site)),
        ("/var/lib/guide", str(tmp_path / "var")),
        ("/etc/guide/guide.env", str(tmp_path / "guide.env")),
        ("cd /opt/guide", f"cd {REPO}"),
        (".venv/bin/python", sys.executable),
        (".venv/bin/flask", f"{sys.executable} -m flask"),
    ):
        assert given in text
        text = text.replace(given, here)

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        shell = shutil.which("sh") or "sh"
        return subprocess.run(
            [shell, "-s", *words], input=text, env=environment(), capture_output=True, text=True, timeout=30
        )

    assert "PUSH_LEAD_MINUTES" in run("token", "list").stderr  # it was read
    (tmp_path / "guide.env").write_text(env, "utf-8")
    done = run("hall", "window", "list")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "var" / "push.sqlite3").exists()


CAPACITY = re.compile(
    r"^\| ([\d,]+) \| (SQLite|PostgreSQL), (\d+) × (\d+) \| ([\d,]+) \| ([\d.]+) \| ([\d.]+) \+ ([\d.]+) \| [^|]+ \| (\d+|–) \|",
    re.M,
)


def test_the_capacity_on_paper_follows_from_what_was_measured() -> None:
    told = re.search(
        r"\*\*([\d.]+) ms\*\* of CPU with a file, \*\*([\d.]+) ms\*\* .*\*\*([\d.]+) ms\*\* of the\n", PAGE
    )
    assert told
    file, sender, database = (float(part) / 1000 for part in told.groups())
    cost = {"SQLite": (file, 0.0), "PostgreSQL": (sender, database)}
    rows = CAPACITY.findall(PAGE)
    assert len(rows) == 6
    for people, where, nodes, connections, rate, minutes, cores, of_database, lines in rows:
        number = int(people.replace(",", ""))
        possible = min(int(nodes) * int(connections) / 0.1, int(nodes) / cost[where][0])
        assert int(rate.replace(",", "")) == pytest.approx(possible, abs=1)
        assert float(minutes) == pytest.approx(number / possible / 60, abs=0.06)
        assert float(minutes) < 7.5
        assert (float(cores), float(of_database)) == pytest.approx([possible * one for one in cost[where]], abs=0.06)
        if where == "PostgreSQL":
            assert int(lines) == int(nodes) * (2 * POOL + 6) + 2 * (2 * POOL)  # the task engine has two pools of three
