"""The same matters as a plain MkDocs site: one Markdown page each, all in the navigation.

What somebody would write who publishes the catalogue with MkDocs and Material as they
come: pages with headings, lists and tables, the theme's search for Chinese (jieba), no
settings that leave anything out. A page says what ours says, from other files of the catalogue
too: the titles of laws and their versions, where to get a paper, the names of related matters
with links, the hours of the centre. What else we publish (data, cards, packs) is not asked of it.
"""

from __future__ import annotations

from collections.abc import Mapping
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
    "hours": "开放时间",
    "hotline": "咨询电话",
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


def matters(catalogue: Path) -> list[dict[str, Any]]:
    """Every matter of ``catalogue`` as its file says it, with what its page says of other files."""
    found = [read(file) for file in sorted((catalogue / "matters").rglob("*.yml"))]
    laws = {law["id"]: law for law in read(catalogue / "laws.yml")["laws"]}
    papers = {paper["id"]: paper for paper in read(catalogue / "materials.yml")["papers"]}
    links = {matter["id"]: f"[{matter['name']}](../{matter['section']}/{matter['id']}.md)" for matter in found}
    centre = read(catalogue / "centre.yml")
    counters = {kind["id"]: kind["name"] for kind in centre["counter_kinds"]}
    noon = centre["noon_service"]
    hours = {span["name"]: f"{span['opens']['at']}–{span['closes']['at']}" for span in centre["hours"]}
    hours["午间"] = f"{noon['opens']}–{noon['closes']}"
    for matter in found:
        matter["counter"] = counters.get(matter["counter"], "")
        matter["related"] = [links[id] for id in matter["related"]]
        matter["legal_basis"] = [
            basis | {key: laws[basis["law"]][key] for key in ("version_date", "text_status")}
            for basis in matter["legal_basis"]
        ]
        for material in matter["materials"]:
            material["where"] = papers[material["paper"]]["where"] if material["paper"] in papers else ""
        matter |= {"hours": hours, "hotline": centre["hotline"]}
    return [_titled(matter, laws) for matter in found]


def read(file: Path) -> dict[str, Any]:
    return yaml.load(file.read_text("utf-8"), yaml.CBaseLoader)


def _titled(value: Any, laws: Mapping[str, dict[str, str]]) -> Any:
    """``value`` with the titles of laws in place of their ids."""
    if isinstance(value, dict):
        return {
            key: laws[item]["title"] if key == "law" and item in laws else _titled(item, laws)
            for key, item in value.items()
        }
    return [_titled(item, laws) for item in value] if isinstance(value, list) else value


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
