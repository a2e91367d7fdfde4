"""Zensical as the engine, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from .project import SETTINGS
from .types import SkinError

SECONDS = 120


def render(project: Path) -> Path:
    """Render the project; gives the folder of the theme's style sheets."""
    found = find_spec("zensical")
    if found is None or found.origin is None:
        raise SkinError("没有安装 zensical — 运行 .venv/bin/pip install --require-hashes -r requirements-zensical.lock")
    command = [sys.executable, "-m", "zensical", "build", "--clean", "--strict", "--config-file", SETTINGS]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=SECONDS)
    if done.returncode:
        raise SkinError(f"{done.stdout}{done.stderr}".strip())
    return Path(found.origin).parent / "templates/assets/stylesheets/classic"
