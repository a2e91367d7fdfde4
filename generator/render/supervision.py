"""Whom to ask and to complain to, what the law obliges the office to, and all limits."""

from __future__ import annotations

from ..catalog.model import Section
from ..views.supervision import Counts, LimitRow, SupervisionView
from ..views.words import Claim
from .escape import e
from .matter import mark
from .page import ASK, Page, described, phone, quoted


def supervision_page(view: SupervisionView) -> Page:
    """The page at ``supervision/``."""
    duties = "\n".join(
        f"<li><b>{e(name)}</b>{_marked(claim)}<div>{e(claim.text)}</div></li>" for name, claim in view.duties
    )
    overdue = "\n".join(f"<li>{e(claim.text)}{_marked(claim)}</li>" for claim in view.overdue)
    oversight = "\n".join(
        f"<h3>{e(item.name)}{'（计划）' if item.status == 'announced' else ''}</h3>\n<p>{e(item.text)}</p>"
        f'<p class="quiet">{e(item.scope)}</p>{quoted(item.quote, origin)}'
        for item, origin in view.oversight
    )
    tables = "\n".join(_table(section, rows) for section, rows in view.sections)
    links = "".join(f'<a href="#{e(section.id)}">{e(section.name)}</a>' for section, _ in view.sections)
    return Page(
        url="supervision/",
        layout="page",
        title=f"督办和投诉 · {e(view.guide)}",
        head=described("办事找谁问、超时了怎么办、缺材料要一次说清；每个事项的法定时限和承诺时限。"),
        content=f"""<h1>督办和投诉</h1>
<div class="card"><p>问事情、投诉、反映超时，都打 <b>{phone(view.hotline)}</b>。人在大厅，先找工作人员。</p></div>
<h2>超过时限了怎么办</h2>
<ol>
{overdue}
</ol>
<p><a href="@@ROOT@@{view.calendar}">看日历数工作日</a></p>
<h2>谁在督办</h2>
{oversight}
<h2>法律要求办理机关做到</h2>
<p>写着行政许可法的，说的是行政许可；备案、确认等别的事，以各自的规定为准。</p>
<ul class="told">
{duties}
</ul>
<h2 id="limits">每件事的时限</h2>
{_counts(view.counts)}
<p class="jump">{links}</p>
{tables}""",
    )


def _marked(claim: Claim) -> str:
    return f" {mark(Claim(text='', evidence=claim.evidence, source=claim.source))}" if claim.source else ""


def _counts(counts: Counts) -> str:
    return f"""<ul>
<li>共 {counts.matters} 项，宣布即来即办的 {counts.on_the_spot} 项，承诺了天数的 {counts.limited} 项，承诺时限{ASK}的 {counts.none} 项。</li>
<li>这些承诺里有 {counts.planned} 项还是计划，表里写着“计划”。</li>
<li>查到法定时限的 {counts.statutory} 项；承诺和法定单位相同、可以比较的 {counts.compared} 项。“日”和“工作日”不能换算，不比。</li>
</ul>"""


def _table(section: Section, rows: tuple[LimitRow, ...]) -> str:
    lines = "\n".join(_row(row) for row in rows)
    return (
        f'<table class="lines limits" id="{e(section.id)}"><caption>{e(section.name)} {len(rows)} 项</caption>\n'
        '<thead><tr><th scope="col">事项</th><th scope="col">法定</th><th scope="col">承诺</th></tr></thead>\n'
        f"<tbody>\n{lines}\n</tbody></table>"
    )


def _row(row: LimitRow) -> str:
    saved = f"<small>{row.saved}</small>" if row.saved else ""
    return (
        f'<tr><th scope="row"><a href="@@ROOT@@matters/{row.id}/">{e(row.name)}</a></th>'
        f"<td>{row.statutory or ASK}</td><td>{row.promised or ASK}{saved}</td></tr>"
    )
