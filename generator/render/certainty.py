"""How sure the guide is: by section, by matter, and as a list to work through."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from markupsafe import escape as e

from ..summary import Summary
from ..views.certainty import FIELDS, CertaintyView, Open, OpenFile, SectionCertainty
from .page import ASK, EVIDENCE, Page, described, phone

CSV = "data/to-confirm.csv"
"""Where the list of everything to confirm lies below the site."""

_COLUMNS = ("事项编号", "事项", "字段", "要确认什么", "现在写的", "把握", "文件")


def certainty_page(view: CertaintyView) -> Page:
    """The page at ``certainty/``."""
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
<p>没有来源的不猜，写“{ASK}”。中心照下面的清单逐条回答，就能补上；办事的人先打 {phone(view.hotline)}。</p>
<p class="actions"><a class="go" href="@@ROOT@@{CSV}" download>下载待确认清单（表格）</a></p>
<table class="lines counts"><caption>各版块的说法，按把握数</caption>
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


def to_confirm_csv(files: Iterable[OpenFile]) -> bytes:
    """``data/to-confirm.csv`` (RFC 4180), with a byte order mark, without which Excel
    takes UTF-8 for another encoding."""
    files = [file for file in files if file.rows]
    text = ",".join(_COLUMNS) + _END + "".join(map(_lines, files))
    lines = 1 + sum(len(file.rows) for file in files)
    if text.count(",") != (len(_COLUMNS) - 1) * lines or '"' in text or text.count("\n") != lines:
        text = _quoted([_COLUMNS, *((m, n, *row, path) for m, n, path, rows in files for row in rows)])
    return ("\ufeff" + text).encode()


_END = "\r\n"


def _lines(file: OpenFile) -> str:
    """The lines of a file as they are when nothing needs quotes, which is nearly always;
    ten times as fast as a ``csv.writer``, and there may be tens of thousands."""
    start, end = f"{file.matter},{file.name},", f",{file.path}{_END}"
    return start + f"{end}{start}".join(_middles(file.rows)) + end


@cache
def _middles(rows: tuple[Open, ...]) -> tuple[str, ...]:
    return tuple(",".join(row) for row in rows)


def _quoted(lines: Iterable[tuple[str, ...]]) -> str:
    import csv
    import io

    text = io.StringIO()
    csv.writer(text, lineterminator=_END).writerows(lines)
    return text.getvalue()
