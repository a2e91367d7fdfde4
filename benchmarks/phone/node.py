"""What comes from npm: Workbox, and Lighthouse. Used here alone; package.json has the versions."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import msgspec

HERE = Path(__file__).parent
PLACE = HERE.parents[1] / "build/npm"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def install() -> str | None:
    """Bring what package.json names; why that cannot be done, or ``None``."""
    if shutil.which("npm") is None:
        return "npm is missing: `sudo apt install npm`"
    PLACE.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "workbox.mjs"):
        shutil.copy(HERE / name, PLACE)
    answer = subprocess.run(["npm", "install", "--no-audit", "--no-fund"], cwd=PLACE, capture_output=True, text=True)
    return answer.stderr.strip().splitlines()[-1] if answer.returncode else None


def workbox(site: Path) -> None:
    """Write Workbox's worker into ``site``, which stores all of it. Raises ``RuntimeError``."""
    _run(["node", "workbox.mjs", str(site)], os.environ)


def lighthouse(address: str, chromium: str) -> list[int]:
    """The marks of the page at ``address`` on a phone, in the order of ``CATEGORIES``. Raises ``RuntimeError``."""
    flags = "--headless=new --no-sandbox --ignore-certificate-errors"
    command = ["node_modules/.bin/lighthouse", address, "--output=json", "--quiet", f"--chrome-flags={flags}"]
    command += [f"--only-categories={','.join(CATEGORIES)}"]
    told = msgspec.json.decode(_run(command, os.environ | {"CHROME_PATH": chromium}))
    return [round(100 * (told["categories"][name]["score"] or 0)) for name in CATEGORIES]


def _run(command: list[str], environment: Mapping[str, str]) -> str:
    answer = subprocess.run(command, cwd=PLACE, env=environment, capture_output=True, text=True)
    if answer.returncode:
        raise RuntimeError(answer.stderr)
    return answer.stdout
