"""``guide check``: everything that is to be mended, without building."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ..catalog.checks.advice import check_advice
from ..catalog.checks.dates import check_records
from ..catalog.load import load
from ..catalog.parts import Catalogue
from ..catalog.problems import Problem
from ..catalog.record import lines_from
from ..catalog.year_end import check_year_end
from ..site import skin
from ..site.skin import STAND_IN, look_of
from .saying import MORE, refuse

BESIDE = {"site_src": Path("site_src"), "mkdocs": Path("mkdocs.yml"), "pwa": Path("pwa")}
"""What is published beside the catalogue."""


def check(options: argparse.Namespace) -> int:
    today = options.on or date.today()
    reached = max(today, date.today())  # also for who looks at a day that is over
    loaded = load(options.catalog, reached)
    wrong = _wrong_sources(options, loaded.catalogue)
    if loaded.catalogue is None or loaded.problems or wrong:
        return refuse(sorted({*loaded.problems, *wrong}))
    found = loaded.catalogue
    advice = sorted(
        (
            *check_advice(found, lines_from(options.catalog)),
            *check_year_end(found, today),
            *check_records(found.changes, reached),
        )
    )
    for one in advice:
        print(f"提示：{one}", file=sys.stderr)
    if advice:
        print(MORE, file=sys.stderr)
    print(f"目录没有问题：{len(loaded.catalogue.matters)} 个事项")
    return 0


def _wrong_sources(options: argparse.Namespace, catalogue: Catalogue | None) -> Sequence[Problem]:
    """The faults of what is published beside the catalogue. Where it lies is told, or it lies beside
    the catalogue; a catalogue alone is checked alone."""
    beside = options.catalog.parent
    places = {name: getattr(options, name) or beside / place for name, place in BESIDE.items()}
    told = any(getattr(options, name) for name in places)
    if not told and not any(place.exists() or place.is_symlink() for place in places.values()):
        return ()
    # Here, since what parses pages and pictures takes 50 ms to load, a third of a build with nothing to do.
    from ..site.gate import Sources

    sources = Sources(places["site_src"], places["pwa"], places["mkdocs"])
    look = STAND_IN if catalogue is None else look_of(catalogue)
    return sources.checked(lambda: skin.build_skin(look, places["site_src"], places["mkdocs"]))
