"""Publishing: what a site needs beside what the build makes of the catalogue, because it depends on what was
published before.

The releases that phones may still have are kept beside the site (``<site>.releases/``), one
file each, and the differences to the present one are written into it. Without them there are
none, and phones take the bundle. The build stays a function of the catalogue.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import msgspec
from msgspec import Struct

from ..errors import BuildError
from . import release as releases
from .inventory import archive, compressed, contents, inventory_path, read_inventory
from .publish import SINCE, Workspace
from .since import Release, since
from .worker import named_in

KEPT = 30
"""So many releases before the present one are led on; phones that are further behind take the bundle."""

_NAME = re.compile(r"(\d{6})-([0-9a-f]{16})\.br")
_WORTH = 0.5
"""Differences beyond this share of the bundle are not worth it: the bundle needs nothing to fit."""


class Published(Struct, frozen=True):
    """What a publication did: the release, from how many earlier ones phones are led on, and whether the
    kill switch is out."""

    release: str
    led_on: int
    switched_off: bool


def publish(site: Path, past: Path | None = None) -> Published:
    """Lead phones on from the releases that are kept in ``past`` to the one in ``site``, and keep this one.

    Raises ``BuildError`` (``PublishError``) when there is no site, or it cannot be written.
    """
    past = past or site.with_name(f"{site.name}.releases")
    workspace = Workspace(site)
    if not (site / releases.RELEASE).is_file():
        raise BuildError(f"{site} 里还没有网站 — 先运行 guide build")
    with workspace.locked():
        try:
            return _publish(workspace, past)
        except OSError as error:
            raise workspace.failure(error) from error


def _publish(workspace: Workspace, past: Path) -> Published:
    site = workspace.site
    id = msgspec.json.decode((site / releases.RELEASE).read_bytes())["id"]
    if releases.switched_off(site):
        return Published(id, 0, True)
    now = _present(site, id)
    kept = _kept(past)
    if not kept or kept[-1][1] != id:
        number = kept[-1][0] + 1 if kept else 1
        _keep(past, number, now)
        kept = [*kept, (number, id)]
    former = list(dict.fromkeys(name for _, name in reversed(kept) if name != id))[:KEPT]
    made = {}
    for name in former:
        data = since(_recall(past, kept, name), now)
        if len(data) < _WORTH * len(now.bundled):
            made |= compressed(f"{SINCE}{name}.json", data)
    stage = workspace.stage()
    for path, data in made.items():
        if not (site / path).is_file() or (site / path).read_bytes() != data:
            stage.put(path, data)
    stage.move(site)
    for file in (site / SINCE).glob("*") if (site / SINCE).is_dir() else ():
        if f"{SINCE}{file.name}" not in made:
            file.unlink()
    for number, name in kept:
        if name != id and name not in former:
            (past / f"{number:06}-{name}.br").unlink(missing_ok=True)
    return Published(id, len(made) // 3, False)


def _present(site: Path, id: str) -> Release:
    """The release in ``site``."""
    try:
        named = named_in((site / releases.WORKER).read_bytes())
        listed = (site / inventory_path(str(named["inventory"]))).read_bytes()
    except (OSError, ValueError, KeyError) as error:
        raise BuildError(f"{site} 里的 sw.js 不是这一版的 — 删掉输出目录，重新生成") from error
    found = contents(read_inventory(listed), lambda path: (site / path).read_bytes())
    return Release(id, archive(listed, found))


def _kept(past: Path) -> list[tuple[int, str]]:
    """(number, id) of the releases that are kept, the last published at the end."""
    names = sorted(path.name for path in past.iterdir()) if past.is_dir() else []
    return [(int(found[1]), found[2]) for found in map(_NAME.fullmatch, names) if found]


def _keep(past: Path, number: int, release: Release) -> None:
    # Here as in inventory.py: it takes 10 ms to load.
    import brotli

    past.mkdir(parents=True, exist_ok=True)
    file = past / f"{number:06}-{release.id}.br"
    temporary = file.with_suffix(".tmp")
    temporary.write_bytes(brotli.compress(release.bundled, quality=5, lgwin=24))
    os.replace(temporary, file)


def _recall(past: Path, kept: list[tuple[int, str]], name: str) -> Release:
    # Here as in inventory.py: it takes 10 ms to load.
    import brotli

    number = max(number for number, other in kept if other == name)
    file = past / f"{number:06}-{name}.br"
    try:
        return Release(name, brotli.decompress(file.read_bytes()))
    except brotli.error as error:
        raise BuildError(f"{file} 坏了，读不出来 — 删掉它：存着那一版的手机会下载完整的一版") from error
