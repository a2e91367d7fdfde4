"""MkDocs with Material as the engine, in this process."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..skin_error import SkinError
from .project import SETTINGS


def render(project: Path) -> Path:
    """Render the project; gives the folder of the theme's style sheets."""
    # Material prints a notice about its own future; it is in docs/architecture.md, and
    # those who build the guide each day need not read it each time.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    # Imported here: 200 ms, which a rebuild of one matter must not pay.
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    with _listening() as messages:
        try:
            config = load_config(config_file=str(project / SETTINGS), strict=True)
            config.theme.static_templates.clear()  # a site map and a 404 page that we do not use
            build(config)
        except MkDocsException as error:
            raise SkinError([*messages, str(error)]) from error
        if messages:
            raise SkinError(messages)
        styles = (Path(folder, "assets/stylesheets") for folder in config.theme.dirs)
        return next(folder for folder in styles if folder.is_dir())


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
