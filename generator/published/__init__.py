"""Everything that is published beside the catalogue is checked before it is published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..catalog.problems import Problem

Files = Mapping[str, bytes]
"""By path as messages give it: ``site_src/…``, ``pwa/…``, ``mkdocs.yml``."""


def check(files: Files) -> list[Problem]:
    """Every fault of ``files``, sorted."""
    from .scripts import check_scripts

    texts, problems = readable(files)
    return sorted({*problems, *check_all_but_scripts(texts, files), *check_scripts(texts)})


def readable(files: Files) -> tuple[dict[str, str], list[Problem]]:
    """The texts among ``files``, and what is wrong with names, encodings and characters. A file whose
    text cannot be read, or holds both sides of a merge, is not looked at further."""
    from . import names
    from .text import check_text

    problems = list(names.check_names(files))
    texts: dict[str, str] = {}
    for path, data in files.items():
        if names.is_text(path):
            text, found = check_text(path, data)
            problems += found
            if text is not None:
                texts[path] = text
    return texts, problems


def check_all_but_scripts(texts: Mapping[str, str], files: Files) -> list[Problem]:
    from . import images, manifest, markup, settings, styles, templates

    problems: list[Problem] = []
    for rule in (styles.check_styles, templates.check_templates, markup.check_markup, settings.check_settings):
        problems += rule(texts)
    problems += images.check_images(files)
    problems += manifest.check_manifests(texts, files)
    return problems


def codes() -> dict[str, str]:
    """Every code of these checks, with what it means."""
    from . import images, manifest, markup, names, scripts, settings, sources, styles, templates, text

    rooms = (sources, names, text, scripts, styles, templates, markup, images, manifest, settings)
    return {code: meaning for room in rooms for code, meaning in room.CODES.items()}


def below(files: Mapping[str, str], folder: str, *suffixes: str) -> Iterator[tuple[str, str]]:
    """(path, text) of the files of ``folder`` with one of ``suffixes``, in the order of their paths."""
    for path in sorted(files):
        if path.startswith(folder) and path.endswith(suffixes):
            yield path, files[path]
