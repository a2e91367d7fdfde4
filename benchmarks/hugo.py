"""The same matters as a site of Hugo, the quickest generator there is: the Markdown of
``plain.py``, bare templates, and one JSON of all text in place of a search index."""

from __future__ import annotations

import json
from pathlib import Path

from . import plain

CONFIGURATION = 'title = "办事指南"\nbaseURL = "https://example.org/"\nlanguageCode = "zh-CN"\n[outputs]\nhome = ["HTML", "JSON"]\n'
PAGE = """\
<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body><nav><a href="/">首页</a> <a href="{{ .CurrentSection.RelPermalink }}">{{ .CurrentSection.Title }}</a></nav>
<main>{{ .Content }}</main></body></html>
"""
LIST = """\
<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body><main><h1>{{ .Title }}</h1>
<ul>{{ range .RegularPagesRecursive }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>
</main></body></html>
"""
TEXT = """\
[{{ range $i, $p := .Site.RegularPages }}{{ if $i }},{{ end }}{{ dict "title" .Title "url" .RelPermalink "text" .Plain | jsonify }}{{ end }}]
"""
LAYOUTS = {"_default/single.html": PAGE, "_default/list.html": LIST, "index.html": LIST, "index.json": TEXT}


def write_site(catalogue: Path, target: Path) -> None:
    """Write a Hugo project for all matters of ``catalogue`` into ``target``."""
    target.mkdir(parents=True)
    (target / "config.toml").write_text(CONFIGURATION, "utf-8")
    for name, text in LAYOUTS.items():
        layout = target / "layouts" / name
        layout.parent.mkdir(parents=True, exist_ok=True)
        layout.write_text(text, "utf-8")
    for matter in plain.matters(catalogue):
        page = target / "content" / matter["section"] / f"{matter['id']}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        front = json.dumps({"title": matter["name"]}, ensure_ascii=False)
        page.write_text(f"{front}\n\n{plain.markdown(matter)}", "utf-8")
