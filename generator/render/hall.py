"""The hall: a plan that says that it is only a drawing, and the same in words.

The boxes of the plan are links to the text below it, and carry the anchors that matters
point to (``hall/#acceptance``); ``:target`` marks the box without a script.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..views.hall import HallView, ZoneView
from .escape import e
from .page import ASK, Page, described, phone, quoted

_CELL_WIDTH, _CELL_HEIGHT, _GAP = 56, 62, 6
_LINE = 20
"""Units of the drawing: on a phone of 360 px one of them is about a pixel."""

_STEPS = "①②③④⑤⑥⑦⑧⑨"


def hall_page(view: HallView) -> Page:
    """The page at ``hall/``."""
    zones = "\n".join(_entry(zone) for zone in view.zones)
    services = "".join(f"<dt>{e(item.name)}</dt><dd>{e(item.text)}</dd>" for item in view.services)
    return Page(
        url="hall/",
        layout="page",
        title=f"大厅平面图 · {e(view.guide)}",
        head=described("大厅有哪些区，哪件事到哪个区办：示意图和文字索引。"),
        content=f"""<h1>大厅平面图</h1>
<p>地址：{e(view.address or ASK)}。图上的号码是<a href="@@ROOT@@visit/">办事的先后</a>，点一格看这里办什么。</p>
<figure class="plan">
{_plan(view)}
<figcaption><b>示意图，不是真实布局。</b>{e(view.note)}虚线的还是计划。</figcaption>
</figure>
<h2 id="index">大厅索引</h2>
<div class="zones">
{zones}
</div>
<h2>大厅里还有</h2>
<dl>{services}</dl>
<p>在哪儿，{ASK}。找不到就问工作人员，或者打 {phone(view.hotline)}。</p>""",
    )


def _plan(view: HallView) -> str:
    width, height = view.columns * _CELL_WIDTH, view.rows * _CELL_HEIGHT
    boxes = "\n".join(_box(zone) for zone in view.zones)
    return f'<svg viewBox="0 0 {width} {height}" role="group" aria-label="大厅示意图">\n{boxes}\n</svg>'


def _box(zone: ZoneView) -> str:
    box = zone.zone.box
    left, top = (box.column - 1) * _CELL_WIDTH + _GAP / 2, (box.row - 1) * _CELL_HEIGHT + _GAP / 2
    width, height = box.columns * _CELL_WIDTH - _GAP, box.rows * _CELL_HEIGHT - _GAP
    lines = [_title(zone)]
    if zone.zone.also:
        lines.append(zone.zone.also)
    if zone.planned:
        lines.append("计划")
    first = top + height / 2 - (len(lines) - 1) * _LINE / 2
    spans = "".join(
        f'<tspan x="{left + width / 2:g}" y="{first + number * _LINE:g}"{"" if number else " class=name"}>{e(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    kind = "zone planned" if zone.planned else "zone"
    return (
        f'<a id="{e(zone.zone.id)}" class="{kind}" href="#about-{e(zone.zone.id)}">'
        f'<rect x="{left:g}" y="{top:g}" width="{width:g}" height="{height:g}" rx="8"/><text>{spans}</text></a>'
    )


def _title(zone: ZoneView) -> str:
    step = zone.zone.step
    return f"{_STEPS[step - 1]} {zone.zone.name}" if step and step <= len(_STEPS) else zone.zone.name


def _entry(zone: ZoneView) -> str:
    record = zone.zone
    also = f"（{e(record.also)}）" if record.also else ""
    plan = ' <span class="plan-mark">计划</span>' if zone.planned else ""
    note = f'<p class="quiet">{e(record.note)}</p>' if record.note else ""
    return (
        f'<section id="about-{e(record.id)}"><h3>{e(_title(zone))}{also}{plan}</h3>\n'
        f"<p>{e(record.purpose)}</p>\n<ul>{''.join(f'<li>{fact}</li>' for fact in _facts(zone))}</ul>\n{note}"
        f'<div class="after"><a href="#{e(record.id)}">在图上看</a> {quoted(record.quote, zone.origin)}</div></section>'
    )


def _facts(zone: ZoneView) -> Iterable[str]:
    yield f"楼层、位置：{e(zone.zone.place or ASK)}"
    if zone.noon:
        yield f"{e(zone.noon)}"
    if zone.sections:
        links = "、".join(
            f'<a href="@@ROOT@@sections/{e(section.id)}/">{e(section.name)} {count} 项</a>'
            for section, count in zone.sections
        )
        yield f"在这里办：{links}"
    if zone.planned:
        yield f"来源宣布要设，有没有设好{ASK}"
