"""What MkDocs refuses; apart from ``skin.py``, so that nobody loads it for the name."""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import BuildError


class SkinError(BuildError):
    """MkDocs refused a page or setting, or Material is not the one we know how to trim.
    ``messages`` are its own words."""

    def __init__(self, messages: Sequence[str]) -> None:
        super().__init__("\n".join(messages))
        self.messages = messages
