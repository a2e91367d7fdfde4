"""The manifest of the app (W3C, Web Application Manifest): it has to parse, to hold what a phone
asks for before it offers to install, and to name icons that are there and as large as it says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..catalog.characters import unfit
from ..catalog.problems import Problem
from .files import Files
from .images import size_of

CODES = {
    "manifest-syntax": "JSON 写法有误，读不出来",
    "manifest-field": "缺少必需的内容，或者写得不对",
    "manifest-icon": "图标不存在，或者大小、类型和写的不一样",
}

PATH = "pwa/manifest.webmanifest"
_TEXTS = ("short_name", "start_url", "display")
_OF_THE_CATALOGUE = {
    "name": "改 catalog/centre.yml 的 guide_name",
    "description": "它由 catalog/centre.yml 生成",
    "theme_color": "改 catalog/centre.yml 的 colours",
    "shortcuts": "它由 catalog/centre.yml 和 catalog/sections.yml 生成",
}
"""What the build says itself (``render/manifest.py``), and where it takes it from."""
_DISPLAYS = ("standalone", "fullscreen", "minimal-ui", "browser")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_SIZES = re.compile(r"([1-9]\d*)x([1-9]\d*)")
_TYPES = {".png": "image/png", ".svg": "image/svg+xml"}


class _Twice(Exception):
    """A key stands twice in one object."""


def check_manifests(texts: Mapping[str, str], files: Files) -> Iterator[Problem]:
    text = texts.get(PATH)
    if text is None:
        return
    try:
        data = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        hint = "检查这一行和上一行的逗号、引号和括号"
        yield Problem(PATH, error.lineno, "manifest-syntax", f"JSON 读不懂（{error.msg}）", hint)
        return
    except (_Twice, RecursionError) as error:
        line = _line(text, f'"{error}"', last=True)
        yield Problem(PATH, line, "manifest-syntax", f"“{error}”写了两次，或者不是 JSON", "只留一处")
        return
    if not isinstance(data, dict):
        yield Problem(PATH, 1, "manifest-syntax", "不是一个对象", "整个文件写成 { … }")
        return
    yield from _fields(data, text)
    yield from _icons(data, text, files)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Twice(key)
        found[key] = value
    return found


def _no_number(name: str) -> Any:
    raise _Twice(name)


def _fields(data: dict[str, Any], text: str) -> Iterator[Problem]:
    def wrong(key: str, sentence: str, hint: str) -> Problem:
        return Problem(PATH, _line(text, f'"{key}"'), "manifest-field", sentence, hint)

    for key in _TEXTS:
        value = data.get(key)
        if not isinstance(value, str) or not value.strip():
            yield wrong(key, f"没有 {key}，或者不是文字", f'补上 `"{key}": "…"`')
    if isinstance(data.get("display"), str) and data["display"] not in _DISPLAYS:
        yield wrong("display", f"display 不能是“{data['display']}”", f"写其中一种：{'、'.join(_DISPLAYS)}")
    for key, hint in _OF_THE_CATALOGUE.items():
        if key in data:
            yield wrong(key, f"{key} 不写在这里", f"删去它；{hint}")
    key = "background_color"
    if key in data and not (isinstance(data[key], str) and _COLOUR.fullmatch(data[key])):
        yield wrong(key, f"{key} 不是颜色", "写成 #rrggbb")
    addresses = [("start_url", data.get("start_url")), ("scope", data.get("scope", ".")), ("id", data.get("id", "."))]
    for key, value in addresses:
        if not isinstance(value, str) or re.match(r"[a-z][a-z0-9+.-]*:|/", value, re.IGNORECASE) or ".." in value:
            line = _line(text, json.dumps(value, ensure_ascii=False)) if value is not None else _line(text, f'"{key}"')
            yield Problem(PATH, line, "manifest-field", f"{key} 要写相对地址", "从网站的首页算起，例如 `noon/`")
    for value in _strings(data):
        for _, _, sentence, hint in unfit(value):
            yield Problem(PATH, 1, "manifest-field", f"“{value[:12]}”里{sentence}", hint)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


def _icons(data: dict[str, Any], text: str, files: Files) -> Iterator[Problem]:
    icons = data.get("icons")
    if not isinstance(icons, list) or not icons:
        yield Problem(
            PATH, _line(text, '"icons"'), "manifest-field", "没有 icons", "至少写 192x192 和 512x512 两个图标"
        )
        return
    sizes = {one.get("sizes") for one in icons if isinstance(one, dict) and "any" in one.get("purpose", "any")}
    for needed in ("192x192", "512x512"):
        if needed not in sizes:
            hint = "手机要 192x192 和 512x512 两个普通图标，才能添加到主屏幕"
            yield Problem(PATH, _line(text, '"icons"'), "manifest-icon", f"没有 {needed} 的图标", hint)
    for icon in icons:
        yield from _icon(icon, text, files)


def _icon(icon: Any, text: str, files: Files) -> Iterator[Problem]:
    src = icon.get("src") if isinstance(icon, dict) else None
    if not isinstance(src, str):
        yield Problem(PATH, _line(text, '"icons"'), "manifest-icon", "有一个图标没有 src", "写上图标的路径")
        return
    line = _line(text, json.dumps(src, ensure_ascii=False))
    image = files.get(f"pwa/{src}")
    if image is None:
        yield Problem(PATH, line, "manifest-icon", f"没有图标 {src}", "改正路径，或者把图标放进 pwa/icons/")
        return
    kind = next((kind for suffix, kind in _TYPES.items() if src.endswith(suffix)), None)
    if icon.get("type", kind) != kind:
        yield Problem(PATH, line, "manifest-icon", f"{src} 的 type 写成了 {icon['type']}", f"改为 {kind}")
    if kind == "image/png" and (size := size_of(image)) is not None:
        said = _SIZES.fullmatch(str(icon.get("sizes", "")))
        if said is None or (int(said[1]), int(said[2])) != size:
            sentence = f"{src} 是 {size[0]}x{size[1]}，写成了 {icon.get('sizes')}"
            yield Problem(PATH, line, "manifest-icon", sentence, f"改为 {size[0]}x{size[1]}，或者换图标")


def _line(text: str, part: str, last: bool = False) -> int:
    at = text.rfind(part) if last else text.find(part)
    return text.count("\n", 0, at) + 1 if at >= 0 else 1
