"""What every verb says when something has to be mended."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from ..catalog.load import load
from ..catalog.parts import Catalogue

MORE = "方括号里的代码是什么意思、怎么改，见 docs/checks.md，每个都有例子。"


def sound(catalog: Path) -> Catalogue | None:
    """The catalogue; ``None`` when there is something to mend, which is then said."""
    loaded = load(catalog)
    if loaded.problems:
        refuse(loaded.problems)
        return None
    return loaded.catalogue


def refuse(problems: Iterable[object]) -> int:
    listed = list(problems)
    for problem in listed:
        print(problem, file=sys.stderr)
    print(f"共 {len(listed)} 处要改，改好再运行；已发布的内容没有动。", file=sys.stderr)
    print(MORE, file=sys.stderr)
    return 1
