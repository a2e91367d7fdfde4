"""Files → records, the whole catalogue.

``load`` reads a catalogue's folder and reports the problems of all files at once;
``join_shared`` puts together all but the matters, for callers that keep records between
two runs and read again only what changed.

Paths in messages are ``catalog/…``, wherever the folder lies.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Protocol, TypeVar

from msgspec import Struct

from .checks import check_matter
from .checks.dates import day_of
from .checks.rest import check_rest
from .checks.shared import check_file, check_shared
from .files import YAML, leads_out, walk
from .forms import forms_in
from .index import make_index
from .lines import Lines
from .model.calendar import CalendarYear
from .model.centre import Centre
from .model.change import ChangeEntry
from .model.duty import Roster
from .model.journey import Journey
from .model.lists import Laws, Papers, Places, Sections, Words
from .model.matter import Matter
from .model.search import SearchRules
from .model.services import NOTHING, Cases, DeferralRules, Hall, Supervision, ZeroVisit
from .model.texts import LawTexts
from .parts import Catalogue, Parts
from .paths import FILES, FOLDER, OPTIONAL, is_change, is_journey, is_matter, is_text, is_year, matter_id, meant, stem
from .problems import Problem
from .record import lines_from, load_file

CODES = {
    "file-missing": "缺少必需的文件",
    "file-unexpected": "这个位置不应有这个文件",
}

T = TypeVar("T", bound=Struct)


PART_TYPES: dict[str, type[Struct]] = {
    "cases": Cases,
    "centre": Centre,
    "deferral": DeferralRules,
    "duty": Roster,
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


def load(catalog: Path, clock: date | None = None) -> Loaded:
    """The whole catalogue in the folder ``catalog``, with every problem of every file. By ``clock`` it is told
    which dates are still to come; without it none is."""
    if (problem := folder_fault(catalog)) is not None:
        return Loaded(catalogue=None, problems=(problem,))
    paths = list_files(catalog)
    today = None if clock is None else day_of(paths, clock)
    shared, problems = join_shared(paths, lambda path, type_: load_checked(catalog, path, type_, today))
    lines: dict[str, Lines] = {}
    matters: dict[str, Matter] = {}  # by path
    claimed: list[tuple[str, str | None, str]] = []
    broken: list[tuple[Lines, list[Problem]]] = []
    for path in paths:
        if is_matter(path):
            matter, lines[path], found = load_file(catalog, path, Matter)
            problems += found
            if matter is None:
                broken.append((lines[path], found))
                claimed.append((matter_id(path), None, path))
            else:
                matters[path] = matter
                claimed.append((matter.id, matter.name, path))
    claimed += mislaid(claimed, problems)
    index = make_index(shared, claimed, forms_in(catalog))
    problems += check_shared(shared, index, lines_from(catalog))
    for path, matter in matters.items():
        problems += check_matter(matter, lines[path], index, today)
    for rest, told in broken:
        problems += check_rest(rest, told, index, today)
    catalogue = None
    if shared.complete and not broken:
        by_id = {matter.id: matter for matter in matters.values()}
        catalogue = Catalogue(
            **{name: getattr(shared, name) for name in shared.__struct_fields__},
            matters={id_: by_id[id_] for id_ in sorted(by_id)},
        )
    return Loaded(catalogue=catalogue, problems=tuple(sorted(set(problems))))


def mislaid(
    claimed: Collection[tuple[str, str | None, str]], problems: Collection[Problem]
) -> list[tuple[str, str | None, str]]:
    """(id, nothing, path) of files that are told of because they are not where they belong, or not called as they
    ought to be: they may be matters, and who refers to them is right."""
    known = {id for id, _, _ in claimed}
    strange = {stem(meant(one.path)): one.path for one in problems if one.code == "file-unexpected"}
    return [(id, None, path) for id, path in strange.items() if id not in known]


def folder_fault(catalog: Path) -> Problem | None:
    """What is wrong with the folder itself."""
    if catalog.is_symlink() and leads_out(catalog, catalog.parent):
        return Problem(
            FOLDER, 1, "file-link", "是一个链接，指到了文件夹以外", "换成文件夹本身，或者用 --catalog 写明目录在哪里"
        )
    if not catalog.is_dir():
        return Problem(FOLDER, 1, "file-missing", f"没有目录 {catalog}", "用 --catalog 写明目录在哪里")
    return None


def load_shared(catalog: Path) -> tuple[Parts, list[Problem]]:
    """Everything in the folder ``catalog`` but the matters, as ``join_shared`` gives it."""
    return join_shared(list_files(catalog), lambda path, type_: load_checked(catalog, path, type_))


class LoadShared(Protocol):
    """One file that is no matter, and its problems as far as it stands alone."""

    def __call__(self, path: str, type_: type[T], /) -> tuple[T | None, list[Problem]]: ...


def join_shared(paths: Collection[str], load: LoadShared) -> tuple[Parts, list[Problem]]:
    """Everything but the matters, with the problems of each of these files alone and
    of files that are missing or lie where none belongs. ``paths`` are those of all files."""
    problems: list[Problem] = []
    files = {path for path in paths if not is_matter(path)}
    parts: dict[str, Any] = {}
    for part, path in FILES.items():
        parts[part] = None
        if path in files:
            parts[part], problems_ = load(path, PART_TYPES[part])
            problems += problems_
        elif part in OPTIONAL:
            parts[part] = NOTHING[part]
        else:
            hint = "补上这个文件；没有内容时列表写 []"
            problems.append(Problem(path, 1, "file-missing", "缺少这个文件", hint))
    years: dict[int, CalendarYear] | None = {}
    for path in sorted(filter(is_year, files)):
        year, problems_ = load(path, CalendarYear)
        problems += problems_
        if year is None:
            years = None
        elif years is not None:
            years[int(stem(path))] = year  # as the file is called; another year in it is told
    journeys: dict[str, Journey] | None = {}
    for path in sorted(filter(is_journey, files)):
        journey, problems_ = load(path, Journey)
        problems += problems_
        if journey is None:
            journeys = None
        elif journeys is not None:
            journeys[journey.id] = journey
    texts: dict[str, LawTexts] | None = {}
    for path in sorted(filter(is_text, files)):
        words, problems_ = load(path, LawTexts)
        problems += problems_
        if words is None:
            texts = None
        elif texts is not None:
            texts[stem(path)] = words
    changes: dict[str, ChangeEntry] | None = {}
    for path in sorted(filter(is_change, files)):
        entry, problems_ = load(path, ChangeEntry)
        problems += problems_
        if entry is None:
            changes = None
        elif changes is not None:
            changes[stem(path)] = entry
    problems += _unexpected(files)
    return _parts(parts, years, texts, journeys, changes), problems


def list_files(catalog: Path) -> list[str]:
    """Every YAML file of the folder as ``catalog/…``, sorted, and what stands in place of
    one; hidden ones and the schemas are passed over."""
    return sorted(f"{FOLDER}/{path}" for path in walk(catalog, YAML, strict=True))


def load_checked(catalog: Path, path: str, type_: type[T], today: date | None = None) -> tuple[T | None, list[Problem]]:
    """The file ``path`` (``catalog/…``), which is no matter, with its problems alone."""
    record, lines, problems = load_file(catalog, path, type_)
    if record is not None:
        problems += check_file(record, lines, today)
    return record, problems


def _parts(
    parts: dict[str, Any],
    years: dict[int, CalendarYear] | None,
    texts: dict[str, LawTexts] | None,
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
        texts=texts,
        sections=entries("sections"),
        places=entries("places"),
        papers=None if papers is None else {item.id: item for item in papers},
        words=entries("words"),
        search=parts["search"],
        hall=parts["hall"],
        zero_visit=parts["zero_visit"],
        supervision=parts["supervision"],
        deferral=parts["deferral"],
        duty=parts["duty"],
        cases=entries("cases"),
        journeys=journeys,
        changes=changes,
    )


def _unexpected(files: set[str]) -> Iterator[Problem]:
    known = set(FILES.values())
    for path in sorted(files):
        if path in known or is_year(path) or is_journey(path) or is_text(path) or is_change(path):
            continue
        sentence = "这里不应有这个文件"
        hint = f"事项放在 {FOLDER}/matters/<栏目>/<编号>.yml，一件事放在 journeys/<编号>.yml，条文放在 texts/<法律>.yml；其余移走"
        as_yml = meant(path)
        kinds = (is_matter, is_year, is_journey, is_text, is_change)
        if path.endswith(".yaml") and (as_yml in known or any(is_(as_yml) for is_ in kinds)):
            hint = f"文件名要以小写的 .yml 结尾：改名为 {as_yml.split('/')[-1]}，不用的移走"
        if not path.lower().endswith(YAML):
            sentence, hint = "这里有一个指向文件夹的链接", "链接后面的文件不会读：换成文件夹本身，或者删去链接"
        elif not path.endswith((".yml", ".yaml")):
            hint = f"文件名要以小写的 .yml 结尾：改名为 {path.split('/')[-1].split('.')[0]}.yml，不用的移走"
        yield Problem(path, 1, "file-unexpected", sentence, hint)
