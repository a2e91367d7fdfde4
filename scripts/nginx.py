"""nginx for the tests, which run the configuration that docs/deploy gives: one that is there, or Debian's.

.venv/bin/python -m scripts.nginx      prints its path, after installing it if need be
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

PLACES = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin"))


def find() -> str | None:
    """The path of nginx, also where only root has it in PATH; ``None`` without one."""
    return shutil.which("nginx", path=PLACES)


def ensure() -> str:
    """The path of nginx, installed if need be; ends the program when it cannot be."""
    if (path := find()) is not None:
        return path
    print("No nginx here: installing one with apt-get", file=sys.stderr, flush=True)
    said = _install()
    if (path := find()) is None:
        print(said, file=sys.stderr)
        sys.exit("The tests need nginx, and it could not be installed (see above): `sudo apt install nginx-light`.")
    return path


def _install() -> str:
    apt = shutil.which("apt-get")
    if apt is None:
        return "This system has no apt-get."
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    said = []
    for words in (["update"], ["install", "--yes", "--no-install-recommends", "nginx-light"]):
        try:
            answer = subprocess.run(
                [*prefix, apt, *words],
                env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                errors="replace",
                timeout=600,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return str(error)
        said += answer.stdout.strip().splitlines()[-10:]
    return "\n".join(said)


if __name__ == "__main__":
    print(ensure())
