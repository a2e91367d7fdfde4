"""Parsing the scripts while the site is rendered.

The parser is written in Python and takes a quarter of a build from nothing; where there is a second
processor it costs no time. Nothing is published before the answer is there.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import msgspec

from ..catalog.problems import Problem
from .files import MODULES

_answers: dict[bytes, list[Problem]] = {}
"""What was said of the last scripts, which a preview asks about at every save."""


class Beside:
    """``check_scripts`` in a child process, begun at once, unless these scripts were the last."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = {path: text for path, text in texts.items() if path.endswith(".js") or path.startswith(MODULES)}
        self._child: subprocess.Popen[bytes] | None = None
        question = msgspec.json.encode(self._texts)
        self._key = hashlib.sha256(question).digest()
        if self._key in _answers or (os.cpu_count() or 1) < 2:
            return
        with tempfile.TemporaryFile() as asked:
            asked.write(question)
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
        if (known := _answers.get(self._key)) is not None:
            return known
        answer = self._child.communicate()[0] if self._child is not None else b""
        if self._child is not None and self._child.returncode == 0:
            found = msgspec.json.decode(answer, type=list[Problem])
        else:
            # Here, since the parser takes 37 ms to load, and as a rule the child does.
            from .scripts import check_scripts

            found = list(check_scripts(self._texts))
        _answers.clear()
        _answers[self._key] = found
        return found

    def leave(self) -> None:
        """The answer is no longer wanted."""
        if self._child is not None and self._child.poll() is None:
            self._child.kill()
            self._child.communicate()
