"""The steps of a build: functions from named inputs to files, whose results are remembered.

"Constructive traces" of *Build systems à la carte* (Mokhov, Mitchell, Peyton Jones, 2018):
the result of a step is found under the digest of its inputs, and the step is done only
where there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ..catalog.digest import digest
from .memory import Memory, Step
from .publish import Stage

Files = Mapping[str, bytes]


class Steps:
    """``made`` are the steps of this build by name, ``published`` the digests of the files that the
    last one published. What is made and is not among them goes to ``stage``."""

    def __init__(self, memory: Memory, stage: Stage) -> None:
        self.made: dict[str, Step] = {}
        self._before = memory.steps
        self.published = memory.published
        self._stage = stage

    def do(self, name: str, key: str, work: Callable[..., Files | tuple[Files, str]], *inputs: Any) -> Step:
        """The step ``name``: ``work(*inputs)``, which depends on nothing but what ``key`` names.

        ``work`` gives the files, and what later steps want to know of the result beside
        them (``Step.tells``); it is not called for a result that is remembered.
        """
        step = self._before.get(name)
        if step is None or step.key != key:
            result = work(*inputs)
            files, tells = result if isinstance(result, tuple) else (result, "")
            step = Step(key, {path: self._put(path, data) for path, data in files.items()}, tells)
        self.made[name] = step
        return step

    def _put(self, path: str, data: bytes) -> str:
        name = digest(data)
        if self.published.get(path) != name:
            self._stage.put(path, data)
        return name

    def read(self, path: str, site: Path) -> bytes:
        """A file of this build: just made, or as it lies in ``site``."""
        return self._stage.read(path) if path in self._stage else (site / path).read_bytes()

    def files(self) -> dict[str, str]:
        """The digest of every file made, by its path, in the order of the paths."""
        made: dict[str, str] = {}
        for step in self.made.values():
            made |= step.files
        return {path: made[path] for path in sorted(made)}


def key_of(*inputs: object) -> str:
    """The digest of some digests, words and switches."""
    return digest("\0".join(map(str, inputs)).encode())
