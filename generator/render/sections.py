"""The page of a section: its matters by group."""

from __future__ import annotations

from ..catalog.model import Section
from ..views.lists import SectionView
from ..views.summary import Summary
from .escape import e
from .page import Page


def section_page(view: SectionView) -> Page:
    """The page of one section at ``sections/<id>/``."""
    section = view.section
    count = sum(len(items) for _, items in view.groups)
    groups = "\n".join(
        f'<section><h2>{e(group)} <span class="count">{len(items)} 项</span></h2>\n<ul class="rows">\n'
        + "\n".join(_row(item) for item in items)
        + "\n</ul></section>"
        for group, items in view.groups
    )
    return Page(
        url=f"sections/{section.id}/",
        layout="list",
        title=f"{e(section.name)} · {e(view.guide)}",
        head=f'<meta name="description" content="{e(section.summary)}共 {count} 项。">',
        content=(
            f"<h1>{e(section.name)}</h1>\n<p>{e(section.summary)}共 {count} 项。</p>\n{_see(section)}{groups}\n"
            f'<p>没有找到要办的事，打 <a href="tel:{e(view.hotline)}">{e(view.hotline)}</a> 问。</p>'
        ),
    )


def _see(section: Section) -> str:
    """The pages that concern many matters of the section."""
    return "".join(f'<p class="next"><a href="@@ROOT@@{e(item.page)}">{e(item.name)}</a></p>\n' for item in section.see)


def _row(item: Summary) -> str:
    told = [f"材料 {item.materials} 件"] if item.materials else []
    if item.noon:
        told.insert(0, "午间可办" if item.noon_completed else "午间可受理")
    if item.free:
        told.append("不收费")
    text = f"<span>{e(item.name)}<small>{' · '.join(told)}</small></span>"
    return f'<li><a href="@@ROOT@@matters/{e(item.id)}/">{text}</a></li>'
