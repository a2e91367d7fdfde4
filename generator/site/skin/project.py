"""The project that an engine renders: hand-written pages, a skeleton per layout, settings.

It lies in a folder of its own, so that no engine writes beside the sources.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import msgspec
import yaml

from .types import LAYOUTS, Look, SkinError

DOCS, OUT, SETTINGS = "docs", "out", "mkdocs.yml"
SKELETON = "skeleton-"

_NEEDS = re.compile(r"\A---\n(?:.*\n)*?needs: (\w+)\n(?:.*\n)*?---\n")


def lay_out(folder: Path, site_src: Path, mkdocs_yml: Path, look: Look) -> None:
    """Write the project into ``folder``. Raises ``SkinError`` when ``mkdocs_yml`` is no
    mapping."""
    docs = folder / DOCS
    shutil.copytree(site_src / "docs", docs)
    offers = msgspec.structs.asdict(look.offers)
    for page in docs.rglob("*.md"):
        found = _NEEDS.match(page.read_text(encoding="utf-8"))
        if found and not offers[found[1]]:
            page.unlink()
    for layout in LAYOUTS:
        text = f"---\ntemplate: {layout}.html\nskeleton: true\n---\n<!--stamp:content-->\n"
        (docs / f"{SKELETON}{layout}.md").write_text(text, encoding="utf-8")
    settings = _settings(mkdocs_yml)
    theme = settings.setdefault("theme", {})
    if "custom_dir" in theme:
        theme["custom_dir"] = str((mkdocs_yml.parent / theme["custom_dir"]).resolve())
    settings |= {"site_name": look.name, "docs_dir": DOCS, "site_dir": OUT, "extra": {"guide": _told(look)}}
    (folder / SETTINGS).write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")


def _settings(mkdocs_yml: Path) -> dict[str, Any]:
    try:
        settings = yaml.safe_load(mkdocs_yml.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise SkinError([f"{mkdocs_yml}: {error}"]) from error
    if not isinstance(settings, dict):
        raise SkinError([f"{mkdocs_yml} holds no settings"])
    return settings


def _told(look: Look) -> dict[str, Any]:
    """What templates read as ``config.extra.guide``."""
    return {
        "hotline": look.hotline,
        "colour": look.colours.light,
        "examples": "、".join(look.examples),
        "icons": [{"id": id, "icon": icon} for id, icon in look.icons],
        "offers": msgspec.structs.asdict(look.offers) | {"calendar_page": look.offers.calendar},
    }
