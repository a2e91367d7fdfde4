"""``guide texts`` and ``guide stale``: what is cited without its words, and what is out of date."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import date

from ..catalog.coverage import Coverage, coverage, share
from ..catalog.record import lines_from
from ..catalog.stale import stale
from ..views.words import EVIDENCE
from .saying import sound


def texts(options: argparse.Namespace) -> int:
    catalogue = sound(options.catalog)
    if catalogue is None:
        return 1
    found = coverage(catalogue)
    for line in _told(found, {id: law.title for id, law in catalogue.laws.items()}):
        print(line)
    return 0


def _told(found: Coverage, titles: dict[str, str]) -> Iterable[str]:
    laws = {law for law, _ in found.cited}
    have = len(found.cited) - len(found.lacking)
    yield f"引用 {len(laws)} 部规定的 {len(found.cited)} 条，{have} 条有条文，{len(found.lacking)} 条没有"
    papers = sum(found.papers.values())
    shares = "，".join(
        f"{EVIDENCE[grade]} {count}（{share(found.papers, grade):.1f}%）" for grade, count in found.papers.items()
    )
    yield f"材料 {papers} 行：{shares}"
    yield ""
    yield "引用了，没有条文："
    for law, article in found.lacking:
        yield f"  {law} {article}　《{titles.get(law, law)}》：{'、'.join(found.cited[law, article])}"
    yield "引用了，没有写第几条："
    for law, places in found.vague.items():
        yield f"  {law}　《{titles.get(law, law)}》：{'、'.join(places)}"
    yield "有条文，没有谁引用："
    for law, article in found.idle:
        yield f"  {law} {article}　《{titles.get(law, law)}》"


def list_stale(options: argparse.Namespace) -> int:
    catalogue = sound(options.catalog)
    if catalogue is None:
        return 1
    on = options.on or date.today()
    found = sorted(stale(catalogue, on, lines_from(options.catalog)))
    for problem in found:
        print(problem)
    print(f"{on} 过时的：{len(found)} 处" if found else f"{on} 没有过时的")
    return 1 if found else 0
