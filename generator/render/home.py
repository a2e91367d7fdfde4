"""The home page. Python and not a template for the reason that ``matter.py`` gives."""

from __future__ import annotations

from ..views.lists import HomeView
from .escape import e
from .page import ASK, Page

_SYMBOLS = frozenset(("construction", "food-drug", "business", "start-up", "health"))
"""Sections that have an icon in ``site_src/overrides/home.html``."""


def icon(name: str) -> str:
    """A symbol of the page's skeleton; it stands beside words and says nothing itself."""
    return f'<svg class="i" aria-hidden="true"><use href="#i-{name}"/></svg>'


def home_page(view: HomeView) -> Page:
    """The page at the root."""
    return Page(
        url="",
        layout="home",
        title=f"{e(view.guide)}：午间不打烊",
        head=(
            f'<meta name="description" content="{e(view.centre)}：{view.matters} 个事项的材料、时限、收费和依据。'
            f'工作日 {e(view.noon)} 午间不休息。">'
        ),
        content="\n".join(
            (_state(view), _FINDER, _MINE, _common(view), _journeys(view), _sections(view), _places(view))
        ),
    )


def _state(view: HomeView) -> str:
    assumed = f"（{e(view.assumed)}是暂定的，{ASK}）" if view.assumed else ""
    phone = f'<a href="tel:{e(view.hotline)}">{e(view.hotline)}</a>'
    return f"""<h1>现在能去办事吗</h1>
<section class="card state" aria-label="开放时间">
<div data-module="open-now">
<p class="now">{icon("clock")}<span data-slot="state">工作日 {e(view.noon)} 午间不打烊</span></p>
<p data-slot="detail">午间 {e(view.counters)}。</p></div>
<div data-module="queue-status"><div data-slot="queue">现在有多少人在等，打 {phone} 问。</div></div>
<p class="quiet">工作日{e(view.hours)}{assumed}；午间 {e(view.noon)} 不休息。</p>
<p class="actions"><a class="go" href="@@ROOT@@noon/">{icon("calendar")}看午间日历</a>
<a class="go second" href="@@ROOT@@reminders/">{icon("bell")}提醒我</a></p>
</section>"""


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
        f'<li><a href="@@ROOT@@sections/{e(section.id)}/">{icon(section.id) if section.id in _SYMBOLS else ""}'
        f"<span><b>{e(section.name)}</b> {count} 项<small>{e(section.summary)}</small></span></a></li>"
        for section, count in view.sections
    )
    return f'<section class="sections"><h2>全部事项</h2><ul>{links}</ul></section>'


def _places(view: HomeView) -> str:
    services = "".join(f"<dt>{e(item.name)}</dt><dd>{e(item.text)}</dd>" for item in view.services)
    listed = f"<dl>{services}</dl>" if services else ""
    links = "".join(f'<a href="@@ROOT@@{url}">{name}</a>' for url, name in _LINKS)
    return f'<section class="services"><h2>大厅里还有</h2>{listed}<p class="jump">{links}</p></section>'


_LINKS = (
    ("a-z/", "按拼音找"),
    ("visit/", "先预审再取号"),
    ("hall/", "大厅平面图"),
    ("deferrable/", "容缺受理"),
    ("zero-visit/", "上门代办"),
    ("supervision/", "督办和投诉"),
    ("en/", '<span lang="en">English</span>'),
)
"""What stands at the end of the home page. The noon calendar has a button at its top."""
