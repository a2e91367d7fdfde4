"""Where in its file a field stands, looked up only when a problem is reported."""

from __future__ import annotations

from collections.abc import Callable

from .nodes import Node
from .problems import Problem
from .source import parse

Field = tuple[str | int, ...]
"""The way to a value: keys and list positions, such as ``("materials", 3, "when")``."""


class Lines:
    """The lines of one file.

    Made of the file's node tree, or of a function that gives the file's text: a record
    from a cache then costs no reading unless something is wrong with it.
    """

    __slots__ = ("_read", "_root", "path")

    def __init__(self, path: str, source: Node | Callable[[], str] | None) -> None:
        self.path = path
        self._read = source if callable(source) else None
        self._root = None if callable(source) else source

    @property
    def root(self) -> Node | None:
        """All that was read; ``None`` where nothing could be."""
        if self._read is not None:
            self._root, _ = parse(self._read(), self.path)
            self._read = None
        return self._root

    def __call__(self, field: Field = ()) -> int:
        """The line of ``field``, or of the nearest thing around it that is written."""
        node = self.root
        if node is None:
            return 1
        for step in field:
            value = node.value
            if isinstance(value, dict):
                below = value.get(step)  # type: ignore[arg-type]
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                below = value[step]
            else:
                below = None
            if below is None:
                break
            node = below
        return node.line

    def problem(self, field: Field, code: str, sentence: str, hint: str) -> Problem:
        """The problem ``code`` at ``field``."""
        return Problem(self.path, self(field), code, sentence, hint)
