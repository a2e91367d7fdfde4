"""How sure the guide is: by grade, by section, by matter."""

from __future__ import annotations

from functools import cache

from ..views.summary import Summary
from ..views.certainty import FIELDS, CertaintyView, SectionCertainty
from .escape import e
from .page import ASK, EVIDENCE, Page, described, phone

LIST = "data/to-confirm.csv"
"""The list to work through; only in sites that hold the tables of the whole catalogue."""


def certainty_page(view: CertaintyView, exports: bool) -> Page:
    """The page at ``certainty/``, with the way to the list where there is one."""
    totals = "\n".join(_total(item) for item in view.sections)
    fields = "".join(f"<li>{e(name)}：{count} 项</li>" for name, count in view.fields)
    tables = "\n".join(_table(item) for item in view.sections)
    links = "".join(f'<a href="#{e(item.section.id)}">{e(item.section.name)}</a>' for item in view.sections)
    return Page(
        url="certainty/",
        layout="page",
        title=f"每件事有多少把握 · {e(view.guide)}",
        head=described("每个版块、每个事项的依据有多可靠，哪些还要中心确认，一张可以下载的清单。"),
        content=f"""<h1>每件事有多少把握</h1>
<p>没有来源的不猜，写“{ASK}”。中心逐条回答，就能补上；办事的人先打 {phone(view.hotline)}。</p>
<p>{_sum(view)}</p>
{_list() if exports else ""}<table class="lines counts"><caption>各版块的说法，按把握数</caption>
<thead><tr><th scope="col">版块</th>{"".join(f'<th scope="col">{EVIDENCE[grade]}</th>' for grade in EVIDENCE)}<th scope="col">待答</th></tr></thead>
<tbody>
{totals}
</tbody></table>
<p class="quiet">依据：看到了条文。参考：公开指南、别的版本或者别的地方这样写。待确认：通行做法，没有明文。待答：页面上写着“{ASK}”的。</p>
<h2>最常缺的答案</h2>
<ul>{fields}</ul>
<h2>逐项</h2>
<p class="jump">{links}</p>
{tables}""",
    )


def _list() -> str:
    return (
        f'<p class="actions"><a class="go" href="@@ROOT@@{LIST}" download>下载待确认清单（表格）</a></p>\n'
        "<p>给中心用：一行一个问题，后面留着填答复的空格。</p>\n"
    )


def _sum(view: CertaintyView) -> str:
    """All sections together, in a sentence."""
    counts = {grade: sum(item.evidence[grade] for item in view.sections) for grade in EVIDENCE}
    told = "，".join(f"{word} {counts[grade]} 处" for grade, word in EVIDENCE.items())
    unknown = sum(item.unknown for item in view.sections)
    confirmed = sum(item.confirmed for item in view.sections)
    matters = sum(len(item.matters) for item in view.sections)
    return (
        f"{matters} 个事项一共有 {sum(counts.values())} 处说法：{told}。另有 {unknown} 处没有答案。"
        f"中心逐项确认过的有 {confirmed} 个事项。"
    )


def _total(item: SectionCertainty) -> str:
    cells = "".join(f"<td>{item.evidence[grade]}</td>" for grade in EVIDENCE)
    return f'<tr><th scope="row">{e(item.section.name)}</th>{cells}<td>{item.unknown}</td></tr>'


def _table(item: SectionCertainty) -> str:
    confirmed = f"，中心已确认 {item.confirmed} 项" if item.confirmed else "，中心还没有逐项确认"
    rows = "\n".join(_row(matter) for matter in item.matters)
    return (
        f'<table class="lines two" id="{e(item.section.id)}">'
        f"<caption>{e(item.section.name)} {len(item.matters)} 项{confirmed}</caption>\n"
        '<thead><tr><th scope="col">事项</th><th scope="col">还要中心确认</th></tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody></table>"
    )


def _row(item: Summary) -> str:
    text = _told(item.unknown_fields, item.practice_materials)
    return f'<tr><th scope="row"><a href="@@ROOT@@matters/{item.id}/">{e(item.name)}</a></th><td>{text}</td></tr>'


@cache
def _told(fields: tuple[str, ...], practice: int) -> str:
    """What a matter lacks, in words. Many matters lack the same."""
    told = [FIELDS[field] for field in fields]
    if practice:
        told.append(f"{practice} 件材料")
    return "、".join(told) or "没有"
