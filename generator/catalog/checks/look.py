"""centre.yml: colours that can be read, and the name that calendars go by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..lines import Lines
from ..model.centre import Centre
from ..problems import Problem

CODES = {
    "calendar-id-form": "calendar_id 不是小写英文、数字和单个连字符或者点",
    "colour-form": "颜色不是 #rrggbb",
    "colour-contrast": "颜色和底色太接近，看不清",
}

GROUNDS = {"light": ("#ffffff", "#f2f5f9"), "dark": ("#1b202a", "#282d3a")}
"""What links stand on: the page and its cards (``site_src/css/10-ground.css``)."""

LEAST = 4.5
"""The contrast that text must have: WCAG 2.2, 1.4.3, level AA."""

_CALENDAR = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_COLOUR = re.compile(r"#[0-9a-f]{6}")


def check_look(centre: Centre, lines: Lines) -> Iterator[Problem]:
    """The identity of appointments is a plain word, and links can be read on both grounds."""
    if not _CALENDAR.fullmatch(centre.calendar_id):
        hint = "写成像网址的一段，例如 hu-district-guide；已经有人订阅的不要再改"
        yield lines.problem(("calendar_id",), "calendar-id-form", f"“{centre.calendar_id}”不合规则", hint)
    for scheme, grounds in GROUNDS.items():
        colour = getattr(centre.colours, scheme)
        where = ("colours", scheme)
        if not _COLOUR.fullmatch(colour):
            hint = '写 # 和六位小写十六进制，整个加引号，例如 "#7a1f3d"'
            yield lines.problem(where, "colour-form", f"“{colour}”不是颜色", hint)
            continue
        least = min(contrast(colour, ground) for ground in grounds)
        if least < LEAST:
            sentence = f"{colour} 在{'浅' if scheme == 'light' else '深'}色底上的对比度只有 {least:.1f}"
            hint = f"至少要 {LEAST}：颜色再{'深' if scheme == 'light' else '浅'}一些"
            yield lines.problem(where, "colour-contrast", sentence, hint)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
