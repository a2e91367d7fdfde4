"""MkDocs with Material as the engine, in this process."""

from __future__ import annotations

import logging
import os
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from .project import SETTINGS
from .types import SkinError


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
        except Exception as error:  # whatever a template or an extension may raise
            where = _template(error, config.theme.dirs)
            raise SkinError(
                [f"{where}: {error}"] if where else messages or [f"{type(error).__name__}: {error}"]
            ) from error
        if messages:
            raise SkinError(messages)
        styles = (Path(folder, "assets/stylesheets") for folder in config.theme.dirs)
        return next(folder for folder in styles if folder.is_dir())


def _template(error: Exception, folders: Iterable[str]) -> str | None:
    """The template in which it came up, with the line: main.html:63. Tracebacks hold them."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        for folder in folders:
            if frame.filename.endswith(".html") and Path(frame.filename).is_relative_to(folder):
                return f"{Path(frame.filename).relative_to(folder).as_posix()}:{frame.lineno}"
    return None


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
