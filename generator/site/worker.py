"""The service worker: its parts joined into one classic script, and the few bytes that name a release."""

from __future__ import annotations

import re
from collections.abc import Mapping
from json import JSONDecoder
from pathlib import Path

import msgspec

from ..catalog.digest import digest
from ..catalog.model.centre import Centre
from ..errors import BuildError
from ..published.files import PARTS
from .minified import minified
from .publish import WORKERS

PLACEHOLDER = "self.__RELEASE__"

_NAMES = re.compile(rb"self\.release ?= ?(?=\{)")


class WorkerError(BuildError):
    """The service worker's source is not as the build expects it."""


def joined(pwa: Path) -> dict[str, bytes]:
    """The script of the worker, by its path."""
    texts = [(pwa / "worker" / f"{part}.js").read_text(encoding="utf-8") for part in PARTS]
    if strays := {path.stem for path in (pwa / "worker").glob("*.js")} - set(PARTS):
        raise WorkerError(f"pwa/worker/{min(strays)}.js is no part of the worker: name it in PARTS")
    data = minified("".join(texts)).encode()
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
    return minified(source).replace(PLACEHOLDER, msgspec.json.encode(named).decode()).encode()


def named_in(script: bytes) -> Mapping[str, object]:
    """What ``sw.js`` names. Raises ``ValueError`` when it names no release."""
    found = _NAMES.search(script)
    if found is None:
        raise ValueError("names no release")
    named, _ = JSONDecoder().raw_decode(script[found.end() :].decode())
    return msgspec.convert(named, type=dict[str, object])
