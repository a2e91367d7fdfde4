"""A Java for the tests: the Nu HTML Checker runs in it.

    .venv/bin/python -m scripts.java      prints its path, after installing one if need be

Set JAVA_HOME to the folder of a particular one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from scripts.browser import apt_install

PACKAGE = "default-jre-headless"


class NoJava(Exception):
    """No Java is here, and none could be installed; the message says what to do."""


def find() -> str | None:
    """The path of a Java that starts, or ``None``."""
    return next(filter(_starts, _candidates()), None)


def ensure() -> str:
    """The path of a Java, installed if need be. Raises ``NoJava``."""
    if (path := find()) is not None:
        return path
    print("No Java here: installing one with apt-get", file=sys.stderr, flush=True)
    said = apt_install(PACKAGE)
    if (path := find()) is not None:
        return path
    print(said, file=sys.stderr)
    raise NoJava(f"The tests need Java, for the Nu HTML Checker: install it (`sudo apt install {PACKAGE}`).")


def _candidates() -> Iterator[str]:
    if home := os.environ.get("JAVA_HOME"):
        yield str(Path(home, "bin", "java"))
    if path := shutil.which("java"):
        yield path


def _starts(path: str) -> bool:
    try:
        return subprocess.run([path, "-version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


if __name__ == "__main__":
    try:
        print(ensure())
    except NoJava as error:
        sys.exit(str(error))
