"""A Chromium for the tests: one that is there, or Playwright's, or the distribution's.

    .venv/bin/python -m scripts.browser      prints its path, after installing it if need be

Beside it the shell: the same engine without windows, in which a page opens in a fifth of
the time. Where there is none, Chromium does all. Set GUIDE_CHROMIUM to the path of a
particular one, for everything.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SHELLS = ("chromium-headless-shell", "chrome-headless-shell")


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


def find_shell() -> str | None:
    """The path of a Chromium without windows, or that of any other. Raises as ``find`` does."""
    if os.environ.get("GUIDE_CHROMIUM"):
        return find()
    return next(filter(_starts, _shells()), None) or find()


def ensure() -> str:
    """The path of a Chromium, installed if need be, and with it a shell where there is one,
    and a font. Raises ``NoBrowser``."""
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
    if find_shell() == path and not os.environ.get("GUIDE_CHROMIUM") and _apt_knows(SHELLS[0]):
        # Only to be faster: where there is none, or it cannot be had, the tests go without.
        print("No Chromium without windows here: installing one with apt-get", file=sys.stderr, flush=True)
        apt_install(SHELLS[0])
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
    if os.path.exists(own := _own()):
        yield own


def _shells() -> Iterator[str]:
    for name in SHELLS:
        if path := shutil.which(name):
            yield path
    # Playwright puts it beside its Chromium, two folders higher, as <name>-<revision>.
    for path in sorted(Path(_own()).parents[2].glob("chromium_headless_shell-*/*/*headless[-_]shell")):
        yield str(path)


def _own() -> str:
    """Where Playwright would put its Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


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


def _apt_knows(package: str) -> bool:
    """Whether the distribution has it, as far as is known here: nothing is fetched."""
    if shutil.which("apt-cache") is None:
        return False
    return subprocess.run(["apt-cache", "show", package], capture_output=True).returncode == 0


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
