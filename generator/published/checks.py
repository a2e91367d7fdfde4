"""All checks of what is published beside the catalogue, but for those that ``beside.py`` runs meanwhile."""

from __future__ import annotations

from collections.abc import Mapping

from ..catalog.problems import Problem
from . import images, manifest, markup, names, settings, styles, templates, text
from .files import Files


def readable(files: Files) -> tuple[dict[str, str], list[Problem]]:
    """The texts among ``files``, and what is wrong with names, encodings and characters. A file whose
    text cannot be read, or holds both sides of a merge, is not looked at further."""
    problems = list(names.check_names(files))
    texts: dict[str, str] = {}
    for path, data in files.items():
        if names.is_text(path):
            content, found = text.check_text(path, data)
            problems += found
            if content is not None:
                texts[path] = content
    return texts, problems


def check_all_but_scripts(texts: Mapping[str, str], files: Files) -> list[Problem]:
    problems: list[Problem] = []
    for rule in (styles.check_styles, templates.check_templates, markup.check_markup, settings.check_settings):
        problems += rule(texts)
    problems += images.check_images(files)
    problems += manifest.check_manifests(texts, files)
    return problems
