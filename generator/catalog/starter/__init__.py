"""The catalogue that another city begins with: an invented centre, every key explained.

``notes.py`` beside this folder says what each key means, ``example.py`` what the invented centre is like,
``writing.py`` how both become YAML.
"""

from __future__ import annotations

from pathlib import Path

from ..paths import FOLDER, is_year
from ..schema import schemas
from .example import FILES
from .writing import written

HEADING = "示例，不是真的：换成自己的。没有来源说明的写 null，不要猜。改完运行 guide check。"


class NewCentreError(ValueError):
    """A new catalogue that cannot be: the sentence says why and what to do."""


def new_centre(folder: Path, known: Path) -> dict[str, str]:
    """The files of a new catalogue by their paths below ``folder``, which must not hold
    anything yet. Public holidays are the country's, and so are copied from the catalogue
    ``known``. Nothing is written."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NewCentreError(f"{folder} 里已经有东西 — 换一个新的文件夹")
    years = {
        f"calendar/{path.name}": path.read_text(encoding="utf-8")
        for path in sorted(known.glob("calendar/*.yml"))
        if is_year(f"{FOLDER}/calendar/{path.name}")
    }
    if not years:
        raise NewCentreError(f"{known} 里没有放假安排（calendar/<年份>.yml）— 用 --catalog 写明有的目录")
    made = {
        path: written(type_, value, f"{'../' * path.count('/')}schema/{schema}.json", f"{heading}\n{HEADING}")
        for path, (type_, schema, heading, value) in FILES.items()
    }
    return made | years | {f"schema/{name}": text for name, text in schemas().items()}
