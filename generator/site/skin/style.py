"""The style sheets: ours, with the variables of the theme that they refer to."""

from __future__ import annotations

import re
from pathlib import Path

from ...catalog.model.centre import Colours
from ...style import squeeze
from .types import SkinError

_PRIMARY = "--md-primary-fg-color"
_VARIABLE = re.compile(r"var\((--md-[\w-]+)")


_PAPER = "@media print{"


def stylesheets(folder: Path, theme: Path, colours: Colours) -> tuple[str, str]:
    """That of the screen and that of paper: the files of ``folder`` in the order of their names,
    after the colours of the theme (``theme`` holds its style sheets) and those of the centre."""
    own = squeeze("\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.css"))))
    return _for_paper(squeeze(_colours(own, theme, colours) + own) + "\n")


def _for_paper(sheet: str) -> tuple[str, str]:
    """``sheet`` without its rules for paper, and those: no phone waits for them to paint."""
    screen, paper = [], []
    while _PAPER in sheet:
        before, sheet = sheet.split(_PAPER, 1)
        screen.append(before)
        depth = end = 0
        while depth >= 0:
            depth += {"{": 1, "}": -1}.get(sheet[end], 0)
            end += 1
        paper.append(sheet[: end - 1])
        sheet = sheet[end:]
    return "".join((*screen, sheet)), "".join(paper) + "\n"


def _colours(own: str, theme: Path, colours: Colours) -> str:
    """The centre's colours, and the ``--md-`` variables of the theme that ``own`` refers to
    but does not set, for both schemes. White stands on the primary colour in both."""
    files = [next(theme.glob(f"{name}.*.min.css")).read_text(encoding="utf-8") for name in ("main", "palette")]
    light = _variables(files[0], ":root,[data-md-color-scheme=default]")
    dark = _variables(files[1], "[data-md-color-scheme=slate]")
    dark["--md-hue"] = light["--md-hue"]
    set_here = {_PRIMARY, *re.findall(r"(--md-[\w-]+)\s*:", own)}
    wanted: set[str] = set()
    pending = set(_VARIABLE.findall(own)) - set_here
    while pending:
        wanted |= pending
        values = (scheme.get(name, "") for name in pending for scheme in (light, dark))
        pending = set(_VARIABLE.findall(" ".join(values))) - set_here - wanted
    if unknown := sorted(name for name in wanted if name not in light):
        raise SkinError([f"Material knows no {', '.join(unknown)}"])
    light_rule, dark_rule = (
        "".join(f"{name}:{scheme[name]};" for name in sorted(wanted) if name in scheme) for scheme in (light, dark)
    )
    light_rule += f"{_PRIMARY}:{colours.light};--link:{colours.light}"
    dark_rule += f"--link:{colours.dark}"
    return (
        f":root{{color-scheme:light;{light_rule}}}"
        f"@media(prefers-color-scheme:dark){{:root{{color-scheme:dark;{dark_rule}}}}}"
    )


def _variables(sheet: str, selector: str) -> dict[str, str]:
    """The custom properties of the rules of ``sheet`` with exactly this selector."""
    found: dict[str, str] = {}
    for body in re.findall(rf"(?:^|(?<=[{{}}])){re.escape(selector)}\{{([^{{}}]*)\}}", sheet):
        found.update(re.findall(r"(--[\w-]+):([^;]+)", body))
    if not found:
        raise SkinError([f"Material's style has changed: no rule for {selector}"])
    return found
