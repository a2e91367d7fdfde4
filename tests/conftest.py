"""What tests of several rooms share: the repository, a built site, a browser."""

from __future__ import annotations

import fcntl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from scripts import browser as chromiums

FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the repository."""
    return Path(__file__).parent.parent


@pytest.fixture(scope="session")
def site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the repository's own catalogue, built once for all workers. Read only."""
    shared = tmp_path_factory.getbasetemp()
    if shared.name.startswith("popen-"):
        shared = shared.parent
    out = shared / "site"
    with (shared / "site.lock").open("w") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        # A second worker finds nothing to do.
        command = [sys.executable, "-m", "generator", "build", "--exports", "--out", str(out)]
        answer = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stderr
    return out


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; a machine without one fails, for a skipped test proves nothing."""
    path = chromiums.find()
    if path is None:
        pytest.fail("No Chromium here: run `make test`, which installs one, or set GUIDE_CHROMIUM.")
    return path


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser per worker; open a context per test.

    The only one: Playwright runs once in a process.
    """
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield running
        running.close()
