"""``python -m scripts.lines``: how much Python each room of the programs holds, as a table.

A room is a folder, or a module that stands by itself. Tests hold the table of
``docs/architecture.md`` to the rooms that there are, not to their lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROGRAMS = ("generator", "push_server")


def rooms(program: str) -> dict[str, list[Path]]:
    """The modules of each room of ``program``, by the room's path from the root."""
    found: dict[str, list[Path]] = {}
    for file in sorted((ROOT / program).rglob("*.py")):
        below = file.relative_to(ROOT / program).parts
        room = f"{program}/{below[0]}/" if len(below) > 1 else f"{program}/*.py"
        found.setdefault(room, []).append(file)
    return found


def lengths(files: list[Path]) -> list[int]:
    return [len(file.read_text("utf-8").splitlines()) for file in files]


def table() -> Iterator[str]:
    yield "| room | modules | lines | longest module | its lines |"
    yield "|---|--:|--:|---|--:|"
    for program in PROGRAMS:
        for room, files in rooms(program).items():
            counted = lengths(files)
            longest, file = max(zip(counted, files, strict=True))
            inside = file.relative_to(ROOT / room.removesuffix("*.py")).as_posix()
            yield f"| `{room}` | {len(files)} | {sum(counted)} | `{inside}` | {longest} |"


if __name__ == "__main__":
    print("\n".join(table()))
