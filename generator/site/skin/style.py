"""The one style sheet: ours, with the variables of the theme that it refers to."""

from __future__ import annotations

import re
from pathlib import Path

from ...catalog.model import Colours
from .types import SkinError

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_PRIMARY = "--md-primary-fg-color"
_VARIABLE = re.compile(r"var\((--md-[\w-]+)")


def stylesheet(folder: Path, theme: Path, colours: Colours) -> str:
    """The files of ``folder`` in the order of their names, after the colours of the theme
    (``theme`` holds its style sheets) and those of the centre."""
    own = "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.css")))
    own = _COMMENT.sub("", own)
    return _squeeze(_colours(own, theme, colours) + own)


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
        raise SkinError(f"Material knows no {', '.join(unknown)}")
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
    for body in re.findall(rf"(?<![^{{}}]){re.escape(selector)}\{{([^{{}}]*)\}}", sheet):
        found.update(re.findall(r"(--[\w-]+):([^;]+)", body))
    if not found:
        raise SkinError(f"Material's style has changed: no rule for {selector}")
    return found


def _squeeze(sheet: str) -> str:
    """Without the white space that only editors need. Strings hold none of it."""
    sheet = re.sub(r"\s+", " ", sheet)
    sheet = re.sub(r" ?([{};,>]) ?", r"\1", sheet)
    return sheet.replace(": ", ":").replace(";}", "}").replace(" !", "!").strip() + "\n"
