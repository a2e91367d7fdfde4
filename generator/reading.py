"""Reading the catalogue again, but only what changed and what depends on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from .catalog.checks import check_matter
from .catalog.index import with_matters
from .catalog.model import Matter
from .catalog.paths import FOLDER, is_matter, matter_id
from .catalog.problems import Problem
from .catalog.record import lines_from, load_file
from .shared import Shared
from .state import KnownMatter, known_matter
from .summary import Summary, summarize

if TYPE_CHECKING:
    from .catalog.lines import Lines
    from .inputs import Tree
    from .state import Summaries


class Reading(Struct, frozen=True, kw_only=True):
    """The catalogue as far as it had to be read.

    ``known`` are all matters in the order of their ids; ``fresh`` the records of those
    whose pages may differ from the last build; ``gone`` the ids that are no more.
    ``summaries``, in the same order, are ``None`` while they are those of the last build.
    With ``problems``, which are then those of the whole catalogue, the rest is not to
    be used.
    """

    shared: Shared
    known: dict[str, KnownMatter]
    fresh: dict[str, Matter]
    gone: set[str]
    summaries: dict[str, Summary] | None
    problems: tuple[Problem, ...]


class Reader:
    """Reads a catalogue; ``shared``, ``known`` and ``summaries`` are what the last build
    knew, if any.

    ``tree`` is the catalogue's folder; a matter's path is relative to it.
    """

    def __init__(self, tree: Tree, shared: Shared | None, known: dict[str, KnownMatter], summaries: Summaries) -> None:
        self._tree = tree
        self._shared = shared
        self._before = known
        self._summaries = summaries
        self._records: dict[str, Matter] = {}
        self._fresh: dict[str, Summary] = {}
        self._lines: dict[str, Lines] = {}
        self._problems: list[Problem] = []

    def read(self, everything: bool) -> Reading:
        """The catalogue now; with ``everything`` all matters are read, changed or not."""
        tree, shared = self._tree, self._shared
        other = any(not is_matter(_named(path)) for path in tree.changed | tree.removed)
        if everything and shared is not None:
            # What is made of the parts may be made otherwise since.
            shared = shared.made_anew()
        if shared is None or other:
            from .catalog.load import load_shared

            parts, problems = load_shared(tree.root)
            shared = Shared(lambda: parts)
            self._problems += problems
            everything = True
        for path in sorted(tree.stamps if everything else tree.changed):
            if is_matter(_named(path)):
                self._load(path)

        read = self._known_of_records()
        before = {} if everything else self._before
        kept = self._kept(before)
        known = _joined(before, kept, read)
        gone = self._before.keys() - known.keys()
        same, summaries = False, None
        if not everything:
            moved = gone | (known.keys() - before.keys())
            moved |= {matter.id for matter in read if matter.id in before and matter.name != before[matter.id].name}
            seen = {} if not gone and self._as_before(read) else self._summaries.by_id
            if seen is None or ((seen or moved) and shared.parts is None):
                return self.read(True)
            self._load_those_that_name(moved, seen)
            same = not moved and not self._problems
            if seen:
                summaries = {id: self._fresh.get(id) or seen[id] for id in known}
        else:
            summaries = {id: self._fresh[id] for id in known}
        self._check(shared, kept, read, same)
        problems = tuple(self._problems)
        if problems and not everything:
            # What was not read may have the same fault: say it of every file.
            from .catalog.load import load

            problems = load(tree.root).problems or problems
        return Reading(
            shared=shared,
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

    def _known_of_records(self) -> list[KnownMatter]:
        """What to remember of every matter just read."""
        read = []
        for path, matter in self._records.items():
            self._fresh[matter.id] = summary = summarize(matter)
            read.append(known_matter(_named(path), matter, summary))
        return read

    def _kept(self, before: dict[str, KnownMatter]) -> dict[str, KnownMatter]:
        """The matters whose files are as they were. ``before`` came of a sound catalogue:
        each id is the name of its file, and no other matter's."""
        kept = dict(before)
        for path in map(_named, self._tree.changed | self._tree.removed):
            matter = kept.get(matter_id(path))
            if matter is not None and matter.path == path:
                del kept[matter.id]
        return kept

    def _as_before(self, read: list[KnownMatter]) -> bool:
        """Whether no list of matters looks different."""
        before = self._before
        return all(matter.id in before and matter.summary == before[matter.id].summary for matter in read)

    def _load_those_that_name(self, moved: set[str], seen: dict[str, Summary]) -> None:
        """A page shows the names of related matters: a new name is news to it, too."""
        for id, summary in seen.items():
            path = self._before[id].path.removeprefix(f"{FOLDER}/")
            if not moved.isdisjoint(summary.related) and path in self._tree.stamps:
                self._load(path)

    def _check(self, shared: Shared, kept: dict[str, KnownMatter], read: list[KnownMatter], same: bool) -> None:
        """Check what was read; ``same`` when the shared files and all that they can refer
        to are those of the last build, which found nothing wrong with them."""
        claimed = [(matter.id, matter.name, matter.path) for matter in read]
        claimed += [(matter_id(path), None, _named(path)) for path in self._lines if path not in self._records]
        index = with_matters(shared.references, claimed, kept.values())
        if not same:
            from .catalog.checks.shared import check_shared

            self._problems += check_shared(shared.parts, index, lines_from(self._tree.root))
        for path, matter in self._records.items():
            self._problems += check_matter(matter, self._lines[path], index)


def _named(path: str) -> str:
    return f"{FOLDER}/{path}"


def _joined(
    before: dict[str, KnownMatter], kept: dict[str, KnownMatter], read: list[KnownMatter]
) -> dict[str, KnownMatter]:
    """The matters there are, in the order of their ids, which is that of ``before``."""
    now = {matter.id: matter for matter in read}
    if len(kept) + len(now) == len(before) and now.keys() <= before.keys() and kept.keys().isdisjoint(now):
        known = dict(before)
        known.update(now)
        return known
    return dict(sorted((kept | now).items()))
