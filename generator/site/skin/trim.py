"""What cannot be overridden in the base template of the theme, taken out of each page."""

from __future__ import annotations

import re

from .types import SkinError

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


def trim(page: str) -> str:
    """A page without the parts of the theme's base template that cannot be overridden.

    Raises ``SkinError`` when one of them is missing: another version of the theme must be
    looked at before it is published.
    """
    for name, pattern, replacement in _TRIMS:
        page, count = pattern.subn(replacement, page)
        if count != 1:
            raise SkinError([f"Material's base template has changed: {name} found {count} times, expected once"])
    lines = (line.strip() for line in page.splitlines())
    return "\n".join(line for line in lines if line) + "\n"
