"""An answer written: worked out, checked as the whole catalogue is, and only then put in place."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct

from ..catalog.forms import forms_in
from ..catalog.load import load
from ..catalog.nodes import Node
from ..catalog.parts import Catalogue
from ..catalog.paths import FILES, FOLDER
from ..catalog.problems import Problem
from ..catalog.source import parse
from ..errors import BuildError
from ..views.worklist import Question
from .edit import CannotEdit, Way, append, put
from .resolve import Target, counters, targets
from .values import Around, NotUnderstood, read_answer, record, scalar


class Refused(BuildError):
    """The answer was not written; the message says in Chinese what to do."""


class Written(Struct, frozen=True):
    """``files`` that were written (``catalog/…``)."""

    files: tuple[str, ...]


def confirm(catalog: Path, catalogue: Catalogue, question: Question, by: str, on: date, value: str | None) -> Written:
    """Write the answer to ``question``. Raises ``Refused``: then no file has changed."""
    around = Around(
        by=by,
        on=on,
        counters=counters(catalogue),
        hosts=frozenset(catalogue.centre.online_hosts),
        forms=forms_in(catalog),
    )
    try:
        values = read_answer(question.kind, value, around)
        texts = _edited(catalog, list(targets(question, catalogue)), question.kind, values, around, catalogue)
    except (NotUnderstood, CannotEdit) as error:
        raise Refused(str(error)) from error
    if problems := _new_problems(catalog, texts):
        told = "\n".join(map(str, problems))
        raise Refused(f"这样写通不过检查，文件没有动：\n{told}")
    _replace({catalog / path.removeprefix(f"{FOLDER}/"): text for path, text in texts.items()})
    return Written(tuple(texts))


def _edited(
    catalog: Path,
    places: list[Target],
    kind: str,
    values: Mapping[tuple[str, ...], str],
    around: Around,
    catalogue: Catalogue,
) -> dict[str, str]:
    texts: dict[str, str] = {}
    changed: dict[str, list[Way]] = defaultdict(list)

    def edit(path: str, way: Way, value: str, *, adding: bool = False) -> None:
        texts[path] = (append if adding else put)(texts[path], way, value)
        changed[path].append(way)

    for place in places:
        if place.path not in texts:
            texts[place.path] = (catalog / place.path.removeprefix(f"{FOLDER}/")).read_bytes().decode()
        base = place.way[:-1] if kind == "noon" else place.way
        told = record(field=place.field, by=scalar(around.by), on=around.on.isoformat())
        own = dict(values)
        if kind == "confirmed":
            base, told = (), ""
        elif kind == "claim" and place.holder == ():
            own = {}  # the value stands; who has said that it is right is what is new
        elif kind in ("claim", "paper"):
            base, told = place.holder, ""
        elif kind == "clock":
            own = own | _source(texts, edit, around, catalogue)
        for below, value in own.items():
            edit(place.path, (*base, *below), value)
        if told:
            edit(place.path, (*place.holder, "answers"), told, adding=True)
    for path, text in texts.items():
        before = (catalog / path.removeprefix(f"{FOLDER}/")).read_bytes().decode()
        _nothing_else(before, text, path, changed[path])
    return texts


def _source(texts: dict[str, str], edit: object, around: Around, catalogue: Catalogue) -> dict[tuple[str, ...], str]:
    """Hours name a source of centre.yml: the answer becomes one."""
    known = {source.id: source for source in catalogue.centre.sources}
    wanted, number = f"answer-{around.on.isoformat()}", 1
    while wanted in known and known[wanted].publisher != around.by:
        number += 1
        wanted = f"answer-{around.on.isoformat()}-{number}"
    if wanted not in known:
        entry = record(id=wanted, title="答复开放时间", publisher=scalar(around.by), published_on=around.on.isoformat())
        edit(FILES["centre"], ("sources",), entry, adding=True)  # type: ignore[operator]
    return {("source",): wanted, ("note",): "null"}


# --- checks --------------------------------------------------------------------------------


def _nothing_else(before: str, after: str, path: str, changed: list[Way]) -> None:
    """Raises ``CannotEdit`` where more than what was meant has changed: better no answer than a wrong one."""
    old, _ = parse(before, path)
    new, faults = parse(after, path)
    if new is None or faults or old is None:
        raise CannotEdit(f"{path} 这样改就读不出来了，请直接改文件")
    for way in _differing(old, new, ()):
        if not any(way[: len(one)] == one for one in changed):
            raise CannotEdit(f"{path} 的写法没有见过，怕改错别处，请直接改文件")


def _differing(old: Node, new: Node, way: Way) -> Iterator[Way]:
    if isinstance(old.value, dict) and isinstance(new.value, dict):
        for key in old.value.keys() | new.value.keys():
            if key in old.value and key in new.value:
                yield from _differing(old.value[key], new.value[key], (*way, key))
            else:
                yield (*way, key)
    elif isinstance(old.value, list) and isinstance(new.value, list) and len(old.value) == len(new.value):
        for position, (one, other) in enumerate(zip(old.value, new.value, strict=True)):
            yield from _differing(one, other, (*way, position))
    elif old.value != new.value:
        yield way


def _new_problems(catalog: Path, texts: Mapping[str, str]) -> list[Problem]:
    """What the checks say of the catalogue with the answer, and not of the catalogue as it is."""

    def told(problem: Problem) -> tuple[str, str, str]:
        return problem.path, problem.code, problem.sentence  # lines move

    known = {told(problem) for problem in load(catalog).problems}
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / FOLDER
        shutil.copytree(catalog, copy, ignore=shutil.ignore_patterns("schema"))
        for path, text in texts.items():
            (copy / path.removeprefix(f"{FOLDER}/")).write_bytes(text.encode())
        return [problem for problem in load(copy).problems if told(problem) not in known]


# --- writing -------------------------------------------------------------------------------


def _replace(texts: Mapping[Path, str]) -> None:
    """All files or none: each is written beside its place and then moved there, and what was moved goes
    back when one cannot be. A file is never half."""
    staged: dict[Path, Path] = {}
    moved: dict[Path, bytes] = {}
    try:
        for path, text in texts.items():
            staged[path] = path.with_name(f".{path.name}.new")
            with staged[path].open("wb") as file:
                file.write(text.encode())
                file.flush()
                os.fsync(file.fileno())
            shutil.copymode(path, staged[path])
        for path, new in staged.items():
            moved[path] = path.read_bytes()
            os.replace(new, path)
    except OSError as error:
        for path, old in moved.items():
            with contextlib.suppress(OSError):
                path.write_bytes(old)
        raise Refused(f"{error.filename} 写不进（{error.strerror}）— 检查权限和磁盘空间；文件没有动") from error
    finally:
        for new in staged.values():
            with contextlib.suppress(OSError):
                new.unlink(missing_ok=True)
