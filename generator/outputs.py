"""What is published: the digest of every file by its path.

Most of it are the files of matters. They are kept together, one line a matter, so that a
build that changes one matter of 3,000 need not handle twelve thousand paths one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from msgspec import Struct

from .inputs import digest

MATTER_FILES = ("api/v1/matters/{}.json", "api/v1/matters/{}.jsonld", "cards/{}.html", "matters/{}/index.html")
"""The files of a matter by its id, in the order in which they are kept."""

WIDTH = 16
"""Characters of a digest."""


class Outputs(Struct, kw_only=True):
    """``files`` are digests by path, ``matters`` the digests of ``MATTER_FILES`` by id, one
    behind the other. The order of ``matters`` is that of ids."""

    files: dict[str, str] = {}
    matters: dict[str, str] = {}

    def put(self, path: str, data: bytes, before: Outputs) -> bool:
        """Publish ``data`` at ``path``; whether ``before`` had something else there."""
        self.files[path] = digest(data)
        return before.files.get(path) != self.files[path]

    def put_matter(self, id: str, contents: Iterable[bytes], before: Outputs) -> Iterator[tuple[str, bytes]]:
        """Publish the files of a matter, in the order of ``MATTER_FILES``; those that differ
        from ``before``, by path."""
        old, contents = before.matters.get(id, ""), tuple(contents)
        digests = [digest(data) for data in contents]
        self.matters[id] = "".join(digests)
        for number, data in enumerate(contents):
            if old[number * WIDTH : (number + 1) * WIDTH] != digests[number]:
                yield MATTER_FILES[number].format(id), data

    def keep(self, ids: Iterable[str]) -> None:
        """Drop matters that are not among ``ids``, and follow their order."""
        self.matters = {id: self.matters[id] for id in ids}

    def is_data_of(self, id: str, data: bytes) -> bool:
        """Whether ``data`` is what is published as the data of a matter."""
        return self.matters[id][:WIDTH] == digest(data)

    def paths(self) -> set[str]:
        """Every path."""
        return self.files.keys() | {path for id in self.matters for path in matter_paths(id)}

    def gone_since(self, before: Outputs) -> set[str]:
        """The paths of ``before`` that are no more."""
        gone = before.files.keys() - self.files.keys()
        return gone | {path for id in before.matters.keys() - self.matters.keys() for path in matter_paths(id)}

    def listing(self, without: Iterable[str]) -> bytes:
        """All digests by path as JSON, those of matters last; always in the same order."""
        left_out = frozenset(without)
        first = {path: self.files[path] for path in sorted(self.files) if path not in left_out}
        lines = [
            _LINE % (id, told[:16], id, told[16:32], id, told[32:48], id, told[48:])
            for id, told in self.matters.items()
        ]
        return b"%s,%s}" % (msgspec.json.encode(first)[:-1], ",".join(lines).encode())


def matter_paths(id: str) -> tuple[str, ...]:
    return tuple(path.format(id) for path in MATTER_FILES)


_LINE = ",".join(f'"{path}":"{{}}"' for path in MATTER_FILES).replace("{}", "%s")
