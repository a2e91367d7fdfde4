"""The commitments: what is promised, whether it runs already, and who said so."""

from __future__ import annotations

from ..catalog.model import Commitment
from ..views.lists import CommitmentsView
from .escape import e
from .page import Page, phone, quoted


def commitments_page(view: CommitmentsView) -> Page:
    """The page at ``commitments/``."""
    parts = ["<h1>服务承诺</h1>", "<p>每一条都注明出处。已经实行的和宣布要做的分开写。</p>"]
    groups = (
        ("已经实行", view.running, ""),
        ("已经宣布，还是计划", view.announced, f"<p>有没有实行，待中心确认，可打 {phone(view.hotline)} 问。</p>"),
    )
    for heading, items, hint in groups:
        if items:
            listed = "\n".join(_commitment(item, origin) for item, origin in items)
            parts.append(
                f'<section><h2>{heading} <span class="count">{len(items)} 条</span></h2>{hint}\n{listed}</section>'
            )
    return Page(
        url="commitments/",
        layout="page",
        title=f"服务承诺 · {e(view.guide)}",
        head='<meta name="description" content="中心说过的每一条承诺：哪些已经实行，哪些还是计划，出处是哪里。">',
        content="\n".join(parts),
    )


def _commitment(item: Commitment, origin: str | None) -> str:
    how = f"<p>怎么用上：{e(item.how)}</p>" if item.how else ""
    links = "".join(f'<a href="@@ROOT@@{e(link.page)}">{e(link.name)}</a>' for link in item.see)
    return (
        f'<article class="promise" id="{e(item.id)}"><h3>{e(item.name)}</h3><p>{e(item.text)}</p>{how}'
        f'<div class="after">{links}{quoted(item.quote, origin)}</div></article>'
    )
