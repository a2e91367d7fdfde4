"""Reading and checking the catalogue: what is as it was is neither read nor checked again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Raw, Struct

from ..catalog.articles import spoken
from ..catalog.checks import check_alone, check_references
from ..catalog.checks.dates import day_of
from ..catalog.checks.forms import form_files
from ..catalog.checks.rest import check_rest
from ..catalog.checks.shared import check_shared
from ..catalog.digest import digest
from ..catalog.forms import Form, forms_in
from ..catalog.index import Index, make_index
from ..catalog.lines import Lines
from ..catalog.load import join_shared, load_checked, mislaid
from ..catalog.model.matter import LegalBasis, Material, Matter
from ..catalog.model.record import Basis
from ..catalog.parts import Parts
from ..catalog.paths import FOLDER, is_matter, matter_id
from ..catalog.problems import Problem
from ..catalog.record import lines_from, load_file
from ..render.record import matter_of
from ..search.text import matter_text
from ..views.summary import summarize
from .depends import Surroundings
from .inputs import Tree
from .memory import Facts, Memory
from .steps import key_of

T = TypeVar("T", bound=Struct)


class Records:
    """The records of matters. Those that were read are kept packed: ten thousand of them take
    a tenth of the room."""

    def __init__(self, catalog: Path, site: Path, memory: Memory) -> None:
        self._catalog = catalog
        self._site = site
        self._memory = memory
        self._packed: dict[str, bytes] = {}

    def keep(self, path: str, matter: Matter) -> None:
        self._packed[path] = msgspec.msgpack.encode(matter)

    def __len__(self) -> int:
        """How many files were read just now."""
        return len(self._packed)

    def __contains__(self, path: str) -> bool:
        """Whether the file was read just now."""
        return path in self._packed

    def of(self, path: str) -> Matter:
        """The matter of the file ``path`` (``catalog/…``), which was sound when it was read."""
        if path in self._packed:
            return msgspec.msgpack.decode(self._packed[path], type=Matter)
        if (data := self._published(matter_id(path))) is not None:
            return matter_of(data)
        matter, _, problems = load_file(self._catalog, path, Matter)
        assert matter is not None, problems
        return matter

    def _published(self, id: str) -> bytes | None:
        """The record as the last build published it, which takes a twentieth of the time that
        YAML takes; ``None`` when it is not what was remembered."""
        path = data_path(id)
        step = self._memory.steps.get(f"matter {id}")
        try:
            data = None if step is None else (self._site / path).read_bytes()
        except OSError:
            return None
        return data if data is not None and step.files[path] == digest(data) else None


def data_path(id: str) -> str:
    """Where the record of a matter is published."""
    return f"api/v1/matters/{id}.json"


class Reading(Struct, frozen=True, kw_only=True):
    """The catalogue now. With ``problems``, sorted, the rest is not to be used.

    ``facts`` are by id, in the order of ids; ``depends`` names by id all that the pages and
    data of a matter depend on. ``parts_key`` names the content of ``parts``, ``around`` that
    together with all matters by id, name and path.
    """

    parts: Parts
    parts_key: str
    around: str
    shared: dict[str, tuple[str, Raw]]
    facts: dict[str, Facts]
    depends: dict[str, str]
    index: Index
    surroundings: Surroundings
    records: Records
    forms: dict[str, Form]
    problems: tuple[Problem, ...]


def read(tree: Tree, site: Path, memory: Memory, last: Reading | None = None, clock: date | None = None) -> Reading:
    """Read and check the catalogue that ``tree`` has looked over.

    What ``memory`` holds of a file is taken for the file as long as its content is the same,
    and a matter is checked again once anything that it depends on is another. ``last``, which
    was sound, lends what it knows of all that lies around a matter where that is the same. By ``clock`` it is
    told which dates are still to come.
    """
    catalog = tree.root
    files = {f"{FOLDER}/{path}": stamp.digest for path, stamp in sorted(tree.stamps.items())}
    today = None if clock is None else day_of(files, clock)
    problems: list[Problem] = []
    records = Records(catalog, site, memory)
    facts: list[Facts] = []
    unread: dict[str, tuple[Lines, list[Problem]]] = {}
    for path in filter(is_matter, files):
        known = memory.facts.get(path)
        if known is None or known.digest != files[path]:
            matter, lines, found = load_file(catalog, path, Matter)
            problems += found
            if matter is None:
                unread[path] = lines, found
                continue
            problems += check_alone(matter, lines, today)
            records.keep(path, matter)
            known = _facts(path, files[path], matter)
        facts.append(known)
    claims = [(known.summary.id, known.summary.name, known.path) for known in facts]
    forms = forms_in(catalog)
    parts_key = key_of(*(f"{path} {name}" for path, name in files.items() if not is_matter(path)))
    around = key_of(parts_key, *map("\0".join, claims), *(f"{name} {form}" for name, form in forms.items()))
    if last is not None and last.around == around:  # 5 ms for 3,000 matters
        parts, shared, index, surroundings = last.parts, last.shared, last.index, last.surroundings
    else:
        parts, shared, found = _read_shared(catalog, files, memory, today)
        claimed = [*claims, *((matter_id(path), None, path) for path in unread)]
        index = make_index(parts, [*claimed, *mislaid(claimed, found)], forms)
        problems += [*found, *check_shared(parts, index, lines_from(catalog))]
        surroundings = Surroundings(parts, index)
    for lines, told in unread.values():
        problems += check_rest(lines, told, index, today)
    whole = parts.complete
    depends = {}
    for known in facts:
        name = known.summary.id
        made = memory.steps.get(f"matter {name}")
        if made is not None and around == memory.around and known.path not in records:
            depends[name] = made.key  # 3,000 digests need not be worked out one by one: 12 ms
            continue
        depends[name] = surroundings.of(known)
        same = made is not None and made.key == depends[name]
        # Beside a shared file that cannot be read, only what is new is looked at.
        if known.path in records or (whole and not same):
            problems += _check_references(catalog, records, known.path, index)
    return Reading(
        parts=parts,
        parts_key=parts_key,
        around=around,
        shared=shared,
        facts={known.summary.id: known for known in sorted(facts, key=lambda known: known.summary.id)},
        depends=depends,
        index=index,
        surroundings=surroundings,
        records=records,
        forms=forms,
        problems=tuple(sorted(set(problems))),
    )


def _read_shared(
    catalog: Path, files: Mapping[str, str], memory: Memory, today: date | None
) -> tuple[Parts, dict[str, tuple[str, Raw]], list[Problem]]:
    kept: dict[str, tuple[str, Raw]] = {}

    def load(path: str, type_: type[T]) -> tuple[T | None, list[Problem]]:
        known = memory.shared.get(path)
        if known is not None and known[0] == files[path]:
            kept[path] = known
            return msgspec.msgpack.decode(known[1], type=type_), []
        record, problems = load_checked(catalog, path, type_, today)
        if not problems:
            kept[path] = files[path], Raw(msgspec.msgpack.encode(record))
        return record, problems

    parts, problems = join_shared(files, load)
    return parts, kept, problems


def _check_references(catalog: Path, records: Records, path: str, index: Index) -> Iterator[Problem]:
    yield from check_references(records.of(path), lines_from(catalog)(path), index)


def _facts(path: str, name: str, matter: Matter) -> Facts:
    summary = summarize(matter)
    cites, named, papers = set(), set(), set()
    for part in _parts_of(matter):
        if isinstance(part, (Basis, LegalBasis)):
            cites.add((part.law, part.article))
        elif isinstance(part, Material) and part.paper is not None:
            papers.add(part.paper)
        elif isinstance(part, str) and "《" in part:
            named.update((title, article) for _, title, article in spoken(part))
    resting, spoken_of = (tuple(sorted(found, key=_by_name)) for found in (cites, named))
    return Facts(
        path=path,
        digest=name,
        summary=summary,
        listed=digest(msgspec.msgpack.encode(summary)),
        text=bytes(matter_text(matter)),
        cites=resting,
        named=spoken_of,
        citing=digest(msgspec.msgpack.encode((matter.id, matter.name, resting, spoken_of))),
        papers=tuple(sorted(papers)),
        forms=tuple(name for _, name in form_files(matter)),
    )


def _parts_of(record: Struct) -> list[object]:
    """All records, lists and values within a record."""
    found: list[object] = [record]
    for part in found:  # which grows meanwhile
        if isinstance(part, Struct):
            found += msgspec.structs.astuple(part)
        elif isinstance(part, tuple):
            found += part
    return found


def _by_name(cited: tuple[str, str | None]) -> tuple[str, str]:
    return cited[0], cited[1] or ""
