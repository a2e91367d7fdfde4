"""Parsing the scripts while the site is rendered.

The parser is written in Python and takes a quarter of a build from nothing; where there is a second
processor it costs no time. Nothing is published before the answer is there.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import msgspec

from ..catalog.problems import Problem
from .scripts import check_scripts


class Beside:
    """``check_scripts`` in a child process, begun at once."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = {path: text for path, text in texts.items() if path.endswith(".js")}
        self._child: subprocess.Popen[bytes] | None = None
        if (os.cpu_count() or 1) < 2:
            return
        with tempfile.TemporaryFile() as asked:
            asked.write(msgspec.json.encode(self._texts))
            asked.seek(0)
            home = str(Path(__file__).parent.parent.parent)
            self._child = subprocess.Popen(
                [sys.executable, "-m", __package__],
                stdin=asked,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=os.environ | {"PYTHONPATH": home},
            )

    def problems(self) -> list[Problem]:
        """The answer, waited for; worked out here when the child gave none. To be called once."""
        if self._child is not None:
            answer, _ = self._child.communicate()
            if self._child.returncode == 0:
                return msgspec.json.decode(answer, type=list[Problem])
        return list(check_scripts(self._texts))

    def leave(self) -> None:
        """The answer is no longer wanted."""
        if self._child is not None and self._child.poll() is None:
            self._child.kill()
            self._child.communicate()
