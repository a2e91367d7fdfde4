"""The view of the commitments: what is promised, whether it runs already, and who said so."""

from __future__ import annotations

from msgspec import Struct

from ..catalog.model import Commitment
from .words import Context

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


class Promise(Struct, frozen=True, kw_only=True):
    """A commitment with its source in words and the (url, name) of the pages that keep it."""

    commitment: Commitment
    origin: str | None
    links: tuple[tuple[str, str], ...]


class CommitmentsView(Struct, frozen=True, kw_only=True):
    """The promises by status."""

    guide: str
    hotline: str
    running: tuple[Promise, ...]
    announced: tuple[Promise, ...]


def commitments_view(context: Context) -> CommitmentsView:
    def of(status: str) -> tuple[Promise, ...]:
        return tuple(
            Promise(commitment=item, origin=context.origin(item.source), links=KEPT.get(item.id, ()))
            for item in context.centre.commitments
            if item.status == status
        )

    return CommitmentsView(
        guide=context.centre.guide_name,
        hotline=context.centre.hotline,
        running=of("running"),
        announced=of("announced"),
    )
