"""Naming a release; whether the kill switch stands in place of the worker."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import msgspec

from ..catalog.digest import digest
from .publish import Stage

RELEASE = "api/v1/release.json"
WORKER = "sw.js"
KILL_WORKER = "sw-kill.js"


def release_id(files: Mapping[str, str]) -> str:
    """The name of a release: 16 hex digits over every published path and content.

    Here and below ``files`` are the digests of the release by path, in the order of the paths.
    """
    return digest(msgspec.json.encode(files))


def release_json(id: str, commit: str | None, files: Mapping[str, str]) -> bytes:
    """``release.json``: which files make up the release."""
    return msgspec.json.encode({"id": id, "source_commit": commit, "files": files}) + b"\n"


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
