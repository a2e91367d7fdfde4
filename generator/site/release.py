"""Naming a release and telling the service worker what belongs to it."""

from __future__ import annotations

import os
from collections.abc import Container, Mapping
from pathlib import Path

import msgspec

from ..catalog import forms
from ..catalog.digest import digest
from ..catalog.model.centre import Centre
from ..errors import BuildError
from .publish import PACKS, Stage

RELEASE = "api/v1/release.json"
WORKER = "sw.js"
KILL_WORKER = "sw-kill.js"
PLACEHOLDER = "self.__RELEASE__"

FORMS = f"{forms.FORMS}/"
OF_MATTERS = "api/v1/matters/", "cards/", "matters/"
NOT_STORED = (
    "api/v1/changes.",
    "calendar/",
    "data/",
    "laws/",
    *OF_MATTERS,
    PACKS,
    "robots.txt",
    "sitemap.xml",
    KILL_WORKER,
)
"""Not in the shell: calendars, feeds, what crawlers read and the tables to download are not for the phone, and
the pages of matters and laws travel in packs. Cards are forwarded, and the data of a matter is for other programs."""


class ReleaseError(BuildError):
    """The service worker's source is not as the release step expects it."""


def release_id(files: Mapping[str, str]) -> str:
    """The name of a release: 16 hex digits over every published path and content.

    Here and below ``files`` are the digests of the release by path, in the order of the paths.
    """
    return digest(msgspec.json.encode(files))


def release_json(id: str, commit: str | None, files: Mapping[str, str]) -> bytes:
    """``release.json``: which files make up the release."""
    return msgspec.json.encode({"id": id, "source_commit": commit, "files": files}) + b"\n"


def service_worker(
    source: str,
    id: str,
    published: str | None,
    files: Mapping[str, str],
    centre: Centre,
    small: Container[str] = (),
) -> bytes:
    """``sw.js`` of a release: its source with the list of what to store, chosen from
    ``files``, and with what it calls the guide, and whom to ring, when it cannot show a page.
    Of the forms every phone stores those that are ``small``; others are kept once they were opened.

    Raises ``ReleaseError`` unless the source holds the placeholder exactly once: a worker
    without its list would look healthy and store nothing.
    """
    if source.count(PLACEHOLDER) != 1:
        raise ReleaseError(f"pwa/sw.js must hold {PLACEHOLDER} exactly once, found {source.count(PLACEHOLDER)}")
    listing = {
        "id": id,
        "published": published,
        "guide": centre.guide_name,
        "hotline": centre.hotline,
        "shell": [
            {"url": path, "hash": hash}
            for path, hash in files.items()
            if path in small or not path.startswith((*NOT_STORED, FORMS))
        ],
        "packs": [{"url": path, "hash": hash} for path, hash in files.items() if path.startswith(PACKS)],
        "optional": [
            {"url": path, "hash": hash} for path, hash in files.items() if path.startswith(FORMS) and path not in small
        ],
    }
    return source.replace(PLACEHOLDER, msgspec.json.encode(listing).decode()).encode()


def switched_off(site: Path) -> bool:
    """Whether somebody has put the kill switch in place of the worker (``pwa/README.md``):
    the next editor's change must not take it away again."""
    try:
        return (site / WORKER).read_bytes() == (site / KILL_WORKER).read_bytes()
    except FileNotFoundError:
        return False


def keep_off(stage: Stage) -> None:
    """Leave the kill switch in place of the worker; a newer switch takes its place."""
    stage.drop(WORKER)
    if KILL_WORKER in stage:
        stage.put(WORKER, stage.read(KILL_WORKER))


def source_commit(folder: Path) -> str | None:
    """The commit checked out around ``folder``; ``None`` outside a checkout.

    Read from git's files: starting ``git`` would cost more than a whole small rebuild.
    ``GUIDE_SOURCE_COMMIT`` overrides it where the build runs without a checkout.
    """
    if given := os.environ.get("GUIDE_SOURCE_COMMIT"):
        return given
    for parent in (folder, *folder.parents):
        git = parent / ".git"
        if git.exists():
            return _head(git)
    return None


def _head(git: Path) -> str | None:
    try:
        if git.is_file():  # a linked work tree
            git = (git.parent / git.read_text().removeprefix("gitdir:").strip()).resolve()
        head = (git / "HEAD").read_text().strip()
        if not head.startswith("ref:"):
            return head
        ref = head.removeprefix("ref:").strip()
        common = git / "commondir"
        shared = (git / common.read_text().strip()).resolve() if common.exists() else git
        loose = shared / ref
        if loose.exists():
            return loose.read_text().strip()
        for line in (shared / "packed-refs").read_text().splitlines():
            if line.endswith(" " + ref):
                return line.split()[0]
    except OSError:
        pass
    return None
