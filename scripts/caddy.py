"""Caddy for the tests, which run the configuration that docs/deploy gives: one that is there, or Debian's, unpacked
into build/ and not installed, for the package would start a server for the whole machine.

.venv/bin/python -m scripts.caddy      prints its path, after fetching it if need be
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PLACE = Path(__file__).parents[1] / "build/caddy"


def find() -> str | None:
    """The path of Caddy; ``None`` without one."""
    return shutil.which("caddy") or shutil.which("caddy", path=PLACE / "usr/bin")


def ensure() -> str:
    """The path of Caddy, fetched if need be; ends the program when it cannot be."""
    if (path := find()) is None:
        print("No Caddy here: fetching Debian's", file=sys.stderr, flush=True)
        said = _fetch()
        path = find()
        if path is None:
            print(said, file=sys.stderr)
            sys.exit("The tests need Caddy, and it could not be fetched (see above): put `caddy` into PATH.")
    return path


def _fetch() -> str:
    """What was said on the way."""
    with tempfile.TemporaryDirectory(prefix="guide-caddy-") as folder:
        try:
            _run(["apt-get", "download", "caddy"], folder)
            [package] = Path(folder).glob("caddy_*.deb")
            PLACE.mkdir(parents=True, exist_ok=True)
            _run(["dpkg-deb", "--extract", str(package), str(PLACE)], folder)
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            return f"{error}\n{getattr(error, 'stdout', '')}"
    return ""


def _run(command: list[str], folder: str) -> None:
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    subprocess.run(command, cwd=folder, check=True, timeout=600, text=True, **streams)


if __name__ == "__main__":
    print(ensure())
