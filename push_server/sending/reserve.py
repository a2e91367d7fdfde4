"""Room on the disk that is kept for one thing: to write down what became of messages that have left.

Nothing leaves without it. When the disk is full before the answers are written down, it is given up
for them: else whoever then ends the process would send those messages once more.
"""

from __future__ import annotations

import os
from pathlib import Path

BASE, EACH = 1024 * 1024, 32 * 1024
"""Bytes: of the journal of SQLite whatever it writes, and for each answer, whose row and indexes lie in pages
of their own at worst."""


class Reserve:
    def __init__(self, data: Path, answers: int) -> None:
        self._path = data / "sender.room"
        self._size = BASE + EACH * answers
        self._kept = False

    def keep(self) -> None:
        """See to it that it is there. Raises ``OSError`` when the disk has no room for it."""
        if self._kept:
            return
        handle = os.open(self._path, os.O_CREAT | os.O_WRONLY, 0o600)
        try:
            os.posix_fallocate(handle, 0, self._size)
        finally:
            os.close(handle)
        self._kept = True

    def give_up(self) -> None:
        self._path.unlink(missing_ok=True)
        self._kept = False
