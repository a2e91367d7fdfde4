"""``guide new`` and ``guide new-centre``: files to begin with."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..catalog.starter import NewCentreError, new_centre
from ..catalog.template import NewMatterError, new_matter


def new(options: argparse.Namespace) -> int:
    try:
        path, text = new_matter(options.catalog, options.section, options.id)
    except NewMatterError as error:
        print(error, file=sys.stderr)
        return 1
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
    print(f"已新建 {path} — 填好后运行 guide check")
    return 0


def new_centre_folder(options: argparse.Namespace) -> int:
    folder: Path = options.folder
    try:
        files = new_centre(folder, options.catalog)
    except NewCentreError as error:
        print(error, file=sys.stderr)
        return 1
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    print(f"已新建 {folder} — 先改 centre.yml，再运行 guide check --catalog {folder}")
    return 0
