"""What one build remembers for the next.

Only to leave out work: every remembered result is found by the digest of all that it
depends on, so a build that remembers nothing gives the same bytes.
"""

from __future__ import annotations

import msgspec
from msgspec import Raw, Struct

from ..views.summary import Summary
from .inputs import Stamp

FORMAT = 16
"""Raised when the remembered shape changes; what has another one is forgotten."""


class Step(Struct, frozen=True, array_like=True):
    """What a step of a build made: the digests of its files by path. ``key`` is the digest
    of what it was made of, ``tells`` what later steps take from it beside the files,
    or a digest of it."""

    key: str
    files: dict[str, str]
    tells: str = ""


class Facts(Struct, frozen=True, array_like=True):
    """What the rest of the guide needs to know of a matter without reading its file again.

    A pure function of the file: ``digest`` names its content, ``path`` is ``catalog/…``.
    ``listed`` is the digest of ``summary``: as long as it is the same, no list looks
    different. ``text`` is what the matter adds to the full text of the search (JSON).
    ``cites`` are the laws and articles that it rests on, ``named`` the titles and articles that its sentences
    name, ``citing`` the digest of these with the matter's name, ``papers`` the ids of the recurrent papers,
    ``forms`` the files that it offers.
    """

    path: str
    digest: str
    summary: Summary
    listed: str
    text: bytes
    cites: tuple[tuple[str, str | None], ...]
    named: tuple[tuple[str, str | None], ...]
    citing: str
    papers: tuple[str, ...]
    forms: tuple[str, ...]


class Memory(Struct, frozen=True, kw_only=True):
    """Everything remembered.

    ``made_by`` names the generator with all that it runs on: another one would make other
    results of the same files. ``sources`` names what lies beside the catalogue, ``beside`` that
    together with what the catalogue says in it; both were found sound. ``trees`` are the stamps of the folders that were read;
    ``around`` names all that a matter can depend on but its own file; ``shared`` the records (msgpack) of the files that are no matters, with the digests of
    their content, and ``facts`` those of matters, both by path (``catalog/…``). ``steps``
    are by name, ``skeletons`` by layout.
    """

    format: int = FORMAT
    made_by: str = ""
    sources: str = ""
    beside: str = ""
    trees: dict[str, dict[str, Stamp]] = {}
    around: str = ""
    shared: dict[str, tuple[str, Raw]] = {}
    facts: dict[str, Facts] = {}
    steps: dict[str, Step] = {}
    skeletons: dict[str, str] = {}
    release: str = ""

    def outdated(self) -> Memory:
        """What is left once the generator is another: the files as they are published, and
        how to recognise an unchanged source."""
        steps = {name: Step("", step.files) for name, step in self.steps.items()}
        return Memory(trees=self.trees, steps=steps, release=self.release)

    @property
    def published(self) -> dict[str, str]:
        """The digest of every file of the site by its path."""
        return {path: name for step in self.steps.values() for path, name in step.files.items()}


def encode(memory: Memory) -> bytes:
    return msgspec.msgpack.encode(memory)


def decode(data: bytes | None) -> Memory:
    """The memory in ``data``; an empty one when there is none, a damaged one or one of
    another format."""
    try:
        memory = None if data is None else msgspec.msgpack.decode(data, type=Memory)
    except msgspec.DecodeError:
        memory = None
    return memory if memory is not None and memory.format == FORMAT else Memory()
