"""docs/operations.md is followed line by line: its lines are sound, and name what is there."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from push_server.__main__ import main

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
