"""The search among 3,000 matters, beside MiniSearch that knows their names alone."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import yaml
from playwright.sync_api import Browser

from ..build import LARGE, Guide
from . import ours
from .browser import Run, run
from .peers import MissingError, minisearch_folder

EVERY = 15
"""One in so many names is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Large:
    """``first`` is the first file of the index, compressed, in bytes; ``names`` MiniSearch
    with the names alone, ``None`` when it could not be had."""

    matters: int
    first: int
    guide: Run
    names: Run | None


def measure(browser: Browser, cache: Path, folder: Path) -> Large:
    """Build the guide of a synthetic catalogue in ``folder`` and ask both for names."""
    guide = Guide(folder / "guide", LARGE)
    command = [sys.executable, "-m", "generator", "build"]
    subprocess.run(command, cwd=guide.folder, check=True, stdout=subprocess.DEVNULL)
    names = {}
    for file in sorted((guide.catalogue / "matters").rglob("*.yml")):
        with file.open(encoding="utf-8") as lines:
            head = yaml.load("".join(next(lines) for _ in range(3)), yaml.CBaseLoader)
        names[head["id"]] = head["name"]
    texts = list(names.values())[::EVERY]
    try:
        documents = [{"id": id, "name": name, "words": "", "text": ""} for id, name in names.items()]
        peer = minisearch_folder(cache, folder / "minisearch", json.dumps(documents, ensure_ascii=False))
        other = run(browser, peer.folder, peer.engine, texts)
    except MissingError:
        other = None
    return Large(
        matters=len(names),
        first=ours.sizes(guide.site)["search"],
        guide=run(browser, guide.site, ours.ENGINE, texts),
        names=other,
    )
