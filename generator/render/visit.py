"""How a visit goes: pre-check, ticket, counter, noon; and food and drug papers that wait
for the on-site check."""

from __future__ import annotations

from ..views.summary import Summary
from ..views.visit import FoodDrugView, VisitView
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
    return Page(
        url="visit/",
        layout="page",
        title=f"先预审，再取号 · {e(view.guide)}",
        head=described("到大厅办事怎么走：备材料、咨询区预审、取号、窗口办理，赶上中午也不用走。"),
        content=f"""<h1>先预审，再取号</h1>
<p>材料先看过再取号，到窗口一次办成。</p>
<ol class="steps">
<li><b>出门以前</b><div>打开要办的事，照“要带什么材料”一件一件勾齐。现在开不开门，<a href="@@ROOT@@">首页</a>看。</div></li>
{steps}
<li><b>拿到结果，或者收好凭证</b><div>即办的事 {view.minutes} 分钟之内办完。办不完的，收好注明日期的受理凭证，<a href="@@ROOT@@supervision/">时限从那天算</a>。</div></li>
</ol>
<h2>赶上中午</h2>
<p>工作日 {e(view.noon)} 不休息，{e(view.counters)}，常办的事能受理、能办完。平时{e(view.hours)}{assumed}。</p>
<p><a href="@@ROOT@@noon/">哪天中午有人：午间日历</a></p>
{_told(view)}
<h2>还可以</h2>
<ul>
<li><a href="@@ROOT@@deferrable/">容缺受理</a>：缺一份，先承诺，后补</li>
<li><a href="@@ROOT@@food-drug-papers/">食品药品</a>：有的材料等现场核验再交</li>
<li><a href="@@ROOT@@zero-visit/">上门代办</a>：还是计划</li>
<li>打印、复印不收钱 {_free(view)}</li>
</ul>
<p>拿不准打 {phone(view.hotline)}。</p>""",
    )


def _told(view: VisitView) -> str:
    told = cases(view.cases)
    return f"<h3>别人怎么办成的</h3>\n{told}" if told else ""


def _free(view: VisitView) -> str:
    found = view.commitments.get("free-printing")
    return quoted(found[0].quote, found[1]) if found else ""


def food_drug_page(view: FoodDrugView) -> Page:
    """The page at ``food-drug-papers/``."""
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
        url="food-drug-papers/",
        layout="page",
        title=f"食品药品材料，哪些等现场再交 · {e(view.guide)}",
        head=described("办食品、药品的事，哪些材料带到窗口，哪些等现场核验时再交，逐项数目。"),
        content=f"""<h1>食品药品材料，哪些等现场再交</h1>
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
