"""What the engine of the skin refuses; apart from ``skin/``, so that nobody loads it for the name."""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import BuildError


class SkinError(BuildError):
    """The engine refused a page or setting, or its theme is not the one we know how to trim.
    ``messages`` are its own words."""

    def __init__(self, messages: Sequence[str]) -> None:
        super().__init__("\n".join(messages))
        self.messages = messages
