"""The engines of the tests beside Chromium: Firefox, WebKitGTK, and an old Chromium in a window.

    .venv/bin/python -m scripts.engines      installs what is missing of them

Set GUIDE_FIREFOX to the path of a particular Firefox.
"""

from __future__ import annotations

import glob
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from typing import NamedTuple

from .browser import apt_install

OLD = "PyQt5.QtWebEngineWidgets"
# What the old engine finds nowhere in its own package and the others do not bring along.
OLD_NEEDS = ["libgl1", "libnss3", "libfontconfig1", "libdbus-1-3", "libx11-xcb1", "libxkbcommon0"]
OLD_NEEDS += [
    "libxcomposite1",
    "libxcursor1",
    "libxdamage1",
    "libxfixes3",
    "libxi6",
    "libxrandr2",
    "libxrender1",
    "libxtst6",
]


class NoEngine(Exception):
    """An engine is missing; the message says what to do."""


class WebKitParts(NamedTuple):
    driver: str
    browser: str
    screen: str


def firefox() -> str:
    """The path of a Firefox. Raises ``NoEngine``."""
    chosen = os.environ.get("GUIDE_FIREFOX")
    for path in [chosen] if chosen else filter(None, map(shutil.which, ("firefox-esr", "firefox"))):
        if _runs([path, "--version"]):
            return path
    raise NoEngine(
        "The tests need Firefox: run `make test`, which installs it (`sudo apt install firefox-esr`), "
        "or set GUIDE_FIREFOX to the path of one that starts."
    )


def webkit() -> WebKitParts:
    """WebKitGTK's driver, its small browser, and a screen for it. Raises ``NoEngine``."""
    driver, screen = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
    browsers = sorted(
        glob.glob("/usr/lib*/*/webkit2gtk-4*/MiniBrowser") + glob.glob("/usr/libexec/webkit2gtk-4*/MiniBrowser")
    )
    if driver is None or screen is None or not browsers:
        raise NoEngine(
            "The tests need WebKitGTK: run `make test`, which installs it, "
            "or `sudo apt install webkit2gtk-driver xvfb`."
        )
    return WebKitParts(driver, browsers[-1], screen)


def old() -> str:
    """The module of the old engine. Raises ``NoEngine``."""
    if not _runs([sys.executable, "-c", f"import {OLD}"]):
        raise NoEngine(
            "The tests need an old Chromium (PyQtWebEngine 5.14), which runs on Linux on x86_64 only and lacks a "
            f"library here: `.venv/bin/python -c 'import {OLD}'` says which."
        )
    return OLD


NEEDS: tuple[tuple[Callable[[], object], list[str]], ...] = (
    (firefox, ["firefox-esr"]),
    (webkit, ["webkit2gtk-driver", "xvfb"]),
    (old, OLD_NEEDS),
)


def ensure() -> None:
    """Install what is missing. Raises ``NoEngine``."""
    for find, packages in NEEDS:
        try:
            find()
        except NoEngine:
            print(f"Installing with apt-get: {' '.join(packages)}", file=sys.stderr, flush=True)
            said = apt_install(*packages)
            try:
                find()
            except NoEngine:
                print(said, file=sys.stderr)
                raise


def _runs(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, timeout=120).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


if __name__ == "__main__":
    try:
        ensure()
    except NoEngine as error:
        sys.exit(str(error))
