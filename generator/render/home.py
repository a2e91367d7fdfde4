"""The home page. Python and not a template for the reason that ``matter.py`` gives."""

from __future__ import annotations

from collections.abc import Iterator

from ..catalog.offers import Offers
from ..views.lists import HomeView
from .escape import e
from .page import ASK, Page


def icon(name: str) -> str:
    """A symbol of the page's skeleton; it stands beside words and says nothing itself."""
    return f'<svg class="i" aria-hidden="true"><use href="#i-{name}"/></svg>'


def home_page(view: HomeView) -> Page:
    """The page at the root."""
    return Page(
        url="",
        layout="home",
        title=f"{e(view.guide)}：午间不打烊" if view.noon else str(e(view.guide)),
        head=(
            f'<meta name="description" content="{e(view.centre)}：{view.matters} 个事项的材料、时限、收费和依据。'
            f'{_noon(view)}">'
        ),
        content="\n".join(
            (_state(view), _FINDER, _MINE, _common(view), _journeys(view), _sections(view), _places(view))
        ),
    )


def _noon(view: HomeView) -> str:
    return f"工作日 {e(view.noon)} 午间不休息。" if view.noon else ""


def _state(view: HomeView) -> str:
    assumed = f"（{e(view.assumed)}是暂定的，{ASK}）" if view.assumed else ""
    phone = f'<a href="tel:{e(view.hotline)}">{e(view.hotline)}</a>'
    now = f"工作日 {e(view.noon)} 午间不打烊" if view.noon else f"工作日{e(view.hours)}"
    detail = f"午间 {e(view.counters)}。" if view.noon else f"周末、节假日开不开门，看{_CALENDAR[False]}。"
    remind = f'<a class="go second" href="@@ROOT@@reminders/">{icon("bell")}提醒我</a>' if view.noon else ""
    return f"""<h1>现在能去办事吗</h1>
<section class="card state" aria-label="开放时间">
<div data-module="open-now">
<p class="now">{icon("clock")}<span data-slot="state">{now}</span></p>
<p data-slot="detail">{detail}</p></div>
<div data-module="queue-status"><div data-slot="queue">现在有多少人在等，打 {phone} 问。</div></div>
<p class="quiet">工作日{e(view.hours)}{assumed}{f"；午间 {e(view.noon)} 不休息" if view.noon else ""}。</p>
<p class="actions"><a class="go" href="@@ROOT@@{view.offers.calendar}">{icon("calendar")}看{_CALENDAR[bool(view.noon)]}</a>
{remind}</p>
</section>"""


_CALENDAR = {True: "午间日历", False: "开放日历"}


_FINDER = '<a data-module="finder" href="@@ROOT@@a-z/">想办什么？</a>'
"""The way to all matters from A to Z, in whose place a script puts the search box."""

_MINE = '<section class="mine" data-module="my-papers" aria-label="我的材料" hidden></section>'
"""The reader's own lists of papers, filled in on the phone."""


def _common(view: HomeView) -> str:
    if not view.common:
        return ""
    links = "".join(
        f'<li><a href="@@ROOT@@matters/{e(id)}/"><b>{e(word)}</b><small>{e(name)}</small></a></li>'
        for word, id, name in view.common
    )
    return f'<section class="common"><h2>常办</h2><ul>{links}</ul></section>'


def _journeys(view: HomeView) -> str:
    if not view.journeys:
        return ""
    links = "".join(
        f'<li><a href="@@ROOT@@journeys/{e(item.id)}/"><span><b>{e(item.name)}</b> {e(item.result)}</span></a></li>'
        for item in view.journeys
    )
    return f'<section class="sections journeys"><h2>一件事</h2><ul>{links}</ul></section>'


def _sections(view: HomeView) -> str:
    links = "".join(
        f'<li><a href="@@ROOT@@sections/{e(section.id)}/">{icon(f"section-{section.id}") if section.icon else ""}'
        f"<span><b>{e(section.name)}</b> {count} 项<small>{e(section.summary)}</small></span></a></li>"
        for section, count in view.sections
    )
    return f'<section class="sections"><h2>全部事项</h2><ul>{links}</ul></section>'


def _places(view: HomeView) -> str:
    services = "".join(f"<dt>{e(item.name)}</dt><dd>{e(item.text)}</dd>" for item in view.services)
    listed = f"<dl>{services}</dl>" if services else ""
    links = "".join(f'<a href="@@ROOT@@{url}">{name}</a>' for url, name in _links(view.offers))
    return f'<section class="services"><h2>大厅里还有</h2>{listed}<p class="jump">{links}</p></section>'


def _links(offers: Offers) -> Iterator[tuple[str, str]]:
    """What stands at the end of the home page. The calendar has a button at its top."""
    yield "a-z/", "按拼音找"
    yield "visit/", "先预审再取号" if offers.pre_check else "到大厅怎么走"
    if offers.hall:
        yield "hall/", "大厅平面图"
    if offers.deferral:
        yield "deferrable/", "容缺受理"
    if offers.zero_visit:
        yield "zero-visit/", "上门代办"
    if offers.supervision:
        yield "supervision/", "督办和投诉"
    yield "en/", '<span lang="en">English</span>'
