"""Files → records, one file at a time or the whole catalogue.

``load`` reads a catalogue's folder and reports the problems of all files at once. The
functions on a single text, and ``load_shared``, are for callers that keep records
between two runs and read again only what changed.

Paths in messages are ``catalog/…``, wherever the folder lies.
"""

from __future__ import annotations

import errno
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct

from .change_types import ChangeEntry
from .checks import check_matter
from .decode import decode
from .files import YAML, walk
from .index import make_index
from .journey_types import Journey
from .lines import Lines
from .model import (
    CalendarYear,
    Centre,
    Laws,
    Matter,
    Papers,
    Places,
    Sections,
    Words,
)
from .parts import FILES, FOLDER, Catalogue, Parts, is_change, is_journey, is_matter, is_year, matter_id, stem
from .problems import Problem
from .search_types import SearchRules
from .services import Cases, DeferralRules, Hall, Supervision, ZeroVisit
from .source import parse, read

LinesOf = Callable[[str], Lines]
"""The lines of a file by its path (``catalog/…``)."""

T = TypeVar("T", bound=Struct)
Text = str | bytes


def load_record(text: Text, path: str, type_: type[T]) -> tuple[T | None, Lines, list[Problem]]:
    """One file as a record of ``type_``; ``None`` with the problems that prevent it.

    ``path`` is relative to the repository and only serves the messages. No rule beyond
    the types is checked here.
    """
    problems: list[Problem] = []
    if isinstance(text, bytes):
        decoded, problems = read(text, path)
        if decoded is None:
            return None, Lines(path, None), problems
        text = decoded
    root, problems = parse(text, path)
    if root is None:
        return None, Lines(path, None), problems
    record, found = decode(root, type_, path)
    problems += found
    return (None if problems else record), Lines(path, root), problems


def load_matter(text: Text, path: str) -> tuple[Matter | None, Lines, list[Problem]]:
    return load_record(text, path, Matter)


def load_centre(text: Text, path: str) -> tuple[Centre | None, Lines, list[Problem]]:
    return load_record(text, path, Centre)


def load_year(text: Text, path: str) -> tuple[CalendarYear | None, Lines, list[Problem]]:
    return load_record(text, path, CalendarYear)


def load_laws(text: Text, path: str) -> tuple[Laws | None, Lines, list[Problem]]:
    return load_record(text, path, Laws)


def load_papers(text: Text, path: str) -> tuple[Papers | None, Lines, list[Problem]]:
    return load_record(text, path, Papers)


def load_sections(text: Text, path: str) -> tuple[Sections | None, Lines, list[Problem]]:
    return load_record(text, path, Sections)


def load_places(text: Text, path: str) -> tuple[Places | None, Lines, list[Problem]]:
    return load_record(text, path, Places)


def load_words(text: Text, path: str) -> tuple[Words | None, Lines, list[Problem]]:
    return load_record(text, path, Words)


PART_TYPES: dict[str, type[Struct]] = {
    "cases": Cases,
    "centre": Centre,
    "deferral": DeferralRules,
    "hall": Hall,
    "laws": Laws,
    "papers": Papers,
    "places": Places,
    "search": SearchRules,
    "sections": Sections,
    "supervision": Supervision,
    "words": Words,
    "zero_visit": ZeroVisit,
}


class Loaded(Struct, frozen=True, kw_only=True):
    """``catalogue`` is ``None`` when a file is missing or could not be read. With
    ``problems`` (sorted, of all files) it must not be published."""

    catalogue: Catalogue | None
    problems: tuple[Problem, ...]


def load(catalog: Path) -> Loaded:
    """The whole catalogue in the folder ``catalog``, with every problem of every file."""
    from .checks.shared import check_shared

    if not catalog.is_dir():
        problem = Problem(FOLDER, 1, "file-missing", f"没有目录 {catalog}", "用 --catalog 写明目录在哪里")
        return Loaded(catalogue=None, problems=(problem,))
    shared, problems = load_shared(catalog)
    lines: dict[str, Lines] = {}
    matters: dict[str, Matter] = {}  # by path
    claimed: list[tuple[str, str | None, str]] = []
    broken = False
    for path in list_files(catalog):
        if is_matter(path):
            matter, lines[path], found = load_file(catalog, path, Matter)
            problems += found
            if matter is None:
                broken = True
                claimed.append((matter_id(path), None, path))
            else:
                matters[path] = matter
                claimed.append((matter.id, matter.name, path))
    index = make_index(shared, claimed)
    problems += check_shared(shared, index, lines_from(catalog))
    for path, matter in matters.items():
        problems += check_matter(matter, lines[path], index)
    catalogue = None
    if shared.complete and not broken:
        by_id = {matter.id: matter for matter in matters.values()}
        catalogue = Catalogue(
            **{name: getattr(shared, name) for name in shared.__struct_fields__},
            matters={id_: by_id[id_] for id_ in sorted(by_id)},
        )
    return Loaded(catalogue=catalogue, problems=tuple(sorted(set(problems))))


def load_shared(catalog: Path) -> tuple[Parts, list[Problem]]:
    """Everything but the matters, with the problems of each of these files alone and
    of files that are missing or lie where none belongs."""
    problems: list[Problem] = []
    files = set(list_files(catalog))
    parts: dict[str, Any] = {}
    for part, path in FILES.items():
        parts[part] = None
        if path in files:
            parts[part], problems_ = _load_checked(catalog, path, PART_TYPES[part])
            problems += problems_
        else:
            hint = "补上这个文件；没有内容时列表写 []"
            problems.append(Problem(path, 1, "file-missing", "缺少这个文件", hint))
    years: dict[int, CalendarYear] | None = {}
    for path in sorted(filter(is_year, files)):
        year, problems_ = _load_checked(catalog, path, CalendarYear)
        problems += problems_
        if year is None:
            years = None
        elif years is not None:
            years[year.year] = year
    journeys: dict[str, Journey] | None = {}
    for path in sorted(filter(is_journey, files)):
        journey, problems_ = _load_checked(catalog, path, Journey)
        problems += problems_
        if journey is None:
            journeys = None
        elif journeys is not None:
            journeys[journey.id] = journey
    changes: dict[str, ChangeEntry] | None = {}
    for path in sorted(filter(is_change, files)):
        entry, problems_ = _load_checked(catalog, path, ChangeEntry)
        problems += problems_
        if entry is None:
            changes = None
        elif changes is not None:
            changes[stem(path)] = entry
    problems += _unexpected(files)
    return _parts(parts, years, journeys, changes), problems


def list_files(catalog: Path) -> list[str]:
    """Every YAML file of the folder as ``catalog/…``, sorted, and what stands in place of
    one; hidden ones and the schemas are passed over."""
    return sorted(f"{FOLDER}/{path}" for path in walk(catalog, YAML, strict=True))


def lines_from(catalog: Path) -> LinesOf:
    """Lines of files that are read only when a problem asks for them."""

    def lines_of(path: str) -> Lines:
        file = catalog / path.removeprefix(f"{FOLDER}/")
        return Lines(path, lambda: file.read_text(encoding="utf-8"))

    return lines_of


_WHY_NOT = {
    errno.ENOENT: ("是一个链接，指向的文件不存在", "换成文件本身，或者改正链接"),
    errno.EACCES: ("没有读的权限", "请管这台机器的人给你读的权限"),
    errno.EISDIR: ("是一个文件夹", "文件夹的名字不要以 .yml 结尾"),
    errno.ELOOP: ("是一个链接，绕回了自己", "换成文件本身，或者改正链接"),
    errno.EINVAL: ("不是普通文件", "换成普通的文本文件"),
}


def load_file(catalog: Path, path: str, type_: type[T]) -> tuple[T | None, Lines, list[Problem]]:
    """The file ``path`` (``catalog/…``) of the folder ``catalog`` as a record of ``type_``."""
    file = catalog / path.removeprefix(f"{FOLDER}/")
    try:
        mode = file.stat().st_mode
        if not stat.S_ISREG(mode):  # a pipe would be waited for
            raise OSError(errno.EISDIR if stat.S_ISDIR(mode) else errno.EINVAL, "")
        data = file.read_bytes()
    except OSError as error:
        why, hint = _WHY_NOT.get(error.errno or 0, (error.strerror, "检查文件权限和链接"))
        problem = Problem(path, 1, "file-unreadable", f"文件打不开（{why}）", hint)
        return None, Lines(path, None), [problem]
    return load_record(data, path, type_)


def _load_checked(catalog: Path, path: str, type_: type[T]) -> tuple[T | None, list[Problem]]:
    record, lines, problems = load_file(catalog, path, type_)
    if record is not None:
        from .checks.shared import check_file  # a build of one changed matter needs none of it

        problems += check_file(record, lines)
    return record, problems


def _parts(
    parts: dict[str, Any],
    years: dict[int, CalendarYear] | None,
    journeys: dict[str, Journey] | None,
    changes: dict[str, ChangeEntry] | None,
) -> Parts:
    def entries(name: str) -> Any:
        return None if parts[name] is None else getattr(parts[name], name)

    laws, papers = entries("laws"), entries("papers")
    return Parts(
        centre=parts["centre"],
        years=years,
        laws=None if laws is None else {item.id: item for item in laws},
        sections=entries("sections"),
        places=entries("places"),
        papers=None if papers is None else {item.id: item for item in papers},
        words=entries("words"),
        search=parts["search"],
        hall=parts["hall"],
        zero_visit=parts["zero_visit"],
        supervision=parts["supervision"],
        deferral=parts["deferral"],
        cases=entries("cases"),
        journeys=journeys,
        changes=changes,
    )


def _unexpected(files: set[str]) -> Iterator[Problem]:
    known = set(FILES.values())
    for path in sorted(files):
        if path in known or is_year(path) or is_matter(path) or is_journey(path) or is_change(path):
            continue
        sentence = "这里不应有这个文件"
        hint = f"事项放在 {FOLDER}/matters/<栏目>/<编号>.yml，一件事放在 journeys/<编号>.yml；其余移走"
        if not path.lower().endswith(YAML):
            sentence, hint = "这里有一个指向文件夹的链接", "链接后面的文件不会读：换成文件夹本身，或者删去链接"
        elif not path.endswith((".yml", ".yaml")):
            hint = f"文件名要以小写的 .yml 结尾：改名为 {path.split('/')[-1].split('.')[0]}.yml，不用的移走"
        yield Problem(path, 1, "file-unexpected", sentence, hint)
