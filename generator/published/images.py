"""Icons: each has to be what its name says, whole, and of a size that can be shown."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from xml.etree import ElementTree

from PIL import Image

from ..catalog.problems import Problem
from .files import Files

CODES = {
    "image-broken": "图片打不开，或者不是文件名说的那种",
    "image-active": "矢量图里有脚本，或者引用了别处的内容",
}

_NEW = "换成完整的图片；图标用 pwa/art/draw.py 重新画"
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def check_images(files: Files) -> Iterator[Problem]:
    for path, data in sorted(files.items()):
        if not path.startswith("pwa/"):
            continue
        if path.endswith(".png") and size_of(data) is None:
            sentence = f"不是完整的 PNG 图片（{len(data)} 字节）"
            yield Problem(path, 1, "image-broken", sentence, _NEW)
        elif path.endswith(".svg"):
            yield from _vector(path, data)


def size_of(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG that can be decoded to its end; ``None`` for others."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a picture as large as a wall
            with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
                image.load()
                return image.size
    except (OSError, SyntaxError, ValueError, EOFError, Warning, Image.DecompressionBombError):
        return None


def _vector(path: str, data: bytes) -> Iterator[Problem]:
    if _ENTITY.search(data):
        yield Problem(path, 1, "image-active", "矢量图里有 DOCTYPE 或者 ENTITY", "删去这些声明")
        return
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError) as error:
        line = getattr(error, "position", (1, 0))[0]
        yield Problem(path, max(line, 1), "image-broken", f"矢量图读不懂（{error}）", _NEW)
        return
    if root.tag != "{http://www.w3.org/2000/svg}svg":
        yield Problem(path, 1, "image-broken", "不是 SVG 图片", _NEW)
    for element in root.iter():
        name = str(element.tag).rpartition("}")[2].lower()
        links = [value for key, value in element.items() if key.rpartition("}")[2].lower() in ("href", "src")]
        active = name in ("script", "foreignobject", "iframe") or any(
            key.lower().startswith("on") for key, _ in element.items()
        )
        if active or any(not link.startswith("#") for link in links):
            line = _line_of(data, name)
            yield Problem(path, line, "image-active", f"`{name}` 会运行脚本或者引用别处的内容", "删去它，只留下图形")


def _line_of(data: bytes, name: str) -> int:
    found = re.search(rb"<(?:\w+:)?" + re.escape(name.encode()), data, re.IGNORECASE)
    return data.count(b"\n", 0, found.start()) + 1 if found else 1
