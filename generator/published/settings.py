"""``mkdocs.yml``: read as the catalogue is, and nothing in it that leaves the checkout, runs a
program, or publishes what is set on the machine that builds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..catalog.nodes import Node
from ..catalog.problems import Problem
from ..catalog.source import parse

CODES = {
    "settings-key": "mkdocs.yml 里缺少必需的设置，或者有不能用的设置",
    "settings-address": "网站地址写得不对",
}

PATH = "mkdocs.yml"
_FORBIDDEN = {
    "site_name": "网站的名字写在 catalog/centre.yml 的 guide_name",
    "INHERIT": "设置只写在这一个文件里",
    "hooks": "程序放进 generator/",
    "watch": "要看的文件夹由 guide serve 决定",
    "extra_css": "样式放进 site_src/css/",
    "extra_javascript": "脚本放进 pwa/app/",
    "extra_templates": "模板放进 site_src/overrides/",
}
_SNIPPETS = ("pymdownx.snippets", "pymdownx.b64", "mdx_include", "markdown_include.include")
"""Extensions that put files into pages."""
_ADDRESS = re.compile(
    r"https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[1-9][0-9]{0,4})?(?:/[A-Za-z0-9._~-]+)*/?"
)


def check_settings(texts: Mapping[str, str]) -> Iterator[Problem]:
    text = texts.get(PATH)
    if text is None:
        return
    root, problems = parse(text, PATH)
    yield from problems
    if root is None:
        return
    keys = root.value if isinstance(root.value, dict) else {}

    def wrong(line: int, sentence: str, hint: str) -> Problem:
        return Problem(PATH, line, "settings-key", sentence, hint)

    if not isinstance(root.value, dict):
        yield wrong(root.line, "不是设置", "一行一个设置，写成 `名字: 值`")
    for key, hint in _FORBIDDEN.items():
        if key in keys:
            yield wrong(keys[key].line, f"不能用 {key}", hint)
    theme = keys.get("theme")
    below = theme.value if theme is not None and isinstance(theme.value, dict) else {}
    custom = below.get("custom_dir")
    if isinstance(root.value, dict) and (_text(below.get("name")) != "material" or custom is None):
        hint = "写成 `theme: {name: material, custom_dir: site_src/overrides}`，别的照旧"
        yield wrong(root.line if theme is None else theme.line, "theme 没有写全", hint)
    for node in (custom, keys.get("docs_dir"), keys.get("site_dir")):
        path = _text(node)
        if node is not None and (path is None or path.startswith(("/", "~")) or ".." in path.split("/") or "$" in path):
            yield wrong(node.line, f"“{path}”在这个文件夹以外", "写这个文件夹里面的路径，例如 site_src/overrides")
    for name, line in _extensions(keys.get("markdown_extensions")):
        if name in _SNIPPETS:
            yield wrong(line, f"不能用 {name}：它把别的文件放进页面", "把内容写进页面里")
    address = keys.get("site_url")
    if address is not None and address.value is not None and (told := address_fault(_text(address) or "")):
        yield Problem(PATH, address.line, "settings-address", *told)


def address_fault(address: str) -> tuple[str, str] | None:
    """Sentence and hint when ``address`` cannot be the address of the site."""
    if _ADDRESS.fullmatch(address):
        return None
    return f"“{address}”不是网站地址", "写成 https://主机/ 或者 https://主机/路径/，不带问号和井号；还不知道就不写"


def address_in(text: str) -> str | None:
    """The site's address in the text of ``mkdocs.yml``, if there is one."""
    root, _ = parse(text, PATH)
    keys = root.value if root is not None and isinstance(root.value, dict) else {}
    address = _text(keys.get("site_url"))
    return None if not address or address_fault(address) else address.rstrip("/") + "/"


def _text(node: Node | None) -> str | None:
    return node.value if node is not None and isinstance(node.value, str) else None


def _extensions(node: Node | None) -> Iterator[tuple[str, int]]:
    if node is None:
        return
    for one in node.value if isinstance(node.value, list) else ():
        if isinstance(one.value, dict):
            yield from ((name, below.line) for name, below in one.value.items())
        elif isinstance(one.value, str):
            yield one.value, one.line
    if isinstance(node.value, dict):
        yield from ((name, below.line) for name, below in node.value.items())
