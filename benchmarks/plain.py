"""The same matters as a plain MkDocs site: one Markdown page each, all in the navigation.

What somebody would write who publishes the catalogue with MkDocs and Material as they
come: pages with headings, lists and tables, the theme's search for Chinese (jieba), no
settings that leave anything out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

HEADINGS = {
    "legal_basis": "设定依据",
    "conditions": "受理条件",
    "situations": "情形",
    "materials": "申请材料",
    "steps": "办理流程",
    "time_limit": "办理时限",
    "noon_service": "午间服务",
    "fee": "收费",
    "result": "办理结果",
    "faq": "常见问题",
    "related": "相关事项",
}
CONFIGURATION = """\
site_name: 办事指南
docs_dir: docs
site_dir: site
theme:
  name: material
  language: zh
  font: false
plugins:
  - search:
      lang: zh
markdown_extensions:
  - tables
"""


def matters(catalogue: Path) -> Iterator[dict[str, Any]]:
    """Every matter of ``catalogue`` as its file says it."""
    for file in sorted((catalogue / "matters").rglob("*.yml")):
        yield yaml.load(file.read_text("utf-8"), yaml.CBaseLoader)


def write_site(catalogue: Path, target: Path) -> None:
    """Write an MkDocs project for all matters of ``catalogue`` into ``target``."""
    docs = target / "docs"
    titles: dict[str, dict[str, str]] = {}
    for matter in matters(catalogue):
        page = docs / matter["section"] / f"{matter['id']}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(markdown(matter), "utf-8")
        titles.setdefault(matter["section"], {})[matter["name"]] = page.relative_to(docs).as_posix()
    (docs / "index.md").write_text("# 办事指南\n", "utf-8")
    nav = [{"首页": "index.md"}]
    nav += [{section: [{name: path} for name, path in pages.items()]} for section, pages in titles.items()]
    text = CONFIGURATION + yaml.dump({"nav": nav}, allow_unicode=True)
    (target / "mkdocs.yml").write_text(text, "utf-8")


def markdown(matter: dict[str, Any]) -> str:
    """A matter as a page: a heading per field, lists and tables below it."""
    blocks = [f"# {matter['name']}"]
    for key, value in matter.items():
        if key in ("id", "name") or not value or value == "null":
            continue
        blocks += [f"## {HEADINGS.get(key, key)}", block(value)]
    return "\n\n".join(blocks) + "\n"


def block(value: Any) -> str:
    if isinstance(value, list) and isinstance(value[0], dict):
        columns = list(dict.fromkeys(key for row in value for key in row))
        rows = [columns, ["---"] * len(columns), *([inline(row.get(key)) for key in columns] for row in value)]
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)
    if isinstance(value, list):
        return "\n".join(f"- {inline(item)}" for item in value)
    if isinstance(value, dict):
        return "\n".join(f"- {key}: {inline(item)}" for key, item in value.items())
    return inline(value)


def inline(value: Any) -> str:
    if isinstance(value, dict):
        return "，".join(f"{key} {inline(item)}" for key, item in value.items())
    if isinstance(value, list):
        return "；".join(map(inline, value))
    return "" if value in (None, "null") else str(value).replace("|", "\\|").replace("\n", " ")
