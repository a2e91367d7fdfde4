"""The view of the queue: the counters for which people draw numbers, and what is known of them without the push server."""

from __future__ import annotations

import re

from msgspec import Struct

from ..catalog.model.centre import CounterKind
from ..catalog.offers import Offers
from .words import Context, assumed_hours, noon_counters, noon_span, regular_hours


class QueueKind(Struct, frozen=True, kw_only=True):
    """A kind of counter with numbers: ``sign`` is the name that stands on it, ``zone`` the anchor of its
    place on the plan of the hall."""

    id: str
    sign: str
    zone: str | None


class QueueView(Struct, frozen=True, kw_only=True):
    """``noon`` are the hours of the noon service, if there is one, with the ``counters`` that are open then."""

    guide: str
    centre: str
    hotline: str
    hours: str
    assumed: str | None
    noon: str | None
    counters: str
    offers: Offers
    kinds: tuple[QueueKind, ...]


def queue_view(context: Context) -> QueueView:
    centre = context.centre
    return QueueView(
        guide=centre.guide_name,
        centre=centre.short_name,
        hotline=centre.hotline,
        hours=regular_hours(centre),
        assumed=assumed_hours(centre),
        noon=noon_span(centre),
        counters=noon_counters(centre),
        offers=context.offers,
        kinds=tuple(
            QueueKind(id=kind.id, sign=sign_name(kind), zone=context.zones.get(kind.id))
            for kind in centre.counter_kinds
            if kind.queue
        ),
    )


def sign_name(kind: CounterKind) -> str:
    """业务受理窗口（综合窗口） → 综合窗口; the twin of ``signName`` in ``pwa/app/hall/queue-words.js``."""
    found = re.search(r"（(.+)）", kind.name)
    return found[1] if found else kind.name
