"""Reading the catalogue again, but only what changed and what depends on it."""

from __future__ import annotations

from dataclasses import dataclass

from .catalog.checks import check_matter, check_shared, make_index
from .catalog.lines import Lines
from .catalog.load import lines_from, load, load_matter, load_shared
from .catalog.model import Matter
from .catalog.parts import FOLDER, Parts, is_matter, matter_id
from .catalog.problems import Problem
from .inputs import Tree
from .state import KnownMatter, known_matter
from .summary import summarize


@dataclass(frozen=True, kw_only=True)
class Reading:
    """The catalogue as far as it had to be read.

    ``known`` are all matters in the order of their ids; ``fresh`` the records of those
    whose pages may differ from the last build; ``gone`` the ids that are no more.
    With ``problems``, which are then those of the whole catalogue, the rest is not to
    be used.
    """

    parts: Parts
    known: dict[str, KnownMatter]
    fresh: dict[str, Matter]
    gone: set[str]
    problems: tuple[Problem, ...]


class Reader:
    """Reads a catalogue; ``parts`` and ``known`` are what the last build knew, if any.

    ``tree`` is the catalogue's folder; a matter's path is relative to it.
    """

    def __init__(self, tree: Tree, parts: Parts | None, known: dict[str, KnownMatter]) -> None:
        self._tree = tree
        self._parts = parts
        self._before = known
        self._records: dict[str, Matter] = {}
        self._lines: dict[str, Lines] = {}
        self._problems: list[Problem] = []

    def read(self, everything: bool) -> Reading:
        """The catalogue now; with ``everything`` all matters are read, changed or not."""
        tree, parts = self._tree, self._parts
        if parts is None or any(not is_matter(_named(path)) for path in tree.changed | tree.removed):
            parts, problems = load_shared(tree.root)
            self._problems += problems
            everything = True
        paths = [path for path in sorted(tree.stamps) if is_matter(_named(path))]
        for path in paths if everything else sorted(tree.changed):
            self._load(path)

        now = self._now(paths)
        known = {matter.id: matter for matter in sorted(now, key=lambda matter: matter.id)}
        gone = self._before.keys() - known.keys()
        if not everything:
            moved = gone | {id for id in known.keys() - self._before.keys()}
            moved |= {
                matter.id
                for matter in self._records.values()
                if matter.id in self._before and matter.name != self._before[matter.id].name
            }
            self._load_those_that_name(moved, known)
        self._check(parts, now)
        problems = tuple(self._problems)
        if problems and not everything:
            # What was not read may have the same fault: say it of every file.
            problems = load(tree.root).problems or problems
        return Reading(
            parts=parts,
            known=known,
            fresh={matter.id: matter for matter in self._records.values()},
            gone=set(gone),
            problems=tuple(sorted(set(problems))),
        )

    def _load(self, path: str) -> None:
        if path in self._lines:
            return
        data = (self._tree.root / path).read_bytes()
        matter, self._lines[path], problems = load_matter(data, _named(path))
        self._problems += problems
        if matter is not None:
            self._records[path] = matter

    def _now(self, paths: list[str]) -> list[KnownMatter]:
        """Every matter that could be read: those just read, and the others as they were."""
        before = {matter.path: matter for matter in self._before.values()}
        now = []
        for path in paths:
            if path in self._records:
                now.append(known_matter(path, summarize(self._records[path])))
            elif path not in self._lines:
                now.append(before[path])
        return now

    def _load_those_that_name(self, moved: set[str], known: dict[str, KnownMatter]) -> None:
        """A page shows the names of related matters: a new name is news to it, too."""
        if moved:
            for matter in known.values():
                if not moved.isdisjoint(matter.related):
                    self._load(matter.path)

    def _check(self, parts: Parts, now: list[KnownMatter]) -> None:
        claimed = [(matter.id, matter.name, _named(matter.path)) for matter in now]
        claimed += [(matter_id(path), None, _named(path)) for path in self._lines if path not in self._records]
        index = make_index(parts, claimed)
        self._problems += check_shared(parts, index, lines_from(self._tree.root))
        for path, matter in self._records.items():
            self._problems += check_matter(matter, self._lines[path], index)


def _named(path: str) -> str:
    return f"{FOLDER}/{path}"
