"""The service worker: its parts joined into one classic script, and the few bytes that name a release."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import msgspec

from ..catalog.digest import digest
from ..catalog.model.centre import Centre
from ..errors import BuildError
from ..published.files import PARTS
from .publish import WORKERS

PLACEHOLDER = "self.__RELEASE__"

_COMMENTS = re.compile(r"^[ \t]*(?:/\*(?:[^*]|\*(?!/))*\*/|//[^\n]*)[ \t]*\n", re.M)
_LINES = re.compile(r"[^\n]+")


class WorkerError(BuildError):
    """The service worker's source is not as the build expects it."""


def plain(script: str) -> str:
    """``script`` without the comments that stand on lines of their own, and without indentation: a quarter
    of its bytes. The lines are kept, so that an error names the line of the source. What stands within a
    text of many lines stays as it is; a script where it cannot be told what does is left alone."""
    made, end, quotes = [], 0, 0
    for found in _COMMENTS.finditer(script):
        before = script[end : found.start()]
        quotes += before.count("`")
        inside = quotes % 2
        quotes += inside * found[0].count("`")
        made += [before, found[0] if inside else _LINES.sub("", found[0])]
        end = found.end()
    lines, quotes = [], 0
    for line in "".join([*made, script[end:]]).split("\n"):
        lines.append(line if quotes % 2 else line.lstrip(" \t"))
        quotes += line.count("`")
    return script if quotes % 2 else "\n".join(lines)


def joined(pwa: Path) -> dict[str, bytes]:
    """The script of the worker, by its path."""
    texts = [(pwa / "worker" / f"{part}.js").read_text(encoding="utf-8") for part in PARTS]
    if strays := {path.stem for path in (pwa / "worker").glob("*.js")} - set(PARTS):
        raise WorkerError(f"pwa/worker/{min(strays)}.js is no part of the worker: name it in PARTS")
    data = "".join(map(plain, texts)).encode()
    return {f"{WORKERS}{digest(data)}.js": data}


def stub(
    source: str,
    *,
    id: str,
    published: str | None,
    inventory: str,
    total: int,
    bundle: int,
    worker: str,
    recorded: str | None,
    centre: Centre,
) -> bytes:
    """``sw.js`` of a release: ``source`` with what it names. ``inventory`` is the digest of that of the
    release, ``total`` how many records it lists, ``bundle`` the size of the bundle in bytes (0 without one),
    ``worker`` the path of the script,
    ``recorded`` the newest entry of the record of changes.

    Raises ``WorkerError`` unless the source holds the placeholder exactly once: a worker
    without its release would look healthy and store nothing.
    """
    if source.count(PLACEHOLDER) != 1:
        raise WorkerError(f"pwa/sw.js must hold {PLACEHOLDER} exactly once, found {source.count(PLACEHOLDER)}")
    named = {
        "id": id,
        "published": published,
        "inventory": inventory,
        "total": total,
        "bundle": bundle,
        "worker": worker,
        "recorded": recorded,
        "guide": centre.guide_name,
        "hotline": centre.hotline,
    }
    return plain(source).lstrip("\n").replace(PLACEHOLDER, msgspec.json.encode(named).decode()).encode()


def named_in(script: bytes) -> Mapping[str, object]:
    """What ``sw.js`` names. Raises ``ValueError`` when it names no release."""
    found = re.search(rb"^self\.release = (\{.*\});$", script, re.M)
    if found is None:
        raise ValueError("names no release")
    return msgspec.json.decode(found[1], type=dict[str, object])
