"""Which files may lie where.

What lies in these folders is published under its name, so each has to be there on purpose: a
copy that an editor or a file manager left behind (``offline - 副本.md``, ``finder (1).js``, ``sw.js~``)
would become a page or a script that nobody keeps up to date. The rule names what is right, not
what may go wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..catalog.problems import Problem
from .files import PARTS, WORKER, Files

CODES = {
    "source-unexpected": "这里不应有这个文件，或者文件名不合规则",
    "source-copy": "像是另一个文件的副本",
    "source-missing": "缺少必需的文件",
}

PLACES = (
    (re.compile(r"site_src/docs/(?:.+/)?[^/]+\.md"), ".md"),
    (re.compile(r"site_src/overrides/(?:.+/)?[^/]+\.html"), ".html"),
    (re.compile(r"site_src/css/[^/]+\.css"), ".css"),
    (re.compile(r"pwa/app/(?:.+/)?[^/]+\.(?:js|css)"), ".js 和 .css"),
    (re.compile(r"pwa/worker/[^/]+\.js"), ".js"),
    (re.compile(r"pwa/icons/[^/]+\.(?:png|svg)"), ".png 和 .svg"),
    (re.compile(r"pwa/art/[^/]+\.(?:svg|py|png)"), ".svg、.png 和 .py"),
    (re.compile(r"pwa/(?:[^/]+\.js|manifest\.webmanifest|README\.md)"), ".js 和 manifest.webmanifest"),
    (re.compile(r"mkdocs\.yml"), "mkdocs.yml"),
)
NEEDED = (
    *("mkdocs.yml", "pwa/sw.js", "pwa/kill.js", "pwa/manifest.webmanifest", "pwa/app/early.js", "pwa/app/main.js"),
    *(f"{WORKER}{part}.js" for part in PARTS),
)

_PART = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*|README\.md")
_COPY = re.compile(r"(.+?)[-_.]?(?:copy|copie|old|bak|backup|orig|tmp|temp|save|saved|kopie|fuben|\d+)(?:[-_.]?\d+)?")
_TEXT = (".md", ".html", ".css", ".js", ".svg", ".webmanifest", ".json", ".yml")


def is_text(path: str) -> bool:
    return path.endswith(_TEXT)


def check_names(files: Files) -> Iterator[Problem]:
    """Every file has a place and a plain name, is no copy of another, and none is missing."""
    for path in NEEDED:
        if path not in files:
            yield Problem(path, 1, "source-missing", "缺少这个文件", "从版本库里取回：git checkout -- " + path)
    for path in sorted(files):
        folder, _, name = path.rpartition("/")
        fit = [suffixes for place, suffixes in PLACES if place.fullmatch(path)]
        if not fit or not all(map(_PART.fullmatch, path.split("/"))):
            plain = "文件名只用小写英文字母、数字和连字符"
            yield Problem(
                path, 1, "source-unexpected", "这里不应有这个文件", f"{_allowed(path)}{plain}；副本和不用的文件移走"
            )
            continue
        stem, dot, suffix = name.rpartition(".")
        copied = _COPY.fullmatch(stem)
        if copied and (original := f"{folder}/{copied[1]}{dot}{suffix}") in files:
            hint = "不用的删去；真的是另一个文件，换一个说明内容的名字"
            yield Problem(path, 1, "source-copy", f"像是 {original} 的副本", hint)


def _allowed(path: str) -> str:
    """What the nearest folder with a rule holds."""
    folder = path.rpartition("/")[0]
    while folder not in ("", "pwa", "site_src"):
        for place, suffixes in PLACES:
            if place.pattern.startswith(f"{folder}/"):
                return f"{folder}/ 里只放 {suffixes}，"
        folder = folder.rpartition("/")[0]
    return ""
