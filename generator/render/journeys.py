"""The pages of the journeys (一件事): what it comes to, what-ifs, the chart, step by step.

Everything is said for the default answers, and every step stands in the list, also those
that only apply to other answers. ``journey.js`` shows the questions, counts with the
calendar, and moves the chart. Slots: ``result``, ``dates`` of a step, ``critical``,
``after`` and ``together``.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..catalog.journey_types import Switch
from ..views.journeys import JourneyLine, JourneyView, StepView
from .chart import chart
from .escape import e
from .page import ASK, Page, claim

RULES = (
    "一步办完当天就交下一步，交的那天不算，从第二天数起（民法典第二百零一条）。",
    "工作日扣掉周末和国务院公布的节假日，加上补班日；写“日”的不换算成工作日，"
    "最后一天碰上放假就顺延到放假结束的第二天（民法典第二百零三条）。",
    "没有法定天数的步骤按 0 天算，每一步都写明。图上 5 个工作日折成 7 日，只是示意。",
)
"""How it is counted, in the words of the page."""


def journey_page(view: JourneyView) -> Page:
    """The page at ``journeys/<id>/``."""
    parts = [
        '<nav class="path" aria-label="位置"><a href="@@ROOT@@journeys/">一件事</a>›</nav>',
        f"<h1>{e(view.name)}</h1>\n<p>{e(view.summary)}</p>",
        _results(view),
        _questions(view),
        f'<section id="chart">\n<h2>时间图</h2>\n{_chart(view)}\n'
        '<p class="quiet">实条是要等的天数，虚线是自己最晚的期限，空心圈是没有法定天数的。'
        "写着“关键”的晚一天，结果就晚一天。</p></section>",
        _steps(view),
        _rules(view),
    ]
    return Page(
        url=f"journeys/{view.id}/",
        layout="page",
        title=f"{e(view.name)} · 一件事 · {e(view.guide)}",
        head=(
            f'<meta name="description" content="{e(view.summary)}{e(view.results[0])}">\n'
            '<link rel="alternate" type="application/json" href="@@ROOT@@api/v1/journeys.json">'
        ),
        content=f'<div class="journey" data-module="journey" data-journey="{e(view.id)}"{" data-plans" if view.plans else ""}>\n'
        + "\n".join(parts)
        + "\n</div>",
    )


def journeys_page(lines: Sequence[JourneyLine], guide: str) -> Page:
    """The page at ``journeys/``."""
    rows = "\n".join(
        f'<li><a href="@@ROOT@@journeys/{e(line.id)}/"><span><b>{e(line.name)}</b> {e(line.result)}'
        f"<small>{e(line.summary)}</small></span></a></li>"
        for line in lines
    )
    return Page(
        url="journeys/",
        layout="list",
        title=f"一件事 · {e(guide)}",
        head='<meta name="description" content="几个事项合成一件事：先办什么、哪几步可以同时办、最快多久。">',
        content=f"<h1>一件事</h1>\n<p>要办好几个事项的，合在一起看：先办什么，哪几步可以同时办，最快多久。</p>\n"
        f'<ul class="rows">\n{rows}\n</ul>',
    )


def _results(view: JourneyView) -> str:
    told = "".join(f"<p>{e(text)}</p>" for text in view.results)
    goal = ""
    if view.goal is not None:
        verdicts = "".join(f"<li>{e(text)}</li>" for text in view.verdicts)
        note = f"<p>{e(view.goal_note)}</p>" if view.goal_note else ""
        goal = f"<h2>目标</h2>\n<div>{claim(view.goal, '')}</div>{note}<ul>{verdicts}</ul>"
    return f'<div class="card result" role="status" data-slot="result">{told}</div>\n{goal}'


def _questions(view: JourneyView) -> str:
    """Without the script the questions cannot be answered: what is assumed is said."""
    assumed = "".join(f"<li>{e(switch.question)}{e(_label(switch))}</li>" for switch, _ in view.switches)
    fields = "\n".join(_question(switch, source) for switch, source in view.switches)
    return (
        f'<section id="what-if">\n<h2>假设</h2>\n<div data-slot="assumed"><p>下面按这样算：</p><ul>{assumed}</ul></div>\n'
        f'<form data-slot="questions" hidden>\n{fields}\n'
        '<fieldset><legend>每一步要多久？</legend><label><input type="radio" name="reading" value="statutory" checked>'
        '<span>法定时限全部用满</span></label><label><input type="radio" name="reading" value="promised">'
        "<span>按承诺（没有承诺的按法定）</span></label></fieldset>\n"
        '<p><label>哪天开始 <input type="date" name="start"></label></p></form></section>'
    )


def _question(switch: Switch, source: str | None) -> str:
    options = "".join(
        f'<label><input type="radio" name="switch-{e(switch.id)}" value="{e(option.id)}"'
        f"{' checked' if option.id == switch.default else ''}><span>{e(option.label)}</span></label>"
        for option in switch.options
    )
    told = "。".join(part.rstrip("。") for part in (switch.note, source) if part)
    note = f"<small>{e(told)}</small>" if told else ""
    return f"<fieldset><legend>{e(switch.question)}</legend>{options}{note}</fieldset>"


def _label(switch: Switch) -> str:
    return next(option.label for option in switch.options if option.id == switch.default)


def _chart(view: JourneyView) -> str:
    shown = [row.label for row in view.rows if row.shown]
    critical = [row.label for row in view.rows if row.critical]
    description = f"{len(shown)} 步。关键的是：{'；'.join(critical)}。每一步的说明在下面的清单里。"
    return chart(view.rows, f"{view.name}的时间图", description)


def _steps(view: JourneyView) -> str:
    items = "\n".join(_step(step) for step in view.steps)
    return f'<section id="steps">\n<h2>一步一步</h2>\n<ol class="stepper">\n{items}\n</ol></section>'


def _step(step: StepView) -> str:
    classes = ["critical"] if step.critical else []
    if not step.shown:
        classes.append("off")
    mark = '<b class="key" data-slot="critical"{}>关键</b>'.format("" if step.critical else " hidden")
    told = []
    if step.condition:
        told.append(f'<p class="only">只在{e(step.condition)}时才有</p>')
    for item in (step.days, step.promised):
        if item is not None:
            told.append(f"<div>{claim(item, '')}</div>")
    if step.uncounted:
        told.append(f'<p class="open">{e(step.uncounted)}。</p>')
    order = [f"{e(step.by)}。"]
    order.append(f'<span data-slot="after">{_joined("先办完", step.after)}</span>')
    order.append(f'<span data-slot="together">{_joined("同时可以办", step.together)}</span>')
    told.append(f'<p class="quiet">{" ".join(order)}</p>')
    if step.note:
        told.append(f"<p>{e(step.note)}</p>")
    if step.matters:
        links = "".join(f'<a href="@@ROOT@@matters/{e(id)}/">{e(name)}</a>' for id, name in step.matters)
        told.append(f'<p class="jump">{links}</p>')
    return (
        f'<li data-step="{e(step.id)}" class="{" ".join(classes)}"><h3>{e(step.name)} {mark}</h3>'
        f'<p class="dates" data-slot="dates" hidden></p>{"".join(told)}</li>'
    )


def _joined(word: str, names: Sequence[str]) -> str:
    return f"{word}：{e('；'.join(names))}。" if names else ""


def _rules(view: JourneyView) -> str:
    rules = "".join(f"<li>{rule}</li>" for rule in RULES)
    note = f"<p>{e(view.note)}</p>" if view.note else ""
    phone = f'<a href="tel:{e(view.hotline)}">{e(view.hotline)}</a>'
    return (
        f'<section id="rules">\n<h2>怎么算的</h2>\n<ul>{rules}</ul>{note}\n'
        f"<p>先后次序由公开的法律、规章整理，本地的流程{ASK}，可以打 {phone} 问。</p></section>"
    )
