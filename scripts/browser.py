"""A Chromium for the tests: one that is there, or Playwright's, or the distribution's.

    .venv/bin/python -m scripts.browser      prints its path, after installing it if need be

Set GUIDE_CHROMIUM to the path of a particular one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class NoBrowser(Exception):
    """No Chromium is here, and none could be installed; the message says what to do."""


def find() -> str | None:
    """The path of a Chromium that starts, or ``None``.

    Raises ``NoBrowser`` when GUIDE_CHROMIUM names one that does not: to take another one
    instead would hide a mistake.
    """
    if chosen := os.environ.get("GUIDE_CHROMIUM"):
        if _starts(chosen):
            return chosen
        raise NoBrowser(f"GUIDE_CHROMIUM is {chosen}, which does not start.")
    return next(filter(_starts, _candidates()), None)


def ensure() -> str:
    """The path of a Chromium, installed if need be, and with it a font. Raises ``NoBrowser``."""
    if not _driver_starts():
        # Its one need that a small Debian has not: found by the linker, so only apt can help.
        said = apt_install("libatomic1")
        if not _driver_starts():
            print(said, file=sys.stderr)
            raise NoBrowser("Playwright does not start: `.venv/bin/playwright --version` says why.")
    if (path := _browser()) is None:
        raise NoBrowser(
            "The tests need Chromium, and it could not be installed (see above): "
            "install it (`sudo apt install chromium`), or set GUIDE_CHROMIUM to the path of one."
        )
    if not _reads_chinese():
        # Boxes in place of characters are narrower: what is too wide on a phone would fit.
        print("No Chinese font here: installing one with apt-get", file=sys.stderr, flush=True)
        said = apt_install("fonts-wqy-microhei")
        if not _reads_chinese():
            print(said, file=sys.stderr)
            raise NoBrowser("The tests need a Chinese font: install one (`sudo apt install fonts-wqy-microhei`).")
    return path


def _browser() -> str | None:
    if (path := find()) is not None:
        return path
    tried = []
    for name, install in (("Playwright", _from_playwright), ("apt-get", _from_distribution)):
        print(f"No Chromium here: installing one with {name}", file=sys.stderr, flush=True)
        said = install()
        if (path := find()) is not None:
            return path
        tried.append(f"--- {name}\n{said}")
    print("\n".join(tried), file=sys.stderr)
    return None


def _candidates() -> Iterator[str]:
    for name in NAMES:
        if path := shutil.which(name):
            yield path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    if os.path.exists(own):
        yield own


def _starts(path: str) -> bool:
    """Ubuntu has a ``chromium-browser`` that only tells how to install one; and Playwright's
    lacks libraries on a small system. So ask it."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _driver_starts() -> bool:
    return subprocess.run([sys.executable, "-m", "playwright", "--version"], capture_output=True).returncode == 0


def _reads_chinese() -> bool:
    """Whether a Chinese font is here, where fontconfig says which there are: Linux."""
    if shutil.which("fc-list") is None:
        return True
    return bool(subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True).stdout.strip())


def _from_playwright() -> str:
    return _run([sys.executable, "-m", "playwright", "install", "chromium"])


def _from_distribution() -> str:
    return apt_install("chromium")


def apt_install(*packages: str) -> str:
    """Install packages of the distribution; what apt-get said."""
    apt = shutil.which("apt-get")
    if apt is None:
        return "This system has no apt-get."
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    update = _run([*prefix, apt, "update"])
    return f"{update}\n{_run([*prefix, apt, 'install', '--yes', '--no-install-recommends', *packages])}"


def _run(command: list[str]) -> str:
    """What a command said in the end; a failure shows in there still being no browser."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        answer = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            timeout=600,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return "\n".join(answer.stdout.strip().splitlines()[-10:])


if __name__ == "__main__":
    try:
        print(ensure())
    except NoBrowser as error:
        sys.exit(str(error))
