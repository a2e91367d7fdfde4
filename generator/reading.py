"""Reading the catalogue again, but only what changed and what depends on it."""

from __future__ import annotations

from msgspec import Struct

from .catalog.checks import check_matter
from .catalog.index import make_index
from .catalog.lines import Lines
from .catalog.load import lines_from, load, load_file, load_shared
from .catalog.model import Matter
from .catalog.parts import FOLDER, Parts, is_matter, matter_id
from .catalog.problems import Problem
from .inputs import Tree
from .state import KnownMatter, Summaries, known_matter
from .summary import Summary, summarize


class Reading(Struct, frozen=True, kw_only=True):
    """The catalogue as far as it had to be read.

    ``known`` are all matters in the order of their ids; ``fresh`` the records of those
    whose pages may differ from the last build; ``gone`` the ids that are no more.
    ``summaries``, in the same order, are ``None`` while they are those of the last build.
    With ``problems``, which are then those of the whole catalogue, the rest is not to
    be used.
    """

    parts: Parts
    known: dict[str, KnownMatter]
    fresh: dict[str, Matter]
    gone: set[str]
    summaries: dict[str, Summary] | None
    problems: tuple[Problem, ...]


class Reader:
    """Reads a catalogue; ``parts``, ``known`` and ``summaries`` are what the last build
    knew, if any.

    ``tree`` is the catalogue's folder; a matter's path is relative to it.
    """

    def __init__(self, tree: Tree, parts: Parts | None, known: dict[str, KnownMatter], summaries: Summaries) -> None:
        self._tree = tree
        self._parts = parts
        self._before = known
        self._summaries = summaries
        self._records: dict[str, Matter] = {}
        self._fresh: dict[str, Summary] = {}
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
        same, summaries = False, None
        if not everything:
            moved = gone | (known.keys() - self._before.keys())
            moved |= {
                matter.id
                for matter in self._records.values()
                if matter.id in self._before and matter.name != self._before[matter.id].name
            }
            seen = {} if self._as_before(known) else self._summaries.by_id
            if seen is None:
                return self.read(True)
            self._load_those_that_name(moved, seen)
            same = not moved and not self._problems
            if seen:
                summaries = {id: self._fresh.get(id) or seen[id] for id in known}
        else:
            summaries = {id: self._fresh[id] for id in known}
        self._check(parts, now, same)
        problems = tuple(self._problems)
        if problems and not everything:
            # What was not read may have the same fault: say it of every file.
            problems = load(tree.root).problems or problems
        return Reading(
            parts=parts,
            known=known,
            fresh={matter.id: matter for matter in self._records.values()},
            gone=set(gone),
            summaries=summaries,
            problems=tuple(sorted(set(problems))),
        )

    def _load(self, path: str) -> None:
        if path in self._lines:
            return
        matter, self._lines[path], problems = load_file(self._tree.root, _named(path), Matter)
        self._problems += problems
        if matter is not None:
            self._records[path] = matter

    def _now(self, paths: list[str]) -> list[KnownMatter]:
        """Every matter that could be read: those just read, and the others as they were."""
        before = {matter.path: matter for matter in self._before.values()}
        now = []
        for path in paths:
            if path in self._records:
                summary = summarize(self._records[path])
                self._fresh[summary.id] = summary
                now.append(known_matter(path, summary))
            elif path not in self._lines:
                now.append(before[path])
        return now

    def _as_before(self, known: dict[str, KnownMatter]) -> bool:
        """Whether no list of matters looks different."""
        before = self._before
        return len(before) == len(known) and all(before.get(id) == known[id] for id in self._fresh)

    def _load_those_that_name(self, moved: set[str], seen: dict[str, Summary]) -> None:
        """A page shows the names of related matters: a new name is news to it, too."""
        for id, summary in seen.items():
            path = self._before[id].path
            if not moved.isdisjoint(summary.related) and path in self._tree.stamps:
                self._load(path)

    def _check(self, parts: Parts, now: list[KnownMatter], same: bool) -> None:
        """Check what was read; ``same`` when the shared files and all that they can refer
        to are those of the last build, which found nothing wrong with them."""
        claimed = [(matter.id, matter.name, _named(matter.path)) for matter in now]
        claimed += [(matter_id(path), None, _named(path)) for path in self._lines if path not in self._records]
        index = make_index(parts, claimed)
        if not same:
            from .catalog.checks.shared import check_shared

            self._problems += check_shared(parts, index, lines_from(self._tree.root))
        for path, matter in self._records.items():
            self._problems += check_matter(matter, self._lines[path], index)


def _named(path: str) -> str:
    return f"{FOLDER}/{path}"
