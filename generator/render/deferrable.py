"""Papers that may follow later (容缺受理): what it is, for which papers, and on what word."""

from __future__ import annotations

from collections.abc import Iterable

from ..catalog.model import Section
from ..catalog.services import Case
from ..views.summary import Summary
from ..views.deferrable import DeferrableView
from ..views.words import Claim
from .escape import e
from .page import ASK, Page, described, matter_link, phone, quoted


def deferrable_page(view: DeferrableView) -> Page:
    """The page at ``deferrable/``."""
    tables = "\n".join(_table(section, items) for section, items in view.sections)
    dated = f"其中 {view.dated} 份写明了期限，其余期限{ASK}" if view.dated else f"期限都{ASK}"
    promise = ""
    if view.commitment:
        promise = f"<p>{e(view.commitment.text)}</p>{quoted(view.commitment.quote, view.origin)}"
    return Page(
        url="deferrable/",
        layout="page",
        title=f"容缺受理 · {e(view.guide)}",
        head=described("材料暂时不齐，哪些可以先承诺后补，怎么承诺，别人怎么办成的。"),
        content=f"""<h1>容缺受理：缺一份，先承诺，后补</h1>
{promise}
<p class="actions"><a class="go" href="@@ROOT@@deferrable/promise/">限时补件承诺书（示范）</a></p>
<h2>别人怎么办成的</h2>
{cases(view.cases)}
<h2>怎么用</h2>
<ol>
<li>主要材料备齐，只有一份暂时拿不到：在事项页面看它是不是写在“可以后补”里。</li>
<li>到咨询区预审时说明：缺什么、为什么、哪天能拿到。</li>
<li>窗口同意的，写限时补件承诺书，登记先办。</li>
<li>在写明的日期以前补齐。</li>
</ol>
<p>能不能后补由窗口决定，拿不准打 {phone(view.hotline)}。</p>
<h2>规矩</h2>
<h3>本中心</h3>
<ul>{_rules(view.here)}</ul>
<p>期限、哪些人不能用、到期没补怎么办：{ASK}。</p>
<h3>别的城市这样规定，本地可能不同</h3>
<ul>{_rules(view.elsewhere)}</ul>
<h2>哪些材料可能后补 <span class="count">{view.papers} 份</span></h2>
<p>这是按材料的性质整理的建议，不是中心公布的清单；{dated}。</p>
{tables}""",
    )


def cases(told: Iterable[tuple[Case, str | None, str | None]]) -> str:
    """Cases in a list, each with its matter and the words of its source."""
    items = []
    for case, name, origin in told:
        matter = matter_link(case.matter, name) if name else ""
        items.append(f'<li>{e(case.text)}<div class="after">{matter}{quoted(case.quote, origin)}</div></li>')
    return f"<ul>{''.join(items)}</ul>" if items else ""


def _rules(rules: Iterable[Claim]) -> str:
    return "".join(f"<li>{e(rule.text)}<small>{e(rule.source or '')}</small></li>" for rule in rules)


def _table(section: Section, items: tuple[Summary, ...]) -> str:
    count = sum(len(item.deferrable) for item in items)
    rows = "\n".join(
        f'<tr><th scope="row">{matter_link(item.id, item.name)}</th><td><ul>'
        + "".join(f"<li>{e(name)}{_term(days)}</li>" for name, days in item.deferrable)
        + "</ul></td></tr>"
        for item in items
    )
    return (
        f'<table class="lines two"><caption>{e(section.name)} {count} 份</caption>\n'
        '<thead><tr><th scope="col">事项</th><th scope="col">可能后补的材料</th></tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody></table>"
    )


def _term(days: int | None) -> str:
    return "" if days is None else f"<small>{days} 个工作日内补齐</small>"
