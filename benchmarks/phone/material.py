"""The plain MkDocs site beside ours: that of ../plain.py, and a home, a section and a journey that say in
Markdown what those pages of ours say, so that like can be measured beside like."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from .. import plain


def build(catalogue: Path, folder: Path) -> Path:
    """Give the built site. Raises ``RuntimeError`` with what MkDocs said."""
    plain.write_site(catalogue, folder)
    docs = folder / "docs"
    sections = plain.read(catalogue / "sections.yml")["sections"]
    matters = plain.matters(catalogue)
    journeys = [plain.read(file) for file in sorted((catalogue / "journeys").glob("*.yml"))]
    for section in sections:
        rows = [
            f"[{matter['name']}](../{section['id']}/{matter['id']}.md)"
            for matter in matters
            if matter["section"] == section["id"]
        ]
        _write(docs / f"sections/{section['id']}.md", section["name"], [section["summary"], _list(rows)])
    for journey in journeys:
        _write(docs / f"journeys/{journey['id']}.md", journey["name"], _journey(journey))
    links = [f"[{section['name']}](sections/{section['id']}.md)：{section['summary']}" for section in sections]
    more = [f"[{journey['name']}](journeys/{journey['id']}.md)" for journey in journeys]
    centre = plain.read(catalogue / "centre.yml")
    _write(docs / "index.md", "办事指南", [centre["name"], _list(links), "## 一件事", _list(more)])
    answer = subprocess.run(
        [str(Path(sys.executable).with_name("mkdocs")), "build", "--quiet"], cwd=folder, capture_output=True, text=True
    )
    if answer.returncode:
        raise RuntimeError(answer.stderr)
    return folder / "site"


def _write(file: Path, title: str, blocks: list[str]) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text("\n\n".join([f"# {title}", *blocks]) + "\n", "utf-8")


def _list(rows: list[str]) -> str:
    return "\n".join(f"- {row}" for row in rows)


def _journey(journey: dict[str, Any]) -> list[str]:
    blocks = [journey["summary"]]
    for switch in journey["switches"]:
        blocks += [f"### {switch['question']}", _list([option["label"] for option in switch["options"]])]
    for step in journey["steps"]:
        blocks += [f"## {step['name']}", plain.block({key: value for key, value in step.items() if key != "name"})]
    return blocks
