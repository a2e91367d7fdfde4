"""The skin: what MkDocs and Material make of ``site_src``.

The only module that knows MkDocs and Material. MkDocs renders the hand-written pages and
one skeleton per layout in a temporary folder; everything else is stamped onto the
skeletons (``generator/site/stamp.py``). Exchange the engine here and nothing else notices.

From Material come the base template with its blocks, the icons and the colours of both
schemes. Its stylesheet (150 kB) is not shipped: the screens are ours, so our own sheet is
the whole style, and ``var(--md-…)`` in it are resolved from Material's. Its script
bundle is left out too: the guide needs none of it, and a cheap phone is faster without.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..style import squeeze
from .skin_error import SkinError

LAYOUTS = ("home", "list", "matter", "page")
"""One skeleton each; a layout is a template ``site_src/overrides/<layout>.html``."""

CSS = "@@CSS@@"
APP = "@@APP@@"
"""Stand in a page for the names of the folders ``assets/css/<CSS>/`` and
``assets/app/<APP>/``, which the build names after their content."""

STYLESHEET = "site.css"

_SKELETON = "skeleton-"


@dataclass(frozen=True, kw_only=True)
class Skin:
    """What MkDocs made.

    ``skeletons`` by layout, with the marks of ``stamp.py``; ``pages`` are the hand-written
    ones by URL (``offline/``), whole but for their ``<!--slot:name-->``
    marks; both hold ``@@ROOT@@``, ``CSS`` and ``APP``. ``stylesheet`` is the text of
    ``site.css``, ``print_sheet`` that of ``print.css``. ``assets`` are further files by their path below the site.
    """

    skeletons: dict[str, str]
    pages: dict[str, str]
    stylesheet: bytes
    print_sheet: bytes
    assets: dict[str, bytes]


def build_skin(site_src: Path, mkdocs_yml: Path) -> Skin:
    """Render the skin. Raises ``SkinError`` with MkDocs' own words when it cannot."""
    with tempfile.TemporaryDirectory(prefix="guide-skin-") as folder:
        docs = Path(folder, "docs")
        shutil.copytree(site_src / "docs", docs)
        for layout in LAYOUTS:
            text = f"---\ntemplate: {layout}.html\nskeleton: true\n---\n<!--stamp:content-->\n"
            (docs / f"{_SKELETON}{layout}.md").write_text(text, encoding="utf-8")
        out = Path(folder, "out")
        theme = _run_mkdocs(mkdocs_yml, docs, out)
        rendered = {
            path.relative_to(out).parent.as_posix() + "/": _trim(path.read_text(encoding="utf-8"))
            for path in sorted(out.rglob("index.html"))
        }
    skeletons = {layout: rendered.pop(f"{_SKELETON}{layout}/") for layout in LAYOUTS}
    sheet, on_paper = _for_paper(_stylesheet(site_src / "css", theme))
    return Skin(
        skeletons=skeletons, pages=rendered, stylesheet=sheet.encode(), print_sheet=on_paper.encode(), assets={}
    )


# --- MkDocs ------------------------------------------------------------------------


def _run_mkdocs(mkdocs_yml: Path, docs: Path, out: Path) -> Path:
    """Run MkDocs over ``docs``; the folder of the theme's templates."""
    # Material prints a notice about its own future; it is in docs/architecture.md, and
    # those who build the guide each day need not read it each time.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    # Imported here: 200 ms, which a rebuild of one matter must not pay.
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    with _listening() as messages:
        try:
            config = load_config(config_file=str(mkdocs_yml), docs_dir=str(docs), site_dir=str(out), strict=True)
            config.theme.static_templates.clear()  # a site map and a 404 page that we do not use
            build(config)
        except MkDocsException as error:
            raise SkinError([*messages, str(error)]) from error
        if messages:
            raise SkinError(messages)
        return next(Path(folder) for folder in config.theme.dirs if Path(folder, "assets/stylesheets").is_dir())


@contextmanager
def _listening() -> Iterator[list[str]]:
    """MkDocs' warnings as a list instead of lines on the terminal."""
    messages: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            messages.append(record.getMessage())

    logger = logging.getLogger("mkdocs")
    listener = Listener(logging.WARNING)
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(listener)
    try:
        yield messages
    finally:
        logger.removeHandler(listener)
        logger.propagate = propagate


# --- HTML ---------------------------------------------------------------------------

_TRIMS = tuple(
    (name, re.compile(pattern, re.DOTALL), replacement)
    for name, pattern, replacement in (
        ("html", r'<html lang="zh" class="no-js">', '<html lang="zh-CN" data-root="@@ROOT@@">'),
        # The colour scheme follows the phone, not an attribute that a script would set.
        ("body", r'<body dir="ltr" data-md-color-scheme[^>]*>', "<body>"),
        # Checkboxes without a label, a skip link to a heading, boxes that scripts fill.
        ("drawer", r'<input class="md-toggle" data-md-toggle="drawer"[^>]*>', ""),
        ("search", r'<input class="md-toggle" data-md-toggle="search"[^>]*>', ""),
        ("overlay", r'<label class="md-overlay"[^>]*></label>', ""),
        ("skip", r'<div data-md-component="skip">.*?</div>', ""),
        ("announce", r'<div data-md-component="announce">\s*</div>', ""),
        ("dialog", r'<div class="md-dialog"[^>]*>\s*<div[^>]*></div>\s*</div>', ""),
        ("container", r'<div class="md-container" data-md-component="container">', "<div>"),
        ("main", r'<main class="md-main"[^>]*>', '<main id="main">'),
        ("inner", r'<div class="md-main__inner md-grid">', '<div class="ground">'),
    )
)


def _trim(page: str) -> str:
    """A page without the parts of Material's base template that cannot be overridden.

    Raises ``SkinError`` when one of them is missing: another version of the theme must be
    looked at before it is published.
    """
    for name, pattern, replacement in _TRIMS:
        page, count = pattern.subn(replacement, page)
        if count != 1:
            raise SkinError([f"Material's base template has changed: {name} found {count} times, expected once"])
    lines = (line.strip() for line in page.splitlines())
    return "\n".join(line for line in lines if line) + "\n"


# --- style ----------------------------------------------------------------------------

_VARIABLE = re.compile(r"var\((--md-[\w-]+)")


def _stylesheet(folder: Path, theme: Path) -> str:
    """The files of ``folder`` in the order of their names, after Material's colours."""
    own = squeeze("\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.css"))))
    return squeeze(_colours(own, theme) + own) + "\n"


_PAPER = "@media print{"


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


def _colours(own: str, theme: Path) -> str:
    """The ``--md-`` variables that ``own`` refers to but does not set, for both schemes."""
    files = [
        next(theme.glob(f"assets/stylesheets/{name}.*.min.css")).read_text(encoding="utf-8")
        for name in ("main", "palette")
    ]
    light = _variables(files[0], ":root,[data-md-color-scheme=default]")
    dark = _variables(files[1], "[data-md-color-scheme=slate]")
    dark["--md-hue"] = light["--md-hue"]
    set_here = set(re.findall(r"(--md-[\w-]+)\s*:", own))
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
        raise SkinError([f"Material's style has changed: no rule for {selector}"])
    return found
