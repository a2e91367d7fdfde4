"""How a visit goes: pre-check, ticket, counter, noon; and a section's papers that wait for
the on-site check."""

from __future__ import annotations

from ..views.summary import Summary
from ..views.visit import VisitView, WaitingPapersView
from .deferrable import cases
from .escape import e
from .page import ASK, Page, described, matter_link, phone, quoted


def visit_page(view: VisitView) -> Page:
    """The page at ``visit/``."""
    steps = "\n".join(
        f'<li><b>{e(step.zone.name)}</b> <a href="@@ROOT@@hall/#{e(step.zone.id)}">在大厅哪儿</a>'
        f"<div>{e(step.zone.purpose)}</div>{quoted(step.zone.quote, step.origin)}</li>"
        for step in view.steps
    )
    assumed = f"（{e(view.assumed)}是暂定的，{ASK}）" if view.assumed else ""
    heading = "先预审，再取号" if view.offers.pre_check else "到大厅办事怎么走"
    return Page(
        url="visit/",
        layout="page",
        title=f"{heading} · {e(view.guide)}",
        head=described(f"到大厅办事怎么走：备材料、{'、'.join(step.zone.name for step in view.steps)}，拿到结果。"),
        content=f"""<h1>{heading}</h1>
{"<p>材料先看过再取号，到窗口一次办成。</p>" if view.offers.pre_check else ""}
<ol class="steps">
<li><b>出门以前</b><div>打开要办的事，照“要带什么材料”一件一件勾齐。现在开不开门，<a href="@@ROOT@@">首页</a>看。</div></li>
{steps}
<li><b>拿到结果，或者收好凭证</b><div>{_spot(view)}办不完的，收好注明日期的受理凭证，{_limits(view)}。</div></li>
</ol>
{_hours(view, assumed)}
{_also(view)}<p>拿不准打 {phone(view.hotline)}。</p>""",
    )


def _spot(view: VisitView) -> str:
    return "" if view.minutes is None else f"即办的事 {view.minutes} 分钟之内办完。"


def _limits(view: VisitView) -> str:
    return '<a href="@@ROOT@@supervision/">时限从那天算</a>' if view.offers.supervision else "时限从那天算"


def _hours(view: VisitView, assumed: str) -> str:
    if view.noon is None:
        return f"""<h2>什么时候开门</h2>
<p>工作日{e(view.hours)}{assumed}。</p>
<p><a href="@@ROOT@@{view.offers.calendar}">哪天开门：开放日历</a></p>"""
    return f"""<h2>赶上中午</h2>
<p>工作日 {e(view.noon)} 不休息，{e(view.counters)}，常办的事能受理、能办完。平时{e(view.hours)}{assumed}。</p>
<p><a href="@@ROOT@@noon/">哪天中午有人：午间日历</a></p>
{_told(view)}"""


def _also(view: VisitView) -> str:
    """What else the centre offers; nothing where it offers none of it."""
    listed = [
        f'<li><a href="@@ROOT@@{e(section.id)}-papers/">{e(section.name)}</a>：有的材料等现场核验再交</li>'
        for section in view.waiting
    ]
    if view.offers.deferral:
        listed.insert(0, '<li><a href="@@ROOT@@deferrable/">容缺受理</a>：缺一份，先承诺，后补</li>')
    if view.offers.zero_visit:
        listed.append(f'<li><a href="@@ROOT@@zero-visit/">上门代办</a>{"：还是计划" if view.planned else ""}</li>')
    if free := _free(view):
        listed.append(f"<li>打印、复印不收钱 {free}</li>")
    return "<h2>还可以</h2>\n<ul>\n" + "\n".join(listed) + "\n</ul>\n" if listed else ""


def _told(view: VisitView) -> str:
    told = cases(view.cases)
    return f"<h3>别人怎么办成的</h3>\n{told}" if told else ""


def _free(view: VisitView) -> str:
    found = view.commitments.get("free-printing")
    return quoted(found[0].quote, found[1]) if found else ""


def waiting_papers_page(view: WaitingPapersView) -> Page:
    """The page at ``<section>-papers/``."""
    name = e(view.section.name)
    window = sum(_window(item) for item in view.matters)
    on_site = sum(item.on_site for item in view.matters)
    rows = "\n".join(
        f'<tr><th scope="row">{matter_link(item.id, item.name)}</th>'
        f"<td>{_window(item)}</td><td>{item.on_site or '–'}</td><td>{len(item.deferrable) or '–'}</td></tr>"
        for item in view.matters
    )
    promise = ""
    if view.commitment:
        plan = f"（计划，有没有实行{ASK}）" if view.commitment.status == "announced" else ""
        promise = f"<p>{e(view.commitment.text)}{plan}</p>{quoted(view.commitment.quote, view.origin)}"
    return Page(
        url=f"{view.section.id}-papers/",
        layout="page",
        title=f"{name}材料，哪些等现场再交 · {e(view.guide)}",
        head=described(f"办{view.section.name}的事，哪些材料带到窗口，哪些等现场核验时再交，逐项数目。"),
        content=f"""<h1>{name}材料，哪些等现场再交</h1>
{promise}
<p>这里的 {len(view.matters)} 项一共 {window} 件带到窗口，{on_site} 件等现场核验再交。逐件的名字在各事项的“要带什么材料”里。</p>
<p class="note">哪一件等现场再交，是照这个思路整理的建议，{ASK}。去以前打 {phone(view.hotline)}，或者都备着。</p>
<table class="lines counts"><caption>{e(view.section.name)} {len(view.matters)} 项，材料件数</caption>
<thead><tr><th scope="col">事项</th><th scope="col">窗口</th><th scope="col">现场</th><th scope="col">后补</th></tr></thead>
<tbody>
{rows}
</tbody></table>""",
    )


def _window(item: Summary) -> int:
    return item.materials - item.on_site - len(item.deferrable)
