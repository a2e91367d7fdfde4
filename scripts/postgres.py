"""PostgreSQL for the tests, which start servers of their own: one that is there, or Debian's.

.venv/bin/python -m scripts.postgres      prints where its programs are, after installing it if need be
"""

from __future__ import annotations

import glob
import shutil
import sys
from pathlib import Path

from .browser import apt_install

NEEDED = ("initdb", "pg_ctl", "pg_dump", "pg_restore", "pg_basebackup", "psql")
WORDS = "The tests need PostgreSQL: run `make test`, which installs it, or `sudo apt install postgresql`."


def find() -> Path | None:
    """The folder with the programs of the newest PostgreSQL here; ``None`` without one."""
    places = [Path(path) for path in glob.glob("/usr/lib/postgresql/*/bin")]
    places.sort(key=lambda path: int(path.parent.name) if path.parent.name.isdigit() else 0, reverse=True)
    if there := shutil.which("pg_ctl"):
        places.append(Path(there).resolve().parent)
    return next((path for path in places if all((path / name).exists() for name in NEEDED)), None)


def ensure() -> Path:
    """The same, installed if need be; ends the program when it cannot be."""
    if (path := find()) is not None:
        return path
    print("No PostgreSQL here: installing one with apt-get", file=sys.stderr, flush=True)
    said = apt_install("postgresql")
    if (path := find()) is not None:
        return path
    print(said, file=sys.stderr)
    sys.exit(f"It could not be installed (see above). {WORDS}")


if __name__ == "__main__":
    print(ensure())
