"""Help at home by grid workers (零跑动): announced, and not yet more than that."""

from __future__ import annotations

from ..catalog.model import Place
from ..views.zero_visit import Group, ZeroVisitView
from .escape import e
from .page import ASK, Page, described, matter_link, phone, quoted


def zero_visit_page(view: ZeroVisitView) -> Page:
    """The page at ``zero-visit/``."""
    return Page(
        url="zero-visit/",
        layout="page",
        title=f"上门代办（零跑动） · {e(view.guide)}",
        head=described("上门代办：宣布了什么，哪些地方，哪些事可能纳入。"),
        content="\n".join(_parts(view)),
    )


def _parts(view: ZeroVisitView) -> list[str]:
    parts = ["<h1>上门代办（零跑动）</h1>"]
    if view.planned:
        parts.append(
            f'<div class="card"><p><b>还是计划。</b>有没有开始、怎么约，{ASK}。要用以前打 {phone(view.hotline)} 问。</p></div>'
        )
    if view.commitment:
        parts.append(f"<p>{e(view.commitment.text)}</p>{quoted(view.commitment.quote, view.origin)}")
    steps = "".join(f"<li><b>{e(item.name)}</b>：{e(item.text)}</li>" for item in view.help)
    parts.append(f"<h2>怎么帮</h2>\n<ol>{steps}</ol>\n<p>借鉴的是{e(view.model)}。</p>")
    places = "\n".join(_place(place) for place in view.places)
    parts.append(f'<h2>哪些地方 <span class="count">{len(view.places)} 个</span></h2>\n<ul>\n{places}\n</ul>')
    questions = "".join(f"<li>{e(question)}</li>" for question in view.questions)
    parts.append(f"<h2>还不知道的</h2>\n<p>这些没有公开资料，都{ASK}：</p><ul>{questions}</ul>")
    if view.confirmed:
        parts.append(_matters("可以上门代办的事", "中心已经确认。", view.confirmed))
    if view.candidates:
        hint = f"下面是自然人可以申请的事项，是否纳入{ASK}。"
        parts.append(_matters("可能纳入的事", hint, view.candidates))
    return parts


def _place(place: Place) -> str:
    told = f"电话{e(place.phone or ASK)}，地址{e(place.address or ASK)}"
    return f"<li>{e(place.name)}<small>{told}</small></li>"


def _matters(heading: str, hint: str, groups: tuple[Group, ...]) -> str:
    count = sum(len(items) for _, items in groups)
    lists = "\n".join(
        f'<h3>{e(section.name)} <span class="count">{len(items)} 项</span></h3>\n<ul>'
        + "\n".join(f"<li>{matter_link(item.id, item.name)}</li>" for item in items)
        + "</ul>"
        for section, items in groups
    )
    return f'<section><h2>{heading} <span class="count">{count} 项</span></h2>\n<p>{hint}</p>\n{lists}</section>'
