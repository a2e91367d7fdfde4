"""All matters in English, for those who invest or work here and do not read Chinese.

The pages that it leads to are Chinese. So each line keeps the Chinese name, to be shown at
the counter.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..catalog.journey_types import Journey
from ..catalog.model import Centre
from ..views.lists import SectionView
from ..views.words import noon_span
from .escape import e
from .page import ASK, Page, described, phone


def english_page(centre: Centre, sections: list[SectionView], journeys: Iterable[Journey]) -> Page:
    """The page at ``en/``."""
    hours = noon_span(centre)
    noon = f"On working days it does not close over noon: people are served from {hours}, too. " if hours else ""
    links = "".join(f'<a href="#{e(view.section.id)}">{e(_name(view))}</a>' for view in sections)
    return Page(
        url="en/",
        layout="list",
        title=f"Services in English · {e(centre.guide_name)}",
        head=described(f"What one can apply for at the {centre.name_en}: every service in English."),
        content=f"""<div lang="en"><h1>Services in English</h1>
<p>{e(centre.name_en)} (<span lang="zh-CN">{e(centre.name)}</span>). {noon}Questions: call {phone(centre.hotline)}.</p>
<p>The pages behind the links are in Chinese: papers to bring, time limits, fees and legal basis. The Chinese name of each service is given below; show it at the counter. This guide is compiled from public sources; <span lang="zh-CN">{ASK}</span> on a page means that the centre has not yet confirmed the point.</p>
<p class="jump">{links}</p>
{_journeys(journeys)}{"".join(_section(view) for view in sections)}</div>""",
    )


def _name(view: SectionView) -> str:
    return view.section.name_en or view.section.name


def _journeys(journeys: Iterable[Journey]) -> str:
    """Those with an English name: where a foreign investor begins."""
    rows = "\n".join(
        f'<li><a href="@@ROOT@@journeys/{e(item.id)}/"><span>{e(item.name_en)}'
        f'<small lang="zh-CN">{e(item.name)}</small></span></a></li>'
        for item in journeys
        if item.name_en
    )
    return f'<section id="journeys"><h2>Step by step</h2>\n<ul class="rows">\n{rows}\n</ul></section>\n' if rows else ""


def _section(view: SectionView) -> str:
    items = [item for _, group in view.groups for item in group]
    rows = "\n".join(
        f'<li><a href="@@ROOT@@matters/{e(item.id)}/"><span>{e(item.name_en or item.name)}'
        f'<small>{e(item.summary_en or "")}</small><small lang="zh-CN">{e(item.name)}</small></span></a></li>'
        for item in items
    )
    return (
        f'<section id="{e(view.section.id)}"><h2>{e(_name(view))} <span class="count">{len(items)}</span></h2>\n'
        f'<ul class="rows">\n{rows}\n</ul></section>\n'
    )
