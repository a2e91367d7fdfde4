"""Catalogues of any size, in the shape of the real one.

The first copy of every matter is the matter itself, so that references from words and
other shared files hold; further copies are the same matter in another town: another id,
another name, and related matters of the same town. So a large catalogue has the length,
the vocabulary and the links of the real one, and stays valid when the model changes.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

FIRST = "东西南北上中前后新大小长平安永福兴和太双"
SECOND = "河山泉岭沟台岗桥林湾井坡石柳杨松榆桦槐梨"
KIND = "镇乡街"
_RELATED = re.compile(r"^related:.*?(?=^\w|\Z)", re.MULTILINE | re.DOTALL)


def town(number: int) -> str:
    """A different name for each of 1,200 numbers, always the same."""
    number, first = divmod(number, len(FIRST))
    number, second = divmod(number, len(SECOND))
    return FIRST[first] + SECOND[second] + KIND[number]


def size(catalogue: Path) -> int:
    """How many matters a catalogue has."""
    return sum(1 for _ in (catalogue / "matters").rglob("*.yml"))


def write_catalogue(source: Path, target: Path, matters: int) -> None:
    """Copy the catalogue ``source`` to ``target`` and make it hold ``matters`` matters.

    Raises ``ValueError`` when the real one has more than that.
    """
    shutil.copytree(source, target)
    real = sorted((target / "matters").rglob("*.yml"))
    if matters < len(real):
        raise ValueError(f"the catalogue has {len(real)} matters, more than {matters}")
    texts = [file.read_text("utf-8") for file in real]
    for number in range(len(real), matters):
        copy, position = divmod(number, len(real))
        file = real[position]
        complete = (copy + 1) * len(real) <= matters
        text = copied(texts[position], file.stem, copy, with_related=complete)
        file.with_stem(f"{file.stem}-{copy}").write_text(text, "utf-8")
    _promise(
        target / "centre.yml", {file.stem for file in real}, {file.stem for file in (target / "matters").rglob("*.yml")}
    )


def _promise(centre: Path, real: set[str], made: set[str]) -> None:
    """What is promised of a matter is promised in every town."""
    copies: dict[str, list[str]] = {one: [] for one in real}
    for one in sorted(made - real):
        copies[one.rpartition("-")[0]].append(one)

    def wider(found: re.Match[str]) -> str:
        named = re.findall(r"[^, ]+", found[2])
        return f"{found[1]}[{', '.join(one for name in named for one in (name, *copies.get(name, ())))}]"

    centre.write_text(re.sub(r"( covers: )\[(.*)\]", wider, centre.read_text("utf-8")), "utf-8")


def copied(text: str, matter: str, copy: int, *, with_related: bool) -> str:
    """A matter's file as that of the same matter in the town of ``copy``."""
    text = replaced(rf"^id: {re.escape(matter)}$", f"id: {matter}-{copy}", text)
    # Of the towns nobody tells what happened there at noon.
    text = re.sub(
        r"^noon_service: .*$", "noon_service: {accepted: null, completed: null, source: null}", text, flags=re.M
    )
    text = replaced(r"^name: (\S+)$", rf"name: \1（{town(copy)}）", text)

    def related(found: re.Match[str]) -> str:
        ids = re.findall(r"[a-z][a-z0-9-]+", found[0].removeprefix("related:"))
        return f"related: [{', '.join(f'{one}-{copy}' for one in ids) if with_related else ''}]\n"

    return _RELATED.sub(related, text)


def replaced(pattern: str, replacement: str, text: str) -> str:
    """Replace exactly one match; a file that has none, or two, is not what we think it is."""
    text, count = re.subn(pattern, replacement, text, flags=re.MULTILINE)
    if count != 1:
        raise ValueError(f"{pattern!r} found {count} times, expected once")
    return text
