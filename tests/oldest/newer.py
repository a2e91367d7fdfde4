"""What is newer than the oldest browsers (newer.json), and a use of it in a file of ours."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NEWER: dict[str, Any] = json.loads((Path(__file__).parent / "newer.json").read_text(encoding="utf-8"))


@dataclass(frozen=True, order=True, slots=True)
class Use:
    """Something newer than the oldest browsers, at a place in a file."""

    line: int
    feature: str
    """As it is written: ``.replaceChildren``, ``structuredClone``, ``:has``, ``gap (flex)``."""
    since: str
    """The first versions that know it: ``Chromium 86, Safari 14.1``."""
