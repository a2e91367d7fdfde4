"""Zensical as the engine, in a process of its own: it writes to the terminal by itself.

It is no dependency of the guide: the extra ``zensical`` of ``pyproject.toml`` brings it.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from ...errors import BuildError
from .project import OUT, SETTINGS
from .types import SkinError

SECONDS = 120

_MISSING = "没有安装 zensical — 运行 .venv/bin/python -m pip install --require-hashes -r requirements-zensical.lock"
_ROOT = re.compile(r"(?:\.\./)+(?=@@ROOT@@)")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_ISSUE = re.compile(r"^(?:Warning|Error): (.+)\n\s*╭─\[ (\S+?:\d+):\d+ \]", re.MULTILINE)
"""What is wrong, and where; a drawing of the line follows."""


def render(project: Path) -> Path:
    """Render the project; gives the folder of the theme's style sheets. Raises ``BuildError``
    where Zensical is not installed or does not come to an end."""
    # Here, since it is not installed as a rule.
    try:
        from zensical.config import get_theme_dir
    except ImportError as error:
        raise BuildError(_MISSING) from error

    command = [sys.executable, "-m", "zensical", "build", "--clean", "--strict", "--config-file", SETTINGS]
    try:
        done = subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=SECONDS)
    except subprocess.TimeoutExpired as error:
        raise BuildError(f"zensical 运行了 {SECONDS} 秒还没有完 — 再运行一次，或者用 --skin mkdocs") from error
    if done.returncode:
        raise SkinError(_messages(_COLOUR.sub("", f"{done.stdout}{done.stderr}")))
    for page in (project / OUT).rglob("index.html"):
        # Every address of a Markdown link is taken for one beside the page, ours too.
        page.write_text(_ROOT.sub("", page.read_text(encoding="utf-8")), encoding="utf-8")
    return Path(get_theme_dir("material"), "assets/stylesheets/classic")


def _messages(output: str) -> list[str]:
    """The faults that Zensical tells, one by one; all that it says where it draws none."""
    if issues := _ISSUE.findall(output):
        return [f"{where}: {sentence}" for sentence, where in issues]
    told, _, calls = output.partition("Traceback (most recent call last)")
    told = "" if calls and "No issues found" in told else told.strip()
    return [part for part in (told, *calls.splitlines()[-1:]) if part]
