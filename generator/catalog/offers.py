"""What a centre offers besides its matters: each of it has pages, and is spoken of, only
where the catalogue says something of it."""

from __future__ import annotations

from collections.abc import Iterator

from .model.record import Record
from .parts import PartsLike


class Offers(Record, frozen=True, kw_only=True):
    """``noon``: noon service, with its calendar and reminders. ``hall``: a plan of the hall.
    ``zero_visit``: help at home. ``deferral``: papers that may follow. ``supervision``: duties
    and complaints. ``queue``: counters for which people draw numbers. ``pre_check``: the zone of the hall in which papers are looked at before
    one draws a number; empty where nobody does."""

    noon: bool = False
    hall: bool = False
    zero_visit: bool = False
    deferral: bool = False
    supervision: bool = False
    queue: bool = False
    pre_check: str = ""

    @property
    def calendar(self) -> str:
        """The page with every day: that of the noon service, or plain days."""
        return "noon/" if self.noon else "days/"

    @property
    def calendar_name(self) -> str:
        """What that page is called."""
        return "午间日历" if self.noon else "开放日历"

    def pages(self) -> Iterator[str]:
        """The pages that come with it."""
        yield self.calendar
        yield from ("reminders/",) * self.noon
        yield from ("hall/",) * self.hall
        yield from ("zero-visit/",) * self.zero_visit
        yield from ("deferrable/", "deferrable/promise/") if self.deferral else ()
        yield from ("supervision/",) * self.supervision
        yield from ("queue/", "ticket/", "screen/") if self.queue else ()


def offers_of(parts: PartsLike) -> Offers:
    """What ``parts`` offer; a part that could not be read offers nothing."""
    centre, hall, supervision = parts.centre, parts.hall, parts.supervision
    return Offers(
        noon=centre is not None and centre.noon_service is not None,
        hall=hall is not None and bool(hall.zones),
        zero_visit=parts.zero_visit is not None and bool(parts.zero_visit.help),
        deferral=parts.deferral is not None and bool(parts.deferral.commitment),
        pre_check=next((zone.name for zone in (hall.zones if hall else ()) if zone.pre_check), ""),
        supervision=supervision is not None
        and bool(supervision.duties or supervision.overdue or supervision.oversight or supervision.remedy),
        queue=centre is not None and any(kind.queue for kind in centre.counter_kinds),
    )
