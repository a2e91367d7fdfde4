"""The commitments: what is promised, whether it runs already, and who said so."""

from __future__ import annotations

from markupsafe import escape as e

from ..catalog.model import Commitment
from ..views.lists import CommitmentsView
from .page import Page


def commitments_page(view: CommitmentsView) -> Page:
    """The page at ``commitments/``."""
    parts = ["<h1>服务承诺</h1>", "<p>每一条都注明出处。已经实行的和宣布要做的分开写。</p>"]
    groups = (
        ("已经实行", view.running, ""),
        ("已经宣布，还是计划", view.announced, f"<p>有没有实行，待中心确认，可打 {_phone(view)} 问。</p>"),
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
    return (
        f'<article class="promise" id="{e(item.id)}"><h3>{e(item.name)}</h3><p>{e(item.text)}</p>'
        '<details class="mark told"><summary>原话和出处</summary>'
        f"<blockquote>{e(item.quote)}</blockquote>{e(origin or '')}</details></article>"
    )


def _phone(view: CommitmentsView) -> str:
    return f'<a href="tel:{e(view.hotline)}">{e(view.hotline)}</a>'
