"""The commitments: what is promised, whether it runs already, and who said so."""

from __future__ import annotations

from ..catalog.model import Commitment
from ..views.lists import CommitmentsView
from .escape import e
from .page import Page, phone, quoted

KEPT = {
    "noon-service": (("noon/", "午间日历"), ("reminders/", "提醒我")),
    "noon-completion": (("noon/", "午间日历"),),
    "on-the-spot-30-minutes": (("visit/", "先预审，再取号"), ("supervision/#limits", "每件事的时限")),
    "noon-phone": (("noon/", "哪天中午有人"),),
    "noon-service-towns": (("about/", "办事的地方"),),
    "free-printing": (("visit/", "到大厅怎么走"),),
    "pre-check": (("visit/", "先预审，再取号"), ("hall/#pre-check", "咨询区在大厅哪儿")),
    "same-day-registration": (("sections/business/", "企业登记的事项"),),
    "deferred-papers": (("deferrable/", "容缺受理"), ("deferrable/promise/", "承诺书示范")),
    "hand-to-hand": (("sections/business/", "企业登记的事项"),),
    "linked-systems": (("sections/business/", "企业登记的事项"),),
    "two-level-supervision": (("supervision/", "督办和投诉"),),
    "same-day-licence": (("sections/business/", "企业登记的事项"), ("noon/", "午间日历")),
    "construction-on-the-spot": (("sections/construction/", "48 项逐项看"),),
    "food-drug-papers": (("food-drug-papers/", "哪些等现场再交"),),
    "two-days-to-tax": (("journeys/company/", "开公司一步一步"), ("sections/start-up/", "企业开办的事项")),
    "zero-visits": (("zero-visit/", "上门代办"),),
    "hundred-days": (("journeys/land-to-permit/", "拿地到开工一步一步"),),
    "shorter-and-simpler": (("supervision/#limits", "承诺和法定时限"), ("certainty/", "还要确认的")),
    "vip-area": (("hall/#vip", "大厅平面图"),),
    "self-service-area": (("hall/#self-service", "大厅平面图"),),
    "hall-index": (("hall/#index", "文字索引"),),
}
"""Commitment → the pages that help to make use of it. A test sees to it that every
commitment of the catalogue has one, and that every page is there."""


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
    links = "".join(f'<a href="@@ROOT@@{url}">{name}</a>' for url, name in KEPT.get(item.id, ()))
    return (
        f'<article class="promise" id="{e(item.id)}"><h3>{e(item.name)}</h3><p>{e(item.text)}</p>{how}'
        f'<div class="after">{links}{quoted(item.quote, origin)}</div></article>'
    )
