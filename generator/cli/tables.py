"""``guide tables``: how much the catalogue knows, as tables."""

from __future__ import annotations

import argparse
import re
import sys

from .saying import sound

BEGIN, END = "[//]: # (begin: guide tables)", "[//]: # (end: guide tables)"
"""Between these a page holds the tables."""


def print_tables(options: argparse.Namespace) -> int:
    # Here, since the views take 25 ms to load, and a build loads those it needs.
    from ..views.tally import markdown, tables

    catalogue = sound(options.catalog)
    if catalogue is None:
        return 1
    told = markdown(tables(catalogue))
    if options.into is None:
        print(told)
        return 0
    text = options.into.read_text(encoding="utf-8") if options.into.is_file() else ""
    renewed, count = re.subn(
        f"{re.escape(BEGIN)}.*{re.escape(END)}", lambda _: f"{BEGIN}\n\n{told}\n{END}", text, flags=re.DOTALL
    )
    if count != 1:
        print(f"{options.into} 里没有写放表格的地方 — 写上 {BEGIN} 和 {END} 两行", file=sys.stderr)
        return 1
    options.into.write_text(renewed, encoding="utf-8")
    print(f"已写进 {options.into}")
    return 0
